package calendar

import "time"

// holidaysByRule returns the bank holidays of a year that no list covers. It
// cannot know one-offs.
func holidaysByRule(nation Nation, year int) []Date {
	easter := easterSunday(year)
	days := []Date{
		easter.AddDays(-2),
		nthMonday(year, time.May, 1),
		lastMonday(year, time.May),
	}
	days = append(days, weekdaysFor(Date{year, time.December, 25}, Date{year, time.December, 26})...)
	if nation == Scotland {
		days = append(days, weekdaysFor(Date{year, time.January, 1}, Date{year, time.January, 2})...)
		days = append(days, weekdaysFor(Date{year, time.November, 30})...)
		return append(days, nthMonday(year, time.August, 1))
	}
	days = append(days, weekdaysFor(Date{year, time.January, 1})...)
	days = append(days, easter.AddDays(1), lastMonday(year, time.August))
	if nation == NorthernIreland {
		days = append(days, weekdaysFor(Date{year, time.March, 17})...)
		days = append(days, weekdaysFor(Date{year, time.July, 12})...)
	}
	return days
}

// weekdaysFor gives each day that falls on a weekend the next weekday which is
// not a holiday already: the substitute day.
func weekdaysFor(days ...Date) []Date {
	taken := map[Date]bool{}
	for _, d := range days {
		if !weekend(d) {
			taken[d] = true
		}
	}
	out := make([]Date, 0, len(days))
	for _, d := range days {
		if weekend(d) {
			for weekend(d) || taken[d] {
				d = d.AddDays(1)
			}
			taken[d] = true
		}
		out = append(out, d)
	}
	return out
}

func weekend(d Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

func nthMonday(year int, month time.Month, n int) Date {
	d := Date{year, month, 1}
	for d.Weekday() != time.Monday {
		d = d.AddDays(1)
	}
	return d.AddDays(7 * (n - 1))
}

func lastMonday(year int, month time.Month) Date {
	d := Date{year, month + 1, 1}.AddDays(-1)
	for d.Weekday() != time.Monday {
		d = d.AddDays(-1)
	}
	return d
}

// easterSunday is the anonymous Gregorian algorithm of 1876 (Meeus, chapter 8).
func easterSunday(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return Date{year, time.Month(month), day}
}
