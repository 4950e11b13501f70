package reading

import (
	"slices"
	"strings"

	"linkline/conversation/calendar"
)

// furthest is how many days ahead a date may lie.
const furthest = 2 * 366

// readFutureDate reads a day to come: "24 March", "next tues", "tomorrow", "in
// 2 weeks". A day of the week that may mean either of two weeks is asked again.
func readFutureDate(q Question, lex *lexicon, s said) Reading {
	if r, ok := q.namedDay(lex, s.tokens); ok {
		return r
	}
	marked := tokenise(lex, markTimes(s.text))
	return readDay(q, lex, timeOfDay(lex, dateParts(lex, marked.tokens)).rest)
}

func readDay(q Question, lex *lexicon, parts []datePart) Reading {
	parts = withoutIf(lex, parts)
	switch {
	case contrary(lex, parts):
		return unclear("date.not-clear")
	case recurring(lex, parts):
		return unclear("date.every-week")
	case past(lex, parts) && q.Type != Date:
		return Reading{Outcome: Impossible, Rule: "date.past"}
	}
	if r, ok := relativeDay(q, lex, parts); ok {
		return r
	}
	return agrees(parts, dated(q, lex, parts))
}

// agrees asks again where the day of the week said is not that of the date.
func agrees(parts []datePart, r Reading) Reading {
	d, err := calendar.ParseDate(strings.Join(r.Values, ""))
	for _, p := range parts {
		if err == nil && p.kind == weekdayPart && p.n != int(d.Weekday()) {
			return unclear("date.other-weekday", d.String())
		}
	}
	return r
}

// dated reads a day of the month, or else of the week.
func dated(q Question, lex *lexicon, parts []datePart) Reading {
	figures, months, _ := sortParts(parts)
	switch {
	case len(months) > 1 || len(figures) > 3:
		return unclear("date.several")
	case len(months) == 1 && len(figures) >= 1:
		return q.dayAndMonth(figures, months[0].n)
	case len(figures) == 3 && figures[0].letters == 4:
		return q.ahead(dateOf(figures[0].n, figures[1].n, figures[2].n))
	case len(figures) == 3:
		return q.ahead(dateOf(century(figures[2]), figures[1].n, figures[0].n))
	case len(figures) == 2 && slices.ContainsFunc(parts, func(p datePart) bool { return lex.is("between", p.word) }):
		return unclear("date.several")
	case len(figures) == 2:
		return q.dayAndMonth(figures[:1], figures[1].n)
	case len(figures) == 1 && slices.ContainsFunc(parts, func(p datePart) bool { return lex.is("clock_units", p.word) }):
		return unclear("date.unknown") // "in 10 mins"
	case len(figures) == 1 && hasWeekday(parts) && slices.ContainsFunc(parts, func(p datePart) bool { return lex.is("weeks_word", p.word) }):
		return q.onWeekday(lex, parts) // "2 weeks on wednesday"
	case len(figures) == 1 && q.Type == DateTime && !numbersADay(lex, parts):
		return unclear("date.unknown") // "2" may be an hour
	case len(figures) == 1 && figures[0].n >= 1 && figures[0].n <= 31:
		return q.nextNumbered(figures[0].n)
	}
	return q.onWeekday(lex, parts)
}

