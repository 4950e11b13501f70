package reading

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed needs/*.yaml
var needFiles embed.FS

// needsFile is the form of needs/<language>.yaml.
type needsFile struct {
	Language string `yaml:"language"`
	Needs    []struct {
		ID     string   `yaml:"id"`
		Number int      `yaml:"number"`
		Label  string   `yaml:"label"`
		Also   []string `yaml:"also"`
		Said   []string `yaml:"said"`
	} `yaml:"needs"`
}

// story is a way of telling a need.
type story struct {
	need    string
	pattern pattern
}

// told are the shipped needs of one language, and how people tell them.
type told struct {
	options []Option
	stories map[string][]story // by first word
	words   []string           // the long ones of those, for slips
}

// shippedNeeds are loaded once, on first use, from files inside the program; a test
// proves that they load.
var shippedNeeds = sync.OnceValue(func() map[string]*told {
	all := map[string]*told{}
	for _, language := range []string{"en", "cy"} {
		t, err := loadNeeds(language)
		if err != nil {
			panic(err)
		}
		all[language] = t
	}
	return all
})

// Needs returns the shipped list of needs in a language, with the numbers of the
// phone menu; a language without one gets English.
func Needs(language string) []Option {
	return slices.Clone(needsIn(language).options)
}

func needsIn(language string) *told {
	if t, ok := shippedNeeds()[language]; ok {
		return t
	}
	return shippedNeeds()["en"]
}

func loadNeeds(language string) (*told, error) {
	t := &told{stories: map[string][]story{}}
	for _, layer := range layers(language) {
		data, err := needFiles.ReadFile("needs/" + layer + ".yaml")
		if err != nil {
			return nil, err
		}
		var file needsFile
		if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("needs of %s: %w", layer, err)
		}
		if err := t.add(file); err != nil {
			return nil, fmt.Errorf("needs of %s: %w", layer, err)
		}
	}
	for word := range t.stories {
		if len(word) > typoLetters {
			t.words = append(t.words, word)
		}
	}
	slices.Sort(t.words)
	return t, nil
}

// add lays a language over the one before: its label comes first, the words of
// both are understood.
func (t *told) add(file needsFile) error {
	for _, n := range file.Needs {
		words := append([]string{n.Label}, n.Also...)
		i := slices.IndexFunc(t.options, func(o Option) bool { return o.ID == n.ID })
		if i < 0 {
			t.options = append(t.options, Option{ID: n.ID, Number: n.Number, Words: words})
		} else {
			t.options[i].Words = append(words, t.options[i].Words...)
		}
		for _, text := range n.Said {
			p, err := parsePattern(text)
			if err != nil {
				return fmt.Errorf("%s: %w", n.ID, err)
			}
			for _, first := range p.firsts() {
				t.stories[first] = append(t.stories[first], story{need: n.ID, pattern: p})
			}
		}
	}
	return nil
}

// weighed is a need with what speaks for it.
type weighed struct {
	need   string
	weight int
	at     int // where it was first told
}

// heard returns the needs that a text tells of, the likeliest first: each way of
// telling counts for as many words as it takes, once for each place.
func (t *told) heard(tokens []token) []string {
	var found []weighed
	for i := range tokens {
		word := t.known(tokens[i].word)
		best := map[string]int{}
		for _, s := range t.stories[word] {
			if n := s.pattern.length(tokens, i, word); n > best[s.need] {
				best[s.need] = n
			}
		}
		for need, n := range best {
			j := slices.IndexFunc(found, func(w weighed) bool { return w.need == need })
			if j < 0 {
				found = append(found, weighed{need: need, weight: n, at: i})
			} else {
				found[j].weight += n
			}
		}
	}
	slices.SortFunc(found, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.at, b.at), cmp.Compare(a.need, b.need))
	})
	ids := make([]string, 0, len(found))
	for _, w := range found {
		ids = append(ids, w.need)
	}
	return ids
}

// known mends one slip in a long word.
func (t *told) known(word string) string {
	if len(t.stories[word]) > 0 || len(word) < typoLetters {
		return word
	}
	for _, w := range t.words {
		if near(word, w) {
			return w
		}
	}
	return word
}

// length is how many words the longest match from tokens[i] on takes.
func (p pattern) length(tokens []token, i int, word string) int {
	ends := p.match(tokens, i)
	if len(ends) == 0 && len(p.steps) == 1 && slices.Contains(p.steps[0].words, word) {
		return 1
	}
	if len(ends) == 0 {
		return 0
	}
	return slices.Max(ends) - i
}
