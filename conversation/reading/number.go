package reading

import (
	"slices"
	"strconv"
	"strings"
)

// readNumber reads how many of something: "3", "two", "about 4", "a couple of
// kids", "1,000". Where a bound is set it is checked; "2 or 3" is asked again
// with both named. On a strict question a hedge is asked again too.
func readNumber(q Question, lex *lexicon, s said) Reading {
	if r, ok := namedOption(q, s); ok {
		return value("number.label", r.Echo, r.Values...)
	}
	if lex.is("none", join(s.tokens)) {
		return q.within([]int{0}, "number.none")
	}
	if s.tokens[0].minus {
		return unclear("number.below-nothing")
	}
	found, hedged := countsIn(lex, withoutThousands(s))
	switch {
	case len(found) == 0:
		return unclear("number.unknown")
	case hasDecimal(s) && len(found) > 1:
		return unclear("number.not-whole", strconv.Itoa(found[0]))
	case len(found) > 1 || q.Strict && hedged:
		return unclear("number.between", numerals(found)...)
	}
	return q.within(found, "number.number")
}

// within checks the bounds, of which Max 0 is none.
func (q Question) within(found []int, rule string) Reading {
	n := strconv.Itoa(found[0])
	if found[0] < q.Min || q.Max > 0 && found[0] > q.Max {
		return unclear("number.out-of-range")
	}
	return value(rule, n, n)
}

// countsIn collects the numbers said, each once.
func countsIn(lex *lexicon, tokens []token) (found []int, hedged bool) {
	for _, p := range dateParts(lex, tokens) {
		n := p.n
		switch {
		case p.kind == figurePart && p.letters <= 7 && (p.word != "one" || len(found) == 0):
		case lex.is("couple", p.word):
			n = 2
		default:
			hedged = hedged || lex.is("hedges", p.word) || lex.is("either", p.word) || lex.is("against", p.word)
			continue
		}
		if !slices.Contains(found, n) {
			found = append(found, n)
		}
	}
	return found, hedged
}

// withoutThousands joins the figures of "1,000".
func withoutThousands(s said) []token {
	tokens := slices.Clone(s.tokens)
	for i := len(tokens) - 1; i > 0; i-- {
		a, b := tokens[i-1], tokens[i]
		if b.start == a.end+1 && s.text[a.end] == ',' && isFigure(a.word) && len(a.word) <= 3 && isFigure(b.word) && len(b.word) == 3 {
			tokens[i-1].word += b.word
			tokens[i-1].end = b.end
			tokens = slices.Delete(tokens, i, i+1)
		}
	}
	return tokens
}

func numerals(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}

// nhsDigits is how long an NHS number is.
const nhsDigits = 10

// readNHSNumber reads the ten figures of an NHS number, in any grouping, and
// proves its check digit. Ten equal figures pass that check and are nobody's
// number. A person who does not know hers gives "".
func readNHSNumber(lex *lexicon, s said) Reading {
	if lex.is("not_given", join(s.all)) || lex.is("not_given", join(s.tokens)) {
		return value("nhs-number.not-given", "", "")
	}
	runs := phoneRuns(s.text)
	if len(runs) != 1 {
		rule := "nhs-number.unknown"
		if len(runs) > 1 {
			rule = "nhs-number.several"
		}
		return unclear(rule)
	}
	n := runs[0]
	switch {
	case len(n) != nhsDigits || n[0] == '+':
		return unclear("nhs-number.length")
	case strings.Trim(n, n[:1]) == "":
		return unclear("nhs-number.all-same")
	case !checkDigit(n):
		return unclear("nhs-number.check-digit")
	}
	return value("nhs-number.number", n[:3]+" "+n[3:6]+" "+n[6:], n)
}

// checkDigit is the modulus 11 check of the NHS number: weights ten to two, and
// a remainder that needs a tenth digit of "10" never given out.
func checkDigit(n string) bool {
	sum := 0
	for i := range nhsDigits - 1 {
		sum += int(n[i]-'0') * (nhsDigits - i)
	}
	check := (11 - sum%11) % 11
	return check == int(n[nhsDigits-1]-'0')
}
