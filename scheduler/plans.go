package scheduler

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

//go:embed rules/*.yaml
var shippedRules embed.FS

// Plans says what should happen in a case and when (domain 5.5). It is made of
// rules that a service lead can read, one file for each kind of appointment and
// each other thing; it never changes and is safe for concurrent use.
type Plans struct {
	books []*book
	// spread is how far apart texts of one clock time are moved, so that a
	// thousand reminders of ten o'clock are not one crowd.
	spread time.Duration
}

// ShippedPlans returns the rules this program comes with.
func ShippedPlans() (*Plans, error) {
	files, err := fs.Sub(shippedRules, "rules")
	if err != nil {
		return nil, fmt.Errorf("open the rules: %w", err)
	}
	return LoadPlans(files)
}

// Exactly returns the same plans without the spread: every text at the moment
// its rule names, as a transcript shows it.
func (p *Plans) Exactly() *Plans { return &Plans{books: p.books} }

// Want returns the jobs there should be for a case, in the order of their
// moments; it is a conversation.Planner. What is wanted depends on the records
// alone: a job that is done is still wanted and stays done, and one whose reason
// has gone, because she answered or the appointment moved, is not there any more.
func (p *Plans) Want(o conversation.Outlook) []casework.Wanted {
	if o.Case == nil || o.Course == nil || o.Calendar == nil {
		return nil
	}
	var out []casework.Wanted
	for _, b := range p.books {
		for _, s := range b.subjects(o) {
			for _, j := range b.plan(o, s) {
				if j.mayLeave(o) {
					out = append(out, p.spreadOut(o, j))
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b casework.Wanted) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.About.ID, b.About.ID))
	})
	return out
}

// job is what one rule asks for of one subject.
type job struct {
	casework.Wanted
	rule *rule
	// name is the rule's job, with its turn where it repeats, and since is from
	// when an answer counts for it.
	name  string
	since time.Time
}

// mayLeave reports whether nothing stands against the text of a job. What a
// worker is to do needs nobody's permission, and is all that is left for
// somebody who may not be texted.
func (j *job) mayLeave(o conversation.Outlook) bool {
	if j.Send == "" {
		return true
	}
	switch o.Contact.State {
	case casework.ContactOptedOut, casework.ContactBlocked, casework.ContactUndeliverable:
		return false
	case casework.ContactActive:
	}
	if o.Withdrawn || o.Contact.Safe == casework.SafeNo {
		return false
	}
	return o.Permitted[j.rule.permission] == casework.PermissionYes
}

// plan asks every rule of a file for its job about one subject. A rule may count
// from the job of one before it, and is nothing where that is nothing.
func (b *book) plan(o conversation.Outlook, s *subject) []*job {
	var jobs []*job
	byName := map[string]*job{}
	for _, r := range b.rules {
		for _, j := range r.jobs(o, s, byName) {
			jobs = append(jobs, j)
			byName[j.name] = j
		}
	}
	return standing(o, jobs)
}

// jobs are the jobs of a rule: one, or as many as it repeats.
func (r *rule) jobs(o conversation.Outlook, s *subject, before map[string]*job) []*job {
	if !r.suits(o.Case) || !r.fits(s) {
		return nil
	}
	for _, name := range r.needs {
		if before[name] == nil {
			return nil
		}
	}
	base, since, ok := r.base(s, before)
	if !ok || s.saidSince(r.said, since) {
		return nil
	}
	var out []*job
	for i := range max(r.times, 1) {
		j := &job{rule: r, name: string(r.job), since: since}
		if r.times > 1 {
			j.name = fmt.Sprintf("%s_%d", r.job, i+1)
		}
		at := base
		for range i {
			at = r.every.from(at, o.Calendar)
		}
		if r.place(o, s, j, at) {
			out = append(out, j)
		}
	}
	return out
}

// base is what the moment of the rule counts from, and since when an answer
// stops it: from then on for what comes after something, and since the time was
// agreed for what comes before an appointment.
func (r *rule) base(s *subject, before map[string]*job) (base, since time.Time, ok bool) {
	if j := before[r.due.of]; j != nil {
		return j.DueAt, j.since, true
	}
	base, ok = s.moments[r.due.of]
	if s.about.Kind != casework.AboutAppointment || r.due.of == "assessed" {
		return base, time.Time{}, ok
	}
	if r.due.before {
		return base, s.booked, ok
	}
	return base, base, ok
}

// place gives a job its moment and its end, and reports whether it is of use.
func (r *rule) place(o conversation.Outlook, s *subject, j *job, base time.Time) bool {
	due, ok := r.open(o, r.due.from(base, o.Calendar))
	if !ok {
		return false
	}
	j.Wanted = casework.Wanted{
		Kind: casework.JobKind(j.name), About: s.about, DueAt: due,
		Send: string(r.send), Task: r.task, Reminder: r.reminder,
	}
	if r.until.written() {
		from, known := s.moments[r.until.of]
		if r.until.of == string(r.job) {
			from, known = due, true
		}
		if !known {
			return false
		}
		j.NotAfter = r.until.from(from, o.Calendar)
	}
	if r.anew != "" {
		j.About.Rev = dayNumber(s.moments[r.anew], o.Calendar)
	}
	return j.useful(o, s)
}

// useful reports whether a job is not too late from the beginning, for an
// appointment that was booked since, or about what was looked at just before.
func (j *job) useful(o conversation.Outlook, s *subject) bool {
	r := j.rule
	if j.Send != "" && (j.NotAfter.IsZero() || j.DueAt.After(j.NotAfter)) {
		return false
	}
	if r.booked.written() && s.booked.After(r.booked.from(s.moments[r.booked.of], o.Calendar)) {
		return false
	}
	if j.told(o, s) {
		return false
	}
	if looked, ok := s.moments["looked_at"]; ok && r.rest.written() {
		rest := r.rest
		rest.before = true
		return looked.After(j.DueAt) || looked.Before(rest.from(j.DueAt, o.Calendar))
	}
	return true
}

// told reports whether the time was agreed after the job was due, or on the same
// day: what she has just been told is not told again (J3).
func (j *job) told(o conversation.Outlook, s *subject) bool {
	due := j.rule.due
	switch {
	case s.booked.IsZero():
		return false
	case due.of == "assessed":
		return !j.DueAt.After(s.booked)
	case !due.before:
		return false
	}
	return !j.DueAt.After(s.booked) || !due.elapses() && o.Calendar.On(j.DueAt) == o.Calendar.On(s.booked)
}

// Sends lists the moments whose flows these plans begin, each with the facts
// whose answers end it, so that a library can be held against them: a flow that
// keeps her answer under another name would be sent again.
func (p *Plans) Sends() map[flows.Start][]string {
	out := map[flows.Start][]string{}
	for _, b := range p.books {
		for _, r := range b.rules {
			if r.send == "" {
				continue
			}
			facts := out[r.send]
			for _, s := range r.said {
				if !slices.Contains(facts, s.fact) {
					facts = append(facts, s.fact)
				}
			}
			out[r.send] = facts
		}
	}
	return out
}
