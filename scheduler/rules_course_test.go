package scheduler_test

import (
	"testing"

	"linkline/conversation/casework"
)

func TestOnward(t *testing.T) {
	t.Parallel()
	send := func(s *sheet) *casework.Onward {
		o := &casework.Onward{ID: "o1", State: casework.OnwardRequested, MadeAt: s.at("Tue 15 Sep 2026 11:30"), SentAt: s.at("Wed 16 Sep 2026 12:00")}
		s.Course.Onward = append(s.Course.Onward, o)
		return o
	}
	none := map[string]string{"heard": never, "heard_again": never, "chase": never}
	runRules(t, map[string]ruleCase{
		"a week, two weeks, then a worker asks the provider (J13)": {
			do:   func(s *sheet) { send(s) },
			want: map[string]string{"heard": "Wed 23 Sep 2026 11:00", "heard_again": "Wed 30 Sep 2026 11:00", "chase": "Mon 5 Oct 2026 09:00"},
		},
		"the provider has said that it came, and no more": {
			do:   func(s *sheet) { send(s).State = casework.OnwardReceived },
			want: map[string]string{"heard": "Wed 23 Sep 2026 11:00"},
		},
		"it has begun":          {do: func(s *sheet) { send(s).State = casework.OnwardStarted }, want: none},
		"she is on the list":    {do: func(s *sheet) { send(s).State = casework.OnwardWaiting }, want: none},
		"she did not permit it": {do: func(s *sheet) { send(s).State = casework.OnwardRefused }, want: none},
		"a visit is booked": {
			do: func(s *sheet) {
				send(s)
				s.book(casework.OnwardVisit, "Fri 25 Sep 2026 14:00", "Tue 22 Sep 2026 11:30").Onward = "o1"
			},
			want: none,
		},
		"a visit of another referral": {
			do: func(s *sheet) {
				send(s)
				s.book(casework.OnwardVisit, "Fri 25 Sep 2026 14:00", "Tue 22 Sep 2026 11:30").Onward = "o2"
			},
			want: map[string]string{"heard": "Wed 23 Sep 2026 11:00"},
		},
		"a visit that was called off": {
			do: func(s *sheet) {
				send(s)
				a := s.book(casework.OnwardVisit, "Fri 25 Sep 2026 14:00", "Tue 22 Sep 2026 11:30")
				a.Onward = "o1"
				s.settle(a, "cancel", "Wed 23 Sep 2026 10:00")
			},
			want: map[string]string{"heard_again": "Wed 30 Sep 2026 11:00"},
		},
		"they have been in touch": {
			do:   func(s *sheet) { send(s).Said = casework.Answers{"heard": s.said("Wed 23 Sep 2026 11:30", "yes")} },
			want: none,
		},
		"they have not": {
			do:   func(s *sheet) { send(s).Said = casework.Answers{"heard": s.said("Wed 23 Sep 2026 11:30", "no")} },
			want: map[string]string{"heard": never, "heard_again": "Wed 30 Sep 2026 11:00", "chase": "Mon 5 Oct 2026 09:00"},
		},
	})
}

func TestPlan(t *testing.T) {
	t.Parallel()
	made := func(s *sheet) *casework.Plan {
		p := &casework.Plan{ID: "p1", Version: 1, State: casework.PlanProposed, MadeAt: s.at("Tue 22 Sep 2026 11:30")}
		s.Course.Plans = append(s.Course.Plans, p)
		return p
	}
	runRules(t, map[string]ruleCase{
		"read back an hour after (J11), looked at every six weeks (J15)": {
			do: func(s *sheet) { made(s) },
			want: map[string]string{
				"plan": "Tue 22 Sep 2026 12:30", "review_1": "Tue 3 Nov 2026 11:00", "review_2": "Tue 15 Dec 2026 11:00",
				"review_3": "Tue 26 Jan 2027 11:00", "review_8": "Tue 24 Aug 2027 11:00", "review_9": never,
			},
		},
		"made in the evening: the next morning": {
			do:   func(s *sheet) { made(s).MadeAt = s.at("Tue 22 Sep 2026 17:30") },
			want: map[string]string{"plan": "Wed 23 Sep 2026 09:00"},
		},
		"agreed": {
			do:   func(s *sheet) { made(s).State = casework.PlanAgreed },
			want: map[string]string{"plan": never, "review_1": "Tue 3 Nov 2026 11:00"},
		},
		"done": {
			do:   func(s *sheet) { made(s).State = casework.PlanDone },
			want: map[string]string{"plan": never, "review_1": never},
		},
		"looked at a week before": {
			do: func(s *sheet) {
				p := made(s)
				p.State, p.ReviewedAt = casework.PlanAgreed, s.at("Tue 27 Oct 2026 10:00")
			},
			want: map[string]string{"review_1": never, "review_2": "Tue 15 Dec 2026 11:00"},
		},
		"looked at a month before": {
			do: func(s *sheet) {
				p := made(s)
				p.State, p.ReviewedAt = casework.PlanAgreed, s.at("Mon 5 Oct 2026 10:00")
			},
			want: map[string]string{"review_1": "Tue 3 Nov 2026 11:00"},
		},
		"there is a newer plan": {
			do: func(s *sheet) {
				made(s)
				s.Course.Plans = append(s.Course.Plans, &casework.Plan{
					ID: "p2", Version: 2, State: casework.PlanAgreed, MadeAt: s.at("Tue 6 Oct 2026 11:30"),
				})
			},
			want: map[string]string{"plan": never, "review_1": "Tue 17 Nov 2026 11:00"},
		},
		"no plan": {do: func(*sheet) {}, want: map[string]string{"plan": never, "review_1": never}},
	})
}

