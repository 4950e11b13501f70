package flows

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// decoded reads one step as it would stand in a file.
func decoded(t *testing.T, step string) (*Step, Problems) {
	t.Helper()
	var problems Problems
	n, ok := parseYAML("f.yaml", []byte("flow: f\nversion: 1\ntitle: F\nsteps:\n- "+step+"\n"), &problems)
	if !ok {
		t.Fatalf("%q: %v", step, problems)
	}
	return decodeFlow(n, &problems).Steps[0], problems
}

func TestDecodeStepForms(t *testing.T) {
	t.Parallel()
	yesNo := []Option{{ID: "yes", Number: 1}, {ID: "no", Number: 2}}
	tests := map[string]Step{
		"{id: a, say: true}":                    {ID: "a", Kind: KindSay, Words: "a"},
		"{id: a, say: b}":                       {ID: "a", Kind: KindSay, Words: "b"},
		"{id: a, do: [submit]}":                 {ID: "a", Kind: KindSay, Do: []Action{{Name: DoSubmit}}},
		"{id: a, do: [{alert: x}, again]}":      {ID: "a", Kind: KindSay, Do: []Action{{DoAlert, "x"}, {Name: DoAgain}}},
		"{id: a, do: [leave], say: b, next: c}": {ID: "a", Kind: KindSay, Words: "b", Next: "c", Do: []Action{{Name: DoLeave}}},
		"{id: a, ask: name}":                    {ID: "a", Kind: KindAsk, Words: "a", Answer: Name},
		"{id: a, ask: text, words: b}":          {ID: "a", Kind: KindAsk, Words: "b", Answer: FreeText},
		"{id: a, ask: yes_no}":                  {ID: "a", Kind: KindAsk, Words: "a", Answer: YesNo, Options: yesNo},
		`{id: a, ask: choice, options: [yes, {id: no, number: 9}, {id: 7, code: "0808"}]}`: {
			ID: "a", Kind: KindAsk, Words: "a", Answer: Choice,
			Options: []Option{{ID: "yes", Number: 1}, {ID: "no", Number: 9}, {ID: "7", Number: 3, Code: "0808"}},
		},
		"{id: a, ask: choice, among: b, used_by: x}": {ID: "a", Kind: KindAsk, Words: "a", Answer: Choice, Among: "b", UsedBy: []string{"x"}},
		"{id: a, ask: scale, min: 1, max: 10, required: true, strict: false}": {
			ID: "a", Kind: KindAsk, Words: "a", Answer: Scale, Min: 1, Max: 10, Required: true,
		},
		"{id: a, permit: keep, words: b}": {
			ID: "a", Kind: KindPermit, Words: "b", Answer: YesNo, Purpose: "keep", Options: yesNo, Strict: true, Required: true,
		},
		"{id: a, go: b}": {ID: "a", Kind: KindGo, Go: &Go{Flow: "b"}},
		"{id: a, go: {flow: b, step: c, once: true}}": {ID: "a", Kind: KindGo, Go: &Go{Flow: "b", Step: "c", Once: true}},
		"{id: a, go: {flow: b, leave: true}}":         {ID: "a", Kind: KindGo, Go: &Go{Flow: "b", Leave: true}},
		"{id: a, branch: [{when: {unknown: x, refused: y}, to: b}, {to: c}]}": {
			ID: "a", Kind: KindBranch, Branches: []Branch{{When: &Condition{Unknown: "x", Refused: "y"}, To: "b"}, {To: "c"}},
		},
		"{id: a, say: a, skip_when: {is: {x: y}, is_not: {z: [1, 2]}, permitted: keep}}": {
			ID: "a", Kind: KindSay, Words: "a", SkipWhen: &Condition{
				Is: map[string][]string{"x": {"y"}}, IsNot: map[string][]string{"z": {"1", "2"}}, Permitted: "keep",
			},
		},
		"{id: a, end: done, say: b}": {ID: "a", Kind: KindEnd, Words: "b", End: "done"},
	}
	for text, want := range tests {
		got, problems := decoded(t, text)
		if len(problems) > 0 {
			t.Errorf("%s: %v", text, problems)
		}
		if diff := cmp.Diff(got, &want, cmpopts.IgnoreFields(Step{}, "Line")); diff != "" {
			t.Errorf("%s (-got +want):\n%s", text, diff)
		}
	}
}

