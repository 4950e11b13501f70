package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readPractice takes the name of a surgery as typed, or finds it among the
// question's options where a team has loaded its list; whoever has none or does
// not know is "unknown".
func readPractice(q Question, lex *lexicon, s said) Reading {
	if lex.is("not_given", join(s.all)) || lex.is("not_given", join(s.tokens)) {
		return value("practice.unknown", "", "unknown")
	}
	tokens := s.tokens
	for {
		_, n := lex.sets["practice_lead"].at(tokens, 0)
		if n == 0 || n == len(tokens) {
			break
		}
		tokens = tokens[n:]
	}
	if len(q.Options) > 0 {
		return listedPractice(q, lex, tokens)
	}
	if whole := join(s.tokens); lex.is("not_names", whole) || lex.yesNo.means[whole] != noGrade {
		return unclear("practice.not-a-name")
	}
	name := strings.Trim(cleanText(s.from(tokens, 0)), " .,;:!?\"'-")
	switch {
	case !strings.ContainsFunc(name, unicode.IsLetter):
		return unclear("practice.no-letters")
	case utf8.RuneCountInString(name) < 2:
		return unclear("practice.too-short")
	case utf8.RuneCountInString(name) > 100:
		return unclear("practice.too-long")
	}
	return value("practice.name", name, name)
}

// fit is how well a reply names a surgery of the list, better ones greater.
type fit int

const (
	noFit     fit = iota
	someWords     // one telling word of the name, others beside it
	slipped       // every telling word said is of the name, one with a slip
	partWords     // every telling word said is of the name
	allWords      // and the name has no other
	wholeName
)

// listedPractice finds the surgery whose telling words (not "surgery" or "the")
// were said, with a slip forgiven in a long one. Two that fit as well are both
// named.
func listedPractice(q Question, lex *lexicon, tokens []token) Reading {
	best, found := noFit, []int(nil)
	for i, o := range q.Options {
		f := noFit
		for _, w := range o.Words {
			f = max(f, practiceFit(lex, tokens, plain(w)))
		}
		switch {
		case f == noFit || f < best:
		case f > best:
			best, found = f, append(found[:0], i)
		default:
			found = append(found, i)
		}
	}
	var ids []string
	for _, i := range found {
		ids = append(ids, q.Options[i].ID)
	}
	switch {
	case len(ids) == 0:
		return unclear("practice.not-listed")
	case best == someWords || q.Strict && best < partWords:
		return unclear("practice.nearly", ids...)
	case len(ids) > 1:
		return Reading{Outcome: Several, Candidates: ids, Rule: "practice.several"}
	}
	rule := "practice.listed"
	if best == slipped {
		rule = "practice.typo"
	}
	return value(rule, q.Options[found[0]].Words[0], ids[0])
}

// practiceFit compares the words said with one name of a surgery.
func practiceFit(lex *lexicon, tokens []token, name string) fit {
	if join(tokens) == name {
		return wholeName
	}
	said, exact, near1 := 0, 0, 0
	for _, t := range tokens {
		if lex.is("practice_dress", t.word) {
			continue
		}
		said++
		same, close1 := wordIn(t.word, name)
		switch {
		case same:
			exact++
		case close1:
			near1++
		}
	}
	telling := 0
	for word := range strings.FieldsSeq(name) {
		if !lex.is("practice_dress", word) {
			telling++
		}
	}
	switch {
	case exact+near1 == 0:
		return noFit
	case exact+near1 < said:
		return someWords
	case near1 > 0:
		return slipped
	case exact == telling:
		return allWords
	}
	return partWords
}

func wordIn(said, name string) (same, close1 bool) {
	for word := range strings.FieldsSeq(name) {
		if word == said {
			return true, false
		}
		close1 = close1 || near(said, word) || twoSlips(said, word)
	}
	return false, close1
}

// offers reports whether an id is among the options.
func (q Question) offers(id string) bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return o.ID == id })
}
