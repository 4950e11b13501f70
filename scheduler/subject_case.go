package scheduler

import (
	"slices"
	"time"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// manyContacts is after how many contacts a case is reviewed or closed (J17).
const manyContacts = 12

// An attempt to reach somebody counts as come to nothing after three of them,
// by two ways, over ten working days (J9).
const (
	enoughAttempts = 3
	enoughWays     = 2
	enoughDays     = 10
)

func caseSubject(o conversation.Outlook) *subject {
	k, c := o.Case, o.Course
	reached := latest(k.PickedUpAt, k.LastOutAt, c.LastContact())
	first, noAnswer := unanswered(o)
	moments := map[string]time.Time{
		"opened": k.OpenedAt, "last_text": o.LastInAt, "submitted": k.SubmittedAt,
		"promised": dayOf(k.Promised, o.Calendar), "closed": k.ClosedAt, "ending": dayOf(c.Ending, o.Calendar),
		// What we did last, and the last time that anybody was in touch at all.
		"reached": reached, "contact": latest(reached, o.LastInAt),
		"twelfth_contact": twelfth(c), "first_attempt": first, "no_answer": noAnswer,
	}
	return &subject{
		about:   casework.About{Kind: casework.AboutCase, ID: string(k.ID)},
		state:   string(k.State),
		moments: known(moments),
		holds: map[string]bool{
			ifFlagged: flagged(k), ifMayNotCome: mayNotCome(o), ifContacted: contacted(o),
		},
		answers: []casework.Answers{k.Answers, {"nudged": c.Nudged, "closing": c.EndingAt}},
	}
}

// contacted reports whether a worker has been in touch with her.
func contacted(o conversation.Outlook) bool {
	return o.Case.State == casework.CaseActive || !o.Course.LastContact().IsZero()
}

// twelfth is when she was reached for the twelfth time; zero before.
func twelfth(c *casework.Course) time.Time {
	var at []time.Time
	for _, contact := range c.Contacts {
		if contact.Reached {
			at = append(at, contact.At)
		}
	}
	if len(at) < manyContacts {
		return time.Time{}
	}
	slices.SortFunc(at, time.Time.Compare)
	return at[manyContacts-1]
}

// unanswered returns the first attempt since anybody last heard from her, and
// when it is fair to say that she does not answer: after the third attempt, once
// a second way was tried, and ten working days after the first. Zero where there
// is no such attempt, or not enough of them.
func unanswered(o conversation.Outlook) (first, given time.Time) {
	heard := latest(o.LastInAt, o.Course.LastContact())
	var tried []casework.Contact
	for _, contact := range o.Course.Contacts {
		if !contact.Reached && contact.At.After(heard) {
			tried = append(tried, contact)
		}
	}
	slices.SortStableFunc(tried, func(a, b casework.Contact) int { return a.At.Compare(b.At) })
	ways := map[casework.ContactWay]bool{}
	for i, contact := range tried {
		ways[contact.Way] = true
		if i+1 >= enoughAttempts && len(ways) >= enoughWays {
			return tried[0].At, latest(contact.At, afterWorkingDays(tried[0].At, o.Calendar))
		}
	}
	return time.Time{}, time.Time{}
}

func afterWorkingDays(from time.Time, c *calendar.Calendar) time.Time {
	return moment{n: enoughDays, unit: workingDays}.from(from, c)
}