func TestDecodeRefusesForms(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"{id: a, do: submit}":                          "a word stands here instead of a list",
		"{id: a, do: [{task: ring, mark: own}]}":       "an action is a word, or one word and its argument",
		"{id: a, do: [[submit]]}":                      "an action is a word, or one word and its argument",
		"{id: a, do: [{task: [ring]}]}":                "a list stands here instead of a word",
		"{id: a, ask: name, on: over}":                 "a word stands here instead of a map of names",
		"{id: a, ask: name, on: {given: [b]}}":         "a list stands here instead of a word",
		"{id: a, ask: name, min: [1]}":                 "a list stands here instead of a word",
		"{id: a, ask: name, max: 1.5}":                 `"1.5" is not a whole number`,
		"{id: a, ask: name, strict: [true]}":           "a list stands here instead of a word",
		"{id: a, ask: name, strict: yes}":              `"yes" is neither true nor false`,
		"{id: a, ask: name, used_by: {a: b}}":          "a map of names stands here instead of a list",
		"{id: a, ask: name, skip_when: {}}":            "a condition says nothing",
		"{id: a, ask: choice, options: [{number: 1}]}": `"id" is missing`,
		"{id: a, go: {step: b}}":                       `"flow" is missing`,
		"{id: a, branch: [{when: {known: x}}]}":        `"to" is missing`,
		"{id: a, branch: [over]}":                      "a word stands here instead of a map of names",
		"{id: a, permit: keep, required: true}":        `a step that has "permit" does not use "required"`,
		"{id: a, go: b, say: c}":                       `a step that has "go" does not use "say"`,
		"a step":                                       "a word stands here instead of a map of names",
	}
	for text, want := range tests {
		_, problems := decoded(t, text)
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, problems, want)
		}
	}
}

func TestParseYAMLKeepsWordsAsTheyAreSpelt(t *testing.T) {
	t.Parallel()
	var problems Problems
	n, ok := parseYAML("f.yaml", []byte("- no\n- 0808 2000\n- 007\n- 1.50\n- true\n- ~\n- 'it''s'\n- |\n  one\n  two\n- >\n  three\n  four\n"), &problems)
	if !ok {
		t.Fatal(problems)
	}
	var got []string
	for _, item := range n.items {
		got = append(got, item.word)
	}
	want := []string{"no", "0808 2000", "007", "1.50", "true", "~", "it's", "one\ntwo", "three four"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestParseYAMLRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                                  "f.yaml:1: yaml: ",
		"a: &x b":                           "anchor values are not used here",
		"a: !!str b":                        "tag values are not used here",
		"a: b\n<<: {c: d}":                  "f.yaml:2: yaml: a key must be a plain word",
		"? [a]\n: b":                        "f.yaml:2: yaml: ",
		"a: .inf":                           "values are not used here",
		"a: b\na: c":                        `f.yaml:2: yaml: mapping key "a" already defined`,
		"a: 'b":                             "f.yaml:1: yaml: ",
		strings.Repeat("[", 30):             "values lie more than 12 deep",
		strings.Repeat("- ", 14) + "a":      "values lie more than 12 deep",
		"# " + strings.Repeat("x", maxFile): "too-large: the file has 262146 bytes",
	}
	for text, want := range tests {
		var problems Problems
		if _, ok := parseYAML("f.yaml", []byte(text), &problems); ok || !strings.Contains(problems.Error(), want) {
			t.Errorf("%.40q: got %v, want %s", text, problems, want)
		}
	}
}
