// Command report reads the events of go test -json and prints what a person
// wants to know: a line for each package, the output of what failed, and every
// test that was skipped, with its reason. It fails when a test did, and when
// there was none.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// event is one line of go test -json.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
}

type report struct {
	out     io.Writer
	output  map[string][]string // by package and test
	skipped []string
	count   map[string]int // by outcome
	broken  bool
}

func main() {
	os.Exit(newReport(os.Stdout).read(os.Stdin))
}

func newReport(out io.Writer) *report {
	return &report{out: out, output: map[string][]string{}, count: map[string]int{}}
}

// read reports all events and returns the exit code.
func (r *report) read(in io.Reader) int {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		r.line(lines.Bytes())
	}
	return r.end(lines.Err())
}

func (r *report) line(line []byte) {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		fmt.Fprintln(r.out, string(line))
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "build-fail":
		r.broken = true
	case "output":
		r.output[key] = append(r.output[key], e.Output)
	case "pass", "fail", "skip":
		r.finish(e, key)
	}
}

func (r *report) finish(e event, key string) {
	said := r.output[key]
	delete(r.output, key)
	if e.Test == "" {
		r.pkg(e, said)
		return
	}
	r.count[e.Action]++
	switch e.Action {
	case "fail":
		fmt.Fprint(r.out, strings.Join(said, ""))
	case "skip":
		r.skipped = append(r.skipped, strings.TrimPrefix(e.Package, "linkline/")+" "+e.Test+": "+reason(said))
	}
}

// pkg prints a package's own line; all of what it said when it failed.
func (r *report) pkg(e event, said []string) {
	if e.Action == "fail" {
		r.broken = true
		fmt.Fprint(r.out, strings.Join(said, ""))
		return
	}
	for _, line := range said {
		if strings.HasPrefix(line, "ok ") {
			fmt.Fprint(r.out, line)
		}
	}
}

// reason is what a test said when it skipped.
func reason(said []string) string {
	for _, line := range said {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		return line
	}
	return "it did not say why"
}

func (r *report) end(err error) int {
	slices.Sort(r.skipped)
	if len(r.skipped) > 0 {
		fmt.Fprintf(r.out, "\nskipped:\n  %s\n", strings.Join(r.skipped, "\n  "))
	}
	fmt.Fprintf(r.out, "\n%d passed, %d failed, %d skipped\n", r.count["pass"], r.count["fail"], r.count["skip"])
	if err != nil {
		fmt.Fprintln(r.out, err)
	}
	if err != nil || r.broken || r.count["fail"] > 0 || r.count["pass"] == 0 {
		return 1
	}
	return 0
}
