package reading

import (
	"fmt"
	"slices"
	"strings"

	"linkline/flows"
)

// pattern is a phrase of an intent: words in a row, "a|b" for one of several,
// "[a|b]" for one that may be missing, "*" for any word but the first, and "..." at the end when anything may
// follow.
type pattern struct {
	steps []step
	open  bool
}

// anyWord stands for any one word.
const anyWord = "*"

type step struct {
	words    []string
	optional bool
}

func parsePattern(text string) (pattern, error) {
	var p pattern
	for field := range strings.FieldsSeq(text) {
		if p.open {
			return p, fmt.Errorf("phrase %q goes on after its dots", text)
		}
		if field == "..." {
			p.open = true
			continue
		}
		s := step{}
		if inner, ok := strings.CutPrefix(field, "["); ok {
			s.optional = true
			field = strings.TrimSuffix(inner, "]")
		}
		for word := range strings.SplitSeq(field, "|") {
			if word == anyWord {
				s.words = append(s.words, word)
				continue
			}
			plain := flows.Normalise(word)
			if plain == "" || strings.Contains(plain, " ") {
				return p, fmt.Errorf("phrase %q: %q is not one word", text, word)
			}
			s.words = append(s.words, plain)
		}
		p.steps = append(p.steps, s)
	}
	if !slices.ContainsFunc(p.steps, func(s step) bool { return !s.optional }) {
		return p, fmt.Errorf("phrase %q asks for nothing", text)
	}
	return p, nil
}

// firsts returns the words that the pattern may begin with.
func (p pattern) firsts() []string {
	var words []string
	for _, s := range p.steps {
		words = append(words, s.words...)
		if !s.optional {
			break
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// match returns the ends of every way the pattern fits from tokens[i] on.
func (p pattern) match(tokens []token, i int) []int {
	return p.matchStep(tokens, i, 0, nil)
}

func (p pattern) matchStep(tokens []token, i, at int, ends []int) []int {
	if at == len(p.steps) {
		return append(ends, i)
	}
	s := p.steps[at]
	if i < len(tokens) && (slices.Contains(s.words, tokens[i].word) || s.words[0] == anyWord) {
		ends = p.matchStep(tokens, i+1, at+1, ends)
	}
	if s.optional {
		ends = p.matchStep(tokens, i, at+1, ends)
	}
	return ends
}
