package reading

import (
	"slices"
	"strings"
)

// mention is an option that a reply names, where and how.
type mention struct {
	option  int // index into the options, -1 for a number that is none
	from    int // first token
	to      int // one past the last token
	rule    string
	figure  bool // named by its number
	ordinal bool
}

// choosing is one attempt to read a choice.
type choosing struct {
	q        Question
	lex      *lexicon
	said     said
	options  phrases[int] // whole labels and synonyms
	tied     map[string][]int
	mentions []mention
	left     []int // tokens that nothing explains
	either   bool
	against  bool
	hedged   bool
}

func readChoice(q Question, lex *lexicon, s said) Reading {
	c := &choosing{q: q, lex: lex, said: s}
	whole := join(s.tokens)
	if !c.onlyFigures(whole) {
		c.index()
	}
	if tied := c.tied[whole]; len(tied) > 0 {
		return unclear("choice.tie", c.ids(tied)...)
	}
	if r, ok := c.quantified(whole); ok {
		return r
	}
	c.scan()
	if len(c.left) > 0 && !q.Strict && !c.against {
		c.resolve()
	}
	return c.ownWords(c.decide())
}

// onlyFigures reports whether the reply is numbers and nothing else, as most
// are, and no option is called so: then the options' words, which take long to
// lay out, decide nothing.
func (c *choosing) onlyFigures(whole string) bool {
	for _, t := range c.said.tokens {
		if !isFigure(t.word) {
			return false
		}
	}
	for _, o := range c.q.Options {
		for _, w := range o.Words {
			if plain(w) == whole {
				return false
			}
		}
	}
	return true
}

// index lays the options' words out for look-up, and finds words that two
// options share. An option labelled yes or no is known by every such word.
func (c *choosing) index() {
	c.tied = map[string][]int{}
	c.options.means, c.options.starts = map[string]int{}, map[string]int{}
	for i, o := range c.q.Options {
		for _, w := range o.Words {
			c.addWords(i, plain(w))
		}
		if len(o.Words) == 0 {
			continue
		}
		switch plain(o.Words[0]) {
		case "yes":
			c.addGrades(i, clearYes, generousYes)
		case "no":
			c.addGrades(i, clearNo, generousNo)
		}
	}
}

func (c *choosing) addWords(i int, key string) {
	if key == "" {
		return
	}
	if other, ok := c.options.means[key]; ok && other != i {
		c.tied[key] = append(c.tied[key], other, i)
		return
	}
	c.options.means[key] = i
	first, _, _ := strings.Cut(key, " ")
	c.options.starts[first] = max(c.options.starts[first], strings.Count(key, " ")+1)
}

func (c *choosing) addGrades(i int, sure, generous grade) {
	for key, g := range c.lex.yesNo.means {
		if g != sure && (g != generous || c.q.Strict) {
			continue
		}
		if _, taken := c.options.means[key]; !taken {
			c.addWords(i, key)
		}
	}
}

// quantified reads "all", "both" and "none of them".
func (c *choosing) quantified(whole string) (Reading, bool) {
	if _, label := c.options.means[whole]; label {
		return Reading{}, false
	}
	switch {
	case c.lex.is("none", whole):
		for i, o := range c.q.Options {
			if o.ID == "none" {
				return c.chosen("choice.none", []int{i}), true
			}
		}
		return unclear("choice.none"), true
	case c.lex.is("both", whole):
		all := c.real()
		if c.q.Type == Choices && !c.q.Strict && len(all) == 2 {
			return c.chosen("choice.both", all), true
		}
		return unclear("choice.both", c.ids(all)...), true
	case c.lex.is("all", whole):
		all := c.real()
		if c.q.Type == Choices && !c.q.Strict {
			return c.chosen("choice.all", all), true
		}
		return unclear("choice.all", c.ids(all)...), true
	}
	return Reading{}, false
}

// real returns the options that "all" means: not those that lead elsewhere.
func (c *choosing) real() []int {
	var out []int
	for i, o := range c.q.Options {
		switch o.ID {
		case "more", "none", "other", "not_said":
		default:
			out = append(out, i)
		}
	}
	return out
}

// scan walks the words and sorts each: a mention of an option, a word that
// changes nothing, or something left over.
func (c *choosing) scan() {
	tokens := c.said.tokens
	for i := 0; i < len(tokens); {
		if i == 0 && tokens[0].minus {
			c.left = append(c.left, 0)
			c.against = true // "-1" is no answer
		}
		if n := c.mentionAt(i); n > 0 {
			i += n
			continue
		}
		word := tokens[i].word
		switch {
		case c.lex.is("either", word):
			c.either = true
			c.hedged = true
		case c.lex.is("against", word):
			c.against = true
			c.left = append(c.left, i)
		case c.lex.is("hedges", word):
			c.hedged = true
		case c.lex.is("dress", word), c.lex.is("joiners", word), c.lex.is("polite", word):
		case c.range1(i), i == 0 && len(tokens) > 1 && c.merelyYes(word):
		default:
			c.left = append(c.left, i)
		}
		i++
	}
}

