package safety

import "testing"

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	base := func(phrase string) file {
		return file{
			Language: "en", Skip: []string{"really"}, Spell: map[string][]string{"do not": {"dont"}},
			Classes: map[Class]map[string][]string{Explicit: {"rule": {phrase}}},
		}
	}
	for _, phrase := range []string{"", "[maybe]", "really sad", "<nobody> here", "good-bye", "...", "!sad", "sad ~", "~ sad", "sad ~ !happy", "sad [!happy]", "_ $"} {
		if _, err := build(base(phrase)); err == nil {
			t.Errorf("%q was accepted", phrase)
		}
	}
	if _, err := build(base("want to die")); err != nil {
		t.Errorf("a plain phrase: %v", err)
	}
	unknown := base("want to die")
	unknown.Classes["Z"] = map[string][]string{"rule": {"x"}}
	if _, err := build(unknown); err == nil {
		t.Error("class Z was accepted")
	}
}

// TestEveryClassHasRules in English; the other languages are drafts.
func TestEveryClassHasRules(t *testing.T) {
	t.Parallel()
	have := map[Class]int{}
	for _, r := range scanner(t).languages[0].rules {
		have[r.class]++
	}
	for _, class := range Classes() {
		if have[class] == 0 {
			t.Errorf("class %s has no rule", class)
		}
	}
}

// TestSigns holds what each sign of a phrase takes and refuses.
func TestSigns(t *testing.T) {
	t.Parallel()
	for phrase, texts := range map[string][2]string{
		"want to die":       {"i want to die now", "i want to dye"},
		"want ~ die":        {"want very much to die", "want a walk in the park before i die"},
		"took ~~ tablets":   {"took a b c d e f tablets", "took a b c d e f g tablets"},
		"want ~ money":      {"want my own money", "want but have money"},
		"a|b+c d":           {"b c d", "b d"},
		"give up !smoking":  {"give up", "give up smoking"},
		"!my back hurts":    {"back hurts", "my back hurts"},
		"go on $":           {"go on thanks Maureen x", "go on holiday tomorrow afternoon somewhere"},
		"took ## tablets":   {"took 30 tablets", "took 3 tablets"},
		"fit in ####":       {"fit in 1999", "fit in 19"},
		"=urgent":           {"hi urgent thanks x", "urgent repair of the boiler"},
		"no [hot] food":     {"no food", "no cold food"},
		"<who> is here":     {"mum is here", "rain is here"},
		"take me [_] _ out": {"take me a b out", "take me out"},
	} {
		f := file{
			Language: "en", Closing: []string{"thanks", "x"}, Greetings: []string{"hi"}, Breaks: []string{"but"},
			Ordinary: []string{"holiday", "repair", "of", "the", "boiler", "tomorrow", "afternoon", "somewhere", "dye"},
			Groups:   map[string][]string{"who": {"mum dad"}},
			Classes:  map[Class]map[string][]string{Explicit: {"rule": {phrase}}},
		}
		l, err := build(f)
		if err != nil {
			t.Errorf("%q: %v", phrase, err)
			continue
		}
		for i, text := range texts {
			if got := l.scan(l.words.pieces(text, nil), 0); (len(got) == 1) != (i == 0) {
				t.Errorf("%q in %q: found %+v", phrase, text, got)
			}
		}
	}
}
