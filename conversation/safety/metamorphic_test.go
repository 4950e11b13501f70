package safety

import (
	"slices"
	"strings"
	"testing"

	"linkline/flows"
)

// variants are what people add to a text and what their phones make of it. None
// says anything.
func variants(text string) map[string]string {
	out := map[string]string{
		"a greeting":    "Hello " + text,
		"a kiss":        text + " x",
		"a full stop":   text + ".",
		"exclamations":  text + "!!",
		"a signature":   text + "\nMaureen",
		"two spaces":    strings.ReplaceAll(text, " ", "  "),
		"thanks":        text + " thanks",
		"capitals":      strings.ToUpper(text),
		"curly marks":   strings.ReplaceAll(text, "'", "’"),
		"a hidden mark": strings.ReplaceAll(text, "e", "e\u200b"),
	}
	if !strings.ContainsAny(text, signs) { // a sign is read as a letter first
		out["its normal form"] = flows.Normalise(text)
		out["no stops"] = strings.NewReplacer(".", " ", ",", " ", ";", " ", ":", " ").Replace(text)
	}
	return out
}

// TestVariantsFindTheSame adds them to every text of the written halves: what
// was found stays found, by the same rules.
func TestVariantsFindTheSame(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for _, name := range []string{"sets/explicit.written.tsv", "sets/indirect.written.tsv", "sets/explicit.written2.tsv", "sets/indirect.written2.tsv", "sets/ordinary.written.tsv"} {
		for _, l := range readTSV(t, name) {
			want := rules(s.Scan(l.text))
			for kind, other := range variants(l.text) {
				if got := rules(s.Scan(other)); !slices.Equal(got, want) {
					t.Errorf("%s with %s: found %q, want %q: %q", name, kind, got, want, other)
				}
			}
		}
	}
}

// rules returns the rules found, in order of their names.
func rules(matches []Match) []string {
	var out []string
	for _, m := range matches {
		out = append(out, m.Rule)
	}
	slices.Sort(out)
	return out
}