// relativeDay reads a day counted from today: "the day after tomorrow", "a week
// today", "in 3 weeks".
func relativeDay(q Question, lex *lexicon, parts []datePart) (Reading, bool) {
	count, ahead, whole := 0, 0, false
	for i, p := range parts {
		switch {
		case lex.is("today", p.word):
			return q.on(q.Today.AddDays(ahead), "date.today"), true
		case lex.is("tomorrow", p.word):
			return q.on(q.Today.AddDays(ahead+1), "date.tomorrow"), true
		case q.Type == Date && lex.is("yesterday", p.word):
			return q.on(q.Today.AddDays(-1), "date.yesterday"), true
		case p.kind == figurePart && !p.ordinal:
			count = p.n
		case lex.is("next", p.word) && !weekdayFollows(parts, i):
			count, whole = max(count, 1), q.Type == DateTime
		case lex.is("one_of", p.word):
			count = max(count, 1)
		case lex.is("couple", p.word):
			count = 2
		case hasWeekday(parts):
		case lex.is("this", p.word) && i+1 < len(parts) && lex.is("days_word", parts[i+1].word) && nextWeekFollows(lex, parts, i+2):
			return q.on(q.Today.AddDays(7), "date.week-on"), true
		case lex.is("weeks_word", p.word) && count == 0 && i+1 < len(parts) && (lex.is("tomorrow", parts[i+1].word) || lex.is("today", parts[i+1].word)):
			ahead = 7
		case lex.is("days_word", p.word) && i+2 < len(parts) && parts[i+1].word == "after" && lex.is("tomorrow", parts[i+2].word):
			ahead = 1
		case lex.is("days_word", p.word) && count > 0:
			return q.ahead(q.Today.AddDays(count)), true
		case lex.is("fortnight", p.word):
			ahead = 14
		case lex.is("weeks_word", p.word) && count > 0:
			ahead = 7 * min(count, furthest)
		case lex.is("months_word", p.word) && count > 0 && whole:
			return unclear("date.whole-month"), true
		case lex.is("months_word", p.word) && count > 0:
			return q.ahead(addMonths(q.Today, count)), true
		}
	}
	if ahead > 1 && whole {
		return unclear("date.whole-week"), true // nobody can be visited for a week
	}
	if ahead > 1 {
		return q.ahead(q.Today.AddDays(ahead)), true
	}
	return Reading{}, false
}

// numbersADay reports a figure that is meant as a day of the month: an ordinal, one
// with "the", with a day of the week, or too great for an hour.
func numbersADay(lex *lexicon, parts []datePart) bool {
	for i, p := range parts {
		if p.kind == figurePart {
			return p.ordinal || p.n > 12 || hasWeekday(parts) || i > 0 && parts[i-1].word == "the"
		}
		if lex.is("open_ended", p.word) {
			return false
		}
	}
	return false
}

func nextWeekFollows(lex *lexicon, parts []datePart, i int) bool {
	return i+1 < len(parts) && lex.is("next", parts[i].word) && lex.is("weeks_word", parts[i+1].word)
}

// recurring reports days that come again: "mondays", "any monday", "every week".
func recurring(lex *lexicon, parts []datePart) bool {
	for i, p := range parts {
		every := i > 0 && lex.is("every", parts[i-1].word)
		if p.kind == weekdayPart && (every || lex.is("weekdays_all", p.word)) || every && (lex.is("weeks_word", p.word) || lex.is("days_word", p.word)) {
			return true
		}
	}
	return false
}

// past reports a day that is said to be over: "2 weeks ago", "last tuesday".
func past(lex *lexicon, parts []datePart) bool {
	for i, p := range parts {
		if lex.is("ago", p.word) || lex.is("last", p.word) && (weekdayFollows(parts, i) || i+1 < len(parts) && lex.is("weeks_word", parts[i+1].word)) {
			return true
		}
	}
	return false
}

// withoutIf drops a last "if" and what follows it where that names no other day or
// time: "friday if thats ok".
func withoutIf(lex *lexicon, parts []datePart) []datePart {
	i := slices.IndexFunc(parts, func(p datePart) bool { return lex.is("remark", p.word) })
	if i < 1 || slices.ContainsFunc(parts[i:], func(p datePart) bool {
		return p.kind == figurePart || p.kind == monthPart || p.kind == weekdayPart || lex.is("tomorrow", p.word)
	}) {
		return parts
	}
	return parts[:i]
}

func weekdayFollows(parts []datePart, i int) bool {
	return i+1 < len(parts) && parts[i+1].kind == weekdayPart
}

func hasWeekday(parts []datePart) bool {
	for _, p := range parts {
		if p.kind == weekdayPart {
			return true
		}
	}
	return false
}

// addMonths keeps the day, or takes the month's last where it has none such.
func addMonths(d calendar.Date, n int) calendar.Date {
	total := int(d.Month) - 1 + min(n, 600)
	out := dateOf(d.Year+total/12, total%12+1, d.Day)
	for !out.Valid() {
		out.Day--
	}
	return out
}