// merelyYes reports a yes before the choice itself ("yes 1 and 2") where yes is
// no option.
func (c *choosing) merelyYes(word string) bool {
	return !c.q.Strict && !c.q.offers("yes") && c.lex.yesNo.means[word] == clearYes
}

// range1 reports whether a "to" joins two figures.
func (c *choosing) range1(i int) bool {
	tokens := c.said.tokens
	return tokens[i].word == "to" && i > 0 && i+1 < len(tokens) && isFigure(tokens[i-1].word) && isFigure(tokens[i+1].word)
}

func isFigure(word string) bool {
	_, ok := digits(word)
	return ok
}

// mentionAt records the option named at tokens[i] and returns the words that
// takes. A label wins over a number word, a number over nothing.
func (c *choosing) mentionAt(i int) int {
	tokens := c.said.tokens
	label, taken := c.options.at(tokens, i)
	if taken > 0 && !isFigure(tokens[i].word) {
		c.mentions = append(c.mentions, mention{option: label, from: i, to: i + taken, rule: c.labelRule(label, join(tokens[i:i+taken]))})
		return taken
	}
	if tokens[i].word == "one" && c.afterMention(i) {
		return 1 // "the second one", "the housing one"
	}
	if n, ok := c.lastOne(i); ok {
		return n
	}
	if i > 0 && tokens[i].word == "one" && tokens[i-1].word == "no" {
		return 0 // "no one to talk to"
	}
	n, taken := c.lex.number(tokens, i)
	if taken == 0 {
		return 0
	}
	if from, ok := c.rangeFrom(i); ok {
		c.fill(from, n, i)
		return taken
	}
	c.mentions = append(c.mentions, c.numbered(n, i, i+taken))
	return taken
}

func (c *choosing) labelRule(option int, said string) string {
	if words := c.q.Options[option].Words; len(words) > 0 && plain(words[0]) == said {
		return "choice.label"
	}
	return "choice.synonym"
}

func (c *choosing) afterMention(i int) bool {
	if len(c.mentions) == 0 {
		return false
	}
	last := c.mentions[len(c.mentions)-1]
	return last.to == i && (last.ordinal || !last.figure)
}

// lastOne reads "the last one".
func (c *choosing) lastOne(i int) (int, bool) {
	tokens := c.said.tokens
	if !c.lex.is("last", tokens[i].word) || len(c.q.Options) == 0 {
		return 0, false
	}
	n := 1
	if i+1 < len(tokens) && tokens[i+1].word == "one" {
		n = 2
	}
	c.mentions = append(c.mentions, mention{option: len(c.q.Options) - 1, from: i, to: i + n, rule: "choice.ordinal"})
	return n, true
}

func (c *choosing) numbered(n, from, to int) mention {
	word := c.said.tokens[from].word
	m := mention{option: -1, from: from, to: to, rule: "choice.number", figure: true}
	if !isFigure(word) {
		m.rule = "choice.number-word"
	}
	if _, ok := c.lex.ordinal(word); ok {
		m.ordinal = true
	}
	for i, o := range c.q.Options {
		if o.Number == n {
			m.option = i
		}
	}
	return m
}

// rangeFrom reports the number that a dash or "to" before tokens[i] starts from.
func (c *choosing) rangeFrom(i int) (int, bool) {
	if len(c.mentions) == 0 {
		return 0, false
	}
	last := c.mentions[len(c.mentions)-1]
	tokens := c.said.tokens
	dashed := last.to == i && c.said.ranged(tokens, i)
	worded := last.to == i-1 && tokens[i-1].word == "to"
	if last.option < 0 || !last.figure || !dashed && !worded {
		return 0, false
	}
	return c.q.Options[last.option].Number, true
}

// fill mentions every number of a range after its first.
func (c *choosing) fill(from, to, at int) {
	if to <= from || to-from > len(c.q.Options) {
		c.mentions = append(c.mentions, c.numbered(to, at, at+1))
		return
	}
	for n := from + 1; n <= to; n++ {
		c.mentions = append(c.mentions, c.numbered(n, at, at+1))
	}
}

// plain normalises a label; most come from the flows in plain form already.
func plain(label string) string {
	for i := range len(label) {
		b := label[i]
		if (b < 'a' || b > 'z') && b != ' ' {
			return normalise(label)
		}
	}
	return label
}

func (c *choosing) ids(options []int) []string {
	var ids []string
	for _, i := range options {
		if id := c.q.Options[i].ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
