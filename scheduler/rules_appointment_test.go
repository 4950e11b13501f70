package scheduler_test

import (
	"testing"

	"linkline/conversation/casework"
)

// Thursday 24 September 2026, a quarter to eleven, booked two weeks before.
func thursday(s *sheet) *casework.Appointment {
	return s.book(casework.Assessment, "Thu 24 Sep 2026 10:45", "Thu 10 Sep 2026 15:00")
}

func TestReminders(t *testing.T) {
	t.Parallel()
	runRules(t, map[string]ruleCase{
		"three days and one day before (J5, J7)": {
			do:   func(s *sheet) { thursday(s) },
			want: map[string]string{"remind": "Mon 21 Sep 2026 10:00", "remind_day": "Wed 23 Sep 2026 10:00", "remind_week": never, "remind_again": never, "remind_hours": never},
		},
		"a week before, when booked long ago (J4)": {
			do:   func(s *sheet) { s.book(casework.ReviewVisit, "Thu 24 Sep 2026 10:45", "Wed 9 Sep 2026 15:00") },
			want: map[string]string{"remind_week": "Thu 17 Sep 2026 10:00", "remind": "Mon 21 Sep 2026 10:00"},
		},
		"booked thirteen days before: no week note": {
			do:   func(s *sheet) { s.book(casework.ReviewVisit, "Thu 24 Sep 2026 10:45", "Fri 11 Sep 2026 15:00") },
			want: map[string]string{"remind_week": never, "remind": "Mon 21 Sep 2026 10:00"},
		},
		"booked less than three days before: the last one only": {
			do:   func(s *sheet) { s.book(casework.HomeVisit, "Thu 24 Sep 2026 10:45", "Mon 21 Sep 2026 11:00") },
			want: map[string]string{"remind": never, "remind_day": "Wed 23 Sep 2026 10:00"},
		},
		"booked less than a day before: none": {
			do:   func(s *sheet) { s.book(casework.HomeVisit, "Thu 24 Sep 2026 10:45", "Wed 23 Sep 2026 11:00") },
			want: map[string]string{"remind": never, "remind_day": never},
		},
		"booked on the day that its reminder would leave": {
			do:   func(s *sheet) { s.book(casework.OtherVisit, "Mon 28 Sep 2026 10:45", "Fri 25 Sep 2026 09:00") },
			want: map[string]string{"remind": never, "remind_day": never},
		},
		"three days before is Sunday: Friday (decision 30)": {
			do:   func(s *sheet) { s.book(casework.PlanMeeting, "Wed 23 Sep 2026 10:45", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind": "Fri 18 Sep 2026 10:00", "remind_day": "Tue 22 Sep 2026 10:00"},
		},
		"both fall on the weekend: the later one leaves, on Friday": {
			do:   func(s *sheet) { s.book(casework.PhoneCheckIn, "Mon 28 Sep 2026 10:45", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind": never, "remind_day": "Fri 25 Sep 2026 10:00"},
		},
		"she said that she can come": {
			do: func(s *sheet) {
				a := thursday(s)
				a.Said = casework.Answers{"can_come": s.said("Mon 21 Sep 2026 12:00", "yes")}
			},
			want: map[string]string{"remind": never, "remind_day": "Wed 23 Sep 2026 10:00"},
		},
		"she confirmed": {
			do:   func(s *sheet) { s.settle(thursday(s), "confirm", "Mon 21 Sep 2026 12:00") },
			want: map[string]string{"remind": never, "remind_day": "Wed 23 Sep 2026 10:00"},
		},
		"she asked for another time": {
			do:   func(s *sheet) { s.settle(thursday(s), "change", "Mon 21 Sep 2026 12:00") },
			want: map[string]string{"remind": never, "remind_day": never},
		},
		"we called it off": {
			do:   func(s *sheet) { s.settle(thursday(s), "cancel", "Mon 21 Sep 2026 12:00") },
			want: map[string]string{"remind": never, "remind_day": never},
		},
		"only offered": {
			do:   func(s *sheet) { thursday(s).State = casework.Offered },
			want: map[string]string{"remind": never, "remind_day": never},
		},
	})
}

// No answer to the first reminder matters of somebody who may be at risk or has
// missed a visit (J6): once more, and a worker rings.
func TestNoAnswerToAReminder(t *testing.T) {
	t.Parallel()
	missedBefore := func(s *sheet) {
		a := s.book(casework.OtherVisit, "Fri 11 Sep 2026 10:00", "Wed 9 Sep 2026 14:00")
		s.settle(a, "miss", "Fri 11 Sep 2026 10:30")
	}
	runRules(t, map[string]ruleCase{
		"nobody to worry about": {
			do:   func(s *sheet) { thursday(s) },
			want: map[string]string{"remind_again": never, "confirm": never},
		},
		"missed a visit before": {
			do:   func(s *sheet) { missedBefore(s); thursday(s) },
			want: map[string]string{"remind_again": "Tue 22 Sep 2026 10:00", "confirm": "Wed 23 Sep 2026 12:00"},
		},
		"missed this very one, at another time": {
			do: func(s *sheet) {
				a := s.book(casework.Assessment, "Tue 15 Sep 2026 10:45", "Wed 9 Sep 2026 14:00")
				s.settle(a, "miss", "Tue 15 Sep 2026 11:30")
				if err := a.Move(s.at("Thu 24 Sep 2026 10:45"), "", s.at("Wed 16 Sep 2026 09:00")); err != nil {
					s.t.Fatal(err)
				}
			},
			want: map[string]string{"remind_again": "Tue 22 Sep 2026 10:00", "confirm": "Wed 23 Sep 2026 12:00", "missed": never},
		},
		"a rule fired": {
			do:   func(s *sheet) { s.Case.Fired = []casework.FiredRule{{Rule: "answer.deadline"}}; thursday(s) },
			want: map[string]string{"remind_again": "Tue 22 Sep 2026 10:00", "confirm": "Wed 23 Sep 2026 12:00"},
		},
		"cannot wait, but answered": {
			do: func(s *sheet) {
				s.Case.CannotWait = true
				thursday(s).Said = casework.Answers{"can_come": s.said("Mon 21 Sep 2026 12:00", "yes")}
			},
			want: map[string]string{"remind_again": never, "confirm": never},
		},
		"what she answers to the last reminder is an answer too": {
			do: func(s *sheet) {
				s.Case.CannotWait = true
				thursday(s).Said = casework.Answers{"day_before": s.said("Wed 23 Sep 2026 10:30", "trouble")}
			},
			want: map[string]string{"remind_again": "Tue 22 Sep 2026 10:00", "confirm": never},
		},
		"the nudge meets the last reminder: that one leaves": {
			do: func(s *sheet) {
				missedBefore(s)
				s.book(casework.Assessment, "Tue 22 Sep 2026 10:45", "Wed 9 Sep 2026 14:00")
			},
			want: map[string]string{"remind": "Fri 18 Sep 2026 10:00", "remind_again": never, "remind_day": "Mon 21 Sep 2026 10:00", "confirm": "Mon 21 Sep 2026 12:00"},
		},
		"nobody asked her, so nobody waits for an answer": {
			do: func(s *sheet) {
				missedBefore(s)
				s.book(casework.Assessment, "Mon 28 Sep 2026 10:45", "Wed 9 Sep 2026 14:00")
			},
			want: map[string]string{"remind": never, "remind_again": never, "confirm": never},
		},
	})
}

func TestGoingTogether(t *testing.T) {
	t.Parallel()
	runRules(t, map[string]ruleCase{
		"two hours before (J8)": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind_hours": "Thu 24 Sep 2026 12:00", "remind_day": "Wed 23 Sep 2026 10:00"},
		},
		"she goes by herself": {
			do:   func(s *sheet) { s.book(casework.OnwardVisit, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind_hours": never},
		},
		"the worker comes to it after all": {
			do: func(s *sheet) {
				s.book(casework.OnwardVisit, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00").Together = true
			},
			want: map[string]string{"remind_hours": "Thu 24 Sep 2026 12:00"},
		},
		"early in the morning: when texts may leave": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Thu 24 Sep 2026 10:00", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind_hours": "Thu 24 Sep 2026 09:00"},
		},
		"too early for that": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Thu 24 Sep 2026 09:15", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind_hours": never, "remind_day": "Wed 23 Sep 2026 10:00"},
		},
		"in the evening: before texts stop": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Thu 24 Sep 2026 20:30", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind_hours": "Thu 24 Sep 2026 17:30"},
		},
		"on a Saturday": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Sat 26 Sep 2026 14:00", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind_hours": never, "remind_day": "Fri 25 Sep 2026 10:00"},
		},
		"called off": {
			do: func(s *sheet) {
				s.settle(s.book(casework.Accompany, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00"), "cancel", "Thu 24 Sep 2026 11:59")
			},
			want: map[string]string{"remind_hours": never},
		},
		"a group, two days and three hours before (J21)": {
			do:   func(s *sheet) { s.book(casework.GroupVisit, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00") },
			want: map[string]string{"remind_day": "Tue 22 Sep 2026 10:00", "remind_hours": "Thu 24 Sep 2026 11:00", "remind": never},
		},
		"a group that was called off": {
			do: func(s *sheet) {
				s.settle(s.book(casework.GroupVisit, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00"), "cancel", "Mon 21 Sep 2026 11:59")
			},
			want: map[string]string{"remind_day": never, "remind_hours": never},
		},
	})
}

// A missed visit is asked about when a worker says that it was missed, never by
// the clock (J9).
func TestMissed(t *testing.T) {
	t.Parallel()
	miss := func(s *sheet, when string) *casework.Appointment {
		a := thursday(s)
		s.settle(a, "miss", when)
		return a
	}
	none := map[string]string{"missed": never, "missed_again": never, "missed_ring": never}
	runRules(t, map[string]ruleCase{
		"half an hour, three days, seven days": {
			do:   func(s *sheet) { miss(s, "Tue 22 Sep 2026 11:40") },
			want: map[string]string{"missed": "Tue 22 Sep 2026 12:10", "missed_again": "Fri 25 Sep 2026 12:10", "missed_ring": "Tue 29 Sep 2026 11:40"},
		},
		"marked in the evening: the next morning, and three days after that": {
			do:   func(s *sheet) { miss(s, "Thu 24 Sep 2026 17:45") },
			want: map[string]string{"missed": "Fri 25 Sep 2026 09:00", "missed_again": "Mon 28 Sep 2026 09:00", "missed_ring": "Fri 2 Oct 2026 09:00"},
		},
		"the time is over and nobody has marked it": {do: func(s *sheet) { thursday(s) }, want: none},
		"she came": {do: func(s *sheet) { s.settle(thursday(s), "attend", "Thu 24 Sep 2026 11:40") }, want: none},
		"she answered": {
			do: func(s *sheet) {
				miss(s, "Thu 24 Sep 2026 11:40").Said = casework.Answers{"missed": s.said("Thu 24 Sep 2026 12:30", "nervous")}
			},
			want: none,
		},
		"she answered another time, of the time before": {
			do: func(s *sheet) {
				miss(s, "Thu 24 Sep 2026 11:40").Said = casework.Answers{"missed": s.said("Tue 15 Sep 2026 12:30", "new_time")}
			},
			want: map[string]string{"missed": "Thu 24 Sep 2026 12:10"},
		},
		"a new time was found": {
			do: func(s *sheet) {
				if err := miss(s, "Thu 24 Sep 2026 11:40").Move(s.at("Thu 1 Oct 2026 10:00"), "", s.at("Fri 25 Sep 2026 10:00")); err != nil {
					s.t.Fatal(err)
				}
			},
			want: none,
		},
		"she told us herself that she did not go": {
			do: func(s *sheet) {
				a := s.book(casework.Accompany, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00")
				s.settle(a, "miss", "Fri 25 Sep 2026 11:05")
				a.Said = casework.Answers{"went": s.said("Fri 25 Sep 2026 11:05", "no")}
			},
			want: none,
		},
		"a visit that nobody of ours was at": {
			do: func(s *sheet) {
				s.settle(s.book(casework.OnwardVisit, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00"), "miss", "Fri 25 Sep 2026 11:05")
			},
			want: none,
		},
	})
}

func TestDidYouGo(t *testing.T) {
	t.Parallel()
	visit := func(s *sheet) *casework.Appointment {
		return s.book(casework.OnwardVisit, "Mon 28 Sep 2026 14:00", "Tue 22 Sep 2026 11:30")
	}
	runRules(t, map[string]ruleCase{
		"the day after at eleven (J12)": {do: func(s *sheet) { visit(s) }, want: map[string]string{"went": "Tue 29 Sep 2026 11:00"}},
		"after a Friday: Monday at eleven": {
			do:   func(s *sheet) { s.book(casework.Accompany, "Fri 25 Sep 2026 14:00", "Tue 22 Sep 2026 11:30") },
			want: map[string]string{"went": "Mon 28 Sep 2026 11:00"},
		},
		"a worker has marked it, and she has not said how it was": {
			do:   func(s *sheet) { s.settle(visit(s), "attend", "Mon 28 Sep 2026 15:00") },
			want: map[string]string{"went": "Tue 29 Sep 2026 11:00"},
		},
		"she has told us": {
			do: func(s *sheet) {
				visit(s).Said = casework.Answers{"went": s.said("Mon 28 Sep 2026 16:00", "yes")}
			},
			want: map[string]string{"went": never},
		},
		"it is kept with the referral": {
			do: func(s *sheet) {
				visit(s).Onward = "o1"
				s.Course.Onward = []*casework.Onward{{ID: "o1", State: casework.OnwardStarted, Said: casework.Answers{"went": s.said("Mon 28 Sep 2026 16:00", "yes")}}}
			},
			want: map[string]string{"went": never},
		},
		"that was the visit before": {
			do: func(s *sheet) {
				visit(s).Onward = "o1"
				s.Course.Onward = []*casework.Onward{{ID: "o1", State: casework.OnwardStarted, Said: casework.Answers{"went": s.said("Mon 21 Sep 2026 16:00", "no")}}}
			},
			want: map[string]string{"went": "Tue 29 Sep 2026 11:00"},
		},
		"called off":    {do: func(s *sheet) { s.settle(visit(s), "cancel", "Mon 28 Sep 2026 10:00") }, want: map[string]string{"went": never}},
		"an assessment": {do: func(s *sheet) { thursday(s) }, want: map[string]string{"went": never}},
	})
}

func TestHomework(t *testing.T) {
	t.Parallel()
	assessed := func(s *sheet) *casework.Appointment {
		a := s.book(casework.Assessment, "Tue 15 Sep 2026 10:45", "Wed 9 Sep 2026 14:00")
		s.settle(a, "attend", "Tue 15 Sep 2026 11:30")
		return a
	}
	next := func(s *sheet) *casework.Appointment {
		return s.book(casework.PlanMeeting, "Tue 22 Sep 2026 10:45", "Tue 15 Sep 2026 11:30")
	}
	none := map[string]string{"homework": never, "homework_more": never}
	runRules(t, map[string]ruleCase{
		"a day and four days after (J10)": {
			do:   func(s *sheet) { assessed(s); next(s) },
			want: map[string]string{"homework": "Wed 16 Sep 2026 11:00", "homework_more": "Mon 21 Sep 2026 11:00"},
		},
		"there is no next appointment": {do: func(s *sheet) { assessed(s) }, want: none},
		"the next one is a group": {do: func(s *sheet) {
			assessed(s)
			s.book(casework.GroupVisit, "Tue 22 Sep 2026 10:45", "Tue 15 Sep 2026 11:30")
		}, want: none},
		"she did not come": {
			do: func(s *sheet) {
				s.settle(s.book(casework.Assessment, "Tue 15 Sep 2026 10:45", "Wed 9 Sep 2026 14:00"), "miss", "Tue 15 Sep 2026 11:30")
				next(s)
			},
			want: none,
		},
		"she has answered": {
			do: func(s *sheet) {
				assessed(s)
				next(s).Said = casework.Answers{"homework": s.said("Wed 16 Sep 2026 12:00", "money first")}
			},
			want: none,
		},
		"the next appointment is too near for more": {
			do: func(s *sheet) {
				assessed(s)
				s.book(casework.ReviewVisit, "Fri 18 Sep 2026 10:45", "Tue 15 Sep 2026 11:30")
			},
			want: map[string]string{"homework": "Wed 16 Sep 2026 11:00", "homework_more": never},
		},
		"it was booked two days after the talk": {
			do: func(s *sheet) {
				assessed(s)
				s.book(casework.ReviewVisit, "Fri 25 Sep 2026 10:45", "Thu 17 Sep 2026 11:30")
			},
			want: map[string]string{"homework": "Fri 18 Sep 2026 11:00", "homework_more": "Mon 21 Sep 2026 11:00"},
		},
		"it moved after she was asked: not asked again, but once more": {
			do: func(s *sheet) {
				assessed(s)
				if err := next(s).Move(s.at("Thu 24 Sep 2026 10:45"), "", s.at("Thu 17 Sep 2026 10:00")); err != nil {
					s.t.Fatal(err)
				}
			},
			want: map[string]string{"homework": never, "homework_more": "Mon 21 Sep 2026 11:00"},
		},
	})
}
