package safety

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed phrases/*.yaml
var phraseFiles embed.FS

// Source says where the phrases of a language come from.
type Source struct {
	Language   string
	Version    int
	Owner      string
	VerifiedOn string
	// Draft is true until a speaker and the owner have checked the phrases.
	Draft bool
}

// file is the form of phrases/<language>.yaml.
type file struct {
	Language   string `yaml:"language"`
	Version    int    `yaml:"version"`
	Owner      string `yaml:"owner"`
	VerifiedOn string `yaml:"verified_on"`
	Draft      bool   `yaml:"draft"`

	Skip    []string                      `yaml:"skip"`
	Same    map[string][]string           `yaml:"same"`
	Spell   map[string]string             `yaml:"spell"`
	Groups  map[string][]string           `yaml:"groups"`
	Classes map[Class]map[string][]string `yaml:"classes"`
	Idioms  []string                      `yaml:"idioms"`
	Tens    []string                      `yaml:"tens"`
	Closing []string                      `yaml:"closing"`
	// Ordinary words are known, so that none is taken for a misspelling.
	Ordinary []string `yaml:"ordinary"`

	Negators    []string `yaml:"negators"`
	Double      []string `yaml:"double"`
	Past        []string `yaml:"past"`
	PastPhrases []string `yaml:"past_phrases"`
	Selves      []string `yaml:"selves"`
	Others      []string `yaml:"others"`
}

// rule is what a phrase belongs to; an idiom has no class.
type rule struct {
	class Class
	name  string
}

// language holds the phrases of one language, ready for use.
type language struct {
	source Source
	words  vocabulary
	tree   *patterns
	whole  map[string]int // whole texts, by their canonical words
	rules  []rule
	around surroundings
}

// surroundings are the words that soften a match.
type surroundings struct {
	negators, double, past, selves, others map[string]bool
	pastPhrases                            [][]string
}

func load(name string) (*language, error) {
	data, err := phraseFiles.ReadFile("phrases/" + name + ".yaml")
	if err != nil {
		return nil, err
	}
	var f file
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("phrases of %s: %w", name, err)
	}
	l, err := build(f)
	if err != nil {
		return nil, fmt.Errorf("phrases of %s: %w", name, err)
	}
	return l, nil
}

func build(f file) (*language, error) {
	l := &language{
		source: Source{Language: f.Language, Version: f.Version, Owner: f.Owner, VerifiedOn: f.VerifiedOn, Draft: f.Draft},
		words:  newVocabulary(f),
		whole:  map[string]int{},
	}
	l.tree = newPatterns(&l.words)
	l.around = surroundings{
		negators: l.words.set(f.Negators), double: l.words.set(f.Double), past: l.words.set(f.Past),
		selves: l.words.set(f.Selves), others: l.words.set(f.Others),
	}
	l.tree.closing = l.words.set(f.Closing)
	l.words.set(f.Ordinary)
	for _, p := range f.PastPhrases {
		l.around.pastPhrases = append(l.around.pastPhrases, l.words.phrase(p))
	}
	var errs []error
	for _, class := range Classes() {
		for _, name := range sorted(f.Classes[class]) {
			l.rules = append(l.rules, rule{class: class, name: string(class) + "." + name})
			errs = append(errs, l.addAll(f.Classes[class][name]))
		}
	}
	for class := range f.Classes {
		if !slices.Contains(Classes(), class) {
			errs = append(errs, fmt.Errorf("class %q is not known", class))
		}
	}
	l.rules = append(l.rules, rule{name: "idiom"})
	errs = append(errs, l.addAll(f.Idioms))
	l.words.finish()
	l.tree.finish()
	return l, errors.Join(errs...)
}

// phrase returns the words of plain text as the phrases hold them.
func (v *vocabulary) phrase(text string) []string {
	var out []string
	for w := range strings.FieldsSeq(text) {
		out = append(out, v.enter(plain(w)))
	}
	return out
}

func sorted(rules map[string][]string) []string {
	names := make([]string, 0, len(rules))
	for name := range rules {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// addAll adds the phrases of the rule declared last.
func (l *language) addAll(phrases []string) error {
	var errs []error
	for _, text := range phrases {
		if err := l.add(text, len(l.rules)-1); err != nil {
			errs = append(errs, fmt.Errorf("%s: %q: %w", l.rules[len(l.rules)-1].name, text, err))
		}
	}
	return errors.Join(errs...)
}

func (l *language) add(text string, rule int) error {
	text, whole := strings.CutPrefix(text, "=")
	steps, err := l.words.parse(text)
	if err != nil {
		return err
	}
	if !whole {
		l.tree.add(steps, rule)
		return nil
	}
	for _, words := range spellings(steps) {
		l.whole[strings.Join(words, " ")] = rule
	}
	return nil
}

// spellings writes out every way a phrase of plain words can be said.
func spellings(steps []step) [][]string {
	out := [][]string{nil}
	for _, s := range steps {
		var next [][]string
		for _, so := range out {
			if s.optional {
				next = append(next, so)
			}
			for _, edge := range s.edges {
				next = append(next, append(slices.Clone(so), edge))
			}
		}
		out = next
	}
	return out
}
