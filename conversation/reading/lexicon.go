package reading

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"linkline/flows"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// grade is how a phrase answers yes or no.
type grade int

const (
	noGrade grade = iota
	clearYes
	generousYes
	clearNo
	generousNo
	unsure
	hedged    // "probably": half an answer, never one to a strict question
	barelyYes // "no problem", "i think so": a yes that is none to a strict question
	barelyNo  // "not really"
	states    // tells what the question may be about: "im over 18"
	aloneYes  // "please": a yes where nothing else answers
	asksFor   // a question back
	manners   // says nothing either way

	firstRequest // from here on a phrase is a request (requestOf)
)

// phrases is a set of word sequences. starts holds, by first word, the length
// of the longest, so that most words are passed with one look-up.
type phrases[T any] struct {
	means  map[string]T
	starts map[string]int
}

// lexicon is how one language says things, ready for look-up.
type lexicon struct {
	numbers, ordinals        phrases[int]
	months, weekdays         phrases[int]
	yesNo                    phrases[grade]
	holidays                 phrases[holiday]
	sets                     map[string]phrases[bool]
	grammar                  *grammar
	intents                  map[Intent]map[string]bool // whole texts
	openings                 map[string][]opening       // phrases by first word
	monthNames, weekdayNames []dayName
}

// dayName is a spelled-out month or weekday, kept in a list for near misses.
type dayName struct {
	word string
	n    int
}

// opening is a phrase that may begin with a certain word.
type opening struct {
	intent  Intent
	pattern pattern
}

// lexiconFile is the form of words/<language>.yaml.
type lexiconFile struct {
	Language string           `yaml:"language"`
	Numbers  map[int][]string `yaml:"numbers"`
	Ordinals map[int][]string `yaml:"ordinals"`
	Months   map[int][]string `yaml:"months"`
	Weekdays map[int][]string `yaml:"weekdays"`
	Yes      gradedWords      `yaml:"yes"`
	No       gradedWords      `yaml:"no"`
	Unsure   []string         `yaml:"unsure"`
	Name     struct {
		Lead     []string `yaml:"lead"`
		Trail    []string `yaml:"trail"`
		NotNames []string `yaml:"not_names"`
		Sentence []string `yaml:"sentence"`
	} `yaml:"name"`
	Intents map[Intent]struct {
		Words   []string `yaml:"words"`
		Phrases []string `yaml:"phrases"`
	} `yaml:"intents"`
	Holidays map[holiday][]string `yaml:"holidays"`
	Sets     map[string][]string  `yaml:"sets"`
	// Draft marks words that no speaker has checked yet.
	Draft bool `yaml:"draft"`
}

type gradedWords struct {
	Clear    []string `yaml:"clear"`
	Generous []string `yaml:"generous"`
	Barely   []string `yaml:"barely"`
}

// words is everything the files hold.
type words struct {
	lexicons map[string]*lexicon
	draft    map[string]bool
	begins   map[string]map[string]bool // words with which only its phrases begin
	babel    *babel
}

// library is loaded once, on first use, from files inside the program; a test
// proves that it loads.
var library = sync.OnceValue(func() *words {
	loaded, err := loadWords()
	if err != nil {
		panic(err)
	}
	return loaded
})

// Languages returns the languages whose words are complete: every closed answer
// and every request is understood in them.
func Languages() []string { return languages(false) }

// Drafts returns the languages of which only yes, no, digits and STOP are
// understood, in words that no speaker of them has checked yet.
func Drafts() []string { return languages(true) }

func languages(draft bool) []string {
	var out []string
	for language := range library().lexicons {
		if library().draft[language] == draft {
			out = append(out, language)
		}
	}
	slices.SortFunc(out, func(a, b string) int { // English, which the rest lies over, first
		return cmp.Or(cmp.Compare(len(layers(a)), len(layers(b))), cmp.Compare(a, b))
	})
	return out
}

// lexiconFor returns the words of a language laid over the English ones: a
// person may answer in English whatever her language.
func lexiconFor(language string) *lexicon {
	if lex, ok := library().lexicons[language]; ok {
		return lex
	}
	return library().lexicons["en"]
}

func loadWords() (*words, error) {
	files, err := fs.Glob(wordFiles, "words/*.yaml")
	if err != nil {
		return nil, err
	}
	all := &words{lexicons: map[string]*lexicon{}, draft: map[string]bool{}, begins: map[string]map[string]bool{}, babel: &babel{means: map[string][]meaning{}, polite: newLexicon()}}
	for _, file := range files {
		language := strings.TrimSuffix(path.Base(file), ".yaml")
		lex, alone := newLexicon(), newLexicon()
		for _, layer := range layers(language) {
			if _, err := lex.read(layer); err != nil {
				return nil, fmt.Errorf("words of %s: %w", layer, err)
			}
		}
		if all.draft[language], err = alone.read(language); err != nil {
			return nil, fmt.Errorf("words of %s: %w", language, err)
		}
		if lex.grammar, err = newGrammar(layers(language), lex); err != nil {
			return nil, err
		}
		all.babel.learn(language, alone)
		all.begins[language] = alone.begins()
		all.lexicons[language] = lex
	}
	for language, begins := range all.begins {
		for word := range begins {
			if language != "en" && all.begins["en"][word] {
				delete(begins, word) // "do" and "a" are no sign of Welsh
			}
		}
	}
	return all, nil
}

