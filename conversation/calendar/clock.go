package calendar

import (
	"fmt"
	"time"
)

// Clock is a time of day such as "09:00"; "24:00" is the end of the day.
type Clock string

// Minutes returns the minutes since midnight, and whether c is a time of day.
func (c Clock) Minutes() (int, bool) {
	if len(c) != 5 || c[2] != ':' {
		return 0, false
	}
	n := [4]int{}
	for i, at := range []int{0, 1, 3, 4} {
		if c[at] < '0' || c[at] > '9' {
			return 0, false
		}
		n[i] = int(c[at] - '0')
	}
	hour, minute := n[0]*10+n[1], n[2]*10+n[3]
	total := hour*60 + minute
	return total, minute < 60 && total <= 24*60
}

// Valid reports whether c is a time of day.
func (c Clock) Valid() bool {
	_, ok := c.Minutes()
	return ok
}

// on returns the instant of the clock time on a day. It must be Valid.
func (c Clock) on(d Date, loc *time.Location) time.Time {
	minutes, _ := c.Minutes()
	return d.Time(minutes/60, minutes%60, loc)
}

// Hours are when a team is open.
type Hours struct {
	// Open and Close are the first and the last moment, Close not included.
	Open, Close Clock
	// Days are the days of the week it opens; none means Monday to Friday.
	Days []time.Weekday
}

// validate returns what is wrong with the hours.
func (h Hours) validate() error {
	open, ok := h.Open.Minutes()
	if !ok {
		return fmt.Errorf("opening time %q is not like 09:00", h.Open)
	}
	closing, ok := h.Close.Minutes()
	if !ok {
		return fmt.Errorf("closing time %q is not like 17:00", h.Close)
	}
	if closing <= open {
		return fmt.Errorf("closing time %s is not after opening time %s", h.Close, h.Open)
	}
	for _, day := range h.Days {
		if day < time.Sunday || day > time.Saturday {
			return fmt.Errorf("opening day %d is not a day of the week", day)
		}
	}
	return nil
}
