package reading

import (
	"strconv"
	"strings"
	"time"

	"linkline/conversation/calendar"
)

// partKind sorts the pieces of a date.
type partKind int

const (
	otherPart partKind = iota
	figurePart
	monthPart
	weekdayPart
	dressPart
)

// datePart is one piece of a date as said: a figure, the name of a month or a
// day of the week, a word that changes nothing, or any other word.
type datePart struct {
	kind    partKind
	n       int
	letters int // how many digits were typed; spelled-out numbers count as 2
	ordinal bool
	spelled bool
	word    string
	token   int
}

// dateParts sorts the words of a reply, cutting "4apr61" where letters and
// digits meet and reading "O3" as 03.
func dateParts(lex *lexicon, tokens []token) []datePart {
	var parts []datePart
	for i := 0; i < len(tokens); i++ {
		if n, taken := lex.weekdays.at(tokens, i); taken > 0 {
			parts = append(parts, datePart{kind: weekdayPart, n: n, word: join(tokens[i : i+taken]), token: i})
			i += taken - 1
			continue
		}
		if lex.is("tomorrow", tokens[i].word) || lex.is("today", tokens[i].word) || near(tokens[i].word, "tomorrow") { // "2moro"
			if near(tokens[i].word, "tomorrow") {
				tokens[i].word = "tomorrow"
			}
			parts = append(parts, datePart{kind: otherPart, word: tokens[i].word, token: i})
			continue
		}
		for _, piece := range cutAlnum(repairDigits(tokens[i].word)) {
			part := datePartOf(lex, piece)
			part.token = i
			parts = appendPart(parts, part)
		}
	}
	return spellYears(parts)
}

// repairDigits reads the letters O, I and L as figures in a word that is
// otherwise digits.
func repairDigits(word string) string {
	if !strings.ContainsAny(word, "0123456789") {
		return word
	}
	fixed := strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(word)
	for _, r := range fixed {
		if r < '0' || r > '9' {
			return word
		}
	}
	return fixed
}

func cutAlnum(word string) []string {
	var out []string
	start := 0
	for i := 1; i < len(word); i++ {
		suffix := i-start == 2 && len(out) > 0 && isSuffix(word[start:i]) // 3rdapril
		if isDigitByte(word[i]) != isDigitByte(word[i-1]) || suffix {
			out = append(out, word[start:i])
			start = i
		}
	}
	return append(out, word[start:])
}

func isSuffix(s string) bool {
	return s == "st" || s == "nd" || s == "rd" || s == "th"
}

func isDigitByte(b byte) bool { return b >= '0' && b <= '9' }

func datePartOf(lex *lexicon, piece string) datePart {
	if isDigitByte(piece[0]) {
		n, err := strconv.Atoi(piece)
		if err != nil || len(piece) > 8 {
			return datePart{kind: otherPart, word: piece}
		}
		return datePart{kind: figurePart, n: n, letters: len(piece), word: piece}
	}
	if m, ok := nameOf(lex.months, lex.monthNames, piece); ok {
		return datePart{kind: monthPart, n: m, word: piece}
	}
	if d, ok := nameOf(lex.weekdays, lex.weekdayNames, piece); ok {
		return datePart{kind: weekdayPart, n: d, word: piece}
	}
	if n, ok := lex.ordinals.means[piece]; ok {
		return datePart{kind: figurePart, n: n, letters: 2, ordinal: true, spelled: true, word: piece}
	}
	if n, ok := lex.numbers.means[piece]; ok {
		return datePart{kind: figurePart, n: n, letters: 2, spelled: true, word: piece}
	}
	if n, ordinal, ok := spelledNumber(lex, piece); ok {
		return datePart{kind: figurePart, n: n, letters: 2, ordinal: ordinal, spelled: true, word: piece}
	}
	if lex.is("date_dress", piece) {
		return datePart{kind: dressPart, word: piece}
	}
	return datePart{kind: otherPart, word: piece}
}

// spelledNumber reads a number typed as one word ("fiftysix", "twentyfirst"), or
// with a slip in it ("ninteen").
func spelledNumber(lex *lexicon, word string) (n int, ordinal, ok bool) {
	if len(word) <= typoLetters {
		return 0, false, false
	}
	found := 0
	for tens, value := range lex.numbers.means {
		unit, cut := strings.CutPrefix(word, tens)
		if cut && value >= 20 && unit != "" {
			if u, known := lex.numbers.means[unit]; known && u > 0 && u < 10 {
				return value + u, false, true
			}
			if u, known := lex.ordinals.means[unit]; known && u < 10 {
				return value + u, true, true
			}
		}
		if len(tens) > typoLetters && oneSlip(word, tens) {
			n, found = value, found+1
		}
	}
	return n, false, found == 1
}

