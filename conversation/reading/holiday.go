package reading

import (
	"sync"
	"time"

	"linkline/conversation/calendar"
)

// holiday is a day of the year that has a name.
type holiday string

// The days with names, as the words files call them.
const (
	bankHoliday   holiday = "bank_holiday" // the next one, whichever it is
	christmasEve  holiday = "christmas_eve"
	christmasDay  holiday = "christmas_day"
	boxingDay     holiday = "boxing_day"
	newYearsEve   holiday = "new_years_eve"
	newYearsDay   holiday = "new_years_day"
	goodFriday    holiday = "good_friday"
	easterSunday  holiday = "easter_sunday"
	easterMonday  holiday = "easter_monday"
	valentinesDay holiday = "valentines_day"
	stDavidsDay   holiday = "st_davids_day"
	halloween     holiday = "halloween"
	bonfireNight  holiday = "bonfire_night"
	stPatricksDay holiday = "st_patricks_day"
	stGeorgesDay  holiday = "st_georges_day"
	stAndrewsDay  holiday = "st_andrews_day"
	burnsNight    holiday = "burns_night"
	aprilFools    holiday = "april_fools"
)

// england is the calendar of a question that brings none. It reads data inside
// the program; a test proves that it loads.
var england = sync.OnceValue(func() *calendar.Calendar {
	c, err := calendar.New(calendar.England, calendar.Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		panic(err)
	}
	return c
})

func (q Question) calendar() *calendar.Calendar {
	if q.Calendar != nil {
		return q.Calendar
	}
	return england()
}

// namedDay reads "boxing day", "good friday", "bank holiday monday".
func (q Question) namedDay(lex *lexicon, tokens []token) (Reading, bool) {
	for i := range tokens {
		name, taken := lex.holidays.at(tokens, i)
		if taken == 0 {
			continue
		}
		for n, d := 0, q.Today; n < furthest; n, d = n+1, d.AddDays(1) {
			if q.falls(name, d) && (name != bankHoliday || weekdaySaid(lex, tokens, d)) {
				return q.on(d, "date.named"), true
			}
		}
	}
	return Reading{}, false
}

// fixedDays are the month and the day of those that never move.
func fixedDays() map[holiday][2]int {
	return map[holiday][2]int{
		christmasEve: {12, 24}, christmasDay: {12, 25}, boxingDay: {12, 26}, newYearsEve: {12, 31}, newYearsDay: {1, 1},
		valentinesDay: {2, 14}, stDavidsDay: {3, 1}, halloween: {10, 31}, bonfireNight: {11, 5}, stPatricksDay: {3, 17},
		stGeorgesDay: {4, 23}, stAndrewsDay: {11, 30}, burnsNight: {1, 25}, aprilFools: {4, 1},
	}
}

// falls reports whether a day is the named one. Good Friday is the bank holiday
// on a Friday in spring, in all four nations.
func (q Question) falls(name holiday, d calendar.Date) bool {
	if at, ok := fixedDays()[name]; ok {
		return int(d.Month) == at[0] && d.Day == at[1]
	}
	if name == bankHoliday {
		return q.calendar().BankHoliday(d)
	}
	if name == easterSunday {
		d = d.AddDays(-2)
	}
	if name == easterMonday {
		d = d.AddDays(-3)
	}
	spring := d.Month == time.March && d.Day >= 20 || d.Month == time.April && d.Day <= 23
	return spring && d.Weekday() == time.Friday && q.calendar().BankHoliday(d)
}

// weekdaySaid reports whether no day of the week was said, or this one.
func weekdaySaid(lex *lexicon, tokens []token, d calendar.Date) bool {
	for i := range tokens {
		if n, taken := lex.weekdays.at(tokens, i); taken > 0 {
			return n == int(d.Weekday())
		}
	}
	return true
}

// clocksChange returns whether the local time is left out when the clocks go
// forward, or comes twice when they go back: from one to two in the morning of
// the last Sunday of March and of October.
func clocksChange(d calendar.Date, hour int) (skipped, twice bool) {
	if hour != 1 || d.Weekday() != time.Sunday || d.Day < 25 {
		return false, false
	}
	return d.Month == time.March, d.Month == time.October
}
