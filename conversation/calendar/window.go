package calendar

import "time"

// The window in which automated texts are sent unless a team says otherwise,
// and the bounds that no team and no person's wish can widen (ux 37).
const (
	DefaultFrom  Clock = "09:00"
	DefaultTo    Clock = "18:00"
	EarliestFrom Clock = "08:00"
	LatestTo     Clock = "20:00"
)

// InWindow reports whether an automated text may be sent at t: on a working
// day, at from or later and before to. Times outside the hard bounds are
// pulled inside; what is then no window is the default one.
func (c *Calendar) InWindow(t time.Time, from, to Clock) bool {
	d := c.On(t)
	from, to = bounded(from, to)
	return c.WorkingDay(d) && !t.Before(from.on(d, c.loc)) && t.Before(to.on(d, c.loc))
}

// NextInWindow returns t when a text may be sent then, and otherwise the first
// later moment when it may.
func (c *Calendar) NextInWindow(t time.Time, from, to Clock) time.Time {
	if c.InWindow(t, from, to) {
		return t
	}
	d := c.On(t)
	from, _ = bounded(from, to)
	if !t.Before(from.on(d, c.loc)) {
		d = d.AddDays(1)
	}
	return from.on(c.WorkingDayOnOrAfter(d), c.loc)
}

func bounded(from, to Clock) (Clock, Clock) {
	if !from.Valid() || from < EarliestFrom {
		from = EarliestFrom
	}
	if !to.Valid() || to > LatestTo {
		to = LatestTo
	}
	if from >= to {
		return DefaultFrom, DefaultTo
	}
	return from, to
}