// nameOf finds a month or weekday by name, with one slip in a long one, or by
// its first letters when they fit only one.
func nameOf(known phrases[int], names []dayName, word string) (int, bool) {
	if n, ok := known.means[word]; ok {
		return n, true
	}
	found, ok := 0, false
	for _, name := range names {
		begins := len(word) >= 4 && strings.HasPrefix(name.word, word)
		if !begins && !near(word, name.word) {
			continue
		}
		if ok && found != name.n {
			return 0, false
		}
		found, ok = name.n, true
	}
	return found, ok
}

// appendPart joins "3" and "rd", "twenty" and "first".
func appendPart(parts []datePart, p datePart) []datePart {
	if len(parts) == 0 {
		return append(parts, p)
	}
	last := &parts[len(parts)-1]
	if last.kind != figurePart {
		return append(parts, p)
	}
	switch {
	case !last.spelled && last.letters <= 2 && isSuffix(p.word):
		last.ordinal = true
		return parts
	case last.spelled && p.spelled && last.n >= 20 && last.n%10 == 0 && p.n > 0 && p.n < 10:
		last.n += p.n
		last.ordinal = p.ordinal
		return parts
	}
	return append(parts, p)
}

// spellYears reads "nineteen fifty six", "nineteen oh six", "nineteen hundred and
// six" and "two thousand and six" as a year of four figures.
func spellYears(parts []datePart) []datePart {
	for i := range parts {
		if year, taken := spelledYear(parts, i); taken > 0 {
			p := datePart{kind: figurePart, n: year, letters: 4, word: strconv.Itoa(year), token: parts[i].token}
			return append(append(parts[:i:i], p), parts[i+taken:]...)
		}
	}
	return parts
}

// spelledYear returns the year in words that starts at parts[i] and how many parts
// it takes.
func spelledYear(parts []datePart, i int) (year, taken int) {
	a := parts[i]
	if a.kind != figurePart || !a.spelled || a.ordinal || i+1 == len(parts) {
		return 0, 0
	}
	j, scale := i+1, 0
	switch next := parts[j]; {
	case next.word == "thousand" && a.n == 2:
		scale = 1000
	case next.word == "hundred" && (a.n == 19 || a.n == 20):
		scale = 100
	case a.n != 19 && a.n != 20:
		return 0, 0
	case next.word == "oh" || next.word == "o" || next.word == "ought" || next.word == "nought" || next.word == "zero":
		if j+1 < len(parts) && parts[j+1].spelled && parts[j+1].n < 10 && !parts[j+1].ordinal {
			return a.n*100 + parts[j+1].n, 3
		}
		return 0, 0
	case next.kind == figurePart && next.spelled && !next.ordinal && next.n >= 10:
		return a.n*100 + next.n, 2
	default:
		return 0, 0
	}
	j++
	if j+1 < len(parts) && parts[j].word == "and" {
		j++
	}
	if j < len(parts) && parts[j].kind == figurePart && parts[j].spelled && !parts[j].ordinal && parts[j].n < 100 {
		return a.n*scale + parts[j].n, j - i + 1
	}
	return a.n * scale, 2
}

// sortParts returns the figures and the months among the parts, and how many
// figures stand before the last month.
func sortParts(parts []datePart) (figures []datePart, months []datePart, before int) {
	for _, p := range parts {
		if p.kind == figurePart {
			figures = append(figures, p)
		}
		if p.kind == monthPart {
			months = append(months, p)
			before = len(figures)
		}
	}
	return figures, months, before
}

func contrary(lex *lexicon, parts []datePart) bool {
	for _, p := range parts {
		if p.kind == otherPart && (lex.is("against", p.word) || lex.is("either", p.word) || lex.is("hedges", p.word)) {
			return true
		}
	}
	return false
}

func month(n int) time.Month { return time.Month(n) }

func dateOf(year, m, day int) calendar.Date {
	return calendar.Date{Year: year, Month: month(m), Day: day}
}
