package scheduler

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"linkline/conversation/calendar"
)

// moment is a point in time told from another: "3 days before start, at 10:00".
type moment struct {
	n      int
	unit   string // empty: the moment itself
	before bool
	// of names a moment of the record, or an earlier job of the file.
	of string
	at calendar.Clock // empty: the same time of day
}

// How lengths are written. Minutes and hours are counted as they pass; days and
// weeks on the calendar, so that ten in the morning stays ten when the clocks
// change.
const (
	minutes     = "minute"
	hours       = "hour"
	days        = "day"
	weeks       = "week"
	workingDays = "working day"
)

var (
	momentForm = regexp.MustCompile(
		`^(?:(\d{1,3}) (minute|hour|day|week|working day)s? (before|after) )?([a-z_0-9]+)(?:, at (\d\d:\d\d))?$`)
	lengthForm = regexp.MustCompile(`^(\d{1,3}) (minute|hour|day|week)s?$`)
)

// parseMoment reads a moment as it is written in a file.
func parseMoment(text string) (moment, error) {
	part := momentForm.FindStringSubmatch(text)
	if part == nil {
		return moment{}, fmt.Errorf("%q is not a moment", text)
	}
	m := moment{unit: part[2], before: part[3] == "before", of: part[4], at: calendar.Clock(part[5])}
	m.n, _ = strconv.Atoi(part[1]) // empty for the moment itself
	if m.at != "" && (!m.at.Valid() || m.elapses()) {
		return moment{}, fmt.Errorf("%q: no such time of day, or one that hours cannot have", text)
	}
	return m, nil
}

// parseLength reads "6 weeks".
func parseLength(text string) (moment, error) {
	part := lengthForm.FindStringSubmatch(text)
	if part == nil {
		return moment{}, fmt.Errorf("%q is not a length of time", text)
	}
	m := moment{unit: part[2]}
	m.n, _ = strconv.Atoi(part[1])
	return m, nil
}

// written reports whether the rule says it at all.
func (m moment) written() bool { return m.of != "" || m.unit != "" }

// elapses reports whether the length is counted as it passes, and not in days.
func (m moment) elapses() bool { return m.unit == minutes || m.unit == hours }

// passes is a length in minutes or hours as a duration.
func (m moment) passes() time.Duration {
	if m.unit == hours {
		return time.Duration(m.n) * time.Hour
	}
	return time.Duration(m.n) * time.Minute
}

// from returns the instant, told from base.
func (m moment) from(base time.Time, c *calendar.Calendar) time.Time {
	n := m.n
	if m.before {
		n = -n
	}
	switch m.unit {
	case minutes, hours:
		return base.Add(moment{n: n, unit: m.unit}.passes())
	case weeks:
		n *= 7
	}
	day := c.On(base).AddDays(n)
	if m.unit == workingDays {
		day = workingDaysFrom(c.On(base), n, c)
	}
	return onDay(day, m.at, base, c)
}

// workingDaysFrom counts working days from a day, which itself does not count.
func workingDaysFrom(day calendar.Date, n int, c *calendar.Calendar) calendar.Date {
	for ; n > 0; n-- {
		day = c.WorkingDayOnOrAfter(day.AddDays(1))
	}
	for ; n < 0; n++ {
		day = c.WorkingDayOnOrBefore(day.AddDays(-1))
	}
	return day
}

// onDay is the time of day on another day: that of the clock, or of the instant
// where no clock is written.
func onDay(day calendar.Date, at calendar.Clock, like time.Time, c *calendar.Calendar) time.Time {
	if total, ok := at.Minutes(); ok {
		return day.Time(total/60, total%60, c.Location())
	}
	wall := like.In(c.Location())
	return day.Time(wall.Hour(), wall.Minute(), c.Location()).Add(wall.Sub(wall.Truncate(time.Minute)))
}

// dayNumber numbers the civil days, to tell jobs of one kind apart.
func dayNumber(t time.Time, c *calendar.Calendar) int {
	return calendar.Date{Year: 2000, Month: time.January, Day: 1}.DaysUntil(c.On(t))
}

// latest is the last of the instants; the zero time comes before all.
func latest(all ...time.Time) time.Time { return slices.MaxFunc(all, time.Time.Compare) }
