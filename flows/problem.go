package flows

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is something wrong in a file of a library, told to its author.
type Problem struct {
	File    string
	Line    int
	Rule    Rule
	Message string
	Fix     string
}

// String prints the problem on one line, with its place first.
func (p Problem) String() string {
	at := p.File
	if p.Line > 0 {
		at = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	message := p.Message
	if !strings.HasSuffix(message, "?") {
		message += "."
	}
	return fmt.Sprintf("%s: %s: %s Fix: %s.", at, p.Rule, message, p.Fix)
}

// Problems are all the problems that were found, in the order of the files.
type Problems []Problem

// Error prints one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// asError keeps an empty list from becoming an error that is not nil.
func (p Problems) asError() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// sorted orders problems by place and drops those said twice, as happens when
// two versions of a flow share their words.
func (p Problems) sorted() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(p)
}

// place is where something was written.
type place struct {
	file string
	line int
}

// add notes a problem; the fix is the rule's own.
func (p *Problems) add(rule Rule, at place, format string, args ...any) {
	*p = append(*p, Problem{
		File: at.file, Line: at.line, Rule: rule,
		Message: fmt.Sprintf(format, args...), Fix: rule.Fix(),
	})
}

// suggest names the known word nearest to a mistyped one, or lists a few.
func suggest(word string, known []string) string {
	best, distance := "", len(word)/2+1
	for _, k := range known {
		if d := edits(word, k); d < distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	if len(known) == 0 {
		return "there is none"
	}
	return "known are " + strings.Join(known, ", ")
}

// edits counts the letters to change, add or remove between two words.
func edits(a, b string) int {
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
