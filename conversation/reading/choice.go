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
	mentions []mention
	figures  bool  // the reply is numbers alone
	left     []int // tokens that nothing explains
	either   bool
	against  bool
	hedged   bool
}

func readChoice(q Question, lex *lexicon, s said) Reading {
	c := &choosing{q: q, lex: lex, said: s}
	whole := join(s.tokens)
	called := c.calledWhole(whole)
	if one := c.misspelt(whole); len(called) == 0 && len(one) == 1 && !q.Strict {
		return c.chosen("choice.typo", one)
	}
	if len(called) > 1 {
		return unclear("choice.tie", c.ids(called)...)
	}
	c.figures = len(called) == 0 && onlyFigures(s.tokens)
	if r, ok := c.quantified(whole, len(called) > 0); ok {
		return r
	}
	c.scan()
	if len(c.left) > 0 && !q.Strict && !c.against {
		c.resolve()
	}
	return c.ownWords(c.decide())
}

// onlyFigures reports whether the reply is numbers and nothing else, as most
// are: then, unless an option is called so, the options' words decide nothing.
func onlyFigures(tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool { return !isFigure(t.word) })
}

// calledWhole returns the options that a whole reply is a label or a synonym of.
func (c *choosing) calledWhole(whole string) []int {
	var found []int
	for i, o := range c.q.Options {
		for _, w := range o.Words {
			if mayBegin(w, whole) && plain(w) == whole {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

// misspelt returns the one option that a whole reply of several words is a label or
// synonym of with slips in it: "mony worries" is not also "worries".
func (c *choosing) misspelt(whole string) []int {
	if !strings.Contains(whole, " ") {
		return nil
	}
	if found := c.matching(whole, slip); len(found) == 1 {
		return found
	}
	return nil
}

// mayBegin passes over most of the words of a menu for their first letter.
func mayBegin(label, said string) bool {
	if label == "" || said == "" {
		return false
	}
	a := label[0]
	if a >= 'A' && a <= 'Z' {
		a += 'a' - 'A'
	}
	return a == said[0] || a < 'a' || a > 'z'
}

// optionAt returns the option whose words stand at tokens[i], the longest first,
// and how many tokens it takes. An option labelled yes or no is known by every
// such word. Nothing is laid out beforehand: a menu has hundreds of words and a
// reply few.
func (c *choosing) optionAt(i int) (option, taken int) {
	if c.figures {
		return 0, 0
	}
	tokens := c.said.tokens
	for j, o := range c.q.Options {
		for _, w := range o.Words {
			if !mayBegin(w, tokens[i].word) {
				continue
			}
			if n := stands(plain(w), tokens[i:]); n > taken {
				option, taken = j, n
			}
		}
	}
	g, n := c.lex.yesNo.at(tokens, i)
	if n <= taken {
		return option, taken
	}
	for j, o := range c.q.Options {
		if len(o.Words) > 0 && c.answers(plain(o.Words[0]), g) {
			return j, n
		}
	}
	return option, taken
}

// answers reports whether a grade is that of an option labelled yes or no.
func (c *choosing) answers(label string, g grade) bool {
	switch label {
	case "yes":
		return g == clearYes || (g == generousYes || g == barelyYes) && !c.q.Strict
	case "no":
		return g == clearNo || (g == generousNo || g == barelyNo) && !c.q.Strict
	}
	return false
}

// stands returns how many tokens a phrase takes, or 0 where it does not stand at
// their head.
func stands(phrase string, tokens []token) int {
	for n := 0; n < len(tokens); n++ {
		rest, ok := strings.CutPrefix(phrase, tokens[n].word)
		switch {
		case !ok:
			return 0
		case rest == "":
			return n + 1
		case rest[0] != ' ':
			return 0
		}
		phrase = rest[1:]
	}
	return 0
}

// quantified reads "all", "both" and "none of them".
func (c *choosing) quantified(whole string, label bool) (Reading, bool) {
	if _, n := c.optionAt(0); label || n == len(c.said.tokens) {
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
		case c.range1(i), c.lex.is("both", word) && onlyFigures(tokens[i+1:i+1+min(1, len(tokens)-i-1)]) && i+1 < len(tokens),
			word == "an" && i > 0 && i+1 < len(tokens) && isFigure(tokens[i-1].word) && isFigure(tokens[i+1].word), i == 0 && len(tokens) > 1 && c.merelyYes(word):
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
	if i == 0 || i+1 >= len(tokens) || !c.lex.is("upto", tokens[i].word) {
		return false
	}
	_, before := c.lex.number(tokens[:i], i-1)
	_, after := c.lex.number(tokens, i+1)
	return before > 0 && after > 0
}

func isFigure(word string) bool {
	_, ok := digits(word)
	return ok
}

// mentionAt records the option named at tokens[i] and returns the words that
// takes. A label wins over a number word, a number over nothing.
func (c *choosing) mentionAt(i int) int {
	tokens := c.said.tokens
	label, taken := c.optionAt(i)
	if tokens[i].word == "ill" && i+1 < len(tokens) && c.lex.is("choosing", tokens[i+1].word) {
		return 2 // "ill have 3"
	}
	if taken > 0 && !isFigure(tokens[i].word) {
		c.mentions = append(c.mentions, mention{option: label, from: i, to: i + taken, rule: c.labelRule(label, join(tokens[i:i+taken]))})
		return taken
	}
	if tokens[i].word == "one" && (c.afterMention(i) || c.pointing(i)) {
		return 1 // "the second one", "the housing one", "the one about money"
	}
	if n := c.firstFew(i); n > 0 {
		return n
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

// pointing reports a "one" that points at what is named after it.
func (c *choosing) pointing(i int) bool {
	tokens := c.said.tokens
	if i == 0 || i+1 >= len(tokens) || tokens[i+1].clause != tokens[i].clause {
		return false
	}
	return c.lex.is("pointers", tokens[i-1].word)
}

// firstFew reads "the first three".
func (c *choosing) firstFew(i int) int {
	tokens := c.said.tokens
	if n, ok := c.lex.ordinal(tokens[i].word); !ok || n != 1 || i+1 >= len(tokens) {
		return 0
	}
	if _, ordinal := c.lex.ordinal(tokens[i+1].word); ordinal {
		return 0
	}
	n, taken := c.lex.number(tokens, i+1)
	if taken == 0 || n < 2 || n > len(c.q.Options) {
		return 0
	}
	c.fill(0, n, i)
	return 1 + taken
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
	worded := last.to == i-1 && c.lex.is("upto", tokens[i-1].word)
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
