package reading

import (
	"slices"
	"strings"
)

// spelledTimes brings what people type for times to the words that are looked
// for: "a.m." is am, "@ 3" is "at 3", "1/4 past" is "quarter past".
func spelledTimes(text string) string {
	if !strings.ContainsAny(text, "./@") {
		return text
	}
	return timeSpellings.Replace(text)
}

var timeSpellings = strings.NewReplacer(
	"a.m.", "am ", "p.m.", "pm ", "a.m", "am", "p.m", "pm", "A.M.", "am ", "P.M.", "pm ", "A.M", "am", "P.M", "pm",
	"@", " at ", "1/4 ", "quarter ", "1/2 ", "half ",
)

// bareHour reads a number beside a day that has a name as the hour: "fri 3", "9
// tomorrow", "three tomorrow afternoon". Where the number may be the day of the
// month too ("monday 9", which is one), it is left alone and asked about.
func bareHour(lex *lexicon, parts []datePart) (clock, bool) {
	figures, months, _ := sortParts(parts)
	if len(figures) != 1 || len(months) > 0 || !dayNamed(lex, parts) {
		return clock{}, false
	}
	i := slices.IndexFunc(parts, func(p datePart) bool { return p.kind == figurePart })
	p := parts[i]
	after := i+1 < len(parts) && (lex.is("weeks_word", parts[i+1].word) || lex.is("days_word", parts[i+1].word) || lex.is("months_word", parts[i+1].word) || lex.is("fortnight", parts[i+1].word))
	before := i > 0 && (parts[i-1].word == "the" || startsWith(lex, parts[i-1]))
	if p.ordinal || p.letters > 2 || p.n < 1 || p.n > 12 || after || before {
		return clock{}, false
	}
	return clock{hour: p.n, from: i, to: i + 1}, true
}

// dayNamed reports a day that is named and not numbered: a day of the week, today
// or tomorrow.
func dayNamed(lex *lexicon, parts []datePart) bool {
	return hasWeekday(parts) || slices.ContainsFunc(parts, func(p datePart) bool {
		return lex.is("tomorrow", p.word) || lex.is("today", p.word)
	})
}

// spokenMinutes reports minutes said after the hour where the day has a name:
// "monday ten thirty", "tomorrow 10 30".
func spokenMinutes(lex *lexicon, parts []datePart, i int) bool {
	if i+1 >= len(parts) || !dayNamed(lex, parts) {
		return false
	}
	figures, months, _ := sortParts(parts)
	h, m := parts[i], parts[i+1]
	return len(figures) == 2 && len(months) == 0 && h.n >= 1 && h.n <= 23 &&
		m.kind == figurePart && !m.ordinal && m.letters == 2 && m.n%5 == 0 && m.n >= 10 && m.n < 60
}

// firstThing reports "first thing", which is no first of the month.
func firstThing(parts []datePart, i int) bool {
	return i+1 < len(parts) && parts[i].ordinal && parts[i].n == 1 && parts[i+1].word == "thing"
}
