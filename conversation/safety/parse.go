package safety

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Edges that are no plain words.
const (
	anyWord   = "_"
	anyNumber = "#"
	anyTens   = "##"
	theEnd    = "$"
	theGap    = "~"
)

// gapWords is how many words a gap passes over at most.
const gapWords = 3

// step is one place in a phrase: any of its edges, whether it may be missing,
// and whether a few other words may stand before it. An edge is a canonical
// word or several with spaces between, a group in angle brackets, or one of the
// signs above.
type step struct {
	edges    []string
	optional bool
	gap      bool
}

// parse reads a phrase and enters its words in the vocabulary.
func (v *vocabulary) parse(text string) ([]step, error) {
	var steps []step
	gap := false
	for field := range strings.FieldsSeq(text) {
		if field == theGap {
			gap = true
			continue
		}
		s := step{gap: gap}
		gap = false
		if inner, ok := strings.CutPrefix(field, "["); ok {
			s.optional = true
			field = strings.TrimSuffix(inner, "]")
		}
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
	if !slices.ContainsFunc(steps, func(s step) bool { return !s.optional }) {
		return nil, errors.New("asks for nothing")
	}
	if gap || steps[0].gap {
		return nil, errors.New("begins or ends with a gap")
	}
	return steps, nil
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
	return word == anyWord || word == anyNumber || word == anyTens || word == theEnd
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