func TestSignpost(t *testing.T) {
	t.Parallel()
	give := func(s *sheet, state casework.SignpostState) {
		s.Course.Signposts = []*casework.Signpost{{ID: "s1", State: state, GivenAt: s.at("Wed 16 Sep 2026 12:00")}}
	}
	asked := map[string]string{
		"signpost_check": "Wed 23 Sep 2026 11:00", "signpost_check_again": "Wed 7 Oct 2026 11:00", "signpost_help": "Wed 14 Oct 2026 09:00",
	}
	none := map[string]string{"signpost_check": never, "signpost_check_again": never, "signpost_help": never}
	runRules(t, map[string]ruleCase{
		"a week, three weeks, then a worker (J14)": {do: func(s *sheet) { give(s, casework.SignpostGiven) }, want: asked},
		"she means to ring":                        {do: func(s *sheet) { give(s, casework.SignpostHelps) }, want: asked},
		"she has rung":                             {do: func(s *sheet) { give(s, casework.SignpostReached) }, want: none},
		"she wants another idea":                   {do: func(s *sheet) { give(s, casework.SignpostOther) }, want: none},
		"she would rather talk to a person":        {do: func(s *sheet) { give(s, casework.SignpostPerson) }, want: none},
	})
}

// measured adds a set of measures.
func (s *sheet) measured(point casework.MeasurePoint, state casework.MeasureState, asked string) *casework.Measure {
	m := &casework.Measure{ID: string(point), Point: point, State: state, AskedAt: s.at(asked)}
	s.Course.Measures = append(s.Course.Measures, m)
	return m
}

func TestBaseline(t *testing.T) {
	t.Parallel()
	waits := func(s *sheet) { s.Case.State, s.Case.Worker = casework.CaseSubmitted, "" }
	none := map[string]string{"baseline": never, "baseline_again": never}
	runRules(t, map[string]ruleCase{
		"the next working day (J18)": {
			do: waits, want: map[string]string{"baseline": "Tue 8 Sep 2026 11:00", "baseline_again": "Fri 11 Sep 2026 11:00"},
		},
		"sent on a Friday": {
			do:   func(s *sheet) { waits(s); s.Case.SubmittedAt = s.at("Fri 11 Sep 2026 16:00") },
			want: map[string]string{"baseline": "Mon 14 Sep 2026 11:00", "baseline_again": "Thu 17 Sep 2026 11:00"},
		},
		"picked up, and not in touch yet": {
			do: func(s *sheet) { s.Case.State = casework.CaseAssigned }, want: map[string]string{"baseline": "Tue 8 Sep 2026 11:00"},
		},
		"a worker has been in touch": {
			do: func(s *sheet) {
				waits(s)
				s.Course.Contacts = []casework.Contact{{Way: casework.ByPhone, Reached: true, At: s.at("Mon 7 Sep 2026 16:00")}}
			},
			want: none,
		},
		"a worker has tried": {
			do: func(s *sheet) {
				waits(s)
				s.Course.Contacts = []casework.Contact{{Way: casework.ByPhone, At: s.at("Mon 7 Sep 2026 16:00")}}
			},
			want: map[string]string{"baseline": "Tue 8 Sep 2026 11:00"},
		},
		"answered": {do: func(s *sheet) {
			waits(s)
			s.measured(casework.Baseline, casework.MeasureComplete, "Tue 8 Sep 2026 11:00")
		}, want: none},
		"refused": {do: func(s *sheet) {
			waits(s)
			s.measured(casework.Baseline, casework.MeasureRefused, "Tue 8 Sep 2026 11:00")
		}, want: none},
		"later": {do: func(s *sheet) { waits(s); s.measured(casework.Baseline, casework.MeasureDue, "Tue 8 Sep 2026 11:00") }, want: map[string]string{"baseline_again": "Fri 11 Sep 2026 11:00"}},
	})
}

