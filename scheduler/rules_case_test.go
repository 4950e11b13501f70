package scheduler_test

import (
	"testing"
	"time"

	"linkline/conversation/casework"
)

// unfinished is somebody who began on a Monday and has not sent it.
func unfinished(s *sheet, lastText string) {
	s.Case.State, s.Case.Worker, s.Case.Promised = casework.CaseStarted, "", ""
	s.Case.SubmittedAt, s.Case.PickedUpAt = time.Time{}, time.Time{}
	s.LastInAt = s.at(lastText)
}

func TestUnfinished(t *testing.T) {
	t.Parallel()
	none := map[string]string{"finish": never, "finish_again": never, "unfinished": never}
	runRules(t, map[string]ruleCase{
		"a day, three days, a week (J1, decision 31)": {
			do:   func(s *sheet) { unfinished(s, "Mon 7 Sep 2026 10:20") },
			want: map[string]string{"finish": "Tue 8 Sep 2026 10:20", "finish_again": "Thu 10 Sep 2026 10:20", "unfinished": "Mon 14 Sep 2026 10:20"},
		},
		"counted from her last text, not from the first": {
			do:   func(s *sheet) { unfinished(s, "Tue 8 Sep 2026 12:00") },
			want: map[string]string{"finish": "Wed 9 Sep 2026 12:00"},
		},
		"late in the evening: the next morning": {
			do:   func(s *sheet) { unfinished(s, "Mon 7 Sep 2026 22:00") },
			want: map[string]string{"finish": "Wed 9 Sep 2026 09:00", "finish_again": "Fri 11 Sep 2026 09:00"},
		},
		"before a weekend: never two on Monday": {
			do:   func(s *sheet) { unfinished(s, "Fri 11 Sep 2026 10:00") },
			want: map[string]string{"finish": "Mon 14 Sep 2026 09:00", "finish_again": "Wed 16 Sep 2026 09:00"},
		},
		"enough to work with, and not sent": {
			do:   func(s *sheet) { unfinished(s, "Mon 7 Sep 2026 10:20"); s.Case.State = casework.CaseWorkable },
			want: map[string]string{"finish": "Tue 8 Sep 2026 10:20"},
		},
		"sent": {do: func(s *sheet) { s.Case.State = casework.CaseSubmitted }, want: none},
		"she answered the nudge: the team looks all the same": {
			do: func(s *sheet) {
				unfinished(s, "Mon 7 Sep 2026 10:20")
				s.Course.Nudged = s.said("Tue 8 Sep 2026 12:00", "call")
			},
			want: map[string]string{"finish": never, "finish_again": never, "unfinished": "Mon 14 Sep 2026 10:20"},
		},
		"she does not need us now": {
			do: func(s *sheet) {
				unfinished(s, "Mon 7 Sep 2026 10:20")
				s.Course.Nudged = s.said("Tue 8 Sep 2026 12:00", "not_now")
			},
			want: none,
		},
		"the answer is kept with the case": {
			do: func(s *sheet) {
				unfinished(s, "Mon 7 Sep 2026 10:20")
				s.Case.Answers = casework.Answers{"nudged": s.said("Tue 8 Sep 2026 12:00", "not_now")}
			},
			want: none,
		},
	})
}

func TestPromise(t *testing.T) {
	t.Parallel()
	waits := func(s *sheet, promised string) {
		s.Case.State, s.Case.Worker, s.Case.Promised = casework.CaseSubmitted, "", promised
	}
	runRules(t, map[string]ruleCase{
		"the working day before (J2)": {
			do:   func(s *sheet) { waits(s, "2026-09-15") },
			want: map[string]string{"waiting": "Mon 14 Sep 2026 10:00", "promise": "Mon 14 Sep 2026 10:00"},
		},
		"a Monday is promised: on Friday": {
			do:   func(s *sheet) { waits(s, "2026-09-14") },
			want: map[string]string{"waiting": "Fri 11 Sep 2026 10:00", "promise": "Fri 11 Sep 2026 10:00"},
		},
		"the Tuesday after Easter": {
			do:   func(s *sheet) { waits(s, "2027-03-30") },
			want: map[string]string{"waiting": "Thu 25 Mar 2027 10:00"},
		},
		"picked up": {
			do:   func(s *sheet) { s.Case.State = casework.CaseAssigned },
			want: map[string]string{"waiting": never, "promise": never},
		},
		"nothing was promised": {
			do:   func(s *sheet) { waits(s, "") },
			want: map[string]string{"waiting": never, "promise": never},
		},
	})
}

