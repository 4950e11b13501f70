package reading

import (
	"fmt"
	"testing"
	"time"

	"linkline/conversation/calendar"
)

func TestDateOfBirth(t *testing.T) {
	t.Parallel()
	same := []string{
		"3/4/56", "3/4/1956", "03/04/1956", "3-4-56", "3.4.56", "3 4 56", "03.04.1956", "03041956", "030456", "1956-04-03", "1956/4/3", "19560403",
		"3rd April 1956", "3 April 56", "3 apr 56", "3rd of april 1956", "the 3rd of April, 1956", "april the 3rd 1956", "April 3 1956", "Apr 3rd, 1956",
		"3apr56", "3rd of the 4th 1956", "d.o.b 3/4/56", "3,4,56", "born april 3rd 1956 in leeds", "3rdapril1956", "3 arpil 1956", "3 April '56", "O3/O4/1956", "3 / 4 / 1956", "my dob is 3/4/56 thanks", "born 3/4/56", "Tuesday 3rd April 1956",
		"third of april nineteen fifty six", "3/4/56 x", "It's 3/4/1956.", "0304 1956", "1956 April 3", "٣/٤/١٩٥٦", "３/４/５６", "03\n04\n1956",
	}
	for _, text := range same {
		check(t, ask(DateOfBirth), []reads{{text, "1956-04-03"}})
	}
	check(t, ask(DateOfBirth), []reads{
		{"31/12/1948", "1948-12-31"},
		{"4th may 61", "1961-05-04"},
		{"twenty first of may 1961", "1961-05-21"},
		{"29/2/1956", "1956-02-29"},
		{"may 4th 61", "1961-05-04"},
		{"1 jan 08", "2008-01-01"},
		{"23/11/2008", "2008-11-23"},
		{"23/11/26", "unclear:1926-11-23,2026-11-23"},
		{"24/11/26", "1926-11-24"},
		{"24/11/2008", "under_age:2008-11-24"},
		{"3/4/10", "under_age:2010-04-03"},
		{"14 sept 2014", "under_age:2014-09-14"}, // B25
		{"3/4/20", "unclear:1920-04-03,2020-04-03"},
		{"04/13/1956", "unclear:1956-04-13"},
		{"56/04/03", "unclear:1956-04-03"},
		{"3041956", "unclear:1956-04-03,1956-04-30"},
		{"31/02/1956", "impossible"},
		{"29/2/1957", "impossible"},
		{"1/1/2030", "impossible"},
		{"3/4/1056", "impossible"},
		{"32/13/1956", "impossible"},
		{"3/4/1900", "impossible"},
		{"4 jully 61", "1961-07-04"},
		{"3/4/1956 or 1957", "unclear"},
		{"4/5/1961 and my wife is 5/6/62", "unclear"},
		{"im 67", "unclear:1958,1959"},
		{"1956", "unclear"},
		{"april 1956", "unclear"},
		{"3rd april", "unclear"},
		{"3/4", "unclear"},
		{"hello", "unclear"},
		{"yes", "unclear"},
		{"not 3/4/56", "unclear"},
		{"3/4/56 or 4/3/56", "unclear"},
		{"3/4/6", "unclear"},
		{"3/4/956", "unclear"},
		{"07700 900123", "unclear"},
		{"?", "unclear"},
	})
	if got, want := Read(ask(DateOfBirth), "3/4/56").Echo, "3 April 1956"; got != want {
		t.Errorf("Echo = %q, want %q", got, want)
	}
}