func TestMeasures(t *testing.T) {
	t.Parallel()
	begun := func(s *sheet) { s.measured(casework.Baseline, casework.MeasureComplete, "Tue 8 Sep 2026 11:00") }
	runRules(t, map[string]ruleCase{
		"three and six months after (J18)": {
			do: begun,
			want: map[string]string{
				"measure_3m": "Mon 7 Dec 2026 11:00", "measure_3m_again": "Thu 10 Dec 2026 11:00", "measure_3m_ring": "Mon 14 Dec 2026 09:00",
				"measure_6m": "Mon 8 Mar 2027 11:00", "measure_6m_again": "Thu 11 Mar 2027 11:00", "measure_6m_ring": "Mon 15 Mar 2027 09:00",
				"measure_closing": never,
			},
		},
		"she never told how she felt at the beginning": {
			do: func(*sheet) {}, want: map[string]string{"measure_3m": never, "measure_6m": never},
		},
		"she told a part of it": {
			do: func(s *sheet) {
				s.measured(casework.Baseline, casework.MeasureBegun, "Tue 8 Sep 2026 11:00").Said = casework.Answers{"satisfied": s.said("Tue 8 Sep 2026 11:05", "4")}
			},
			want: map[string]string{"measure_3m": "Mon 7 Dec 2026 11:00"},
		},
		"three months are answered": {
			do: func(s *sheet) {
				begun(s)
				s.measured(casework.ThreeMonths, casework.MeasureComplete, "Mon 7 Dec 2026 11:00")
			},
			want: map[string]string{"measure_3m": never, "measure_3m_again": never, "measure_3m_ring": never, "measure_6m": "Mon 8 Mar 2027 11:00"},
		},
		"three months are refused": {
			do: func(s *sheet) {
				begun(s)
				s.measured(casework.ThreeMonths, casework.MeasureRefused, "Mon 7 Dec 2026 11:00")
			},
			want: map[string]string{"measure_3m": never, "measure_3m_again": never, "measure_3m_ring": never},
		},
		"closing in week 14 counts for three months": {
			do:   func(s *sheet) { begun(s); s.Course.Ending = "2026-12-14" },
			want: map[string]string{"measure_3m": never, "measure_3m_ring": never, "measure_closing": "Mon 14 Dec 2026 11:00"},
		},
		"closing in week 14 when three months were asked in week 13": {
			do: func(s *sheet) {
				begun(s)
				s.measured(casework.ThreeMonths, casework.MeasureDue, "Mon 7 Dec 2026 11:00")
				s.Course.Ending = "2026-12-14"
			},
			want: map[string]string{"measure_3m_again": "Thu 10 Dec 2026 11:00", "measure_closing": never},
		},
		"closing in week 20 is far from both": {
			do: func(s *sheet) { begun(s); s.Course.Ending = "2027-01-25" },
			want: map[string]string{
				"measure_3m": "Mon 7 Dec 2026 11:00", "measure_closing": "Mon 25 Jan 2027 11:00", "measure_closing_again": "Thu 28 Jan 2027 11:00",
			},
		},
		"closing in week 17 is outside the window and too near": {
			do:   func(s *sheet) { begun(s); s.Course.Ending = "2027-01-02" },
			want: map[string]string{"measure_3m": "Mon 7 Dec 2026 11:00", "measure_closing": never},
		},
		"closing in week 28 counts for six months": {
			do:   func(s *sheet) { begun(s); s.Course.Ending = "2027-03-22" },
			want: map[string]string{"measure_6m": never, "measure_closing": "Mon 22 Mar 2027 11:00"},
		},
		"closing in week 3, just after the beginning": {
			do:   func(s *sheet) { begun(s); s.Course.Ending = "2026-09-28" },
			want: map[string]string{"measure_closing": never},
		},
	})
}
