package calendar

import (
	"testing"
	"time"
)

func office(t *testing.T, nation Nation) *Calendar {
	t.Helper()
	c, err := New(nation, Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		t.Fatalf("New(%s): %v", nation, err)
	}
	return c
}

// at reads "2026-03-03 14:30" as London time.
func at(t *testing.T, c *Calendar, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, c.Location())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		nation Nation
		hours  Hours
	}{
		"unknown nation":      {"france", Hours{Open: "09:00", Close: "17:00"}},
		"no hours":            {England, Hours{}},
		"opening not a time":  {England, Hours{Open: "9:00", Close: "17:00"}},
		"closing not a time":  {England, Hours{Open: "09:00", Close: "25:00"}},
		"minutes not a time":  {England, Hours{Open: "09:60", Close: "17:00"}},
		"closes before":       {England, Hours{Open: "17:00", Close: "09:00"}},
		"never open":          {England, Hours{Open: "09:00", Close: "09:00"}},
		"no such day of week": {England, Hours{Open: "09:00", Close: "17:00", Days: []time.Weekday{7}}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := New(tc.nation, tc.hours); err == nil {
				t.Error("New returned no error")
			}
		})
	}
}

func TestAddWorkingDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		nation Nation
		from   string
		n      int
		want   string
	}{
		{"Monday to Monday (domain 5.5)", England, "2026-11-23 10:00", 5, "2026-11-30"},
		{"Scotland has St Andrew", Scotland, "2026-11-23 10:00", 5, "2026-12-01"},
		{"same day", England, "2026-11-23 10:00", 0, "2026-11-23"},
		{"before opening counts that day", England, "2026-11-23 06:00", 1, "2026-11-24"},
		{"after closing counts the next", England, "2026-11-23 17:00", 1, "2026-11-25"},
		{"a minute before closing", England, "2026-11-23 16:59", 1, "2026-11-24"},
		{"Friday night", England, "2026-11-20 22:00", 2, "2026-11-25"},
		{"Saturday", England, "2026-11-21 11:00", 0, "2026-11-23"},
		{"over Easter in England", England, "2026-04-02 10:00", 2, "2026-04-08"},
		{"over Easter in Scotland", Scotland, "2026-04-02 10:00", 2, "2026-04-07"},
		{"Christmas 2026, substitute on the 28th", England, "2026-12-24 10:00", 1, "2026-12-29"},
		{"Christmas 2027, two substitutes", Wales, "2027-12-24 10:00", 1, "2027-12-29"},
		{"Christmas 2028 needs none", England, "2028-12-22 10:00", 1, "2028-12-27"},
		{"New Year 2027 in Scotland", Scotland, "2026-12-31 10:00", 1, "2027-01-05"},
		{"New Year 2027 in England", England, "2026-12-31 10:00", 1, "2027-01-04"},
		{"Belfast in July", NorthernIreland, "2026-07-10 10:00", 1, "2026-07-14"},
		{"Cardiff in July", Wales, "2026-07-10 10:00", 1, "2026-07-13"},
		{"the night the clocks go forward", England, "2026-03-29 03:30", 1, "2026-03-31"},
		{"the night the clocks go back", England, "2026-10-25 01:30", 1, "2026-10-27"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := office(t, tc.nation)
			if got := c.AddWorkingDays(at(t, c, tc.from), tc.n).String(); got != tc.want {
				t.Errorf("AddWorkingDays(%s, %d) = %s, want %s", tc.from, tc.n, got, tc.want)
			}
		})
	}
}

func TestWorkingDayOnEitherSide(t *testing.T) {
	t.Parallel()
	c := office(t, England)
	boxing := Date{2026, time.December, 26}
	if got, want := c.WorkingDayOnOrBefore(boxing).String(), "2026-12-24"; got != want {
		t.Errorf("WorkingDayOnOrBefore = %s, want %s (decision 30)", got, want)
	}
	if got, want := c.WorkingDayOnOrAfter(boxing).String(), "2026-12-29"; got != want {
		t.Errorf("WorkingDayOnOrAfter = %s, want %s", got, want)
	}
}

func TestOpenAtAndNextOpening(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, at string
		open     bool
		next     string
	}{
		{"mid-morning", "2026-11-23 10:00", true, "2026-11-23 10:00"},
		{"as it opens", "2026-11-23 09:00", true, "2026-11-23 09:00"},
		{"as it closes", "2026-11-23 17:00", false, "2026-11-24 09:00"},
		{"early", "2026-11-23 07:00", false, "2026-11-23 09:00"},
		{"Friday night", "2026-11-20 19:00", false, "2026-11-23 09:00"},
		{"Christmas morning", "2026-12-25 10:00", false, "2026-12-29 09:00"},
		{"Sunday the clocks go forward", "2026-03-29 10:00", false, "2026-03-30 09:00"},
		{"summer time", "2026-07-01 09:30", true, "2026-07-01 09:30"},
	}
	c := office(t, England)
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			now := at(t, c, tc.at).UTC()
			if got := c.OpenAt(now); got != tc.open {
				t.Errorf("OpenAt(%s) = %v, want %v", tc.at, got, tc.open)
			}
			if got, want := c.NextOpening(now), at(t, c, tc.next); !got.Equal(want) {
				t.Errorf("NextOpening(%s) = %v, want %v", tc.at, got, want)
			}
		})
	}
}

