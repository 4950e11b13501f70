package reading

import (
	"slices"
	"strings"
	"unicode/utf8"

	"linkline/flows"
)

func normalise(s string) string { return flows.Normalise(s) }

// prefixLetters is how much of a label must be typed to stand for it.
const prefixLetters = 3

// decide weighs what scan found. It never drops a word in silence: what nothing
// explains goes to Rest, or makes the reply unclear.
func (c *choosing) decide() Reading {
	options, outside := c.mentioned()
	switch {
	case len(options) == 0 && !outside:
		return unclear("choice.unknown")
	case c.q.Strict && asksBack(c.said.text):
		return unclear("choice.question", c.ids(options)...)
	case c.against && c.exceptLast():
		kept := c.mentions[:0:0]
		for _, m := range c.mentions {
			if m.option != c.mentions[len(c.mentions)-1].option {
				kept = append(kept, m)
			}
		}
		c.mentions = kept
		options, _ = c.mentioned()
		return c.chosen("choice.except", options)
	case c.against:
		return unclear("choice.against", c.ids(options)...)
	case outside:
		return unclear("choice.out-of-range", c.ids(append(options, c.splitDigits()...))...)
	case c.disagree():
		return unclear("choice.tie", c.ids(options)...)
	case c.either && len(options) > 1:
		return unclear("choice.either", c.ids(options)...)
	case c.hedged && c.q.Strict:
		return unclear("choice.hedged", c.ids(options)...)
	}
	rest := ""
	if len(c.left) > 0 {
		var ok bool
		if rest, ok = c.rest(); !ok {
			return unclear("choice.mentioned", c.ids(options)...)
		}
	}
	if c.q.Type == Choice && len(options) > 1 {
		return Reading{Outcome: Several, Candidates: c.ids(options), Rest: rest, Rule: "choice.several"}
	}
	r := c.chosen(c.mentions[0].rule, options)
	r.Rest = rest
	return r
}

// exceptLast reports numbers of which only the last is turned down: "1 but not
// 3". Nothing else may be left, and there must be another.
func (c *choosing) exceptLast() bool {
	if c.q.Strict || c.q.Type != Choices || c.hedged || len(c.mentions) < 2 {
		return false
	}
	last := c.mentions[len(c.mentions)-1]
	for _, i := range c.left {
		word := c.said.tokens[i].word
		if word != "but" && word != "not" && word != "except" || i < c.mentions[len(c.mentions)-2].to || i >= last.from {
			return false
		}
	}
	turned := last.from > 0 && (c.said.tokens[last.from-1].word == "not" || c.said.tokens[last.from-1].word == "except")
	return turned && last.figure && c.mentions[0].figure && c.mentions[0].option != last.option
}

func (c *choosing) mentioned() (options []int, outside bool) {
	for _, m := range c.mentions {
		if m.option < 0 {
			outside = true
		} else if !slices.Contains(options, m.option) {
			options = append(options, m.option)
		}
	}
	return options, outside
}

// disagree reports whether a number is followed at once by the words of
// another option: "1 housing" where 1 is money.
func (c *choosing) disagree() bool {
	tokens := c.said.tokens
	for i := 1; i < len(c.mentions); i++ {
		a, b := c.mentions[i-1], c.mentions[i]
		if a.figure && !b.figure && a.to == b.from && a.option != b.option && tokens[a.from].clause == tokens[b.from].clause {
			return true
		}
	}
	return false
}

// rest returns what was said after the choice. Only a number, standing first,
// may be followed by a story ("2 my sister comes on Mondays"); a number that
// counts something ("2 kids") is no answer.
func (c *choosing) rest() (string, bool) {
	if c.q.Strict || c.hedged || !c.mentions[0].figure {
		return "", false
	}
	last := c.mentions[0]
	if last.from > c.left[0] || !c.standsAlone(last) {
		return "", false
	}
	for _, m := range c.mentions {
		again := c.mentions[0].option == m.option // "3 because im lonely"
		if m.from > c.left[0] && !again || !m.figure && !again && m.rule != "choice.label" {
			return "", false
		}
		if m.from < c.left[0] {
			last = m
		}
	}
	tokens := c.said.tokens
	if last.figure && c.left[0] == last.to && c.lex.is("quantities", tokens[last.to].word) {
		return "", false
	}
	return c.said.from(tokens, last.to), true
}

// standsAlone reports whether a number at the head of a story is a choice: a
// figure is, a number word only where a comma or a full stop follows it ("one of
// my kids", "two carers come").
func (c *choosing) standsAlone(m mention) bool {
	tokens := c.said.tokens
	return m.rule != "choice.number-word" || m.ordinal || m.to < len(tokens) && tokens[m.to].clause != tokens[m.from].clause
}

// splitDigits reads "14" as 1 and 4 where there is no option 14.
func (c *choosing) splitDigits() []int {
	var out []int
	for _, m := range c.mentions {
		if m.option >= 0 {
			continue
		}
		for _, figure := range c.said.tokens[m.from].word {
			for i, o := range c.q.Options {
				if o.Number == int(figure-'0') && o.Number > 0 {
					out = append(out, i)
				}
			}
		}
	}
	return out
}

