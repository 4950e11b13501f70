package calendar

import (
	"fmt"
	"time"
)

// Date is a day as people mean it, without a time or a zone. The zero Date is
// no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// On returns the day that t falls on in loc.
func On(t time.Time, loc *time.Location) Date {
	year, month, day := t.In(loc).Date()
	return Date{Year: year, Month: month, Day: day}
}

// ParseDate reads a date in the form 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q is not in the form 2006-01-02: %w", s, err)
	}
	return On(t, time.UTC), nil
}

// String returns the date as 2006-01-02, or nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool {
	return d == Date{}
}

// Valid reports whether the calendar has such a day.
func (d Date) Valid() bool {
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d == d.AddDays(0)
}

// Time returns the instant of a clock time on this day in loc. A time that a
// clock change skips becomes the one an hour later; one that happens twice is
// the first.
func (d Date) Time(hour, minute int, loc *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, loc)
	// time.Date does not say which side of a change it picks. An hour earlier by
	// the same clock is an hour that is shown twice; a clock that shows less than
	// was asked for is one that was put forward.
	first := t.Add(-time.Hour)
	_, offset := t.Zone()
	if _, before := first.Zone(); before-offset == int(time.Hour/time.Second) {
		return first
	}
	asked := time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, time.UTC)
	if t.Unix()+int64(offset) < asked.Unix() {
		return t.Add(time.Hour)
	}
	return t
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return d.utc().Weekday()
}

// AddDays returns the date n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	return On(d.utc().AddDate(0, 0, n), time.UTC)
}

// DaysUntil returns how many days later other is, negative when it is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.utc().Sub(d.utc()) / (24 * time.Hour))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool {
	return d.utc().Before(other.utc())
}

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool {
	return d.utc().After(other.utc())
}

// YearsOn returns the full years from d to the day given: the age, on that
// day, of someone born on d. Who is born on 29 February is a year older on
// 1 March of an ordinary year, as the law has it.
func (d Date) YearsOn(day Date) int {
	years := day.Year - d.Year
	if day.Month < d.Month || day.Month == d.Month && day.Day < d.Day {
		years--
	}
	return years
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) {
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes; nothing is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// utc stands for the day in arithmetic, which no clock change may disturb.
func (d Date) utc() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