func TestAddServiceHours(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, from string
		d          time.Duration
		want       string
	}{
		{"within the day", "2026-11-23 10:00", 2 * time.Hour, "2026-11-23 12:00"},
		{"to the minute of closing", "2026-11-23 15:00", 2 * time.Hour, "2026-11-23 17:00"},
		{"over the night", "2026-11-23 16:00", 2 * time.Hour, "2026-11-24 10:00"},
		{"over a weekend", "2026-11-20 16:30", 2 * time.Hour, "2026-11-23 10:30"},
		{"starts when it opens", "2026-11-23 03:00", 15 * time.Minute, "2026-11-23 09:15"},
		{"a week of hours", "2026-11-23 09:00", 40 * time.Hour, "2026-11-27 17:00"},
		{"over Christmas", "2026-12-24 16:00", 2 * time.Hour, "2026-12-29 10:00"},
		{"over the clocks going back", "2026-10-23 16:00", 2 * time.Hour, "2026-10-26 10:00"},
		{"nothing to add", "2026-11-21 12:00", 0, "2026-11-23 09:00"},
	}
	c := office(t, England)
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got, want := c.AddServiceHours(at(t, c, tc.from), tc.d), at(t, c, tc.want); !got.Equal(want) {
				t.Errorf("AddServiceHours(%s, %v) = %v, want %v", tc.from, tc.d, got, want)
			}
		})
	}
}

// TestOpenAllHours counts real time through the night of a clock change, when
// an hour happens twice and another never.
func TestOpenAllHours(t *testing.T) {
	t.Parallel()
	every := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	c, err := New(England, Hours{Open: "00:00", Close: "24:00", Days: every})
	if err != nil {
		t.Fatal(err)
	}
	for _, night := range []string{"2026-03-28 22:00", "2026-10-24 22:00"} {
		from := at(t, c, night)
		if got, want := c.AddServiceHours(from, 6*time.Hour), from.Add(6*time.Hour); !got.Equal(want) {
			t.Errorf("AddServiceHours(%s, 6h) = %v, want %v", night, got, want)
		}
	}
}

func TestWindows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, at string
		from, to Clock
		next     string
	}{
		{"inside", "2026-11-23 12:00", DefaultFrom, DefaultTo, "2026-11-23 12:00"},
		{"before", "2026-11-23 08:59", DefaultFrom, DefaultTo, "2026-11-23 09:00"},
		{"the end is outside", "2026-11-23 18:00", DefaultFrom, DefaultTo, "2026-11-24 09:00"},
		{"Friday evening", "2026-11-20 18:30", DefaultFrom, DefaultTo, "2026-11-23 09:00"},
		{"bank holiday", "2026-12-25 12:00", DefaultFrom, DefaultTo, "2026-12-29 09:00"},
		{"too early a wish is pulled in", "2026-11-23 06:00", "05:00", "18:00", "2026-11-23 08:00"},
		{"too late a wish is pulled in", "2026-11-23 21:00", "09:00", "23:00", "2026-11-24 09:00"},
		{"only afternoons", "2026-11-23 09:30", "14:00", "16:00", "2026-11-23 14:00"},
		{"no window at all", "2026-11-23 06:00", "21:00", "22:00", "2026-11-23 09:00"},
		{"not times", "2026-11-23 06:00", "nine", "late", "2026-11-23 08:00"},
		{"Sunday the clocks go forward", "2026-03-29 12:00", DefaultFrom, DefaultTo, "2026-03-30 09:00"},
		{"Sunday the clocks go back", "2026-10-25 12:00", DefaultFrom, DefaultTo, "2026-10-26 09:00"},
	}
	c := office(t, England)
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			now := at(t, c, tc.at).UTC()
			got, want := c.NextInWindow(now, tc.from, tc.to), at(t, c, tc.next)
			if !got.Equal(want) {
				t.Errorf("NextInWindow(%s) = %v, want %v", tc.at, got, want)
			}
			if in := c.InWindow(now, tc.from, tc.to); in != now.Equal(want) {
				t.Errorf("InWindow(%s) = %v, want %v", tc.at, in, !in)
			}
			if !c.InWindow(got, tc.from, tc.to) {
				t.Errorf("NextInWindow(%s) = %v, which is outside", tc.at, got)
			}
		})
	}
}

// TestWorkingHoursByCounting compares the arithmetic with walking minute by
// minute through weeks that hold every kind of odd day.
func TestWorkingHoursByCounting(t *testing.T) {
	t.Parallel()
	c := office(t, Scotland)
	for _, start := range []string{"2026-03-27 16:00", "2026-10-23 16:00", "2026-12-24 16:00", "2027-12-31 12:00"} {
		from := at(t, c, start)
		now, open := from, time.Duration(0)
		for open < 5*time.Hour {
			if c.OpenAt(now) {
				open += time.Minute
			}
			now = now.Add(time.Minute)
		}
		if got := c.AddServiceHours(from, 5*time.Hour); !got.Equal(now) {
			t.Errorf("AddServiceHours(%s, 5h) = %v, counting gives %v", start, got, now)
		}
	}
}