func (c *choosing) chosen(rule string, options []int) Reading {
	labels := make([]string, 0, len(options))
	for _, i := range options {
		if words := c.q.Options[i].Words; len(words) > 0 {
			labels = append(labels, words[0])
		}
	}
	return value(rule, strings.Join(labels, ", "), c.ids(options)...)
}

// resolve tries each run of unexplained words as a label with a slip in it, as
// the beginning of one, or as a word that only one label has. Only when every
// run is explained does any of it count.
func (c *choosing) resolve() {
	var found []mention
	for i := 0; i < len(c.left); {
		j := i + 1
		for j < len(c.left) && c.left[j] == c.left[j-1]+1 {
			j++
		}
		more, ok := c.resolveRun(c.left[i], c.left[j-1]+1)
		if !ok {
			return
		}
		found = append(found, more...)
		i = j
	}
	for _, m := range found {
		if m.option < 0 {
			c.mentions = append(c.mentions, c.tiedMentions(m)...)
			c.either = true
			continue
		}
		c.mentions = append(c.mentions, m)
	}
	slices.SortStableFunc(c.mentions, func(a, b mention) int { return a.from - b.from })
	c.left = nil
}

// resolveRun explains tokens[from:to] as one label, or word by word.
func (c *choosing) resolveRun(from, to int) ([]mention, bool) {
	if m, ok := c.guess(from, to); ok {
		return []mention{m}, true
	}
	var found []mention
	for i := from; i < to; i++ {
		m, ok := c.guess(i, i+1)
		if !ok {
			return nil, false
		}
		found = append(found, m)
	}
	return found, true
}

// guess finds the one option that a phrase nearly names. When several are as
// near the mention has no option; tiedMentions then lists them.
func (c *choosing) guess(from, to int) (mention, bool) {
	phrase := join(c.said.tokens[from:to])
	for _, try := range []struct {
		rule  string
		match matcher
	}{
		{"choice.typo", slip},
		{"choice.prefix", begins},
		{"choice.stem", stems},
		{"choice.label-word", hasWord},
	} {
		options := c.matching(phrase, try.match)
		switch len(options) {
		case 0:
			continue
		case 1:
			return mention{option: options[0], from: from, to: to, rule: try.rule}, true
		default:
			return mention{option: -1, from: from, to: to, rule: try.rule}, true
		}
	}
	return mention{}, false
}

func (c *choosing) tiedMentions(m mention) []mention {
	phrase := join(c.said.tokens[m.from:m.to])
	match := map[string]matcher{
		"choice.typo": slip, "choice.prefix": begins, "choice.stem": stems, "choice.label-word": hasWord,
	}[m.rule]
	var out []mention
	for _, i := range c.matching(phrase, match) {
		out = append(out, mention{option: i, from: m.from, to: m.to, rule: m.rule})
	}
	return out
}

func (c *choosing) matching(phrase string, match matcher) []int {
	var out []int
	for i, o := range c.q.Options {
		for j, w := range o.Words {
			if match(phrase, plain(w), j == 0) {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// matcher reports whether a phrase names an option by its label, or by a synonym,
// which is any of its words but the first.
type matcher func(phrase, label string, first bool) bool

// slip reports whether a phrase is a label with one slip in any long word.
func slip(phrase, label string, _ bool) bool {
	if n := strings.Count(phrase, " "); n != strings.Count(label, " ") || len(phrase)-len(label) > n+2 || len(label)-len(phrase) > n+2 {
		return false
	}
	for phrase != "" && label != "" {
		var typed, known string
		typed, phrase, _ = strings.Cut(phrase, " ")
		known, label, _ = strings.Cut(label, " ")
		if !near(typed, known) {
			return false
		}
	}
	return phrase == label
}

// begins reports whether a phrase is the beginning of an option's words. One word
// of a synonym of several is not enough: "blue" is no blue badge.
func begins(phrase, label string, first bool) bool {
	letters := utf8.RuneCountInString(phrase)
	return (first && letters >= prefixLetters || letters > prefixLetters && (!strings.Contains(label, " ") || strings.Contains(phrase, " "))) && strings.HasPrefix(label, phrase)
}

// stems reports whether a phrase is a label with an ending: "stressed".
func stems(phrase, label string, _ bool) bool {
	ending, ok := strings.CutPrefix(phrase, label)
	return ok && len(label) >= typoLetters && len(ending) <= 3
}

// hasWord reports whether a label of several words has this one, which must be
// long enough to carry its meaning. Synonyms have too many words for that.
func hasWord(phrase, label string, first bool) bool {
	if !first || len(phrase) < typoLetters-1 {
		return false
	}
	for word := range strings.FieldsSeq(label) {
		if near(phrase, word) {
			return true
		}
	}
	return false
}
