package safety

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed phrases
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
	Spell   map[string][]string           `yaml:"spell"`
	Groups  map[string][]string           `yaml:"groups"`
	Classes map[Class]map[string][]string `yaml:"classes"`
	Idioms  map[string][]string           `yaml:"idioms"`
	Tens    []string                      `yaml:"tens"`
	// Words around what is said: see the kinds of words.
	Closing   []string `yaml:"closing"`
	Openings  []string `yaml:"openings"`
	Breaks    []string `yaml:"breaks"`
	Greetings []string `yaml:"greetings"`
	Common    []string `yaml:"common"`
	Names     []string `yaml:"names"`
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
	rules  []rule
	past   [][]int32 // rows of words that tell of time gone by
}

// load reads the phrases of a language: one file of its name, or a folder of
// them where they are many.
func load(name string) (*language, error) {
	names, err := fs.Glob(phraseFiles, "phrases/"+name+"/*.yaml")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		names = []string{"phrases/" + name + ".yaml"}
	}
	all := file{
		Same: map[string][]string{}, Spell: map[string][]string{}, Groups: map[string][]string{},
		Classes: map[Class]map[string][]string{}, Idioms: map[string][]string{},
	}
	for _, path := range names {
		data, err := phraseFiles.ReadFile(path)
		if err != nil {
			return nil, err
		}
		one := all
		if err := yaml.UnmarshalWithOptions(data, &one, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all.add(one)
	}
	l, err := build(all)
	if err != nil {
		return nil, fmt.Errorf("phrases of %s: %w", name, err)
	}
	return l, nil
}

// add takes over what another file of the same language says.
func (f *file) add(more file) {
	maps.Copy(f.Same, more.Same)
	maps.Copy(f.Spell, more.Spell)
	maps.Copy(f.Groups, more.Groups)
	maps.Copy(f.Classes, more.Classes)
	maps.Copy(f.Idioms, more.Idioms)
	more.Same, more.Spell, more.Groups, more.Classes, more.Idioms = f.Same, f.Spell, f.Groups, f.Classes, f.Idioms
	*f = more
}

func build(f file) (*language, error) {
	l := &language{
		source: Source{Language: f.Language, Version: f.Version, Owner: f.Owner, VerifiedOn: f.VerifiedOn, Draft: f.Draft},
		words:  newVocabulary(f),
	}
	l.tree = newPatterns(&l.words)
	for _, p := range f.PastPhrases {
		var row []int32
		for w := range strings.FieldsSeq(p) {
			row = append(row, l.words.id(l.words.enter(plain(w))))
		}
		l.past = append(l.past, row)
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
	for _, name := range sorted(f.Idioms) {
		l.rules = append(l.rules, rule{name: "idiom." + name})
		errs = append(errs, l.addAll(f.Idioms[name]))
	}
	l.tree.finish()
	l.words.finish()
	return l, errors.Join(errs...)
}

func sorted(lists map[string][]string) []string {
	names := make([]string, 0, len(lists))
	for name := range lists {
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
	text = strings.ReplaceAll(text, "| ", "|") // a long list goes on in the next line
	text, whole := strings.CutPrefix(text, "=")
	steps, err := l.words.parse(text)
	if err != nil {
		return err
	}
	l.tree.add(raw{steps: steps, rule: rule, whole: whole})
	return nil
}
