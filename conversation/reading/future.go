package reading

import (
	"fmt"
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
	if contrary(lex, parts) {
		return unclear("date.not-clear")
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
	case len(figures) == 2:
		return q.dayAndMonth(figures[:1], figures[1].n)
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
		case lex.is("days_word", p.word) && i+2 < len(parts) && parts[i+1].word == "after" && lex.is("tomorrow", parts[i+2].word):
			ahead = 1
		case lex.is("days_word", p.word) && count > 0:
			return q.ahead(q.Today.AddDays(count)), true
		case lex.is("fortnight", p.word):
			ahead = 14
		case lex.is("weeks_word", p.word) && count > 0:
			ahead = 7 * min(count, furthest)
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

// readDateTime reads a day and a time of day. A day alone, or with a part of it
// ("tomorrow morning"), is an answer too, in the form that says so; not on a
// strict question. A bare hour means one when
// people visit: 8 to 11 before noon, 12 to 7 after it.
func readDateTime(q Question, lex *lexicon, s said) Reading {
	marked := tokenise(lex, markTimes(s.text))
	at := timeOfDay(lex, dateParts(lex, marked.tokens))
	day, named := q.namedDay(lex, marked.tokens)
	if !named {
		day = readDay(q, lex, at.rest)
	}
	switch {
	case at.rule == "time.no-such-time":
		return Reading{Outcome: Impossible, Rule: at.rule}
	case day.Outcome != Value && (day.Rule != "date.unknown" || at.rule != "time.part-of-day" || !thisDay(lex, at.rest)):
		return day
	case at.rule == "time.missing" && !q.Strict:
		return value("date-time.day-only", day.Echo, day.Values[0])
	case at.rule == "time.part-of-day" && !q.Strict:
		if day.Outcome != Value {
			day = q.on(q.Today, "date.today") // "this afternoon"
		}
		return value("date-time.part-of-day", day.Echo+" "+at.part, day.Values[0]+" "+at.part)
	case day.Outcome != Value:
		return day
	case at.rule != "":
		return Reading{Outcome: Unclear, Candidates: day.Values, Echo: day.Echo, Rule: at.rule}
	}
	return q.at(day, at)
}

// thisDay reports a word that makes today of a part of the day: "this morning".
func thisDay(lex *lexicon, parts []datePart) bool {
	return slices.ContainsFunc(parts, func(p datePart) bool { return lex.is("this", p.word) || lex.is("today", p.word) })
}

// at joins a day and a time, and asks about an hour that the change of the
// clocks takes away or gives twice (B37).
func (q Question) at(day Reading, at daytime) Reading {
	if d, err := calendar.ParseDate(day.Values[0]); err == nil {
		switch skipped, twice := clocksChange(d, at.hour); {
		case skipped:
			return unclear("time.clocks-forward", local(d, at.hour+1, at.minute))
		case twice:
			return unclear("time.clocks-back", local(d, at.hour, at.minute))
		}
		return value("date-time."+day.Rule[len("date."):], day.Echo+" at "+clockWords(at.hour, at.minute), local(d, at.hour, at.minute))
	}
	return unclear("date.unknown")
}

func local(d calendar.Date, hour, minute int) string {
	return fmt.Sprintf("%sT%02d:%02d", d, hour, minute)
}

// readTime reads a time of day: "2pm", "half 2", "14:30". What stands beside it
// may name a day, which another question asks for.
func readTime(q Question, lex *lexicon, s said) Reading {
	at := timeOfDay(lex, dateParts(lex, tokenise(lex, markTimes(s.text)).tokens))
	if at.rule == "time.missing" {
		if only := figuresAlone(lex, at.rest); len(only) == 1 && only[0] >= 1 && only[0] <= 12 {
			at = daytime{hour: visitingHour(clock{hour: only[0]})}
		}
	}
	switch {
	case at.rule == "time.no-such-time":
		return Reading{Outcome: Impossible, Rule: at.rule}
	case at.rule != "":
		return unclear(at.rule, at.times...)
	case contrary(lex, at.rest):
		return unclear("time.not-clear", fmt.Sprintf("%02d:%02d", at.hour, at.minute))
	}
	return value("time.time", clockWords(at.hour, at.minute), fmt.Sprintf("%02d:%02d", at.hour, at.minute))
}

// figuresAlone returns the figures of a reply that has nothing else in it but
// words that change nothing ("about 3").
func figuresAlone(lex *lexicon, parts []datePart) []int {
	var out []int
	for _, p := range parts {
		switch {
		case p.kind == figurePart && !p.ordinal && p.letters <= 2:
			out = append(out, p.n)
		case p.kind == dressPart, lex.is("dress", p.word), lex.is("polite", p.word), lex.is("hedges", p.word):
		default:
			return nil
		}
	}
	return out
}

// clockWords writes a time as people say it: 2:30pm, 9am.
func clockWords(hour, minute int) string {
	half := "am"
	if hour >= 12 {
		half = "pm"
	}
	twelve := (hour+11)%12 + 1
	if minute == 0 {
		return fmt.Sprintf("%d%s", twelve, half)
	}
	return fmt.Sprintf("%d:%02d%s", twelve, minute, half)
}
