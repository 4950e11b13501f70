package flows

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// good is a small library without a problem.
func good(t *testing.T) *Library {
	t.Helper()
	l, err := Load(os.DirFS("testdata/good"))
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return l
}

// copied returns the good library's files, to be changed by a test.
func copied(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	from := os.DirFS("testdata/good")
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatalf("copy the good library: %v", err)
	}
	return out
}

func TestLoadReadsSteps(t *testing.T) {
	t.Parallel()
	f, ok := good(t).Flow("ask", 0)
	if !ok {
		t.Fatal("flow ask is not there")
	}
	worker := []string{"link_worker"}
	want := []*Step{
		{ID: "welcome", Kind: KindSay, Words: "welcome", Next: "who"},
		{
			ID: "who", Kind: KindAsk, Words: "who", Answer: Choice, Save: "who", Strict: true, Required: true,
			Options: []Option{{ID: "me", Number: 1}, {ID: "friend", Number: 2, Code: "other"}},
			Why:     "To speak to the right person.", UsedBy: worker,
			On: map[string]string{"friend": "friend"}, Next: "keep",
		},
		{
			ID: "keep", Kind: KindPermit, Words: "keep", Answer: YesNo, Purpose: "keep", Strict: true, Required: true,
			Options: []Option{{ID: "yes", Number: 1}, {ID: "no", Number: 2}},
			Why:     "Nothing is kept without it.", UsedBy: []string{"link_worker", "information_governance"},
			On: map[string]string{"yes": "open", "no": "refused"}, Next: "open",
		},
		{ID: "open", Kind: KindSay, Do: []Action{{Name: DoOpenCase}}, Next: "worry"},
		{
			ID: "worry", Kind: KindAsk, Words: "worry", Answer: Scale, Max: 10, Save: "worry",
			Why: "To see who cannot wait.", UsedBy: worker, SkipWhen: &Condition{Known: "worry"}, Next: "fork",
		},
		{ID: "fork", Kind: KindBranch, Branches: []Branch{
			{When: &Condition{
				Is:    map[string][]string{"worry": {"9", "10"}},
				IsNot: map[string][]string{"who": {"friend"}},
			}, To: "ring"},
			{To: "done"},
		}},
		{ID: "ring", Kind: KindGo, Go: &Go{Flow: "call"}, Next: "done"},
		{ID: "done", Kind: KindEnd, Words: "done", Do: []Action{{Name: DoSubmit}, {DoMark, "safe"}}, End: "done"},
		{ID: "refused", Kind: KindSay, Words: "refused", Do: []Action{{Name: DoForget}}, Next: "left"},
		{ID: "left", Kind: KindEnd, End: "declined"},
		{ID: "friend", Kind: KindGo, Go: &Go{Flow: "call", Leave: true}},
	}
	if diff := cmp.Diff(f.Steps, want, cmpopts.IgnoreFields(Step{}, "Line")); diff != "" {
		t.Errorf("steps (-got +want):\n%s", diff)
	}
	who, _ := f.Step("who")
	if who.Line != 8 || f.Version != 2 || f.File != "ask.yaml" {
		t.Errorf("got line %d, version %d, file %q", who.Line, f.Version, f.File)
	}
}

func TestLoadReadsWords(t *testing.T) {
	t.Parallel()
	l := good(t)
	got, version, ok := l.Words("en", "ask", "keep")
	want := Text{
		Ask:     "We keep what you tell us. How we keep it safe: {url}. Is that OK?",
		Again:   "May we keep what you tell us? See {url}.",
		Options: map[string]OptionText{"yes": {Label: "yes", Also: []string{"fine"}}, "no": {Label: "no"}},
		Locked:  "information_governance", Line: 14,
	}
	if diff := cmp.Diff(got, want); diff != "" || version != 3 || !ok {
		t.Errorf("version %d, found %v (-got +want):\n%s", version, ok, diff)
	}
	if got, _, _ := l.Words("cy", "service", TextOr); got.Say != "or" {
		t.Errorf("a language that is not there got %q", got.Say)
	}
}

func TestLoadReadsHelplines(t *testing.T) {
	t.Parallel()
	got := good(t).Helplines[1]
	want := Helpline{
		ID: "mental_health_line", Nations: Nations(), Say: "NHS 111 (choose 2)",
		VerifiedOn: "2026-10-01", Source: "https://www.nhs.uk", Core: true, File: "helplines.yaml", Line: 7,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("helpline (-got +want):\n%s", diff)
	}
}

func TestLoadKeepsOlderVersions(t *testing.T) {
	t.Parallel()
	files := copied(t)
	files["call.v1.yaml"] = files["call.yaml"]
	files["call.yaml"] = &fstest.MapFile{
		Data: []byte(strings.Replace(string(files["call.yaml"].Data), "version: 1", "version: 2", 1)),
	}
	l, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[int]string{0: "call.yaml", 1: "call.v1.yaml", 2: "call.yaml"} {
		if f, ok := l.Flow("call", version); !ok || f.File != want {
			t.Errorf("version %d: got %v, want %s", version, f, want)
		}
	}
	if f, _ := l.Start(StartCall); f.Version != 2 {
		t.Errorf("call starts version %d, want 2", f.Version)
	}
}

func TestLoadPutsEnglishFirst(t *testing.T) {
	t.Parallel()
	files := copied(t)
	files["words/cy/call.yaml"] = &fstest.MapFile{
		Data: []byte(strings.Replace(string(files["words/en/call.yaml"].Data), "language: en", "language: cy", 1)),
	}
	l, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(l.Languages, []string{"en", "cy"}); diff != "" {
		t.Error(diff)
	}
}

func TestLoadTellsEveryProblemAtOnce(t *testing.T) {
	t.Parallel()
	files := copied(t)
	files["ask.yaml"] = &fstest.MapFile{Data: []byte("flow: ask\nverson: 1\nsteps: 3\n")}
	files["call.yaml"] = &fstest.MapFile{Data: []byte("a: b: c\n")}
	_, err := Load(files)
	if err == nil {
		t.Fatal("no problem was found")
	}
	for _, want := range []string{
		`ask.yaml:2: unknown-key: "verson" is not a key here, did you mean "version"? Fix: `,
		"ask.yaml:3: wrong-type: a word stands here instead of a list",
		`ask.yaml:1: missing-key: "title" is missing`,
		"call.yaml:1: yaml: ",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in:\n%v", want, err)
		}
	}
}

// FuzzLoad looks for a file that makes the loader panic or hang.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"ask.yaml", "call.yaml", "words/en/ask.yaml", "helplines.yaml"} {
		data, err := os.ReadFile("testdata/good/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("a: &a [*a]\n<<: *a\n? [x]\n: !!int 3"))
	f.Add([]byte(strings.Repeat("[", 100_000)))
	f.Fuzz(func(_ *testing.T, data []byte) {
		var problems Problems
		n, ok := parseYAML("fuzz.yaml", data, &problems)
		if !ok && len(problems) == 0 {
			panic("refused without a reason")
		}
		decodeFlow(n, &problems)
		decodeWording(n, &problems)
		decodeHelplines(n, &problems)
	})
}
