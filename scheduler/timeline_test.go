package scheduler_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/scheduler"
)

// life is the worked example of domain 5.5, played on a clock: records change,
// the plan is made again, and jobs run when they are due.
type life struct {
	*sheet
	plans *scheduler.Plans
	jobs  []*casework.Job
	now   time.Time
	log   []string
}

// until lets the clock run, and notes every job that is due on the way.
func (l *life) until(when string) {
	end := l.at(when)
	for {
		due := slices.MinFunc(append(slices.Clone(l.jobs), &casework.Job{State: casework.JobWaiting, DueAt: end}), earliest)
		if !due.DueAt.Before(end) {
			l.now = end
			return
		}
		l.now = due.DueAt
		due.State, due.SettledAt = casework.JobDone, l.now
		deed := due.Send
		if deed == "" {
			deed = "task " + string(due.Task)
		}
		l.log = append(l.log, due.DueAt.In(l.Calendar.Location()).Format("Mon 2 Jan 15:04 ")+deed)
		if !due.NotAfter.IsZero() && due.NotAfter.Before(due.DueAt) {
			l.t.Errorf("%s leaves after it is of use", due.Kind)
		}
	}
}

// earliest puts the waiting jobs first, in the order of their moments.
func earliest(a, b *casework.Job) int {
	if a.State != b.State {
		if a.State == casework.JobWaiting {
			return -1
		}
		return 1
	}
	return a.DueAt.Compare(b.DueAt)
}

// change changes the records at a moment and brings the jobs in line.
func (l *life) change(when, what string, do func()) {
	l.until(when)
	do()
	put, _ := casework.Reconcile(l.now, l.plans.Want(l.Outlook), l.jobs)
	for _, job := range put {
		if !slices.Contains(l.jobs, job) {
			l.jobs = append(l.jobs, job)
		}
	}
	l.log = append(l.log, l.now.In(l.Calendar.Location()).Format("Mon 2 Jan 15:04 ")+"= "+what)
}

// TestWorkedExample is the person of domain 5.5 from her first text on a Monday
// to four weeks after closing: everything that leaves, and every task, at its
// moment, and nothing else.
func TestWorkedExample(t *testing.T) {
	t.Parallel()
	l := &life{sheet: newSheet(t), plans: plans(t)}
	c := l.Case
	*c = casework.Case{ID: "k", Team: "oak", Conversation: "c", State: casework.CaseStarted, OpenedAt: l.at("Mon 7 Sep 2026 10:00")}
	var assessment, meeting, alone, together *casework.Appointment
	fire := func(a *casework.Appointment, event string) {
		l.settle(a, event, l.now.In(l.Calendar.Location()).Format(stamp))
	}
	answer := func(values ...string) casework.Answer { return casework.Answer{Values: values, At: l.now} }
	talk := func(way casework.ContactWay) {
		l.Course.Contacts = append(l.Course.Contacts, casework.Contact{Way: way, Reached: true, At: l.now})
	}
	for _, step := range []struct {
		when, what string
		do         func()
	}{
		{"Mon 7 Sep 2026 10:00", "text-in", func() { l.LastInAt = l.now }},
		{"Mon 7 Sep 2026 10:20", "sent", func() {
			l.LastInAt, c.SubmittedAt, c.State, c.Promised = l.now, l.now, casework.CaseSubmitted, "2026-09-14"
		}},
		{"Tue 8 Sep 2026 11:05", "baseline answered", func() {
			l.LastInAt = l.now
			l.measured(casework.Baseline, casework.MeasureComplete, "Tue 8 Sep 2026 11:00")
		}},
		{"Wed 9 Sep 2026 09:30", "picked up", func() { c.State, c.Worker, c.PickedUpAt = casework.CaseAssigned, "priya", l.now }},
		{"Wed 9 Sep 2026 14:00", "assessment booked on the phone", func() {
			c.State = casework.CaseActive
			talk(casework.ByPhone)
			assessment = l.book(casework.Assessment, "Tue 15 Sep 2026 10:45", "Wed 9 Sep 2026 14:00")
		}},
		{"Fri 11 Sep 2026 10:20", "she can come", func() {
			assessment.Said = casework.Answers{"can_come": answer("yes")}
			fire(assessment, "confirm")
		}},
		{"Tue 15 Sep 2026 11:30", "assessed, the next one booked", func() {
			talk(casework.ByMeeting)
			fire(assessment, "attend")
			meeting = l.book(casework.PlanMeeting, "Tue 22 Sep 2026 10:45", "Tue 15 Sep 2026 11:30")
		}},
		{"Wed 16 Sep 2026 18:40", "homework answered", func() { meeting.Said = casework.Answers{"homework": answer("money")} }},
		{"Tue 22 Sep 2026 11:30", "plan made, Citizens Advice booked", func() {
			talk(casework.ByMeeting)
			fire(meeting, "attend")
			l.Course.Plans = []*casework.Plan{{ID: "p1", Version: 1, State: casework.PlanProposed, MadeAt: l.now}}
			l.Course.Onward = []*casework.Onward{{ID: "o1", State: casework.OnwardRequested, MadeAt: l.now, SentAt: l.now}}
			alone = l.book(casework.OnwardVisit, "Mon 28 Sep 2026 14:00", "Tue 22 Sep 2026 11:30")
			alone.Onward = "o1"
		}},
		{"Tue 22 Sep 2026 12:40", "plan agreed", func() { l.Course.Plans[0].State = casework.PlanAgreed }},
		{"Tue 29 Sep 2026 11:05", "she did not go: nervous, go together", func() {
			l.LastInAt = l.now
			alone.Said = casework.Answers{"went": answer("no"), "why": answer("nervous")}
			fire(alone, "miss")
		}},
		{"Tue 29 Sep 2026 15:00", "going together is booked", func() {
			talk(casework.ByPhone)
			together = l.book(casework.Accompany, "Tue 6 Oct 2026 14:00", "Tue 29 Sep 2026 15:00")
			together.Onward = "o1"
		}},
		{"Tue 6 Oct 2026 15:00", "they went", func() {
			talk(casework.ByMeeting)
			fire(together, "attend")
			l.Course.Onward[0].State = casework.OnwardStarted
		}},
		{"Wed 7 Oct 2026 12:00", "it was good", func() {
			l.LastInAt = l.now
			together.Said = casework.Answers{"went": answer("yes")}
		}},
		{"Tue 3 Nov 2026 12:00", "the plan is still right", func() { l.LastInAt, l.Course.Plans[0].ReviewedAt = l.now, l.now }},
		{"Mon 7 Dec 2026 11:30", "three months answered", func() {
			l.LastInAt = l.now
			l.measured(casework.ThreeMonths, casework.MeasureComplete, "Mon 7 Dec 2026 11:00")
		}},
		{"Tue 15 Dec 2026 11:20", "she has done it, closing is agreed", func() {
			l.LastInAt = l.now
			l.Course.Plans[0].State, l.Course.Plans[0].ReviewedAt, l.Course.Ending = casework.PlanDone, l.now, "2027-01-25"
		}},
		{"Mon 18 Jan 2027 11:10", "it was good", func() { l.LastInAt, l.Course.EndingAt = l.now, answer("good") }},
		{"Mon 25 Jan 2027 11:10", "closing set answered", func() {
			l.LastInAt = l.now
			l.measured(casework.AtClosing, casework.MeasureComplete, "Mon 25 Jan 2027 11:00")
		}},
		{"Mon 25 Jan 2027 15:00", "closed", func() { c.State, c.Close, c.ClosedAt = casework.CaseClosed, "goals_met", l.now }},
	} {
		l.change(step.when, step.what, step.do)
	}
	l.until("Mon 7 Feb 2028 10:00")
	if diff := cmp.Diff(l.log, strings.Split(strings.TrimSpace(worked), "\n")); diff != "" {
		t.Errorf("the worked example (-got +want):\n%s", diff)
	}
}

