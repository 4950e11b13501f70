package flows

import (
	"slices"
	"testing"
)

// Each phrase, and the rule it breaks; none where it is fine.
func TestCheckReadsPhrases(t *testing.T) {
	t.Parallel()
	tests := map[string]Rule{
		"Text STOP to end.":          RuleReservedWord,
		"Reply yes.":                 RuleReservedWord,
		"reply with yes":             RuleReservedWord,
		`Type "info" if you like.`:   RuleReservedWord,
		"Text back start.":           RuleReservedWord,
		"Answer with the word end.":  RuleReservedWord,
		"Atebwch YES.":               RuleReservedWord,
		"You can text STOPALL.":      RuleReservedWord,
		"Text 1 yes or 2 no.":        "",
		"Text HELLO to come back.":   "",
		"Please stop and read this.": "",
		"We can help. The end.":      "",
		"Text us to start again.":    "",
		"Text 0 for a person.":       RuleZeroForPerson,
		"Or text 0 to talk to somebody, or to a link worker.": RuleZeroForPerson,
		"From 0 (not at all) to 10. Ring us.":                 "",
		"Text 0 if you are not sure.":                         "",
		"10 to call.":                                         "",
		"We will ring tomorrow.":                              RuleDatedWord,
		"TONIGHT at 8.":                                       RuleDatedWord,
		"How did you feel yesterday?":                         RuleDatedWord,
		"We are open from day to day.":                        "",
		"See http://example.org":                              RuleLink,
		"See www.example.org":                                 RuleLink,
		"See {url}":                                           "",
		"Ring 0808 2000 247.":                                 RuleHelpline,
		"Ring 116 123.":                                       RuleHelpline,
		"Text 85258.":                                         RuleHelpline,
		"Call 999 or 111. On 4 May 1961.":                     "",
		"Hello {nobody}.":                                     RuleUnknownPlaceholder,
		"Hello {}.":                                           RuleUnknownPlaceholder,
		"Hello {name":                                         RuleUnknownPlaceholder,
		"Hello {name}.":                                       "",
		"Siân":                                                RuleCharacter,
		"Naïve":                                               RuleCharacter,
		"Café in Zürich costs £3 or €4 [ok].":                 "",
		"“Quoted” – it’s fine…":                               "",
	}
	for text, want := range tests {
		l := good(t)
		c := &checker{l: l, longest: l.longest()}
		w := wordsOf{Wording: &Wording{Texts: map[string]Text{"x": {Say: text}}}, language: "en"}
		c.text(w, "x")
		var got []Rule
		for _, p := range c.problems {
			got = append(got, p.Rule)
		}
		switch {
		case want == "" && len(got) > 0:
			t.Errorf("%q is refused: %v", text, c.problems)
		case want != "" && !slices.Equal(got, []Rule{want}):
			t.Errorf("%q: got %v, want %s", text, got, want)
		}
	}
}

func TestWhereStopMayBeNamed(t *testing.T) {
	t.Parallel()
	words := map[string]string{"ask": "  a: Text STOP or START.\n  b: Text CANCEL.\n"}
	tests := map[string]struct {
		steps string
		want  int // problems
	}{
		"where somebody is opted out": {"  - {id: a, say: true, do: [opt_out]}\n  - {id: b, say: true}\n  - {id: over, end: done}\n", 1},
		"nowhere else":                {"  - {id: a, say: true}\n  - {id: b, say: true}\n  - {id: over, end: done}\n", 3},
		"and no other word there":     {"  - {id: a, say: true, do: [opt_in]}\n  - {id: b, say: true, do: [opt_in]}\n  - {id: over, end: done}\n", 1},
	}
	for name, tt := range tests {
		if got := broke(small(t, map[string]string{"ask": tt.steps}, words), RuleReservedWord); len(got) != tt.want {
			t.Errorf("%s: got %q, want %d problems", name, got, tt.want)
		}
	}
}

func TestNumberWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		n        int
		language string
		want     []string
	}{
		{2, "en", []string{"2", "two"}},
		{0, "en", []string{"0", "zero"}},
		{15, "en", []string{"15", "fifteen"}},
		{16, "en", []string{"16"}},
		{-1, "en", []string{"-1"}},
		{2, "cy", []string{"2"}},
	}
	for _, tt := range tests {
		if got := numberWords(tt.n, tt.language); !slices.Equal(got, tt.want) {
			t.Errorf("%d in %s: got %q, want %q", tt.n, tt.language, got, tt.want)
		}
	}
}
