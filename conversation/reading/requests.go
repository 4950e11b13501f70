package reading

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"linkline/conversation/calendar"
	"linkline/flows"
)

//go:embed requests/*.yaml
var requestFiles embed.FS

// requestsFile is the form of requests/<language>.yaml.
type requestsFile struct {
	Language string              `yaml:"language"`
	Same     map[string][]string `yaml:"same"`
	Classes  map[string][]string `yaml:"classes"`
	Requests map[Intent][]string `yaml:"requests"`
}

// What a phrase of a request may be besides a request.
const (
	askWords  Intent = "ask"        // a way of asking, for anything
	toldDeath Intent = "told_death" // a death, which may be the teller's own loss
	teller    Intent = "teller"     // who is writing, for somebody else
	newPhone  Intent = "new_phone"
	notMe     Intent = "not_me"
)

// requestNames are the meanings of the phrases in the order in which they win
// where two cover the same words. The words of manners come first: "speak to you
// soon" asks for nobody.
var requestNames = sync.OnceValue(func() []Intent {
	return append([]Intent{askWords}, append(Intents(), pauseDated, toldDeath, teller, newPhone, notMe)...)
})

// requestGrade and requestOf turn a meaning into the grade of a phrase and back.
func requestGrade(i Intent) grade {
	return firstRequest + grade(slices.Index(requestNames(), i))
}

func requestOf(g grade) Intent {
	if g < firstRequest {
		return NoIntent
	}
	return requestNames()[g-firstRequest]
}

// requests are the grammars of requests by language, loaded once, on first use,
// from files inside the program; a test proves that they load.
var requests = sync.OnceValue(func() map[string]*grammar {
	out := map[string]*grammar{}
	for _, language := range Languages() {
		g, err := newRequests(layers(language), lexiconFor(language))
		if err != nil {
			panic(err)
		}
		out[language] = g
	}
	for _, language := range Languages()[1:] {
		for word := range out[language].ids {
			if _, english := out["en"].ids[word]; !english && len(word) > 1 {
				out[language].own[word] = true
			}
		}
	}
	return out
})

func requestsIn(language string) *grammar {
	if g, ok := requests()[language]; ok {
		return g
	}
	return requests()["en"]
}

// newRequests builds the grammar of requests of a language. It shares the spellings
// and the manners of the answers.
func newRequests(layers []string, lex *lexicon) (*grammar, error) {
	g := emptyGrammar()
	answers, err := answersOf(layers)
	if err != nil {
		return nil, err
	}
	var files []requestsFile
	for _, language := range layers {
		file, err := readRequests(language)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("requests of %s: %w", language, err)
		}
		files = append(files, file)
		g.take(answersFile{Same: file.Same, Classes: file.Classes})
	}
	if err := g.takeManners(answers, lex); err != nil {
		return nil, err
	}
	for _, name := range requestNames() {
		for _, file := range files {
			for _, text := range file.Requests[name] {
				if err := g.add(requestGrade(name), text); err != nil {
					return nil, fmt.Errorf("requests of %s: %w", file.Language, err)
				}
			}
		}
	}
	g.know(layers)
	g.settle()
	return g, nil
}

// takeManners adds the spellings and the manners that go with answers.
func (g *grammar) takeManners(answers []answersFile, lex *lexicon) error {
	for _, file := range answers {
		g.take(answersFile{Same: file.Same, Classes: file.Classes})
		for _, text := range file.Answers["beside"] {
			if err := g.add(manners, text); err != nil {
				return fmt.Errorf("answers of %s: %w", file.Language, err)
			}
		}
	}
	for _, text := range lex.graded(manners) {
		g.addWhole(manners, text)
	}
	return nil
}

// know learns the words in which needs are told, so that none of them is taken for
// the name of a person: "there is no heating here" is no wrong number.
func (g *grammar) know(layers []string) {
	for _, language := range layers {
		data, err := needFiles.ReadFile("needs/" + language + ".yaml")
		if err != nil {
			continue
		}
		for word := range strings.FieldsSeq(flows.Normalise(string(data))) {
			g.learn(word)
		}
	}
}

func readRequests(language string) (requestsFile, error) {
	var file requestsFile
	data, err := requestFiles.ReadFile("requests/" + language + ".yaml")
	if err != nil {
		return file, err
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return file, err
	}
	for name := range file.Requests {
		if !slices.Contains(requestNames(), name) {
			return file, fmt.Errorf("no request %q", name)
		}
	}
	return file, nil
}

// The most words of a text, and of a clause, that are looked at as a whole:
// a request is short, and a longer text a story.
const (
	wholeWords  = 24
	clauseWords = 16
)

