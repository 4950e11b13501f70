package reading

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// smallGrammar knows a yes, a no and a few ways of joining them.
func smallGrammar(t *testing.T) *grammar {
	t.Helper()
	g := emptyGrammar()
	g.take(answersFile{
		Same:    map[string][]string{"do not": {"dont", "dinnae"}, "that is": {"thats"}},
		Classes: map[string][]string{"yes": {"yes", "yeah"}, "no": {"no"}, "fine": {"fine", "all right"}, "glue": {"please"}},
	})
	for _, phrase := range []struct {
		means grade
		text  string
	}{
		{unsure, "do not know"},
		{clearNo, "@no"},
		{clearNo, "i do not"},
		{clearYes, "@yes+"},
		{generousYes, "that is [very]* @fine [by me]"},
		{manners, "please"},
		{states, "[i] am #"},
		{manners, "from ^"},
	} {
		if err := g.add(phrase.means, phrase.text); phrase.text == "that is [very]* @fine [by me]" {
			if err == nil {
				t.Error("an optional step of two words is taken")
			}
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := g.add(generousYes, "that is [very]* @fine [by|me]*"); err != nil {
		t.Fatal(err)
	}
	g.settle()
	return g
}

// covered writes the spans of a text as their grades and words.
func covered(g *grammar, text string) string {
	tokens := tokenise(lexiconFor("en"), text).all
	pieces := g.pieces(tokens)
	markNames(text, tokens, pieces)
	var out []string
	for _, sp := range g.cover(pieces) {
		name := map[grade]string{clearYes: "yes", clearNo: "no", generousYes: "soft", unsure: "unsure", manners: "manners", states: "states"}[sp.grade]
		out = append(out, name+":"+join(tokens[sp.from:sp.to]))
	}
	return strings.Join(out, " | ")
}

func TestCover(t *testing.T) {
	t.Parallel()
	g := smallGrammar(t)
	tests := map[string]string{
		"yes":                       "yes:yes",
		"yeah yeah yes":             "yes:yeah yeah yes",
		"dont know":                 "unsure:dont know",
		"i dinnae":                  "no:i dinnae",
		"thats very very all right": "soft:thats very very all right",
		"thats fine by me please":   "soft:thats fine by me | manners:please",
		"yesplease":                 "yes:yesplease | manners:yesplease",
		"yesyes":                    "yes:yesyes",
		"yesss 😊":                   "yes:yess",
		"i am 84":                   "states:i am 84",
		"yes from Doreen":           "yes:yes | manners:from Doreen",
		"yes from doreen":           "yes:yes",
		"cabbages":                  "",
	}
	for text, want := range tests {
		if got := covered(g, text); !strings.EqualFold(got, want) {
			t.Errorf("%q is covered by %q, want %q", text, got, want)
		}
	}
}

func TestGrammarRefuses(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]string{
		"[yes]": "asks for nothing", "@nobody": "no class", "yes [no": "has no end", "!": "is no word",
	} {
		if err := emptyGrammar().add(clearYes, phrase); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("phrase %q: %v, want %q", phrase, err, want)
		}
	}
}

func TestPeriod(t *testing.T) {
	t.Parallel()
	got := map[string]int{}
	for _, word := range []string{"yesyes", "nonono", "yes", "aa", ""} {
		got[word] = period(word)
	}
	want := map[string]int{"yesyes": 3, "nonono": 2, "yes": 0, "aa": 0, "": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("period (-want +got):\n%s", diff)
	}
}

// TestLongTextsAreCoveredInPart: what a reply holds beyond the bits of a word is
// left, whatever it is.
func TestLongTextsAreCoveredInPart(t *testing.T) { // B13
	t.Parallel()
	g := smallGrammar(t)
	spans := g.cover(g.pieces(tokenise(lexiconFor("en"), strings.Repeat("yes ", 1000)).all))
	if len(spans) != 1 || spans[0].to > mostPieces {
		t.Errorf("1,000 words are covered by %v", spans)
	}
}
