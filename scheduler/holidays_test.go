package scheduler_test

import (
	"slices"
	"testing"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// No holiday swallows a text: whatever happens on whatever day of three years, at
// any time of the day, what follows from it is wanted at some moment at which it
// is still of use. England has the longest Easter and Scotland the longest New
// Year.
func TestNoHolidaySwallowsAText(t *testing.T) {
	t.Parallel()
	happens := map[string]struct {
		do   func(s *sheet, when time.Time)
		want []casework.JobKind
	}{
		"a missed visit": {func(s *sheet, when time.Time) {
			s.Course.Appointments = []*casework.Appointment{{
				ID: "a", Type: casework.Assessment, State: casework.DidNotAttend, Start: when, SettledAt: when, BookedAt: when.AddDate(0, 0, -20),
			}}
		}, []casework.JobKind{"missed", "missed_again", "missed_ring"}},
		"a visit": {func(s *sheet, when time.Time) {
			s.Course.Appointments = []*casework.Appointment{{
				ID: "a", Type: casework.OnwardVisit, State: casework.Booked, Start: when, BookedAt: when.AddDate(0, 0, -20),
			}}
		}, []casework.JobKind{"remind_day", "went"}},
		"a referral": {func(s *sheet, when time.Time) {
			s.Course.Onward = []*casework.Onward{{ID: "o", State: casework.OnwardRequested, SentAt: when}}
		}, []casework.JobKind{"heard", "heard_again", "chase"}},
		"a signpost": {func(s *sheet, when time.Time) {
			s.Course.Signposts = []*casework.Signpost{{ID: "s", State: casework.SignpostGiven, GivenAt: when}}
		}, []casework.JobKind{"signpost_check", "signpost_check_again", "signpost_help"}},
		"a plan": {func(s *sheet, when time.Time) {
			s.Course.Plans = []*casework.Plan{{ID: "p", Version: 1, State: casework.PlanProposed, MadeAt: when}}
		}, []casework.JobKind{"plan", "review_1", "review_2", "review_3", "review_4"}},
		"a request": {func(s *sheet, when time.Time) {
			s.Case.State, s.Case.SubmittedAt = casework.CaseSubmitted, when
			s.Case.Promised = s.Calendar.AddWorkingDays(when, 5).String()
		}, []casework.JobKind{"baseline", "baseline_again", "waiting", "promise"}},
		"months": {func(s *sheet, when time.Time) {
			s.Case.SubmittedAt = when
			s.Course.Measures = []*casework.Measure{{ID: "baseline", Point: casework.Baseline, State: casework.MeasureComplete}}
		}, []casework.JobKind{"measure_3m", "measure_3m_again", "measure_3m_ring", "measure_6m", "measure_6m_again", "measure_6m_ring"}},
		"a beginning": {func(s *sheet, when time.Time) {
			s.Case.State, s.LastInAt = casework.CaseStarted, when
		}, []casework.JobKind{"finish", "finish_again", "unfinished"}},
		"an end": {func(s *sheet, when time.Time) {
			s.Course.Ending = s.Calendar.On(when).String()
		}, []casework.JobKind{"closing", "measure_closing", "measure_closing_again"}},
		"four weeks after": {func(s *sheet, when time.Time) {
			s.Case.State, s.Case.Close, s.Case.ClosedAt = casework.CaseClosed, "goals_met", when
		}, []casework.JobKind{"afterwards"}},
	}
	for name, c := range happens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := plans(t)
			for _, nation := range []calendar.Nation{calendar.England, calendar.Scotland} {
				hours := calendar.Hours{Open: "09:00", Close: "17:00"}
				days, err := calendar.New(nation, hours)
				if err != nil {
					t.Fatal(err)
				}
				blank, first := newSheet(t), at(t, "Thu 1 Jan 2026 09:30")
				for day := range 3 * 365 {
					s, k, course := *blank, *blank.Case, *blank.Course
					s.Case, s.Course, s.Calendar = &k, &course, days
					when := first.AddDate(0, 0, day).Add(time.Duration(day%14) * time.Hour)
					c.do(&s, when)
					wanted := p.Want(s.Outlook)
					for _, kind := range c.want {
						if !slices.ContainsFunc(wanted, func(w casework.Wanted) bool { return w.Kind == kind }) {
							t.Fatalf("%s, %s: %s is never wanted", nation, when.Format(stamp), kind)
						}
					}
				}
			}
		})
	}
}
