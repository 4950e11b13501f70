package flows

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite expected messages and drawings")

// brokenDay is the day on which the broken helplines are looked at.
const brokenDay = "2026-11-23"

// brokenFile is one file of testdata/broken: the messages it expects in
// comments, then the files that take the place of those of the good library,
// each after a line "--- # name". A file without content is taken away; one
// with "times 4000" after its name is that often as long.
type brokenFile struct {
	wants []string
	notes []string
	rest  string // from the first "---" on
	files map[string]string
}

func readBroken(t *testing.T, path string) brokenFile {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := brokenFile{files: map[string]string{}}
	head, rest, _ := strings.Cut(string(data), "--- # ")
	out.rest = "--- # " + rest
	for _, line := range strings.Split(strings.TrimSpace(head), "\n") {
		if want, ok := strings.CutPrefix(line, "# want: "); ok {
			out.wants = append(out.wants, want)
			continue
		}
		out.notes = append(out.notes, line)
	}
	for _, section := range strings.Split(rest, "--- # ") {
		name, body, _ := strings.Cut(section, "\n")
		name, times, repeated := strings.Cut(name, " times ")
		if n, err := strconv.Atoi(times); repeated && err == nil {
			body = strings.Repeat(body, n)
		}
		out.files[name] = body
	}
	return out
}

func (b brokenFile) problems(t *testing.T) []string {
	t.Helper()
	files := copied(t)
	for name, body := range b.files {
		delete(files, name)
		if body != "" {
			files[name] = &fstest.MapFile{Data: []byte(body)}
		}
	}
	l, err := LoadChecked(files)
	if err == nil {
		err = CheckHelplines(l, brokenDay).asError()
	}
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}

func brokenPaths(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no broken files: %v", err)
	}
	return paths
}

// ruleOf is the rule a broken file shows; several files may show one rule,
// told apart by what follows an underscore.
func ruleOf(path string) Rule {
	name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".yaml"), "_")
	return Rule(name)
}

func TestBrokenFilesAreRefused(t *testing.T) {
	t.Parallel()
	for _, path := range brokenPaths(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			b := readBroken(t, path)
			got := b.problems(t)
			if *update {
				text := strings.Join(append(b.notes, prefix("# want: ", got)...), "\n") + "\n" + b.rest
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(got, b.wants); diff != "" {
				t.Errorf("messages (-got +want):\n%s", diff)
			}
			of := ": " + string(ruleOf(path)) + ": "
			if !slices.ContainsFunc(got, func(m string) bool { return strings.Contains(m, of) }) {
				t.Errorf("rule %s did not refuse the file", ruleOf(path))
			}
		})
	}
}

func prefix(with string, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = with + l
	}
	return out
}

func TestEveryRuleHasABrokenFileAndAFix(t *testing.T) {
	t.Parallel()
	shown := map[Rule]bool{}
	for _, path := range brokenPaths(t) {
		shown[ruleOf(path)] = true
	}
	for _, r := range Rules() {
		if !shown[r] {
			t.Errorf("rule %s has no file in testdata/broken", r)
		}
		if r.Fix() == "" {
			t.Errorf("rule %s has no fix", r)
		}
		delete(shown, r)
	}
	for r := range shown {
		t.Errorf("testdata/broken shows rule %q, which there is not", r)
	}
}
