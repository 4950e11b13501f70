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
func (l *language) scan(pieces []piece, old int) []Match {
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
	if r, ok := l.whole[words(tokens[first:])]; ok {
		hits = append(hits, span{from: first, to: len(tokens), rule: r})
	}
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

func words(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.word)
	}
	return b.String()
}

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
	m.Softened = l.negated(tokens, s) || l.past(tokens, s) || feels && m.AboutOther
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

// negated looks for a "not" shortly before a match in its clause. A negator
// with "stop" or the like after it turns nothing round: "I can't stop thinking
// of suicide".
func (l *language) negated(tokens []token, s span) bool {
	for i := s.from - 1; i >= max(0, s.from-before) && tokens[i].clause == tokens[s.from].clause; i-- {
		if l.around.double[tokens[i].word] {
			return false
		}
		if l.around.negators[tokens[i].word] {
			return true
		}
	}
	return false
}

// past looks for a word of time gone by around a match: "years ago", "1999".
func (l *language) past(tokens []token, s span) bool {
	from, to := max(0, s.from-before), min(len(tokens), s.to+after)
	for i := from; i < to; i++ {
		if tokens[i].clause != tokens[s.from].clause && tokens[i].clause != tokens[s.to-1].clause {
			continue
		}
		if l.around.past[tokens[i].word] || isYear(tokens[i].word) {
			return true
		}
		for _, phrase := range l.around.pastPhrases {
			if startsWith(tokens[i:to], phrase) {
				return true
			}
		}
	}
	return false
}

func isYear(word string) bool {
	return len(word) == 4 && (strings.HasPrefix(word, "19") || strings.HasPrefix(word, "20")) && strings.Trim(word, "0123456789") == ""
}

func startsWith(tokens []token, phrase []string) bool {
	if len(tokens) < len(phrase) {
		return false
	}
	for i, w := range phrase {
		if tokens[i].word != w {
			return false
		}
	}
	return true
}

// aboutOther finds whom a match is about: itself when it names someone, and
// otherwise the nearest person named before it in its clause.
func (l *language) aboutOther(tokens []token, s span) bool {
	other := false
	for i := s.from; i < s.to; i++ {
		switch word := tokens[i].word; {
		case l.around.selves[word]:
			return false
		case word == "himself", word == "herself", word == "themselves":
			other = true
		}
	}
	if other {
		return true
	}
	for i := s.from - 1; i >= max(0, s.from-subject) && tokens[i].clause == tokens[s.from].clause; i-- {
		switch word := tokens[i].word; {
		case l.around.selves[word]:
			return false
		case l.around.others[word]:
			return true
		}
	}
	return l.around.others[tokens[s.from].word] // "(my) son wants to die"
}
