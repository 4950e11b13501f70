package desk

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"linkline/conversation/calendar"
)

// whenField is one day, and mostly a time of day, to be typed in a form: boxes
// that need no script and no picker. Its boxes are named day, month, year and
// hour with N behind them, so that a form can hold several.
type whenField struct {
	N            string
	Legend, Hint string
	Timed        bool // whether a time of day is asked for
	Day, Month   string
	Year, Hour   string
	Wrong        string // what is wrong with the day
	WrongHour    string
}

// yearAhead is how far ahead an appointment can be made.
const yearAhead = 366

// typedWhen is what was typed in the boxes with n behind their names.
func typedWhen(form url.Values, n string) whenField {
	box := func(name string) string { return strings.TrimSpace(form.Get(name + n)) }
	return whenField{N: n, Day: box("day"), Month: box("month"), Year: box("year"), Hour: box("hour")}
}

// whenOn fills the boxes with a moment.
func whenOn(t time.Time, n string) whenField {
	return whenField{
		N: n, Day: strconv.Itoa(t.Day()), Month: strconv.Itoa(int(t.Month())), Year: strconv.Itoa(t.Year()),
		Hour: t.Format("15:04"),
	}
}

// asked is the field as a page shows it, with what is wrong with it.
func (f whenField) asked(p page, legend, hint string, timed bool) whenField {
	f.Legend, f.Hint, f.Timed = legend, hint, timed
	f.Wrong, f.WrongHour = p.Problem("day"+f.N), p.Problem("hour"+f.N)
	return f
}

// Empty reports whether nothing was typed.
func (f whenField) Empty() bool { return f.Day == "" && f.Month == "" && f.Hour == "" }

// date reads the day of a field: one that is today or still to come.
func (f whenField) date(v *visit) (calendar.Date, []problem) {
	today := v.team.Calendar.On(v.now)
	day, ok := readDate(f.Day, f.Month, f.Year, today)
	switch {
	case f.Day == "" && f.Month == "":
		return day, []problem{{"day" + f.N, "Write the day, for example 27 3 2027."}}
	case !ok:
		return day, []problem{{"day" + f.N, "Write a real date, for example 27 3 2027."}}
	case day.Before(today):
		return day, []problem{{"day" + f.N, "That day has passed. Write one that is still to come."}}
	case today.DaysUntil(day) > yearAhead:
		return day, []problem{{"day" + f.N, "That day is more than a year away. Write a nearer one."}}
	}
	return day, nil
}

// moment reads a day and a time of day in the team's zone.
func (f whenField) moment(v *visit) (time.Time, []problem) {
	day, problems := f.date(v)
	hour, ok := readHour(f.Hour)
	if !ok {
		problems = append(problems, problem{"hour" + f.N, "Write the time of day, for example 2:30pm or 14:30."})
	}
	if len(problems) > 0 {
		return time.Time{}, problems
	}
	minutes, _ := calendar.Clock(hour).Minutes()
	at := day.Time(minutes/60, minutes%60, v.team.Calendar.Location())
	if at.Before(v.now) {
		return at, []problem{{"hour" + f.N, "That time has passed. Write one that is still to come."}}
	}
	return at, nil
}

// readDate reads a date from three boxes. The month may be a name; without a
// year it is the next such day.
func readDate(day, month, year string, today calendar.Date) (calendar.Date, bool) {
	d, err := strconv.Atoi(day)
	m, ok := readMonth(month)
	if err != nil || !ok {
		return calendar.Date{}, false
	}
	if year == "" {
		date := calendar.Date{Year: today.Year, Month: m, Day: d}
		if date.Before(today) {
			date.Year++
		}
		return date, date.Valid()
	}
	y, err := strconv.Atoi(year)
	if err != nil {
		return calendar.Date{}, false
	}
	if y < 100 {
		y += 2000
	}
	date := calendar.Date{Year: y, Month: m, Day: d}
	return date, date.Valid()
}

// readMonth reads 3, 03, Mar or march.
func readMonth(typed string) (time.Month, bool) {
	if n, err := strconv.Atoi(typed); err == nil {
		return time.Month(n), n >= 1 && n <= 12
	}
	typed = strings.ToLower(typed)
	for m := time.January; m <= time.December; m++ {
		if len(typed) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), typed) {
			return m, true
		}
	}
	return 0, false
}

// readHour reads a time of day as people write it: 14:30, 2.30pm, 2 pm.
func readHour(typed string) (string, bool) {
	typed = strings.ToUpper(strings.ReplaceAll(strings.ReplaceAll(typed, ".", ":"), " ", ""))
	for _, layout := range []string{"15:04", "3:04PM", "3PM", "1504"} {
		if t, err := time.Parse(layout, typed); err == nil {
			return t.Format("15:04"), true
		}
	}
	return "", false
}