// coveredRequest finds the request that a text is to its last word, or that one of
// its clauses is.
func coveredRequest(lex *lexicon, s said, language string, today calendar.Date) Asked {
	g := requestsIn(language)
	tokens := withoutName(lex, s.text, s.all)
	if len(tokens) > wholeWords && oneClause(tokens) {
		return Asked{} // a story
	}
	heard := map[Intent]bool{}
	if len(tokens) <= wholeWords {
		g.hear(lex, heard, s.text, tokens)
	}
	rule := ".whole"
	if best(heard) == NoIntent {
		rule = ".clause"
		eachClause(tokens, func(clause []token, edge bool) {
			part := map[Intent]bool{}
			g.hear(lex, part, s.text, clause)
			for intent := range part {
				heard[intent] = heard[intent] || edge || anywhere(intent)
			}
		})
	}
	intent := best(heard)
	switch {
	case intent == Deceased && ownLoss(lex, tokens) && !slices.ContainsFunc(tokens, func(t token) bool { return lex.is("phones", t.word) || t.word == "texting" }):
		return Asked{}
	case heard[pauseDated] || intent == Pause:
		until := until(lex, s.all, language, today)
		if until == "" && intent == NoIntent && !longSpan(lex, s.all) {
			return Asked{}
		}
		return Asked{Intent: Pause, Until: until, Rule: string(Pause) + rule}
	case intent == NoIntent:
		return Asked{}
	}
	return Asked{Intent: intent, Rule: string(intent) + rule}
}

// longSpan reports a time that names no day but is a time to wait for: "in april",
// "after easter", "in a few weeks".
func longSpan(lex *lexicon, tokens []token) bool {
	for i, t := range tokens {
		_, month := lex.months.at(tokens, i)
		if month > 0 && t.word != "may" || lex.is("weeks_word", t.word) || lex.is("months_word", t.word) || lex.is("seasons", t.word) {
			return true
		}
	}
	return false
}

// otherRequest looks for a request in the complete languages that are not the
// person's, where a word of theirs is said.
func otherRequest(s said, language string, today calendar.Date, enabled []string) Asked {
	for _, other := range Languages()[1:] {
		if other == language || enabled != nil && !slices.Contains(enabled, other) {
			continue
		}
		g := requestsIn(other)
		if !slices.ContainsFunc(s.all, func(t token) bool { return g.own[t.word] }) {
			continue
		}
		if a := coveredRequest(lexiconFor(other), s, other, today); a.Intent != NoIntent {
			return a
		}
	}
	return Asked{}
}

// hear adds what tokens say, where phrases cover all of them, or all but a reason
// that follows: "stop texting me youre doing my head in".
func (g *grammar) hear(lex *lexicon, heard map[Intent]bool, text string, tokens []token) {
	pieces := g.pieces(tokens)
	markNames(text, tokens, pieces)
	if len(pieces) > mostPieces {
		return
	}
	at := 0
	spans := g.cover(pieces)
	for k, sp := range spans {
		if sp.from != at {
			spans = spans[:k]
			break
		}
		at = sp.to
	}
	tail := at < len(tokens)
	if tail && (at == 0 || !lex.is("tails", tokens[at].word) && tokens[at-1].word != "ur") {
		return
	}
	for _, sp := range spans {
		if intent := requestOf(sp.grade); intent != NoIntent && (!tail || goesOn(lex, intent, tokens[at].word)) {
			heard[intent] = true
		}
	}
}

// markNames tells unknown words that are written like names from other ones.
func markNames(text string, tokens []token, pieces []piece) {
	if text == strings.ToUpper(text) {
		return
	}
	for i, p := range pieces {
		first, _ := utf8.DecodeRuneInString(text[tokens[p.token].start:])
		if p.id == unknownWord && unicode.IsUpper(first) {
			pieces[i].id = nameWord
		}
	}
}

// goesOn reports whether more may follow a request without turning it. Of a death
// only what asks for the texts to end: "he died and left me with nothing" is told
// by a widow.
func goesOn(lex *lexicon, intent Intent, word string) bool {
	if intent == Deceased || intent == toldDeath {
		return lex.is("death_tails", word)
	}
	return !slices.Contains([]Intent{Pause, pauseDated, Back, Skip, newPhone, teller}, intent)
}

// best is the most pressing request heard. A death told by whoever has the phone,
// and a new phone of somebody else, are known by their two halves.
func best(heard map[Intent]bool) Intent {
	for _, intent := range Intents() {
		told := intent == Deceased && heard[toldDeath] && heard[teller]
		moved := intent == WrongNumber && heard[newPhone] && heard[notMe]
		if heard[intent] || told || moved {
			return intent
		}
	}
	return NoIntent
}

// anywhere holds for requests that count as any clause of a text; the others must
// be its first or its last.
func anywhere(i Intent) bool {
	return !slices.Contains([]Intent{OptOutPhrase, Skip, Back, Pause}, i)
}

// eachClause calls a function with every clause that is short enough, and whether it
// is the first or the last.
func eachClause(tokens []token, do func(clause []token, edge bool)) {
	for from := 0; from < len(tokens); {
		to := from + 1
		for to < len(tokens) && tokens[to].clause == tokens[from].clause {
			to++
		}
		if to-from <= clauseWords {
			do(tokens[from:to], from == 0 || to == len(tokens))
		}
		from = to
	}
}
