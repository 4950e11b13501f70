package reading

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"linkline/flows"
)

//go:embed answers/*.yaml
var answerFiles embed.FS

// answersFile is the form of answers/<language>.yaml.
type answersFile struct {
	Language string              `yaml:"language"`
	Same     map[string][]string `yaml:"same"`
	Classes  map[string][]string `yaml:"classes"`
	Answers  map[string][]string `yaml:"answers"`
	Turns    []string            `yaml:"turns"`
	NoTurns  []string            `yaml:"no_turns"`
	Reasons  []string            `yaml:"reasons"`
	Open     []string            `yaml:"open"`
}

// meansAs is a meaning by the name it has in the files.
type meansAs struct {
	name  string
	means grade
}

// saidAs are the meanings of a phrase in the order in which they win where two
// cover the same words.
func saidAs() []meansAs {
	return []meansAs{
		{"unsure", unsure},
		{"no", clearNo},
		{"yes", clearYes},
		{"barely_no", barelyNo},
		{"barely_yes", barelyYes},
		{"hedge", hedged},
		{"states", states},
		{"soft_no", generousNo},
		{"soft_yes", generousYes},
		{"alone_yes", aloneYes},
		{"beside", manners},
		{"asks", asksFor},
	}
}

// newGrammar builds the grammar of a language: its own phrases and those of the
// languages it lies over, and the whole phrases of its words.
func newGrammar(layers []string, lex *lexicon) (*grammar, error) {
	g := emptyGrammar()
	files, err := answersOf(layers)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		g.take(file)
	}
	for _, m := range saidAs() {
		for _, file := range files {
			for _, text := range file.Answers[m.name] {
				if err := g.add(m.means, text); err != nil {
					return nil, fmt.Errorf("answers of %s: %w", file.Language, err)
				}
			}
		}
		for _, text := range lex.graded(m.means) {
			g.addWhole(m.means, text)
		}
	}
	for _, word := range []string{"not", "never", "to", "my", "your", "the", "a", "of", "with"} {
		g.denies[g.learn(word)] = true
	}
	g.settle()
	return g, nil
}

func emptyGrammar() *grammar {
	return &grammar{
		ids: map[string]wordID{}, same: map[string][]wordID{}, slips: map[byte][]string{}, classes: map[string][]string{},
		turns: map[string]bool{}, noTurns: map[string]bool{}, why: map[string]bool{}, opens: map[string]bool{}, own: map[string]bool{}, denies: map[wordID]bool{},
	}
}

// answersOf reads the files of a language and of those it lies over.
func answersOf(layers []string) ([]answersFile, error) {
	all, err := allAnswers()
	if err != nil {
		return nil, err
	}
	var files []answersFile
	for _, language := range layers {
		if file, ok := all[language]; ok {
			files = append(files, file)
		}
	}
	return files, nil
}

// allAnswers reads every file once: English lies under every language.
var allAnswers = sync.OnceValues(func() (map[string]answersFile, error) {
	names, err := fs.Glob(answerFiles, "answers/*.yaml")
	if err != nil {
		return nil, err
	}
	out := map[string]answersFile{}
	for _, name := range names {
		language := strings.TrimSuffix(path.Base(name), ".yaml")
		if out[language], err = readAnswers(language); err != nil {
			return nil, fmt.Errorf("answers of %s: %w", language, err)
		}
	}
	return out, nil
})

// graded returns the whole phrases of a meaning, in order.
func (l *lexicon) graded(means grade) []string {
	var out []string
	for text, g := range l.yesNo.means {
		if g == means {
			out = append(out, text)
		}
	}
	if means == manners {
		for text := range l.sets["polite"].means {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return out
}

func readAnswers(language string) (answersFile, error) {
	var file answersFile
	data, err := answerFiles.ReadFile("answers/" + language + ".yaml")
	if err != nil {
		return file, err
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return file, err
	}
	for name := range file.Answers {
		known := false
		for _, m := range saidAs() {
			known = known || m.name == name
		}
		if !known {
			return file, fmt.Errorf("no meaning %q", name)
		}
	}
	if file.Language != language {
		return file, fmt.Errorf("language is %q", file.Language)
	}
	return file, nil
}

// take adds the words of a file: variants first, so that classes and phrases are
// spelt as replies will be.
func (g *grammar) take(file answersFile) {
	texts := make([]string, 0, len(file.Same))
	for text := range file.Same {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	for _, text := range texts {
		g.addSame(text, file.Same[text])
	}
	for name, words := range file.Classes {
		g.classes[name] = append(g.classes[name], words...)
		for _, word := range words {
			g.spell(word)
		}
	}
	mark := func(set map[string]bool, list []string) {
		for _, word := range list {
			set[flows.Normalise(word)] = true
		}
	}
	mark(g.turns, file.Turns)
	mark(g.noTurns, file.NoTurns)
	mark(g.why, file.Reasons)
	mark(g.opens, file.Open)
}
