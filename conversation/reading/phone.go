package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// readPhone reads one number a person can be rung on, in E.164. The rule says
// which kind it is, since only a mobile can be sent a text: 070 numbers and
// premium lines are refused.
func readPhone(lex *lexicon, s said) Reading {
	if lex.is("this_number", join(s.tokens)) {
		return unclear("phone.this-number") // only the caller knows which that is
	}
	var found []Reading
	runs := phoneRuns(s.text)
	if len(runs) == 0 {
		runs = spokenRuns(lex, s.all)
	}
	for _, run := range runs {
		if r := classify(run); r.Rule != "" {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return unclear("phone.unknown")
	case 1:
		if lex.is("against", s.all[0].word) {
			return unclear("phone.not-clear", found[0].Values...) // "not 07700 900123"
		}
		return found[0]
	}
	var numbers []string
	for _, r := range found {
		for _, v := range append(r.Values, r.Candidates...) {
			if !slices.Contains(numbers, v) {
				numbers = append(numbers, v)
			}
		}
	}
	if len(numbers) == 1 {
		return found[0]
	}
	return unclear("phone.several", numbers...)
}

// phoneRuns cuts out what looks like numbers. The library must not see the
// words around one: it reads them as vanity letters.
func phoneRuns(text string) []string {
	text = zeroes(strings.Map(westernDigit, norm.NFKC.String(text)))
	var runs []string
	var run strings.Builder
	count := 0
	flush := func() {
		if count >= 7 {
			runs = append(runs, run.String())
		}
		run.Reset()
		count = 0
	}
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			run.WriteRune(r)
			count++
		case r == '+' && count > 0:
			flush()
			run.WriteRune(r)
		case unicode.Is(unicode.Cf, r):
		case strings.ContainsRune("+.()[]/_,*:", r) || unicode.Is(unicode.Pd, r) || r == ' ' || r == '\t' || r == '\u00a0':
			if r == '+' {
				run.WriteRune(r)
			}
			if (r == '/' || r == ',' || r == ':') && count >= 9 {
				flush()
			}
		default:
			flush()
		}
	}
	flush()
	return splitRuns(runs)
}

// spokenRuns reads a number said in words: "07700 nine double oh one two three".
func spokenRuns(lex *lexicon, tokens []token) []string {
	var run strings.Builder
	times := 1
	for i, t := range tokens {
		n, taken := lex.number(tokens, i)
		switch {
		case lex.is("double", t.word):
			times = 2
			continue
		case lex.is("treble", t.word):
			times = 3
			continue
		case lex.is("oh", t.word):
			n, taken = 0, 1
		}
		switch {
		case isDigitByte(t.word[0]) && strings.Trim(t.word, "0123456789") == "":
			run.WriteString(strings.Repeat(t.word, times))
		case taken == 1 && n < 10:
			run.WriteString(strings.Repeat(strconv.Itoa(n), times))
		case run.Len() > 0:
			if run.Len() >= 10 {
				return []string{run.String()}
			}
			run.Reset()
		}
		times = 1
	}
	if run.Len() < 10 {
		return nil
	}
	return []string{run.String()}
}

// splitRuns parts two numbers that only a space separates.
func splitRuns(runs []string) []string {
	var out []string
	for _, r := range runs {
		if len(r) == 22 && r[0] == '0' && r[11] == '0' {
			out = append(out, r[:11], r[11:])
			continue
		}
		out = append(out, r)
	}
	return out
}

func westernDigit(r rune) rune {
	if r > unicode.MaxASCII && unicode.Is(unicode.Nd, r) {
		return rune(normalise(string(r))[0])
	}
	return r
}

// zeroes reads the letter O as a zero, and L and I as a one, in words that are
// otherwise digits.
func zeroes(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range words {
		if strings.ContainsAny(w, "0123456789") && strings.Trim(w, "0123456789oOlI") == "" {
			text = strings.Replace(text, w, strings.NewReplacer("o", "0", "O", "0", "l", "1", "I", "1").Replace(w), 1)
		}
	}
	return text
}

// classify names the kind of a number; no rule means that it is none.
func classify(run string) Reading {
	run = strings.Replace(run, "+440", "+44", 1) // "+44 (0)7700"
	number, err := phonenumbers.Parse(run, "GB")
	if err != nil {
		return Reading{}
	}
	e164 := phonenumbers.Format(number, phonenumbers.E164)
	echo := phonenumbers.Format(number, phonenumbers.NATIONAL)
	if drama := dramaRule(e164); drama != "" {
		return value(drama, echo, e164)
	}
	if !phonenumbers.IsValidNumber(number) {
		return Reading{Outcome: Unclear, Rule: "phone.not-a-number"}
	}
	if number.GetCountryCode() != 44 {
		return Reading{Outcome: Unclear, Candidates: []string{e164}, Rule: "phone.abroad"}
	}
	switch phonenumbers.GetNumberType(number) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
		return value("phone.mobile", echo, e164)
	case phonenumbers.FIXED_LINE, phonenumbers.VOIP, phonenumbers.UAN:
		return value("phone.landline", echo, e164)
	case phonenumbers.PERSONAL_NUMBER:
		return unclear("phone.personal", e164)
	default: // free, premium, shared cost, pagers
		return Reading{Outcome: Unclear, Rule: "phone.special"}
	}
}

// dramaRule knows the numbers that Ofcom keeps for fiction, which demo teams
// and tests use and the library calls invalid.
func dramaRule(e164 string) string {
	switch {
	case len(e164) != 13:
		return ""
	case strings.HasPrefix(e164, "+447700900"):
		return "phone.mobile"
	case strings.HasPrefix(e164, "+441632960"):
		return "phone.landline"
	}
	return ""
}
