package safety

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Signs of the phrases that are no plain words.
const (
	anyWord   = "_"
	anyNumber = "#"
	anyTens   = "##"
	anyYear   = "####"
	theEnd    = "$"
	theGap    = "~"
	wideGap   = "~~"
	notHere   = "!"
)

// How many words a gap passes over at most, and a wide one.
const (
	gapWords  = 3
	wideWords = 6
)

// step is one place in a phrase: any of its edges, whether it may be missing,
// whether a few other words may stand before it, and whether it must not be
// there. An edge is a canonical word or several with spaces between, a group in
// angle brackets, or one of the signs above.
type step struct {
	edges    []string
	optional bool
	gap      int
	not      bool
}

// parse reads a phrase and enters its words in the vocabulary.
func (v *vocabulary) parse(text string) ([]step, error) {
	var steps []step
	gap := 0
	for field := range strings.FieldsSeq(text) {
		switch field {
		case theGap:
			gap = gapWords
			continue
		case wideGap:
			gap = wideWords
			continue
		}
		s := step{gap: gap}
		gap = 0
		if inner, ok := strings.CutPrefix(field, "["); ok {
			s.optional = true
			field = strings.TrimSuffix(inner, "]")
		}
		field, s.not = strings.CutPrefix(field, notHere)
		for word := range strings.SplitSeq(field, "|") {
			edges, err := v.edge(word)
			if err != nil {
				return nil, err
			}
			s.edges = append(s.edges, edges)
		}
		slices.Sort(s.edges)
		s.edges = slices.Compact(s.edges)
		steps = append(steps, s)
	}
	if gap > 0 || len(steps) > 0 && steps[0].gap > 0 {
		return nil, errors.New("begins or ends with a gap")
	}
	return steps, sound(steps)
}

// sound refuses a phrase that would match any text, or whose refusal could be
// walked round through a gap or by leaving it out.
func sound(steps []step) error {
	if !slices.ContainsFunc(steps, step.asks) {
		return errors.New("asks for nothing")
	}
	for _, s := range steps {
		if s.not && (s.gap > 0 || s.optional) {
			return errors.New("a refusal after a gap or in brackets refuses nothing")
		}
	}
	return nil
}

// asks reports a step that takes a word of the phrase.
func (s step) asks() bool {
	return !s.optional && !s.not && !slices.Contains(s.edges, anyWord) && !slices.Contains(s.edges, theEnd)
}

func (v *vocabulary) edge(word string) (string, error) {
	switch {
	case isSign(word):
		return word, nil
	case strings.Contains(word, "+"):
		return v.edges(word)
	case strings.HasPrefix(word, "<"):
		if v.groups[word] == nil {
			return "", fmt.Errorf("no group %s", word)
		}
		return word, nil
	}
	plain := plain(word)
	if plain == "" || strings.Contains(plain, " ") {
		return "", fmt.Errorf("%q is not one word", word)
	}
	if v.skip[plain] {
		return "", fmt.Errorf("%q is passed over and can never match", word)
	}
	if long, written := v.spell[plain]; written {
		return v.edges(strings.Join(long, "+"))
	}
	return v.enter(plain), nil
}

func isSign(word string) bool {
	return word == anyWord || word == anyNumber || word == anyTens || word == anyYear || word == theEnd
}

// edges enters the words of "carry+on".
func (v *vocabulary) edges(words string) (string, error) {
	var out []string
	for word := range strings.SplitSeq(words, "+") {
		edge, err := v.edge(word)
		if err != nil {
			return "", err
		}
		out = append(out, edge)
	}
	return strings.Join(out, " "), nil
}
