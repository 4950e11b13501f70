package calendar

import (
	"encoding/json"
	"testing"
	"time"
)

func TestDateWords(t *testing.T) {
	t.Parallel()
	d := Date{2026, time.March, 3}
	tests := []struct{ got, want string }{
		{d.String(), "2026-03-03"},
		{d.Words("en"), "Tuesday 3 March"},
		{d.Words("cy"), "dydd Mawrth 3 Mawrth"},
		{d.Words("tlh"), "Tuesday 3 March"},
		{Date{1956, time.April, 3}.WordsWithYear("en"), "3 April 1956"},
		{Date{1956, time.April, 3}.WordsWithYear("cy"), "3 Ebrill 1956"},
		{Date{}.String(), ""},
	}
	for _, tc := range tests {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	d := Date{2026, time.March, 28}
	if got, want := d.AddDays(2), (Date{2026, time.March, 30}); got != want {
		t.Errorf("over the clock change: got %v, want %v", got, want)
	}
	if got, want := (Date{2028, time.February, 29}).AddDays(366).String(), "2029-03-01"; got != want {
		t.Errorf("over a leap year: got %s, want %s", got, want)
	}
	if got := d.DaysUntil(Date{2026, time.April, 4}); got != 7 {
		t.Errorf("DaysUntil = %d, want 7", got)
	}
	if !d.Before(d.AddDays(1)) || d.Before(d) || !d.AddDays(1).After(d) || d.After(d) {
		t.Error("Before or After is wrong")
	}
	if got := d.AddDays(-28).Weekday(); got != time.Saturday {
		t.Errorf("Weekday = %v, want Saturday", got)
	}
}

func TestYearsOn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		born, on string
		want     int
	}{
		{"1956-04-03", "2026-04-02", 69},
		{"1956-04-03", "2026-04-03", 70},
		{"2008-02-29", "2026-02-28", 17},
		{"2008-02-29", "2026-03-01", 18},
		{"2026-12-31", "2026-01-01", -1},
	}
	for _, tc := range tests {
		born, err := ParseDate(tc.born)
		if err != nil {
			t.Fatal(err)
		}
		on, err := ParseDate(tc.on)
		if err != nil {
			t.Fatal(err)
		}
		if got := born.YearsOn(on); got != tc.want {
			t.Errorf("%s on %s is %d, want %d", tc.born, tc.on, got, tc.want)
		}
	}
}

func TestDateValid(t *testing.T) {
	t.Parallel()
	tests := map[Date]bool{
		{2026, time.February, 28}: true,
		{2026, time.February, 29}: false,
		{2028, time.February, 29}: true,
		{2026, 13, 1}:             false,
		{2026, 0, 1}:              false,
		{2026, time.April, 31}:    false,
		{2026, time.April, 0}:     false,
		{}:                        false,
	}
	for d, want := range tests {
		if got := d.Valid(); got != want {
			t.Errorf("%+v.Valid() = %v, want %v", d, got, want)
		}
	}
}

func TestDateInTheZone(t *testing.T) {
	t.Parallel()
	c := office(t, England)
	night := time.Date(2026, time.June, 30, 23, 30, 0, 0, time.UTC) // half past midnight in London
	if got, want := c.On(night).String(), "2026-07-01"; got != want {
		t.Errorf("On = %s, want %s", got, want)
	}
	skipped := Date{2026, time.March, 29}.Time(1, 30, c.Location())
	if got, want := skipped.Format("15:04 MST"), "02:30 BST"; got != want {
		t.Errorf("a skipped time is %s, want %s", got, want)
	}
	twice := Date{2026, time.October, 25}.Time(1, 30, c.Location())
	if got, want := twice.Format("15:04 MST"), "01:30 BST"; got != want {
		t.Errorf("a time that comes twice is %s, want the first, %s", got, want)
	}
}

func TestDateMarshals(t *testing.T) {
	t.Parallel()
	type record struct{ Born, Died Date }
	in := record{Born: Date{1956, time.April, 3}}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(data), `{"Born":"1956-04-03","Died":""}`; got != want {
		t.Errorf("marshalled %s, want %s", got, want)
	}
	var out record
	if err := json.Unmarshal(data, &out); err != nil || out != in {
		t.Errorf("came back as %+v, %v", out, err)
	}
	for _, bad := range []string{`{"Born":"3/4/56"}`, `{"Born":"2026-02-30"}`, `{"Born":"2026-13-01"}`} {
		if err := json.Unmarshal([]byte(bad), &out); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}