// TestDateOfBirthRoundTrip writes many dates in every dress and reads them back.
func TestDateOfBirthRoundTrip(t *testing.T) {
	t.Parallel()
	dresses := []string{"2/1/2006", "02/01/2006", "2-1-2006", "2.1.2006", "2006-01-02", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2 2006", "2January2006", "02012006", "Monday 2 January 2006", "20060102"}
	for d := (calendar.Date{Year: 1918, Month: 1, Day: 3}); d.Year < 2008; d = d.AddDays(97) {
		for _, dress := range dresses {
			text := d.Time(12, 0, time.UTC).Format(dress)
			if got := summary(Read(ask(DateOfBirth), text)); got != d.String() {
				t.Fatalf("%q: got %q, want %s", text, got, d)
			}
		}
	}
}

// TestShortYearsAreNeverGuessed reads each two-figure year: one date, or both.
func TestShortYearsAreNeverGuessed(t *testing.T) {
	t.Parallel()
	for yy := range 100 {
		r := Read(ask(DateOfBirth), fmt.Sprintf("3/4/%02d", yy))
		twenty := calendar.Date{Year: 2000 + yy, Month: 4, Day: 3}
		nineteen := calendar.Date{Year: 1900 + yy, Month: 4, Day: 3}
		possible := 0
		for _, d := range []calendar.Date{twenty, nineteen} {
			if !d.After(monday()) && d.YearsOn(monday()) <= oldest {
				possible++
			}
		}
		if (possible == 2) != (r.Outcome == Unclear) {
			t.Errorf("3/4/%02d is %s though %d years are possible", yy, r.Outcome, possible)
		}
	}
}

func TestFutureDate(t *testing.T) { // B37
	t.Parallel()
	check(t, ask(FutureDate), []reads{
		{"24 march", "2027-03-24"},
		{"24th March 2027", "2027-03-24"},
		{"24/3", "2027-03-24"},
		{"24/11/2026", "2026-11-24"},
		{"24/11", "2026-11-24"},
		{"2026-12-01", "2026-12-01"},
		{"tuesday", "2026-11-24"},
		{"tues", "2026-11-24"},
		{"this friday", "2026-11-27"},
		{"next monday", "2026-11-30"},
		{"monday", "2026-11-30"},
		{"tomorrow", "2026-11-24"},
		{"in 2 weeks", "2026-12-07"},
		{"two weeks", "2026-12-07"},
		{"in a week", "2026-11-30"},
		{"a couple of weeks", "2026-12-07"},
		{"a month", "2026-12-23"},
		{"10 days", "2026-12-03"},
		{"the 24th", "2026-11-24"},
		{"the 1st", "2026-12-01"},
		{"a week on monday", "2026-12-07"},
		{"monday week", "2026-12-07"},
		{"1 nov", "2027-11-01"},
		{"29 feb", "2028-02-29"},
		{"next tues", "unclear:2026-11-24,2026-12-01"},
		{"11/24", "impossible"},
		{"31/02", "impossible"},
		{"30 feb", "impossible"},
		{"24/11/2020", "impossible"},
		{"1/1/2099", "impossible"},
		{"dunno", "unclear"},
		{"monday or tuesday", "unclear"},
		{"not monday", "unclear"},
		{"?", "unclear"},
	})
	friday := ask(FutureDate)
	friday.Today = calendar.Date{Year: 2026, Month: time.November, Day: 13}
	check(t, friday, []reads{{"next tue", "2026-11-17"}, {"a week on monday", "2026-11-23"}})
}

func TestDateTime(t *testing.T) {
	t.Parallel()
	check(t, ask(DateTime), []reads{
		{"tues 2pm", "2026-11-24T14:00"},
		{"tomorrow at half 2", "2026-11-24T14:30"},
		{"24/11 14:30", "2026-11-24T14:30"},
		{"noon on friday", "2026-11-27T12:00"},
		{"2.30pm friday", "2026-11-27T14:30"},
		{"friday 2:30 pm", "2026-11-27T14:30"},
		{"friday at 4", "2026-11-27T16:00"},
		{"friday at 10", "2026-11-27T10:00"},
		{"quarter to 3 on thursday", "2026-11-26T14:45"},
		{"quarter past 9 thurs", "2026-11-26T09:15"},
		{"half past 11 am wed", "2026-11-25T11:30"},
		{"3 december 10am", "2026-12-03T10:00"},
		{"3 oclock friday", "2026-11-27T15:00"},
		{"friday 12pm", "2026-11-27T12:00"},
		{"25:00 tomorrow", "impossible"},
		{"friday 13pm", "impossible"},
		{"friday morning", "2026-11-27 morning"},
		{"friday", "2026-11-27"},
		{"2pm", "unclear"},
		{"31/02 2pm", "impossible"},
		{"next tue 2pm", "unclear:2026-11-24,2026-12-01"},
	})
	if got, want := Read(ask(DateTime), "tues 2.30pm").Echo, "Tuesday 24 November at 2:30pm"; got != want {
		t.Errorf("Echo = %q, want %q", got, want)
	}
}
