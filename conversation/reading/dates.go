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
		if lex.is("tomorrow", tokens[i].word) || lex.is("today", tokens[i].word) { // "2moro"
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
	if lex.is("date_dress", piece) {
		return datePart{kind: dressPart, word: piece}
	}
	return datePart{kind: otherPart, word: piece}
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
	case !last.spelled && isSuffix(p.word):
		last.ordinal = true
		return parts
	case last.spelled && p.spelled && last.n >= 20 && last.n%10 == 0 && p.n > 0 && p.n < 10:
		last.n += p.n
		last.ordinal = p.ordinal
		return parts
	}
	return append(parts, p)
}

// spellYears reads "nineteen fifty six" as a year of four figures.
func spellYears(parts []datePart) []datePart {
	for i := 1; i < len(parts); i++ {
		a, b := parts[i-1], parts[i]
		if a.kind == figurePart && b.kind == figurePart && a.spelled && b.spelled && !a.ordinal && !b.ordinal &&
			(a.n == 19 || a.n == 20) && b.n >= 10 {
			year := datePart{kind: figurePart, n: a.n*100 + b.n, letters: 4, word: a.word + " " + b.word, token: b.token}
			return append(append(parts[:i-1:i-1], year), parts[i+1:]...)
		}
	}
	return parts
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
