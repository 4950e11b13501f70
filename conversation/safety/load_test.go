package safety

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestNoIdiomExcusesAPhraseWhole: an idiom must say more than the phrase it
// excuses, or it would take the phrase out of use. The few exceptions say why.
// A phrase with a gap takes in whole sentences, and is left out.
func TestNoIdiomExcusesAPhraseWhole(t *testing.T) {
	t.Parallel()
	allowed := map[string]bool{
		"# kms": true, "## kms": true, // the number is the difference
		"see no point in it": true, "they took my benefits": true, "jump in the car|shower|bath|bus": true, "eviction notice": true, // the plain meaning
		"no where|place to go in|at|with|to|for": true, "knee|back|legs|hip|pain|body|arthritis|health|council|bank|dwp|jobcentre|job|anxiety|illness|website|app|condition|benefits|they|system|doctor|gp|it|computer|phone|work does|will|would|do not let me": true,
	}
	data, err := phraseFiles.ReadFile("phrases/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var f file
	if err := yaml.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	l := scanner(t).languages[0]
	for _, idiom := range f.Idioms {
		steps, err := l.words.parse(strings.TrimPrefix(idiom, "="))
		if err != nil {
			t.Fatal(err)
		}
		for i := range steps {
			if steps[i].optional {
				steps[i] = step{edges: []string{""}}
			}
		}
		for _, words := range spellings(steps) {
			text := strings.Join(words, " ")
			tokens := l.words.tokens(l.words.pieces(text, nil))
			l.tree.find(tokens, 0, func(int) bool { return true }, func(s span) {
				if l.rules[s.rule].class != "" && !s.wide && s.from == 0 && s.to == len(tokens) && !allowed[idiom] {
					t.Errorf("idiom %q takes %q out of %s", idiom, text, l.rules[s.rule].name)
				}
			})
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	base := func(phrase string) file {
		return file{
			Language: "en", Skip: []string{"really"}, Spell: map[string]string{"dont": "do not"},
			Classes: map[Class]map[string][]string{Explicit: {"rule": {phrase}}},
		}
	}
	for _, phrase := range []string{"", "[maybe]", "really sad", "<nobody> here", "good-bye", "..."} {
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
