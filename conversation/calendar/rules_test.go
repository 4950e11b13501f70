package calendar

import (
	"testing"
	"time"
)

// TestRulesMeetTheList holds the rules against the published lists: they may
// differ in one-offs only.
func TestRulesMeetTheList(t *testing.T) {
	t.Parallel()
	all, err := parseHolidays(holidaysFile)
	if err != nil {
		t.Fatal(err)
	}
	oneOffs := map[Date]bool{{2026, time.June, 15}: true}
	for _, nation := range Nations() {
		for year := 2025; year <= 2028; year++ {
			ruled := map[Date]bool{}
			for _, d := range holidaysByRule(nation, year) {
				ruled[d] = true
				if !all[nation].days[d] {
					t.Errorf("%s: %s by rule is not in the list", nation, d)
				}
			}
			for d := range all[nation].days {
				if d.Year == year && !ruled[d] && !oneOffs[d] {
					t.Errorf("%s: %s in the list is not by rule", nation, d)
				}
			}
		}
	}
}

func TestBankHolidays(t *testing.T) {
	t.Parallel()
	// Years without a list show the rules; those with one show the file.
	tests := []struct {
		day  string
		name string
		in   string // first letters of the nations that close
	}{
		{"2026-01-01", "New Year", "EWSN"},
		{"2026-01-02", "2 January", "S"},
		{"2026-03-17", "St Patrick", "N"},
		{"2026-04-03", "Good Friday", "EWSN"},
		{"2026-04-06", "Easter Monday", "EWN"},
		{"2026-06-15", "a one-off", "S"},
		{"2026-07-13", "12 July, substitute", "N"},
		{"2026-08-03", "first Monday of August", "S"},
		{"2026-08-31", "last Monday of August", "EWN"},
		{"2026-11-30", "St Andrew", "S"},
		{"2026-12-26", "Boxing Day on a Saturday", ""},
		{"2026-12-28", "its substitute", "EWSN"},
		{"2022-01-03", "New Year substitute, both", "EWSN"},
		{"2022-01-04", "2 January substitute", "S"},
		{"2022-12-27", "Christmas on a Sunday", "EWSN"},
		{"2023-01-02", "New Year on a Sunday", "EWSN"},
		{"2023-01-03", "2 January beside it", "S"},
		{"2031-04-11", "Good Friday by rule", "EWSN"},
		{"2031-04-14", "Easter Monday by rule", "EWN"},
		{"2031-12-01", "St Andrew on a Sunday, by rule", "S"},
		{"2032-12-27", "Christmas on a Saturday, by rule", "EWSN"},
		{"2032-12-28", "the day beside it", "EWSN"},
		{"2032-12-29", "no holiday", ""},
	}
	letters := map[byte]Nation{'E': England, 'W': Wales, 'S': Scotland, 'N': NorthernIreland}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d, err := ParseDate(tc.day)
			if err != nil {
				t.Fatal(err)
			}
			want := map[Nation]bool{}
			for i := range len(tc.in) {
				want[letters[tc.in[i]]] = true
			}
			for _, nation := range Nations() {
				if got := office(t, nation).BankHoliday(d); got != want[nation] {
					t.Errorf("%s: BankHoliday(%s) = %v, want %v", nation, tc.day, got, want[nation])
				}
			}
		})
	}
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2038-04-25", "2285-03-22"} {
		d, err := ParseDate(want)
		if err != nil {
			t.Fatal(err)
		}
		if got := easterSunday(d.Year); got != d {
			t.Errorf("Easter %d = %s, want %s", d.Year, got, want)
		}
	}
}

func TestBrokenHolidayFiles(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"2026-01-01 england", "1 January england New Year", "2026-01-01 narnia New Year"} {
		if _, err := parseHolidays("# a list\n" + bad); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}
