package scheduler

import (
	"time"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// subject is one thing that rules are about, in the words of its topic.
type subject struct {
	about casework.About
	state string
	// moments are those that have come to be known; the others are absent.
	moments map[string]time.Time
	// holds are the conditions that are so.
	holds map[string]bool
	// answers are what she said of it.
	answers []casework.Answers
	// booked is when its time was agreed: nothing that was due before is wanted.
	booked time.Time
}

// saidSince reports whether she has given one of the answers.
func (s *subject) saidSince(all []said, since time.Time) bool {
	for _, one := range all {
		for _, answers := range s.answers {
			if one.in(answers, since) {
				return true
			}
		}
	}
	return false
}

// subjects lists what a file of rules is about in one case.
func (b *book) subjects(o conversation.Outlook) []*subject {
	switch b.topic {
	case aboutCase:
		return []*subject{caseSubject(o)}
	case aboutAppointment:
		return appointmentSubjects(o, b.kind)
	case aboutNext:
		return nextSubjects(o)
	case aboutOnward:
		return onwardSubjects(o)
	case aboutPlan:
		return planSubjects(o)
	case aboutMeasure:
		return measureSubjects(o)
	case aboutSignpost:
		return signpostSubjects(o)
	}
	return nil
}

// known drops the moments that have not come to be known.
func known(moments map[string]time.Time) map[string]time.Time {
	for name, at := range moments {
		if at.IsZero() {
			delete(moments, name)
		}
	}
	return moments
}

// dayOf is the beginning of a civil date; zero for none.
func dayOf(date string, c *calendar.Calendar) time.Time {
	d, err := calendar.ParseDate(date)
	if err != nil {
		return time.Time{}
	}
	return d.Time(0, 0, c.Location())
}

func flagged(k *casework.Case) bool { return k.CannotWait || len(k.Fired) > 0 }

// mayNotCome reports whether a reminder without an answer is a worry: she may be
// at risk, or has missed a visit before (J6).
func mayNotCome(o conversation.Outlook) bool {
	for _, a := range o.Course.Appointments {
		if a.Missed > 0 || a.State == casework.DidNotAttend {
			return true
		}
	}
	return flagged(o.Case)
}

func appointmentSubjects(o conversation.Outlook, kind string) []*subject {
	var out []*subject
	for _, a := range o.Course.Appointments {
		if string(a.Type) == kind {
			out = append(out, appointmentSubject(o, a))
		}
	}
	return out
}

func appointmentSubject(o conversation.Outlook, a *casework.Appointment) *subject {
	s := &subject{
		about: a.Subject(), state: string(a.State), booked: a.BookedAt,
		answers: []casework.Answers{a.Said},
		moments: known(map[string]time.Time{
			"made": a.MadeAt, "booked": a.BookedAt, "start": a.Start, "settled": a.SettledAt,
		}),
		holds: map[string]bool{
			ifFlagged: flagged(o.Case), ifMayNotCome: mayNotCome(o),
			ifTogether: a.Together || a.Type == casework.Accompany,
		},
	}
	if r := o.Course.Referral(a.Onward); r != nil {
		s.answers = append(s.answers, r.Said) // whether she went may be kept with either
	}
	return s
}

// nextSubjects is the appointment with the worker that comes after the last
// assessment she came to, if there is one.
func nextSubjects(o conversation.Outlook) []*subject {
	var assessment, next *casework.Appointment
	for _, a := range o.Course.Appointments {
		if a.Type == casework.Assessment && a.State == casework.Attended &&
			(assessment == nil || a.Start.After(assessment.Start)) {
			assessment = a
		}
	}
	if assessment == nil {
		return nil
	}
	for _, a := range o.Course.Appointments {
		worker := a.Type != casework.GroupVisit && a.Type != casework.OnwardVisit
		if worker && a.Stands() && a.Start.After(assessment.Start) && (next == nil || a.Start.Before(next.Start)) {
			next = a
		}
	}
	if next == nil {
		return nil
	}
	s := appointmentSubject(o, next)
	// Homework that was answered stays answered when another appointment comes
	// to be the next one.
	for _, a := range o.Course.Appointments {
		s.answers = append(s.answers, a.Said)
	}
	// A move does not begin it again, so it counts from when there first was a
	// next appointment.
	agreed := next.BookedAt
	if next.Rebooked > 0 {
		agreed = next.MadeAt
	}
	s.moments["assessed"] = latest(assessment.Start, agreed)
	return []*subject{s}
}

func onwardSubjects(o conversation.Outlook) []*subject {
	out := make([]*subject, 0, len(o.Course.Onward))
	for _, r := range o.Course.Onward {
		out = append(out, &subject{
			about: r.Subject(), state: string(r.State), answers: []casework.Answers{r.Said},
			moments: known(map[string]time.Time{"made": r.MadeAt, "sent": r.SentAt}),
			holds:   map[string]bool{ifFlagged: flagged(o.Case), ifVisit: visited(o.Course, r.ID)},
		})
	}
	return out
}

// visited reports whether a visit of the referral is booked or was made.
func visited(c *casework.Course, referral string) bool {
	for _, a := range c.Appointments {
		if a.Onward == referral && (a.Stands() || a.State == casework.Attended || a.State == casework.DidNotAttend) {
			return true
		}
	}
	return false
}

// planSubjects is the version of the plan in force: nobody is asked about an
// older one.
func planSubjects(o conversation.Outlook) []*subject {
	p := o.Course.Plan()
	if p == nil {
		return nil
	}
	return []*subject{{
		about: p.Subject(), state: string(p.State), answers: []casework.Answers{p.Said},
		moments: known(map[string]time.Time{"made": p.MadeAt, "looked_at": p.ReviewedAt}),
		holds:   map[string]bool{ifFlagged: flagged(o.Case)},
	}}
}

func signpostSubjects(o conversation.Outlook) []*subject {
	out := make([]*subject, 0, len(o.Course.Signposts))
	for _, s := range o.Course.Signposts {
		out = append(out, &subject{
			about: s.Subject(), state: string(s.State), answers: []casework.Answers{s.Said},
			moments: known(map[string]time.Time{"given": s.GivenAt}),
			holds:   map[string]bool{ifFlagged: flagged(o.Case)},
		})
	}
	return out
}