// A new promise is kept anew though the first one was not: its job is another.
func TestNewPromiseIsAnotherJob(t *testing.T) {
	t.Parallel()
	p, s := plans(t), newSheet(t)
	s.Case.State, s.Case.Worker = casework.CaseSubmitted, ""
	before := keyOf(t, p.Want(s.Outlook), "waiting")
	s.Case.Promised = "2026-09-21"
	if after := keyOf(t, p.Want(s.Outlook), "waiting"); after == before {
		t.Errorf("both promises have the job %s", after)
	}
}

func keyOf(t *testing.T, wanted []casework.Wanted, kind casework.JobKind) string {
	t.Helper()
	for _, w := range wanted {
		if w.Kind == kind {
			return w.Key("c", "k")
		}
	}
	t.Fatalf("%s is not wanted", kind)
	return ""
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	reached := func(s *sheet, when string) {
		s.Course.Contacts = append(s.Course.Contacts, casework.Contact{Way: casework.ByPhone, Reached: true, At: s.at(when)})
	}
	runRules(t, map[string]ruleCase{
		"three weeks after it was picked up (J16)": {
			do: func(*sheet) {}, want: map[string]string{"quiet": "Wed 30 Sep 2026 09:30"},
		},
		"after a talk": {
			do: func(s *sheet) { reached(s, "Mon 14 Sep 2026 11:00") }, want: map[string]string{"quiet": "Mon 5 Oct 2026 11:00"},
		},
		"after a text of hers": {
			do:   func(s *sheet) { s.LastInAt = s.at("Tue 15 Sep 2026 11:00") },
			want: map[string]string{"quiet": "Tue 6 Oct 2026 11:00"},
		},
		"after a worker's text": {
			do:   func(s *sheet) { s.Case.LastOutAt = s.at("Tue 15 Sep 2026 16:00") },
			want: map[string]string{"quiet": "Tue 6 Oct 2026 16:00"},
		},
		"an attempt is no contact": {
			do: func(s *sheet) {
				s.Course.Contacts = []casework.Contact{{Way: casework.ByPhone, At: s.at("Tue 15 Sep 2026 16:00")}}
			},
			want: map[string]string{"quiet": "Wed 30 Sep 2026 09:30"},
		},
		"at the weekend: when somebody is there": {
			do: func(s *sheet) { reached(s, "Sat 12 Sep 2026 11:00") }, want: map[string]string{"quiet": "Mon 5 Oct 2026 09:00"},
		},
		"nobody has picked it up": {
			do: func(s *sheet) { s.Case.State = casework.CaseSubmitted }, want: map[string]string{"quiet": never},
		},
	})
}

// Each quiet time is one job: it moves with what she texts, and a new talk begins
// another, so that a task that was done can come again.
func TestQuietComesAgain(t *testing.T) {
	t.Parallel()
	p, s := plans(t), newSheet(t)
	before := keyOf(t, p.Want(s.Outlook), "quiet")
	s.LastInAt = s.at("Tue 15 Sep 2026 11:00")
	if got := keyOf(t, p.Want(s.Outlook), "quiet"); got != before {
		t.Errorf("a text of hers made it the job %s, want %s moved", got, before)
	}
	s.Course.Contacts = []casework.Contact{{Way: casework.ByPhone, Reached: true, At: s.at("Thu 1 Oct 2026 11:00")}}
	if got := keyOf(t, p.Want(s.Outlook), "quiet"); got == before {
		t.Errorf("after a talk it is still the job %s", got)
	}
}

func TestManyContacts(t *testing.T) {
	t.Parallel()
	contacts := func(s *sheet, n int) {
		for i := range n {
			s.Course.Contacts = append(s.Course.Contacts, casework.Contact{
				Way: casework.ByText, Reached: true, At: s.at("Mon 14 Sep 2026 11:00").AddDate(0, 0, 7*i),
			})
		}
	}
	runRules(t, map[string]ruleCase{
		"the twelfth, and half a year (J17)": {
			do:   func(s *sheet) { contacts(s, 13) },
			want: map[string]string{"review_contacts": "Mon 30 Nov 2026 11:00", "review_weeks": "Mon 8 Mar 2027 09:00"},
		},
		"eleven": {do: func(s *sheet) { contacts(s, 11) }, want: map[string]string{"review_contacts": never}},
		"twelve, one of which came to nothing": {
			do:   func(s *sheet) { contacts(s, 12); s.Course.Contacts[3].Reached = false },
			want: map[string]string{"review_contacts": never},
		},
		"half a year, not picked up": {
			do:   func(s *sheet) { s.Case.State = casework.CaseSubmitted },
			want: map[string]string{"review_weeks": never},
		},
	})
}

