package config

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with the settings: where it stands, what is wrong,
// and what to do.
type Problem struct {
	File    string // or the variable or the flag
	Line    int
	Message string
	Fix     string
}

// String prints the problem on one line.
func (p Problem) String() string {
	at := p.File
	if p.Line > 0 {
		at = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s: %s. Fix: %s", at, p.Message, p.Fix)
}

// order puts the file before the environment and the flags.
func (p Problem) order() int {
	if strings.HasPrefix(p.File, environment.file) || strings.HasPrefix(p.File, "--") {
		return 1
	}
	return 0
}

// Problems are all that were found: those of the file first, in its order.
type Problems []Problem

// Error prints one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// place is where a setting was written.
type place struct {
	file string
	line int
}

// environment is the place of what came from a LINKLINE_* variable.
var environment = place{file: "environment"}

// variable is the place of what one LINKLINE_* variable says.
func variable(name string) place { return place{file: environment.file + ": " + name} }

func (p *Problems) add(at place, fix, format string, args ...any) {
	*p = append(*p, Problem{File: at.file, Line: at.line, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// at reports whether something is wrong at a place already.
func (p Problems) at(where place) bool {
	return slices.ContainsFunc(p, func(one Problem) bool { return one.Line > 0 && one.Line == where.line })
}

// nearest names the known word that a mistyped one most likely meant, or lists
// them all.
func nearest(word string, known []string) string {
	best, least := "", len(strings.TrimPrefix(word, prefix))/2+1 // what all share makes nothing near
	for _, k := range known {
		if d := distance(word, k); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	return "use one of " + strings.Join(known, ", ")
}

// distance counts the letters to change, add or drop between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			step := diagonal
			if a[i] != b[j] {
				step++
			}
			diagonal = row[j+1]
			row[j+1] = min(step, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