// What she told and what we did stand behind "=", what the plan does without.
// On 5 October she is rung because she missed the visit before and has not said
// whether she can come, and on the 28th because three weeks have been quiet.
const worked = `
Mon 7 Sep 10:00 = text-in
Mon 7 Sep 10:20 = sent
Tue 8 Sep 11:00 measure
Tue 8 Sep 11:05 = baseline answered
Wed 9 Sep 09:30 = picked up
Wed 9 Sep 14:00 = assessment booked on the phone
Fri 11 Sep 10:00 remind
Fri 11 Sep 10:20 = she can come
Mon 14 Sep 10:00 remind_day
Tue 15 Sep 11:30 = assessed, the next one booked
Wed 16 Sep 11:00 homework
Wed 16 Sep 18:40 = homework answered
Fri 18 Sep 10:00 remind
Mon 21 Sep 10:00 remind_day
Tue 22 Sep 11:30 = plan made, Citizens Advice booked
Tue 22 Sep 12:30 plan
Tue 22 Sep 12:40 = plan agreed
Fri 25 Sep 10:00 remind_day
Tue 29 Sep 11:00 went
Tue 29 Sep 11:05 = she did not go: nervous, go together
Tue 29 Sep 15:00 = going together is booked
Fri 2 Oct 10:00 remind
Mon 5 Oct 10:00 remind_day
Mon 5 Oct 12:00 task confirm
Tue 6 Oct 12:00 remind_hours
Tue 6 Oct 15:00 = they went
Wed 7 Oct 11:00 went
Wed 7 Oct 12:00 = it was good
Wed 28 Oct 12:00 task quiet
Tue 3 Nov 11:00 review
Tue 3 Nov 12:00 = the plan is still right
Mon 7 Dec 11:00 measure
Mon 7 Dec 11:30 = three months answered
Tue 15 Dec 11:00 review
Tue 15 Dec 11:20 = she has done it, closing is agreed
Mon 18 Jan 11:00 closing
Mon 18 Jan 11:10 = it was good
Mon 25 Jan 11:00 measure
Mon 25 Jan 11:10 = closing set answered
Mon 25 Jan 15:00 = closed
Mon 22 Feb 11:00 afterwards
`
