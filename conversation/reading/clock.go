package reading

import (
	"fmt"
	"slices"
	"strings"
)

// clock is a time of day found among the parts of a reply.
type clock struct {
	hour, minute int
	from, to     int  // the parts it takes
	half         byte // 'a', 'p' or 0 when not said
	twentyFour   bool // written as 14:30 or 09:05
	sayNo        bool // no such time
}

// daytime is the time in a reply, what is left for the day, and why there is
// no time.
type daytime struct {
	hour, minute int
	rest         []datePart
	rule         string
	times        []string // the times said where there is more than one
	part         string   // morning, afternoon or evening, as said
}

// timeOfDay finds the time in a reply.
func timeOfDay(lex *lexicon, parts []datePart) daytime {
	found, out := clocksIn(lex, parts)
	if c, ok := bareHour(lex, parts); ok && len(found) == 0 {
		found, out.rest = []clock{c}, slices.DeleteFunc(out.rest, func(p datePart) bool { return p.token == parts[c.from].token && p.kind == figurePart })
	}
	switch {
	case len(found) == 0 && out.part != "":
		out.rule = "time.part-of-day"
	case len(found) == 0:
		out.rest, out.rule = parts, "time.missing"
	default:
		out.settle(found)
		if out.rule == "" && openEnded(lex, parts, found) {
			out.rule = "time.open-ended"
		}
	}
	return out
}

// clocksIn collects the times said, the part of the day, and what is left.
func clocksIn(lex *lexicon, parts []datePart) ([]clock, daytime) {
	var found []clock
	out := daytime{rest: make([]datePart, 0, len(parts))}
	for i := 0; i < len(parts); i++ {
		if c, ok := clockAt(lex, parts, i); ok {
			found = append(found, c)
			if last := len(out.rest) - 1; last >= 0 && lex.is("at", out.rest[last].word) {
				out.rest = out.rest[:last] // "about 10"
			}
			i = c.to - 1
			continue
		}
		if lex.is("at", parts[i].word) && i+1 < len(parts) && parts[i+1].kind == figurePart {
			continue // the Welsh "am" is "at"
		}
		if firstThing(parts, i) {
			out.part = "morning"
			i++
			continue
		}
		if said := partOfDay(lex, parts[i].word); said != "" {
			out.part = said
			if !lex.is("today", parts[i].word) { // "tonight" names the day too
				continue
			}
		}
		out.rest = append(out.rest, parts[i])
	}
	return found, out
}

// settle takes the one time said, in the half of the day said with it.
func (t *daytime) settle(found []clock) {
	for _, c := range found {
		switch {
		case c.half != 0 || c.twentyFour || t.part == "":
		case t.part == "morning":
			c.half = 'a'
		default: // "3 in the afternoon"
			c.half = 'p'
		}
		t.hour, t.minute = visitingHour(c), c.minute
		if c.sayNo || t.hour > 23 || c.minute > 59 {
			t.rule = "time.no-such-time"
			return
		}
		if s := fmt.Sprintf("%02d:%02d", t.hour, t.minute); !slices.Contains(t.times, s) {
			t.times = append(t.times, s)
		}
	}
	if len(t.times) > 1 {
		t.rule = "time.several"
	}
}

// openEnded reports "after 3": no time that somebody can come at.
func openEnded(lex *lexicon, parts []datePart, found []clock) bool {
	return slices.ContainsFunc(found, func(c clock) bool {
		before := c.from - 1
		if before > 0 && lex.is("at", parts[before].word) {
			before--
		}
		return before >= 0 && lex.is("open_ended", parts[before].word)
	})
}

// partOfDay returns morning, afternoon or evening for a word that names one.
func partOfDay(lex *lexicon, word string) string {
	for _, part := range []string{"morning", "afternoon", "evening"} {
		if lex.is(part, word) {
			return part
		}
	}
	return ""
}

func visitingHour(c clock) int {
	switch {
	case c.half == 'a' && c.hour == 12:
		return 0
	case c.half == 'p' && c.hour < 12:
		return c.hour + 12
	case c.half != 0 || c.twentyFour || c.hour >= 8:
		return c.hour
	}
	return c.hour + 12
}

// clockAt reads a time that starts at parts[i]: noon, half 2, quarter past 3,
// 2.30pm, 14:30, 2pm, 3 o'clock, at 4.
func clockAt(lex *lexicon, parts []datePart, i int) (clock, bool) {
	word := parts[i].word
	switch {
	case lex.is("noon", word):
		return clock{hour: 12, half: 'p', from: i, to: i + 1}, true
	case lex.is("midnight", word):
		return clock{from: i, to: i + 1, sayNo: true}, true
	case lex.is("half", word):
		return quarters(lex, parts, i, 30)
	case lex.is("quarter", word):
		return quarters(lex, parts, i, 15)
	}
	if t, ok := minutesTo(lex, parts, i); ok {
		return t, true
	}
	if t, ok := fourFigures(parts, i); ok {
		return t, true
	}
	if parts[i].kind != figurePart || parts[i].ordinal || parts[i].letters > 2 || i > 0 && startsWith(lex, parts[i-1]) {
		return clock{}, false
	}
	c := clock{hour: parts[i].n, from: i, to: i + 1}
	at := i > 0 && lex.is("at", parts[i-1].word)
	if minutesFollow(parts, i) {
		c.minute, c.to = parts[i+2].n, i+3
		c.twentyFour = parts[i].letters == 2 && parts[i].word[0] == '0' || parts[i].n > 12
		at = true
	}
	at = c.trailing(lex, parts) || at
	if !at && spokenMinutes(lex, parts, i) {
		c.minute, c.to, at = parts[i+1].n, i+2, true
	}
	if c.hour == 0 && !c.twentyFour || c.hour > 12 {
		c.twentyFour = true
	}
	return c, at
}

