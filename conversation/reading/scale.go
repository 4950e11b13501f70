package reading

import (
	"slices"
	"strconv"
)

// readScale reads a number between two bounds. "6/10" is 6; "about 6 or 7",
// "6-7" and "6.5" are asked again, with both named.
func readScale(q Question, lex *lexicon, s said) Reading {
	low, high := q.Min, q.Max
	if low == 0 && high == 0 {
		high = 10
	}
	if r, ok := namedOption(q, s); ok {
		return value("scale.label", r.Echo, r.Values...)
	}
	s.tokens = slices.Clone(s.tokens)
	for i := range s.tokens {
		s.tokens[i].word = repairDigits(s.tokens[i].word) // "1O"
	}
	found, clean, hedged := scaleNumbers(lex, s)
	found = withoutTop(s, found, high)
	var inside []string
	for _, n := range found {
		if n < low || n > high {
			return unclear("scale.out-of-range")
		}
		if v := strconv.Itoa(n); !slices.Contains(inside, v) {
			inside = append(inside, v)
		}
	}
	switch {
	case len(inside) == 0:
		return unclear("scale.unknown")
	case hasDecimal(s) && found[len(found)-1] == 0 && len(found) == 2: // 7.0
		return value("scale.number", inside[0], inside[0])
	case hasDecimal(s):
		n, _ := strconv.Atoi(inside[0])
		return unclear("scale.between", inside[0], strconv.Itoa(min(n+1, high)))
	case len(inside) > 1:
		return unclear("scale.between", inside...)
	case q.Strict && hedged, !clean:
		return unclear("scale.not-clear", inside...)
	}
	return value("scale.number", inside[0], inside[0])
}

// scaleNumbers collects the numbers said. clean is false when a word stands
// between them that nothing explains.
func scaleNumbers(lex *lexicon, s said) (found []int, clean, hedged bool) {
	clean = true
	for i := 0; i < len(s.tokens); {
		n, taken := lex.number(s.tokens, i)
		word := s.tokens[i].word
		switch {
		case taken > 0 && i == 0 && s.tokens[0].minus:
			return []int{-n}, false, false
		case taken > 0:
			found = append(found, n)
			i += taken
			continue
		case lex.is("hedges", word), lex.is("either", word):
			hedged = true
		case len(found) == 1 && s.tokens[i].clause != s.tokens[i-1].clause && !figuresIn(lex, s.tokens[i:]):
			return found, clean, hedged // a remark: "seven (good day)"
		case lex.is("dress", word), lex.is("polite", word), lex.is("joiners", word), lex.is("one_of", word), word == "out", word == "of", word == "to":
		case i == 0 && len(s.tokens) > 1 && s.tokens[1].clause != s.tokens[0].clause && lex.is("polite", "good "+word):
			// "morning. 4"
		default:
			clean = clean && len(found) > 0 && !lex.is("against", word) && !lex.is("quantities", word)
		}
		i++
	}
	return found, clean, hedged
}

func figuresIn(lex *lexicon, tokens []token) bool {
	for i := range tokens {
		if _, taken := lex.number(tokens, i); taken > 0 || lex.is("against", tokens[i].word) || lex.is("either", tokens[i].word) {
			return true
		}
	}
	return false
}

// withoutTop drops the 10 of "6/10" and "6 out of 10".
func withoutTop(s said, found []int, high int) []int {
	if len(found) != 2 || found[1] != high {
		return found
	}
	for i := 1; i < len(s.tokens); i++ {
		a, b := s.tokens[i-1], s.tokens[i]
		slash := a.start == b.start && containsSlash(s.text[a.start:a.end]) || a.end <= b.start && containsSlash(s.text[a.start:b.end])
		if slash || a.word == "of" || a.word == "outof" {
			return found[:1]
		}
	}
	return found
}

func containsSlash(s string) bool {
	for _, r := range s {
		if r == '/' || r == '\\' || r == '⁄' {
			return true
		}
	}
	return false
}

// hasDecimal reports a figure straight after a point or a comma ("6.5", "6,5").
func hasDecimal(s said) bool {
	for i := 1; i < len(s.tokens); i++ {
		a, b := s.tokens[i-1], s.tokens[i]
		if isFigure(a.word) && isFigure(b.word) && b.start == a.end+1 && (s.text[a.end] == '.' || s.text[a.end] == ',') {
			return true
		}
	}
	return false
}
