package safety

import (
	"slices"
	"strings"
)

// How far back a split phrase may reach, and how far around a match the words
// that soften it are looked for.
const (
	recentTexts = 3
	recentWords = 12
	before      = 4
	after       = 6
	subject     = 8
)

// scan finds the rules of one language in words of which the first old ones
// belong to earlier texts.
func (l *language) scan(pieces []string, old int) []Match {
	tokens := l.words.tokens(pieces)
	first := len(tokens) // the first token of this text
	for first > 0 && tokens[first-1].at >= old {
		first--
	}
	var hits, idioms []span
	l.tree.find(tokens, first, l.isIdiom, func(s span) {
		if l.isIdiom(s.rule) {
			idioms = append(idioms, s)
		} else {
			hits = append(hits, s)
		}
	})
	var out []Match
	for _, h := range hits {
		if !excused(h, idioms) {
			out = merge(out, l.match(tokens, h))
		}
	}
	return out
}

// isIdiom reports the rule that only excuses.
func (l *language) isIdiom(rule int) bool { return l.rules[rule].class == "" }

// excused reports a match that lies wholly inside an idiom.
func excused(h span, idioms []span) bool {
	return slices.ContainsFunc(idioms, func(i span) bool { return i.from <= h.from && h.to <= i.to })
}

// merge adds a match; of two by one rule, the one that is not softened stays.
func merge(out []Match, m Match) []Match {
	for i := range out {
		if out[i].Rule != m.Rule {
			continue
		}
		if out[i].Softened && !m.Softened {
			out[i] = m
		}
		return out
	}
	return append(out, m)
}

func (l *language) match(tokens []token, s span) Match {
	r := l.rules[s.rule]
	m := Match{Class: r.class, Rule: r.name, Words: source(tokens[s.from:s.to])}
	// What happens to another person now is as pressing as what happens to
	// the one who writes; what another person feels is softened.
	feels := r.class == Explicit || r.class == Indirect
	if feels || r.class == ActiveHarm || r.class == Medical {
		m.AboutOther = l.aboutOther(tokens, s)
	}
	m.Softened = l.negated(tokens, s) || l.isPast(tokens, s) || feels && m.AboutOther
	if r.class == SelfDeclared {
		m.Softened = false
	}
	return m
}

// source returns the words as they were said, each once.
func source(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && t.at == tokens[i-1].at {
			continue
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.source)
	}
	return b.String()
}

// negated looks for a "not" shortly before a match, in the same thought. A
// negator with "stop" or the like after it turns nothing round: "I can't stop
// thinking of suicide".
func (l *language) negated(tokens []token, s span) bool {
	for i := s.from - 1; i >= max(0, s.from-before) && !l.words.is(tokens[i].id, isBreak); i-- {
		if l.words.is(tokens[i].id, isDouble) {
			return false
		}
		if l.words.is(tokens[i].id, isNegator) {
			return true
		}
	}
	return false
}

// isPast looks for a word of time gone by around a match: "years ago", "1999".
func (l *language) isPast(tokens []token, s span) bool {
	from, to := max(0, s.from-before), min(len(tokens), s.to+after)
	for i := s.from - 1; i >= from; i-- {
		if l.words.is(tokens[i].id, isBreak) {
			from = i
		}
	}
	for i := from; i < to; i++ {
		if i >= s.to && l.words.is(tokens[i].id, isBreak) {
			return false
		}
		if l.words.is(tokens[i].id, isPast) || isYear(tokens[i].word) {
			return true
		}
		for _, row := range l.past {
			if startsWith(tokens[i:to], row) {
				return true
			}
		}
	}
	return false
}

func isYear(word string) bool {
	return len(word) == 4 && (strings.HasPrefix(word, "19") || strings.HasPrefix(word, "20")) && strings.Trim(word, "0123456789") == ""
}

func startsWith(tokens []token, row []int32) bool {
	if len(tokens) < len(row) {
		return false
	}
	for i, id := range row {
		if tokens[i].id != id {
			return false
		}
	}
	return true
}

// aboutOther finds whom a match is about: itself when it names someone, and
// otherwise the nearest person named before it in the same thought.
func (l *language) aboutOther(tokens []token, s span) bool {
	other := false
	for i := s.from; i < s.to; i++ {
		switch word := tokens[i].word; {
		case l.words.is(tokens[i].id, isSelf):
			return false
		case word == "himself", word == "herself", word == "themselves":
			other = true
		}
	}
	if other {
		return true
	}
	for i := s.from - 1; i >= max(0, s.from-subject) && !l.words.is(tokens[i].id, isBreak); i-- {
		switch {
		case l.words.is(tokens[i].id, isSelf):
			return false
		case l.words.is(tokens[i].id, isOther):
			return true
		}
	}
	return l.words.is(tokens[s.from].id, isOther) // "(my) son wants to die"
}
