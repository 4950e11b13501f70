package scheduler_test

import (
	"testing"
	"time"

	"linkline/conversation/casework"
)

// Ten in the morning is ten by the clock on the wall on both sides of a change,
// and a day is a day: not twenty-four hours.
func TestClocksChange(t *testing.T) {
	t.Parallel()
	runRules(t, map[string]ruleCase{
		"spring": {
			do: func(s *sheet) { s.book(casework.Assessment, "Tue 31 Mar 2026 10:45", "Mon 16 Mar 2026 10:00") },
			want: map[string]string{
				"remind_week": "Tue 24 Mar 2026 10:00", "remind": "Fri 27 Mar 2026 10:00", "remind_day": "Mon 30 Mar 2026 10:00",
			},
		},
		"autumn": {
			do: func(s *sheet) { s.book(casework.Accompany, "Tue 27 Oct 2026 14:00", "Mon 12 Oct 2026 10:00") },
			want: map[string]string{
				"remind": "Fri 23 Oct 2026 10:00", "remind_day": "Mon 26 Oct 2026 10:00",
				"remind_hours": "Tue 27 Oct 2026 12:00", "went": "Wed 28 Oct 2026 11:00",
			},
		},
		"missed on the Friday before the clocks go back": {
			do: func(s *sheet) {
				s.settle(s.book(casework.Assessment, "Fri 23 Oct 2026 10:45", "Mon 12 Oct 2026 10:00"), "miss", "Fri 23 Oct 2026 11:40")
			},
			want: map[string]string{
				"missed": "Fri 23 Oct 2026 12:10", "missed_again": "Mon 26 Oct 2026 12:10", "missed_ring": "Fri 30 Oct 2026 11:40",
			},
		},
		"thirteen weeks over the change": {
			do: func(s *sheet) {
				s.Case.SubmittedAt = s.at("Tue 29 Sep 2026 10:20")
				s.measured(casework.Baseline, casework.MeasureComplete, "Wed 30 Sep 2026 11:00")
			},
			want: map[string]string{"measure_3m": "Tue 29 Dec 2026 11:00"},
		},
	})
}

// The same, in universal time: the hour between the two is the change.
func TestClocksChangeInUniversalTime(t *testing.T) {
	t.Parallel()
	p, s := plans(t), newSheet(t)
	s.book(casework.Assessment, "Tue 31 Mar 2026 10:45", "Mon 16 Mar 2026 10:00")
	s.book(casework.Assessment, "Tue 27 Oct 2026 10:45", "Mon 12 Oct 2026 10:00")
	want := map[string]time.Time{
		"appointment.a1.0remind":     time.Date(2026, 3, 27, 10, 0, 0, 0, time.UTC),
		"appointment.a1.0remind_day": time.Date(2026, 3, 30, 9, 0, 0, 0, time.UTC),
		"appointment.a2.0remind":     time.Date(2026, 10, 23, 9, 0, 0, 0, time.UTC),
		"appointment.a2.0remind_day": time.Date(2026, 10, 26, 10, 0, 0, 0, time.UTC),
	}
	seen := 0
	for _, w := range p.Want(s.Outlook) {
		if at, ok := want[w.About.String()+string(w.Kind)]; ok {
			seen++
			if !w.DueAt.Equal(at) {
				t.Errorf("%s %s is due %s, want %s", w.About, w.Kind, w.DueAt.UTC(), at)
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d reminders are wanted", seen, len(want))
	}
}

// Hours are counted as they pass: two hours before is two hours before.
func TestHoursOverTheChange(t *testing.T) {
	t.Parallel()
	runRules(t, map[string]ruleCase{
		"a day after a text on the long day": {
			do:   func(s *sheet) { unfinished(s, "Sun 25 Oct 2026 12:00") },
			want: map[string]string{"finish": "Mon 26 Oct 2026 12:00"},
		},
		"a day after a text before it": {
			do: func(s *sheet) {
				s.Calendar = everyDay(t)
				unfinished(s, "Sat 24 Oct 2026 12:00")
			},
			want: map[string]string{"finish": "Sun 25 Oct 2026 11:00"},
		},
		"a day after a text before the short day": {
			do: func(s *sheet) {
				s.Calendar = everyDay(t)
				unfinished(s, "Sat 28 Mar 2026 12:00")
			},
			want: map[string]string{"finish": "Sun 29 Mar 2026 13:00"},
		},
	})
}

func TestBankHolidays(t *testing.T) {
	t.Parallel()
	runRules(t, map[string]ruleCase{
		// Christmas Day 2026 is a Friday, and Monday stands in for Boxing Day.
		"Christmas: all reminders of the 29th meet on Christmas Eve": {
			do:   func(s *sheet) { s.book(casework.Assessment, "Tue 29 Dec 2026 10:45", "Mon 14 Dec 2026 10:00") },
			want: map[string]string{"remind_week": "Tue 22 Dec 2026 10:00", "remind": never, "remind_day": "Thu 24 Dec 2026 10:00"},
		},
		"Christmas: missed on Christmas Eve": {
			do: func(s *sheet) {
				s.settle(s.book(casework.Assessment, "Thu 24 Dec 2026 16:00", "Mon 14 Dec 2026 10:00"), "miss", "Thu 24 Dec 2026 17:45")
			},
			want: map[string]string{"missed": "Tue 29 Dec 2026 09:00", "missed_again": "Mon 4 Jan 2027 09:00", "missed_ring": "Mon 4 Jan 2027 09:00"},
		},
		"Christmas: a visit on Christmas Eve is asked about at eleven, not at nine": {
			do:   func(s *sheet) { s.book(casework.OnwardVisit, "Thu 24 Dec 2026 10:00", "Mon 14 Dec 2026 10:00") },
			want: map[string]string{"went": "Tue 29 Dec 2026 11:00"},
		},
		"Easter: Friday to Monday are closed, and the clocks change": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Tue 30 Mar 2027 14:00", "Mon 15 Mar 2027 10:00") },
			want: map[string]string{"remind": never, "remind_day": "Thu 25 Mar 2027 10:00", "remind_hours": "Tue 30 Mar 2027 12:00"},
		},
		"Easter: three days before Wednesday is Saturday": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Wed 31 Mar 2027 14:00", "Mon 15 Mar 2027 10:00") },
			want: map[string]string{"remind": "Thu 25 Mar 2027 10:00", "remind_day": "Tue 30 Mar 2027 10:00"},
		},
	})
}
