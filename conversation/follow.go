package conversation

import (
	"fmt"
	"slices"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
)

// outlook is what the plan of the case is made from, as the turn leaves it.
func (b *books) outlook() (Outlook, error) {
	course, err := b.theCourse()
	if err != nil {
		return Outlook{}, err
	}
	if course == nil {
		course = &casework.Course{}
	}
	return Outlook{
		Case: b.caseOf, Course: course, Permitted: b.conv.Permitted, Contact: *b.contact,
		LastInAt: b.conv.LastInAt, Withdrawn: b.conv.Withdrawn, Calendar: b.team.Calendar,
	}, nil
}

// theCourse reads the course of the case when a turn first needs it; nil where
// nothing has happened yet.
func (b *books) theCourse() (*casework.Course, error) {
	if b.course != nil || b.courseRead || b.caseOf == nil {
		return b.course, nil
	}
	var err error
	if b.course, err = casework.Courses.Find(b.tx, string(b.caseOf.ID)); err != nil {
		return nil, fmt.Errorf("read the course: %w", err)
	}
	b.courseRead = true
	return b.course, nil
}

// changeCourse returns the course to be changed, a new one where there is none.
// It is written at the end of the turn and the plan is made again.
func (b *books) changeCourse() (*casework.Course, error) {
	course, err := b.theCourse()
	if err != nil {
		return nil, err
	}
	if course == nil {
		if b.caseOf == nil {
			return nil, casework.ErrNotFound
		}
		b.course = &casework.Course{
			Case: b.caseOf.ID, Team: b.team.ID, Conversation: b.conv.ID, DataKey: b.caseOf.DataKey,
		}
	}
	b.courseChanged, b.replans = true, true
	return b.course, nil
}

// writeCourse keeps what the turn changed in the course, and makes the plan
// again where something changed that it stands on.
func (b *books) writeCourse() error {
	if b.courseChanged {
		if err := casework.Courses.Put(b.tx, b.course); err != nil {
			return fmt.Errorf("keep the course: %w", err)
		}
	}
	if !b.replans || b.caseOf == nil || b.engine.config.Plan == nil {
		return nil
	}
	return b.replan()
}

// replan brings the jobs of the conversation in line with what its case asks
// for: what is missing is added, what has moved is moved, and what nobody wants
// any more is called off, all in the commit that changed it (I12).
func (b *books) replan() error {
	outlook, err := b.outlook()
	if err != nil {
		return err
	}
	jobs, err := b.plannedJobs()
	if err != nil {
		return err
	}
	put, cancel := casework.Reconcile(b.now, b.engine.config.Plan(outlook), jobs)
	for _, job := range put {
		job.Team, job.Conversation, job.Case = b.team.ID, b.conv.ID, b.caseOf.ID
	}
	for _, job := range append(put, cancel...) {
		if err := casework.Jobs.Put(b.tx, job); err != nil {
			return fmt.Errorf("plan a job: %w", err)
		}
	}
	return nil
}

// plannedJobs are the jobs that the plan of the case has asked for so far.
func (b *books) plannedJobs() ([]*casework.Job, error) {
	var out []*casework.Job
	span := casework.Span{Prefix: casework.JobPrefix(b.conv.ID)}
	for {
		jobs, next, err := casework.Jobs.Range(b.tx, span)
		if err != nil {
			return nil, fmt.Errorf("find the jobs of a case: %w", err)
		}
		for _, job := range jobs {
			if job.Case == b.caseOf.ID {
				out = append(out, job)
			}
		}
		if next == "" {
			return out, nil
		}
		span.After = next
	}
}

// still returns what the plan of the case asks for under the key of a job; ok is
// false when nobody wants it any more.
func (b *books) still(job *casework.Job) (w casework.Wanted, ok bool, err error) {
	outlook, err := b.outlook()
	if err != nil {
		return w, false, err
	}
	for _, w := range b.engine.config.Plan(outlook) {
		if w.Key(job.Conversation, job.Case) == job.Key() {
			return w, true, nil
		}
	}
	return w, false, nil
}

