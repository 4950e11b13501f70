package words

import (
	"fmt"
	"time"

	"linkline/conversation/calendar"
)

// Clock puts moments into words, as seen at one moment by one team.
type Clock struct {
	Now      time.Time
	Calendar *calendar.Calendar
}

// At writes a moment: "Today at 9:02am", "Tuesday 3 March at 2:30pm", with the
// year when it is not this one's.
func (c Clock) At(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return c.Day(t) + " at " + Hour(t.In(c.Calendar.Location()))
}

// Short writes a moment in little room: "9:02am" today, with the day before it
// otherwise.
func (c Clock) Short(t time.Time) string {
	if hour := Hour(t.In(c.Calendar.Location())); c.Day(t) == "Today" {
		return hour
	}
	return c.At(t)
}

// Coming writes a moment that is still to come: "Today at 9:02am", "Tomorrow at
// 2pm", "Thursday 26 November at 2:30pm".
func (c Clock) Coming(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if c.Calendar.On(c.Now).DaysUntil(c.Calendar.On(t)) == 1 {
		return "Tomorrow at " + Hour(t.In(c.Calendar.Location()))
	}
	return c.At(t)
}

// Day writes the day of a moment: "Today", "Yesterday", "Tuesday 3 March".
func (c Clock) Day(t time.Time) string {
	today, day := c.Calendar.On(c.Now), c.Calendar.On(t)
	switch day.DaysUntil(today) {
	case 0:
		return "Today"
	case 1:
		return "Yesterday"
	}
	if day.Year != today.Year {
		return day.WordsWithYear("en")
	}
	return day.Words("en")
}

// Hour writes a time of day: "9:02am", "2pm".
func Hour(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("3pm")
	}
	return t.Format("3:04pm")
}

// Since writes how long ago a moment was: "just now", "40 minutes", "3 hours";
// from a day on in working days, since those are what a team can act on.
func (c Clock) Since(t time.Time) string {
	d := c.Now.Sub(t)
	switch {
	case t.IsZero():
		return ""
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return count(int(d/time.Minute), "minute")
	case d < 24*time.Hour:
		return count(int(d/time.Hour), "hour")
	}
	if n := c.workingDays(c.Calendar.On(t), c.Calendar.On(c.Now)); n > 0 {
		return count(n, "working day")
	}
	return count(int(d/(24*time.Hour)), "day")
}

// Due writes when somebody must have been in touch.
func (c Clock) Due(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	today, day := c.Calendar.On(c.Now), c.Calendar.On(t)
	if c.Overdue(t) {
		n := c.workingDays(day, today)
		if n == 0 {
			return "Overdue since " + lowerFirst(c.At(t))
		}
		return "Overdue by " + count(n, "working day")
	}
	switch n := c.workingDays(today, day); {
	case day == today:
		return "Due today by " + Hour(t.In(c.Calendar.Location()))
	case n == 1:
		return "Due " + day.Words("en") + ", the next working day"
	default:
		return fmt.Sprintf("Due %s, in %s", day.Words("en"), count(n, "working day"))
	}
}

// Overdue reports whether the moment has passed.
func (c Clock) Overdue(t time.Time) bool { return !t.IsZero() && c.Now.After(t) }

// workingDays counts the working days after one day, up to another.
func (c Clock) workingDays(from, to calendar.Date) int {
	n := 0
	for d := from.AddDays(1); !d.After(to) && n < maxDays; d = d.AddDays(1) {
		if c.Calendar.WorkingDay(d) {
			n++
		}
	}
	return n
}

// maxDays ends the counting of days that nobody reads any more.
const maxDays = 999

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Age writes the age of somebody born on a date in the form 2006-01-02; empty
// when there is none.
func (c Clock) Age(born string) string {
	d, err := calendar.ParseDate(born)
	if err != nil {
		return ""
	}
	return fmt.Sprint(d.YearsOn(c.Calendar.On(c.Now)))
}