// trailing takes what makes a figure an hour after it: "pm", "o'clock", "ish".
func (c *clock) trailing(lex *lexicon, parts []datePart) bool {
	from := c.to
	if half := halfAt(lex, parts, c.to); half != 0 {
		c.half, c.to = half, c.to+1
		c.sayNo = c.hour > 12 || c.hour == 0
	} else if c.to < len(parts) && (lex.is("oclock", parts[c.to].word) || parts[c.to].word == "o") {
		c.to++
	}
	if c.to < len(parts) && parts[c.to].word == "ish" {
		c.to++
	}
	return c.to > from
}

// minutesTo reads "10 to 3" and "20 past 10".
func minutesTo(lex *lexicon, parts []datePart, i int) (clock, bool) {
	m := parts[i]
	if m.kind != figurePart || m.ordinal || m.n%5 != 0 || m.n < 5 || m.n > 55 || i+2 >= len(parts) {
		return clock{}, false
	}
	joins := parts[i+1].word
	if lex.is("minutes", joins) && i+3 < len(parts) {
		return minutesTo(lex, append(append([]datePart{}, parts[:i+1]...), parts[i+2:]...), i)
	}
	if !lex.is("past", joins) && !lex.is("to", joins) {
		return clock{}, false
	}
	// "5 to 7" and "10 to 12" are spans of hours unless the minutes are many.
	if lex.is("to", joins) && m.n <= 10 && parts[i+2].n > m.n && halfAt(lex, parts, i+3) == 0 && m.n < parts[i+2].n {
		return clock{}, false
	}
	return quarters(lex, parts, i, m.n)
}

// fourFigures reads "1400" and "0930" where no year can be meant.
func fourFigures(parts []datePart, i int) (clock, bool) {
	p := parts[i]
	if p.kind != figurePart || p.letters != 4 || p.n/100 > 23 || p.n%100 > 59 {
		return clock{}, false
	}
	at := i > 0 && parts[i-1].word == "at"
	figures, months, _ := sortParts(parts)
	if !at && (p.n%5 != 0 || len(months) > 0 && len(figures) < 3 || len(months) == 0 && len(figures) > 2) {
		return clock{}, false
	}
	return clock{hour: p.n / 100, minute: p.n % 100, twentyFour: true, from: i, to: i + 1}, true
}

func startsWith(lex *lexicon, p datePart) bool {
	return lex.is("half", p.word) || lex.is("quarter", p.word)
}

func halfAt(lex *lexicon, parts []datePart, i int) byte {
	switch {
	case i >= len(parts):
		return 0
	case lex.is("am", parts[i].word):
		return 'a'
	case lex.is("pm", parts[i].word):
		return 'p'
	}
	return 0
}

// minutesFollow reports minutes after an hour, which markTimes has tied to it.
func minutesFollow(parts []datePart, i int) bool {
	return i+2 < len(parts) && parts[i+1].word == "h" && parts[i+2].kind == figurePart && parts[i+2].letters == 2
}

// markTimes writes 14:30 as 14h30, and 2.30pm as 2h30pm, so that the figures of
// a time are not taken for those of a date.
func markTimes(text string) string {
	out := []byte(spelledTimes(text))
	for i := 1; i+2 < len(out); i++ {
		minutes := isDigitByte(out[i-1]) && isDigitByte(out[i+1]) && isDigitByte(out[i+2]) && (i+3 == len(out) || !isDigitByte(out[i+3]))
		if minutes && (out[i] == ':' || out[i] == '.' && (halfNext(out[i+3:]) || dotted(out, i))) {
			out[i] = 'h'
		}
	}
	return string(out)
}

// dotted reports whether the dot at i stands in a time and not in a date: "at
// 9.30", or minutes that are no month.
func dotted(text []byte, i int) bool {
	from := i
	for from > 0 && isDigitByte(text[from-1]) {
		from--
	}
	before := strings.ToLower(strings.TrimRight(string(text[:from]), " "))
	inDate := from > 0 && strings.IndexByte("./-", text[from-1]) >= 0 || i+3 < len(text) && strings.IndexByte("./-", text[i+3]) >= 0 && i+4 < len(text) && isDigitByte(text[i+4])
	if inDate || i-from > 2 {
		return false
	}
	return strings.HasSuffix(before, " at") || before == "at" || strings.HasSuffix(before, "@") || figure(string(text[i+1:i+3])).n > 12 || string(text[i+1:i+3]) == "00"
}

func halfNext(rest []byte) bool {
	s := strings.ToLower(strings.TrimLeft(string(rest), " "))
	return strings.HasPrefix(s, "am") || strings.HasPrefix(s, "pm") || strings.HasPrefix(s, "a.m") || strings.HasPrefix(s, "p.m")
}

// quarters reads "half 2", "half past 2", "quarter to 3".
func quarters(lex *lexicon, parts []datePart, i, minute int) (clock, bool) {
	c := clock{from: i, minute: minute}
	j := i + 1
	if j < len(parts) && lex.is("past", parts[j].word) {
		j++
	} else if j < len(parts) && lex.is("to", parts[j].word) {
		c.minute = 60 - minute
		c.hour = -1
		j++
	}
	if j >= len(parts) || parts[j].kind != figurePart || parts[j].n < 1 || parts[j].n > 12 {
		return clock{}, false
	}
	c.hour += parts[j].n
	if c.hour == 0 {
		c.hour = 12
	}
	c.to = j + 1
	if half := halfAt(lex, parts, c.to); half != 0 {
		c.half = half
		c.to++
	}
	return c, true
}
