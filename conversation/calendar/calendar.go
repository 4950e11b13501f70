package calendar

import (
	"fmt"
	"time"
	_ "time/tzdata" // a container may have no time zone files
)

// Nation is a part of the United Kingdom with bank holidays of its own.
type Nation string

// The four nations.
const (
	England         Nation = "england"
	Wales           Nation = "wales"
	Scotland        Nation = "scotland"
	NorthernIreland Nation = "northern_ireland"
)

// Nations returns the four nations.
func Nations() []Nation {
	return []Nation{England, Wales, Scotland, NorthernIreland}
}

// Calendar answers when a team of one nation is open. It is never changed
// after New and safe for concurrent use.
type Calendar struct {
	nation Nation
	hours  Hours
	open   [7]bool
	loc    *time.Location
	listed listed
}

// New returns the calendar of a nation and a team's hours.
func New(nation Nation, hours Hours) (*Calendar, error) {
	if err := hours.validate(); err != nil {
		return nil, err
	}
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("load the British time zone: %w", err)
	}
	all, err := parseHolidays(holidaysFile)
	if err != nil {
		return nil, err
	}
	listed, ok := all[nation]
	if !ok {
		return nil, fmt.Errorf("nation %q is not england, wales, scotland or northern_ireland", nation)
	}
	c := &Calendar{nation: nation, hours: hours, loc: loc, listed: listed}
	if len(hours.Days) == 0 {
		c.hours.Days = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	}
	for _, day := range c.hours.Days {
		c.open[day] = true
	}
	return c, nil
}

// Location returns the time zone in which the calendar counts.
func (c *Calendar) Location() *time.Location {
	return c.loc
}

// On returns the day that t falls on.
func (c *Calendar) On(t time.Time) Date {
	return On(t, c.loc)
}

// WorkingDay reports whether the team opens on d: one of its days of the week,
// and no bank holiday of its nation.
func (c *Calendar) WorkingDay(d Date) bool {
	return c.open[d.Weekday()] && !c.BankHoliday(d)
}

// WorkingDayOnOrAfter returns d, or the first later day that is a working day.
func (c *Calendar) WorkingDayOnOrAfter(d Date) Date {
	for !c.WorkingDay(d) {
		d = d.AddDays(1)
	}
	return d
}

// WorkingDayOnOrBefore returns d, or the nearest earlier working day (where a
// reminder due on a closed day goes: decision 30).
func (c *Calendar) WorkingDayOnOrBefore(d Date) Date {
	for !c.WorkingDay(d) {
		d = d.AddDays(-1)
	}
	return d
}

// AddWorkingDays returns the working day n working days after from. A text
// that comes after closing time, or on a closed day, counts as come on the
// next working day; n of zero or less gives that day itself.
func (c *Calendar) AddWorkingDays(from time.Time, n int) Date {
	d := c.On(from)
	if !from.Before(c.hours.Close.on(d, c.loc)) {
		d = d.AddDays(1)
	}
	d = c.WorkingDayOnOrAfter(d)
	for range n {
		d = c.WorkingDayOnOrAfter(d.AddDays(1))
	}
	return d
}

// OpenAt reports whether the team is open at t.
func (c *Calendar) OpenAt(t time.Time) bool {
	d := c.On(t)
	opening, closing := c.openingHours(d)
	return c.WorkingDay(d) && !t.Before(opening) && t.Before(closing)
}

// NextOpening returns t when the team is open then, and otherwise the moment
// it next opens.
func (c *Calendar) NextOpening(t time.Time) time.Time {
	if c.OpenAt(t) {
		return t
	}
	d := c.On(t)
	if !t.Before(c.hours.Open.on(d, c.loc)) {
		d = d.AddDays(1)
	}
	return c.hours.Open.on(c.WorkingDayOnOrAfter(d), c.loc)
}

// AddServiceHours returns the moment at which the team will have been open for
// d since from.
func (c *Calendar) AddServiceHours(from time.Time, d time.Duration) time.Time {
	t := c.NextOpening(from)
	for {
		_, closing := c.openingHours(c.On(t))
		left := closing.Sub(t)
		if d <= left {
			return t.Add(d)
		}
		d -= left
		t = c.NextOpening(closing)
	}
}

func (c *Calendar) openingHours(d Date) (opening, closing time.Time) {
	return c.hours.Open.on(d, c.loc), c.hours.Close.on(d, c.loc)
}