// begins returns every word with which a phrase of the answers begins.
func (l *lexicon) begins() map[string]bool {
	out := map[string]bool{}
	all := []map[string]int{l.numbers.starts, l.ordinals.starts, l.months.starts, l.weekdays.starts, l.yesNo.starts, l.holidays.starts}
	for _, set := range l.sets {
		all = append(all, set.starts)
	}
	for _, starts := range all {
		for word := range starts {
			out[word] = true
		}
	}
	return out
}

// layers returns the files of a language, the ones that win last.
func layers(language string) []string {
	if language == "en" {
		return []string{"en"}
	}
	return []string{"en", language}
}

func newLexicon() *lexicon {
	return &lexicon{sets: map[string]phrases[bool]{}, intents: map[Intent]map[string]bool{}, openings: map[string][]opening{}}
}

// read adds the words of a file and reports whether they are a draft.
func (l *lexicon) read(language string) (draft bool, err error) {
	data, err := wordFiles.ReadFile("words/" + language + ".yaml")
	if err != nil {
		return false, err
	}
	var file lexiconFile
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return false, err
	}
	if file.Language != language {
		return false, fmt.Errorf("language is %q", file.Language)
	}
	addCounted(&l.numbers, file.Numbers)
	addCounted(&l.ordinals, file.Ordinals)
	l.monthNames = append(l.monthNames, addCounted(&l.months, file.Months)...)
	l.weekdayNames = append(l.weekdayNames, addCounted(&l.weekdays, file.Weekdays)...)
	l.yesNo.add(clearYes, file.Yes.Clear)
	l.yesNo.add(generousYes, file.Yes.Generous)
	l.yesNo.add(clearNo, file.No.Clear)
	l.yesNo.add(generousNo, file.No.Generous)
	l.yesNo.add(barelyYes, file.Yes.Barely)
	l.yesNo.add(barelyNo, file.No.Barely)
	l.yesNo.add(unsure, file.Unsure)
	for name, list := range file.Holidays {
		l.holidays.add(name, list)
	}
	l.addSets(file)
	return file.Draft, l.addIntents(file)
}

func (l *lexicon) addSets(file lexiconFile) {
	lists := map[string][]string{
		"name_lead": file.Name.Lead, "name_trail": file.Name.Trail,
		"not_names": file.Name.NotNames, "sentence": file.Name.Sentence,
	}
	for name, list := range file.Sets {
		lists[name] = list
	}
	for name, list := range lists {
		set := l.sets[name]
		set.add(true, list)
		l.sets[name] = set
	}
}

func (l *lexicon) addIntents(file lexiconFile) error {
	for intent, said := range file.Intents {
		if l.intents[intent] == nil && len(said.Words) > 0 {
			l.intents[intent] = map[string]bool{}
		}
		for _, w := range said.Words {
			l.intents[intent][flows.Normalise(w)] = true
		}
		for _, text := range said.Phrases {
			p, err := parsePattern(text)
			if err != nil {
				return fmt.Errorf("intent %s: %w", intent, err)
			}
			for _, first := range p.firsts() {
				l.openings[first] = append(l.openings[first], opening{intent: intent, pattern: p})
			}
		}
	}
	return nil
}

// add puts phrases into the set; a later meaning of the same phrase wins.
func (p *phrases[T]) add(meaning T, list []string) {
	if p.means == nil {
		p.means, p.starts = map[string]T{}, map[string]int{}
	}
	for _, text := range list {
		key := flows.Normalise(text)
		if key == "" {
			continue
		}
		p.means[key] = meaning
		first, _, _ := strings.Cut(key, " ")
		p.starts[first] = max(p.starts[first], strings.Count(key, " ")+1)
	}
}

func addCounted(p *phrases[int], lists map[int][]string) []dayName {
	var names []dayName
	for n, list := range lists {
		p.add(n, list)
		for _, word := range list {
			names = append(names, dayName{word: flows.Normalise(word), n: n})
		}
	}
	return names
}

// at returns the meaning of the longest phrase that starts at tokens[i], and
// how many tokens it takes; none is 0.
func (p phrases[T]) at(tokens []token, i int) (meaning T, taken int) {
	for n := min(p.starts[tokens[i].word], len(tokens)-i); n > 0; n-- {
		if m, ok := p.means[join(tokens[i:i+n])]; ok {
			return m, n
		}
	}
	return meaning, 0
}

// is reports whether a word or phrase belongs to the named set.
func (l *lexicon) is(set, word string) bool {
	return l.sets[set].means[word]
}

// number reads digits, a number word or an ordinal ("2nd", "second").
func (l *lexicon) number(tokens []token, i int) (n, taken int) {
	word := tokens[i].word
	if v, ok := digits(word); ok {
		return v, 1
	}
	if v, ok := l.ordinal(word); ok {
		return v, 1
	}
	return l.numbers.at(tokens, i)
}

// ordinal reads "2nd" and "second".
func (l *lexicon) ordinal(word string) (int, bool) {
	if n, ok := l.ordinals.means[word]; ok {
		return n, true
	}
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if figure, ok := strings.CutSuffix(word, suffix); ok {
			return digits(figure)
		}
	}
	return 0, false
}

// digits reads a short run of digits; longer ones are phone numbers.
func digits(word string) (int, bool) {
	if len(word) == 0 || len(word) > 4 {
		return 0, false
	}
	n, err := strconv.Atoi(word)
	return n, err == nil && word[0] != '+' && word[0] != '-'
}
