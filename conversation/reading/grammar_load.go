package reading

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"linkline/flows"
)

// learn numbers a word.
func (g *grammar) learn(word string) wordID {
	id, ok := g.ids[word]
	if !ok {
		id = firstWord + wordID(len(g.ids)) //nolint:gosec // a few thousand words
		g.ids[word] = id
		if _, taken := g.same[word]; !taken {
			g.same[word] = []wordID{id}
		}
	}
	return id
}

// spell brings a phrase of the data to ids, as a reply is.
func (g *grammar) spell(text string) []wordID {
	var ids []wordID
	for word := range strings.FieldsSeq(flows.Normalise(text)) {
		if same, ok := g.same[word]; ok {
			ids = append(ids, same...)
			continue
		}
		ids = append(ids, g.learn(word))
	}
	return ids
}

// addSame makes variants of a word or phrase the same as it.
func (g *grammar) addSame(text string, variants []string) {
	var ids []wordID
	for word := range strings.FieldsSeq(flows.Normalise(text)) {
		ids = append(ids, g.learn(word))
	}
	for _, v := range variants {
		g.same[flows.Normalise(v)] = ids
	}
}

// add parses a phrase and says what it means.
func (g *grammar) add(means grade, text string) error {
	r := rule{grade: means}
	for field := range strings.FieldsSeq(text) {
		steps, err := g.parseStep(field)
		if err != nil {
			return fmt.Errorf("phrase %q: %w", text, err)
		}
		r.steps = append(r.steps, steps)
	}
	if !slices.ContainsFunc(r.steps, func(s ruleStep) bool { return !s.optional }) {
		return fmt.Errorf("phrase %q asks for nothing", text)
	}
	g.rules = append(g.rules, r)
	return nil
}

// addWhole adds a phrase that has no parts to choose from.
func (g *grammar) addWhole(means grade, text string) {
	r := rule{grade: means}
	for _, id := range g.spell(text) {
		r.steps = append(r.steps, ruleStep{word: id})
	}
	if len(r.steps) > 0 {
		g.rules = append(g.rules, r)
	}
}

func (g *grammar) parseStep(field string) (ruleStep, error) {
	s := ruleStep{}
	switch {
	case strings.HasSuffix(field, "*"):
		s.again, s.optional, field = true, true, field[:len(field)-1]
	case strings.HasSuffix(field, "+"):
		s.again, field = true, field[:len(field)-1]
	}
	if inner, ok := strings.CutPrefix(field, "["); ok {
		s.optional = s.optional || !s.again
		field, ok = strings.CutSuffix(inner, "]")
		if !ok {
			return s, fmt.Errorf("%q has no end", field)
		}
	}
	singles, err := g.parseWords(&s, field)
	if err != nil {
		return s, err
	}
	if len(singles) == 1 && singles[0] >= firstWord {
		s.word = singles[0]
		return s, nil
	}
	s.set = make([]uint64, 0)
	for _, id := range singles {
		s.put(id)
	}
	return s, nil
}

// parseWords takes the words of a step and returns those that stand alone; runs
// of several go to the step.
func (g *grammar) parseWords(s *ruleStep, field string) ([]wordID, error) {
	var singles []wordID
	for part := range strings.SplitSeq(field, "|") {
		words := []string{part}
		switch {
		case part == "_":
			s.any = true
			continue
		case part == "#":
			singles = append(singles, figureWord)
			continue
		case part == "?":
			singles = append(singles, unknownWord, nameWord)
			continue
		case part == "^":
			singles = append(singles, nameWord)
			continue
		case strings.HasPrefix(part, "@"):
			class, ok := g.classes[part[1:]]
			if !ok {
				return nil, fmt.Errorf("no class %s", part)
			}
			words = class
		}
		for _, word := range words {
			switch ids := g.spell(word); len(ids) {
			case 0:
				return nil, fmt.Errorf("%q is no word", word)
			case 1:
				singles = append(singles, ids[0])
			default:
				s.runs = append(s.runs, ids)
			}
		}
	}
	return singles, nil
}

func (s *ruleStep) put(id wordID) {
	for int(id/64) >= len(s.set) {
		s.set = append(s.set, 0)
	}
	s.set[id/64] |= 1 << (id % 64)
}

// settle sizes the sets and finds the heads, once every word is known.
func (g *grammar) settle() {
	size := int(firstWord) + len(g.ids)
	var figures []wordID
	for word, id := range g.ids {
		if isFigure(word) {
			figures = append(figures, id)
		}
		if len(word) >= typoLetters {
			g.slips[word[0]] = append(g.slips[word[0]], word)
		}
	}
	names := g.ordinary(size)
	g.heads = make([][]uint16, size)
	for i := range g.rules {
		for k := range g.rules[i].steps {
			g.rules[i].steps[k].settle(size, names, figures)
		}
		for _, id := range g.rules[i].beginnings() {
			g.heads[id] = append(g.heads[id], uint16(i))
		}
	}
}

// settle sizes the set of a step. A step that takes figures takes every one that
// another phrase names too.
func (s *ruleStep) settle(size int, names []uint64, figures []wordID) {
	if s.any {
		s.set = names
		return
	}
	if s.set == nil {
		return
	}
	for len(s.set) <= size/64 {
		s.set = append(s.set, 0)
	}
	if !s.has(figureWord) {
		return
	}
	for _, id := range figures {
		s.put(id)
	}
}

// ordinary is every word that may stand for a name in a phrase: no figure, no yes
// or no, and none that turns an answer.
func (g *grammar) ordinary(size int) []uint64 {
	set := make([]uint64, size/64+1)
	for id := range size {
		set[id/64] |= 1 << (id % 64)
	}
	set[figureWord/64] &^= 1 << (figureWord % 64)
	for word, id := range g.ids {
		if isFigure(word) || g.opens[word] || slices.Contains(g.classes["yes"], word) || slices.Contains(g.classes["no"], word) {
			set[id/64] &^= 1 << (id % 64)
		}
	}
	return set
}

// beginnings returns the words with which a phrase may begin, each once.
func (r *rule) beginnings() []wordID {
	var out []wordID
	for k := range r.steps {
		s := &r.steps[k]
		if s.set == nil && !s.any && s.word != unknownWord {
			out = append(out, s.word)
		}
		for w, word := range s.set {
			for ; word != 0; word &= word - 1 {
				out = append(out, wordID(w*64+bits.TrailingZeros64(word))) //nolint:gosec // some thousand words
			}
		}
		for _, run := range s.runs {
			out = append(out, run[0])
		}
		if !s.optional {
			break
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
