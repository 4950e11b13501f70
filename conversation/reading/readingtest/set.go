package readingtest

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The two halves of a set.
const (
	Written  = "written"
	Measured = "measured"
)

// Row is one labelled reply.
type Row struct {
	Line int
	// Text is what was typed.
	Text string
	// Want is the label: a value, an outcome, or what the notes on the sets say.
	Want string
	// Note is what the label adds, such as the kind of a phone number.
	Note string
}

// Set is one half of the labelled replies to one kind of question.
type Set struct {
	// Kind is the file's name before its first dot: "yes_no_strict".
	Kind string
	// Half is Written or Measured.
	Half string
	Rows []Row
}

// Load reads every set in a directory, in the order of their names.
func Load(dir fs.FS) ([]Set, error) {
	names, err := fs.Glob(dir, "*.tsv")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var sets []Set
	for _, name := range names {
		kind, rest, _ := strings.Cut(path.Base(name), ".")
		half, _, _ := strings.Cut(rest, ".")
		if half != Written && half != Measured {
			return nil, fmt.Errorf("%s is neither a written nor a measured half", name)
		}
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		rows, err := parse(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sets = append(sets, Set{Kind: kind, Half: half, Rows: rows})
	}
	return sets, nil
}

// parse reads lines of a text, a tab, its label, and perhaps a tab and a note. A
// line that starts with "#" is a comment, and "\n" in a text a line break.
func parse(data string) ([]Row, error) {
	var rows []Row
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 2 || strings.TrimSpace(fields[1]) == "" {
			return nil, fmt.Errorf("line %d has no label", n)
		}
		row := Row{Line: n, Text: strings.ReplaceAll(fields[0], `\n`, "\n"), Want: strings.TrimSpace(fields[1])}
		if len(fields) > 2 {
			row.Note = fields[2]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
