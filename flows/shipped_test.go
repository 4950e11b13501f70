package flows

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/flows/library"
)

// docs is where the drawings and the reference of the file format lie.
const docs = "../docs/flows"

func shipped(t *testing.T) *Library {
	t.Helper()
	l, err := LoadChecked(library.Files())
	if err != nil {
		t.Fatalf("the shipped library:\n%v", err)
	}
	return l
}

func TestShippedLibraryHasNoProblem(t *testing.T) {
	t.Parallel()
	l := shipped(t)
	if got := len(l.Flows()); got < len(Starts())/2 {
		t.Errorf("only %d flows are shipped", got)
	}
	if problems := CheckNation(l, "england"); len(problems) > 0 {
		t.Errorf("a team in England cannot send every text:\n%v", problems)
	}
}

func TestDrawingsShowTheShippedFlows(t *testing.T) {
	t.Parallel()
	want := map[string]string{}
	for _, f := range shipped(t).Flows() {
		want[f.ID+".md"] = page(f)
	}
	for name, text := range want {
		golden(t, filepath.Join(docs, name), text)
	}
	found, err := filepath.Glob(filepath.Join(docs, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		if name := filepath.Base(path); want[name] == "" && name != "README.md" {
			t.Errorf("%s draws a flow that is not shipped", path)
		}
	}
}

// page is the drawing of a flow in docs/flows.
func page(f *Flow) string {
	var starts string
	if len(f.Starts) > 0 {
		starts = ", starts at `" + strings.Join(plain(f.Starts), "`, `") + "`"
	}
	return fmt.Sprintf("# %s\n\nFlow `%s`, version %d%s. Drawn from its file; do not edit.\n\n```mermaid\n%s```\n\n%s",
		f.Title, f.ID, f.Version, starts, Graph(f), Outline(f))
}

// golden compares a file with what it should hold, or rewrites it.
func golden(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), want); diff != "" {
		t.Errorf("%s is out of date (go test ./flows -update):\n%s", path, diff)
	}
}

// The reference names everything a file may use, and every rule.
func TestReferenceIsComplete(t *testing.T) {
	t.Parallel()
	path := filepath.Join(docs, "README.md")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(data), "## What is refused\n")
	golden(t, path, head+"## What is refused\n\n"+ruleTable())
	var known []string
	known = append(known, plain(Starts())...)
	known = append(known, plain(Sends())...)
	known = append(known, names(Abouts())...)
	known = append(known, plain(AnswerTypes())...)
	known = append(known, names(Actions())...)
	known = append(known, EngineFacts()...)
	known = append(known, Purposes()...)
	known = append(known, Marks()...)
	known = append(known, TaskKinds()...)
	for _, p := range Placeholders() {
		known = append(known, "{"+p.Name+"}")
	}
	for _, name := range known {
		if !strings.Contains(head, "`"+name+"`") {
			t.Errorf("%s does not name `%s`", path, name)
		}
	}
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString("| rule | what to do |\n|---|---|\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", r, r.Fix())
	}
	return b.String()
}