// muchLate is from when on a reminder gives way to one that is still to come on
// the same day: two texts about one appointment in a morning are one too many.
const muchLate = 4 * time.Hour

// overtaken reports whether a later reminder of the same thing is due by now, or
// today where this one is much late. Of two that meet, after an outage, a pause
// or behind a worker's talk, the later leaves (decision 30).
func (b *books) overtaken(w casework.Wanted) (bool, error) {
	if !w.Reminder {
		return false, nil
	}
	outlook, err := b.outlook()
	if err != nil {
		return false, err
	}
	until := b.now
	if b.now.Sub(w.DueAt) > muchLate {
		until = b.team.Calendar.On(b.now).AddDays(1).Time(0, 0, b.team.location())
	}
	return slices.ContainsFunc(b.engine.config.Plan(outlook), func(other casework.Wanted) bool {
		return other.Reminder && other.Send != "" && other.About == w.About &&
			other.DueAt.After(w.DueAt) && !other.DueAt.After(until)
	}), nil
}

// pausedUntil is when the pause she asked for ends; zero where she asked for none.
func (b *books) pausedUntil() time.Time {
	day, err := calendar.ParseDate(b.conv.Pause)
	if err != nil {
		return time.Time{}
	}
	return day.Time(9, 0, b.team.location())
}

// follow runs a job of the plan. What it was planned for is asked for again: the
// answer may have come, the appointment may have moved, she may have stopped us.
func (e *Engine) follow(b *books, facts Facts, job *casework.Job) error {
	w, wanted, err := b.still(job)
	switch {
	case err != nil:
		return err
	case !wanted, w.DueAt.After(b.now):
		return b.replan() // what she texted meanwhile has made another plan
	}
	late, err := b.overtaken(w)
	if err != nil {
		return err
	}
	if until := b.pausedUntil(); w.Send != "" && until.After(b.now) {
		job.RetryAt = until // after that it leaves, or is too late and somebody's to do
		return casework.Jobs.Put(b.tx, job)
	}
	job.State, job.SettledAt = casework.JobDone, b.now
	if late {
		job.Reason = "a later one leaves"
	}
	if err := casework.Jobs.Put(b.tx, job); err != nil || late {
		return err
	}
	b.about, b.job, b.until = w.About, job.Key(), w.NotAfter
	if w.Send == string(flows.SendWaiting) {
		b.job = "" // the promise it was planned for is replaced in this very turn
	}
	if w.Reminder {
		b.class = casework.ClassReminder
	}
	if err := b.measureFor(w.About, &facts); err != nil {
		return err
	}
	_, err = e.turn(b, facts, Woken{Kind: w.Kind, Wanted: w})
	return err
}

// measureFor makes the record of a set of measures when she is first asked.
func (b *books) measureFor(about casework.About, facts *Facts) error {
	if about.Kind != casework.AboutMeasure {
		return nil
	}
	course, err := b.changeCourse()
	if err != nil {
		return err
	}
	if course.Measure(about.ID) == nil {
		course.Measures = append(course.Measures, &casework.Measure{
			ID: about.ID, Point: casework.MeasurePoint(about.ID), State: casework.MeasureDue, AskedAt: b.now,
		})
	}
	facts.Course = course
	return nil
}

// companions reads what a flow about something needs besides the case: the
// course and who the link worker is.
func (b *books) companions(f *Facts) error {
	if b.caseOf == nil {
		return b.invitation(f)
	}
	var err error
	if f.Course, err = b.theCourse(); err != nil || b.caseOf.Worker == "" {
		return err
	}
	user, err := casework.Users.Find(b.tx, string(b.caseOf.Worker))
	if err != nil {
		return fmt.Errorf("find the link worker: %w", err)
	}
	if user != nil {
		f.Worker = user.Name
	}
	return nil
}