// dayAndMonth takes the year given, or the next that brings the day.
func (q Question) dayAndMonth(figures []datePart, m int) Reading {
	day := figures[0]
	if len(figures) > 1 {
		year := figures[1]
		if day.letters == 4 {
			day, year = year, day
		}
		return q.ahead(dateOf(century(year), m, day.n))
	}
	d := dateOf(q.Today.Year, m, day.n)
	for range 8 { // to the next leap year, for 29 February
		if d.Valid() && !d.Before(q.Today) {
			break
		}
		d.Year++
	}
	return q.ahead(d)
}

func century(year datePart) int {
	if year.letters <= 2 {
		return 2000 + year.n
	}
	return year.n
}

// nextNumbered reads "the 24th".
func (q Question) nextNumbered(day int) Reading {
	d := dateOf(q.Today.Year, int(q.Today.Month), day)
	for range 12 {
		if d.Valid() && !d.Before(q.Today) {
			break
		}
		next := addMonths(dateOf(d.Year, int(d.Month), 1), 1)
		d = dateOf(next.Year, int(next.Month), day)
	}
	return q.ahead(d)
}

// onWeekday reads "tuesday", "next tuesday", "a week on tuesday". Said on a
// Monday, "next Tuesday" is tomorrow to some and in eight days to others.
func (q Question) onWeekday(lex *lexicon, parts []datePart) Reading {
	weekday, weekdays, next, weekLater, nextWeek, later := 0, 0, false, false, false, 7
	for i, p := range parts {
		switch {
		case p.kind == figurePart && i+1 < len(parts) && lex.is("weeks_word", parts[i+1].word):
			later = 7 * min(p.n, furthest)
		case p.kind == weekdayPart:
			weekday = p.n
			weekdays++
		case lex.is("next", p.word) && i+1 < len(parts) && lex.is("weeks_word", parts[i+1].word):
			nextWeek = true
		case lex.is("next", p.word):
			next = true
		case lex.is("fortnight", p.word):
			weekLater, later = true, 14
		case lex.is("weeks_word", p.word):
			weekLater = true
		}
	}
	if weekdays != 1 {
		return unclear("date.unknown")
	}
	days := (weekday - int(q.Today.Weekday()) + 7) % 7
	if days == 0 {
		days = 7
	}
	d := q.Today.AddDays(days)
	switch {
	case nextWeek:
		return q.on(q.inNextWeek(weekday), "date.next-week")
	case weekLater && next:
		return unclear("date.which-week", d.String(), d.AddDays(7).String())
	case weekLater:
		return q.on(d.AddDays(later), "date.week-on")
	case next && sameWeek(q.Today, d):
		return unclear("date.which-week", d.String(), d.AddDays(7).String())
	}
	return q.on(d, "date.weekday")
}

// inNextWeek is a day of the week that begins next Monday.
func (q Question) inNextWeek(weekday int) calendar.Date {
	sinceMonday := (int(q.Today.Weekday()) + 6) % 7
	return q.Today.AddDays(7 - sinceMonday + (weekday+6)%7)
}

// sameWeek reports whether two days lie in one week from Monday to Sunday.
func sameWeek(a, b calendar.Date) bool {
	sinceMonday := (int(a.Weekday()) + 6) % 7
	return a.DaysUntil(b) < 7-sinceMonday
}

func (q Question) on(d calendar.Date, rule string) Reading {
	if q.Calendar != nil && q.Calendar.BankHoliday(d) {
		rule = "date.bank-holiday" // for the caller to say that nobody works then
	}
	return value(rule, d.Words(q.Language), d.String())
}

// ahead checks that a day exists and lies within reach.
func (q Question) ahead(d calendar.Date) Reading {
	switch {
	case !d.Valid():
		return Reading{Outcome: Impossible, Rule: "date.no-such-day"}
	case q.Type == Date:
		return value("date.day", d.WordsWithYear(q.Language), d.String())
	case d.Before(q.Today):
		return Reading{Outcome: Impossible, Rule: "date.past"}
	case q.Today.DaysUntil(d) > furthest:
		return Reading{Outcome: Impossible, Rule: "date.too-far"}
	}
	return q.on(d, "date.day")
}
