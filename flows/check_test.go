package flows

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestCheckFindsNothingInAGoodLibrary(t *testing.T) {
	t.Parallel()
	if problems := Check(good(t)); len(problems) > 0 {
		t.Errorf("%v", problems)
	}
}

// changed loads the good library with other words in some of its files.
func changed(t *testing.T, file string, oldNew ...string) (*Library, error) {
	t.Helper()
	files := copied(t)
	text := string(files[file].Data)
	for i := 0; i < len(oldNew); i += 2 {
		if !strings.Contains(text, oldNew[i]) {
			t.Fatalf("%q is not in %s", oldNew[i], file)
		}
	}
	files[file] = &fstest.MapFile{Data: []byte(strings.NewReplacer(oldNew...).Replace(text))}
	return LoadChecked(files)
}

// What looks like a mistake and is none.
func TestCheckAllows(t *testing.T) {
	t.Parallel()
	const words = "words/en/ask.yaml"
	tests := map[string]struct{ file, old, with string }{
		"STOP and START in a permission":           {words, "Is that OK?", "Is that OK? You can text STOP at any time and START to begin again."},
		"yes as an answer to a yes":                {words, "[fine]", `["Yes!"]`},
		"yesterday in a published stem":            {words, "ask: How much does it worry you?", "exact: ons4\n    ask: How much did it worry you yesterday?"},
		"0 as a number of a scale":                 {words, "from 0 (not at all)", "from 0 (for not at all)"},
		"an instruction to text a number or HELLO": {words, "That is fine.", "That is fine. Text HELLO or 1 yes."},
		"curly quotes and dashes":                  {words, "That is fine.", "That’s fine – really…"},
		"help as part of a sentence":               {words, "That is fine.", "That is fine. If you need help, text us."},
		"a helpline":                               {words, "That is fine.", "That is fine. {samaritans} is there."},
		"CALL as an option that leads to a person": {words, "friend: for a friend", "friend: {label: for a friend, also: [call]}"},
		"a value that an engine fact has":          {"ask.yaml", "worry: [9, 10]", "in_hours: no, case: [none, open]"},
		"only options of what was chosen":          {"ask.yaml", "strict: true", "among: who"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := changed(t, tt.file, tt.old, tt.with); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCheckLooksAtOlderVersionsToo(t *testing.T) {
	t.Parallel()
	files := copied(t)
	files["call.v1.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["call.yaml"].Data), "say: true", "say: gone", 1))}
	files["call.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["call.yaml"].Data), "version: 1", "version: 2", 1))}
	_, err := LoadChecked(files)
	want := `words/en/call.yaml:1: missing-words: text "gone" says nothing (say) in "en". Fix: write the text.`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestCheckNation(t *testing.T) {
	t.Parallel()
	l, err := changed(t, "helplines.yaml", "- id: mental_health_line\n  nations: [england, wales, scotland, northern_ireland]",
		"- {id: abuse_line, nations: [wales], say: 01632 960001, source: made up}\n"+
			"- id: abuse_line\n  nations: [england]", "116 123\n  verified_on: 2026-10-01", "116 123\n  verified_on: 2026-11-01",
		"NHS 111 (choose 2)\n  verified_on: 2026-10-01\n  source: https://www.nhs.uk\n  core: true",
		"01632 960000\n  verified_on: 2026-10-01\n  source: made up")
	if err != nil {
		t.Fatal(err)
	}
	l.wording["en"]["ask"].Texts["done"] = Text{Say: "Ring {abuse_line} or {samaritans}.", Line: 3}
	if got := CheckNation(l, "england"); len(got) > 0 {
		t.Errorf("england: %v", got)
	}
	for _, nation := range []string{"wales", "scotland"} { // never checked, not there
		want := Problems{{
			File: "words/en/ask.yaml", Line: 3, Rule: RuleHelpline,
			Message: `"done" prints {abuse_line}, for which there is no checked number in ` + nation, Fix: RuleHelpline.Fix(),
		}}
		if diff := cmp.Diff(CheckNation(l, nation), want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", nation, diff)
		}
	}
	want := map[string]string{"samaritans": "Samaritans 116 123", "abuse_line": "01632 960000"}
	if diff := cmp.Diff(l.HelplinesFor("england"), want); diff != "" {
		t.Error(diff)
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	known := []string{"choice", "choices", "postcode"}
	tests := map[string]string{
		"choise": `did you mean "choice"?`, "postcoed": `did you mean "postcode"?`,
		"x": "known are choice, choices, postcode", "": "known are choice, choices, postcode",
	}
	for word, want := range tests {
		if got := suggest(word, known); got != want {
			t.Errorf("%q: got %s, want %s", word, got, want)
		}
	}
	if got := suggest("x", nil); got != "there is none" {
		t.Errorf("nothing known: got %s", got)
	}
}

func TestPlaceholdersAreMeasurable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range Placeholders() {
		if seen[p.Name] {
			t.Errorf("%s is there twice", p.Name)
		}
		seen[p.Name] = true
		if p.Normal == "" || len(p.Normal) > len(p.Longest) {
			t.Errorf("%s: normal %q, longest %q", p.Name, p.Normal, p.Longest)
		}
		if got := Room(p.Name); got != len(p.Longest) {
			t.Errorf("%s has room for %d characters, want %d", p.Name, got, len(p.Longest))
		}
		if n := Count(p.Longest); n.Encoding != GSM7 {
			t.Errorf("%s: the longest value needs %s", p.Name, n.Encoding)
		}
	}
	if got := Room("nobody"); got != 0 {
		t.Errorf("an unknown placeholder has room for %d characters", got)
	}
}