// Three attempts by two ways over ten working days (J9).
func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	tried := func(s *sheet, ways ...casework.ContactWay) {
		for i, way := range ways {
			s.Course.Contacts = append(s.Course.Contacts, casework.Contact{
				Way: way, At: s.at("Mon 14 Sep 2026 11:00").AddDate(0, 0, 2*i),
			})
		}
	}
	none := map[string]string{"no_reply": never, "no_reply_flagged": never}
	runRules(t, map[string]ruleCase{
		"ten working days after the first": {
			do:   func(s *sheet) { tried(s, casework.ByPhone, casework.ByPhone, casework.ByText) },
			want: map[string]string{"no_reply": "Mon 28 Sep 2026 11:00", "no_reply_flagged": never},
		},
		"the second way comes later": {
			do: func(s *sheet) {
				tried(s, casework.ByPhone, casework.ByPhone, casework.ByPhone)
				s.Course.Contacts = append(s.Course.Contacts, casework.Contact{Way: casework.ByHomeCall, At: s.at("Thu 1 Oct 2026 15:00")})
			},
			want: map[string]string{"no_reply": "Thu 1 Oct 2026 15:00"},
		},
		"two attempts":        {do: func(s *sheet) { tried(s, casework.ByPhone, casework.ByText) }, want: none},
		"always the same way": {do: func(s *sheet) { tried(s, casework.ByPhone, casework.ByPhone, casework.ByPhone, casework.ByPhone) }, want: none},
		"she texted meanwhile": {
			do: func(s *sheet) {
				tried(s, casework.ByPhone, casework.ByPhone, casework.ByText)
				s.LastInAt = s.at("Thu 17 Sep 2026 11:00")
			},
			want: none,
		},
		"she was reached meanwhile": {
			do: func(s *sheet) {
				tried(s, casework.ByPhone, casework.ByText, casework.ByText)
				s.Course.Contacts[1].Reached = true
			},
			want: none,
		},
		"she cannot wait: a second person decides": {
			do: func(s *sheet) {
				tried(s, casework.ByPhone, casework.ByPhone, casework.ByText)
				s.Case.CannotWait = true
			},
			want: map[string]string{"no_reply": never, "no_reply_flagged": "Mon 28 Sep 2026 11:00"},
		},
	})
}

func TestTheEnd(t *testing.T) {
	t.Parallel()
	runRules(t, map[string]ruleCase{
		"a week before (J19)": {
			do: func(s *sheet) { s.Course.Ending = "2027-01-25" }, want: map[string]string{"closing": "Mon 18 Jan 2027 11:00"},
		},
		"a week before is Easter Monday": {
			do: func(s *sheet) { s.Course.Ending = "2027-04-05" }, want: map[string]string{"closing": "Tue 30 Mar 2027 11:00"},
		},
		"nobody means to close": {do: func(*sheet) {}, want: map[string]string{"closing": never}},
		"she has answered": {
			do: func(s *sheet) {
				s.Course.Ending, s.Course.EndingAt = "2027-01-25", s.said("Mon 18 Jan 2027 12:00", "good")
			},
			want: map[string]string{"closing": never},
		},
		"four weeks after (J20)": {
			do: func(s *sheet) {
				s.Case.State, s.Case.Close, s.Case.ClosedAt = casework.CaseClosed, "partly_met", s.at("Mon 25 Jan 2027 15:00")
			},
			want: map[string]string{"afterwards": "Mon 22 Feb 2027 11:00", "quiet": never},
		},
		"not while it is open": {do: func(*sheet) {}, want: map[string]string{"afterwards": never}},
		"not without her permission": {
			do: func(s *sheet) {
				s.Case.State, s.Case.Close, s.Case.ClosedAt = casework.CaseClosed, "partly_met", s.at("Mon 25 Jan 2027 15:00")
				s.Permitted[casework.PurposeTextMe] = casework.PermissionWithdrawn
			},
			want: map[string]string{"afterwards": never},
		},
	})
}
