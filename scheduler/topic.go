package scheduler

import (
	"linkline/conversation/casework"
)

// topic says what a file of rules is about.
type topic string

// The topics of rules.
const (
	aboutCase        topic = "case"
	aboutAppointment topic = "appointment"
	// aboutNext is the appointment that comes after the assessment: what she
	// thinks about at home is read back there (F9).
	aboutNext     topic = "next"
	aboutOnward   topic = "onward"
	aboutPlan     topic = "plan"
	aboutMeasure  topic = "measure"
	aboutSignpost topic = "signpost"
)

// vocabulary is what a rule of one topic may speak of. The sets are closed: a
// name that is not in them is a mistake and is told with its line.
type vocabulary struct {
	moments, states, conditions []string
}

// The conditions that rules may ask for.
const (
	// ifFlagged holds for somebody with a rule that brought her forward or who
	// cannot wait (decision 24).
	ifFlagged = "flagged"
	// ifMayNotCome holds for her, and for somebody who has missed a visit (J6).
	ifMayNotCome = "may_not_come"
	ifTogether   = "together"  // the link worker comes along
	ifContacted  = "contacted" // somebody has been in touch with her
	// ifVisit holds for a referral with a visit that is booked or was made: the
	// provider has been in touch.
	ifVisit = "visit"
	// ifBaseline holds when she told how she felt at the beginning: without it
	// nothing can be said of a change, and the text would not be true.
	ifBaseline = "baseline"
	// ifClosingCounts holds where the closing set falls into the window of this
	// one and takes its place; ifAskedLately where she was asked within the four
	// weeks before closing (5.5).
	ifClosingCounts = "closing_counts"
	ifAskedLately   = "asked_lately"
)

// vocabularies is what there is to speak of in each topic.
func vocabularies() map[topic]vocabulary {
	visits := names(casework.Offered, casework.Booked, casework.Confirmed, casework.ChangeAsked,
		casework.Declined, casework.Attended, casework.DidNotAttend, casework.CancelledByUs, casework.NoneOfTheTimes)
	return map[topic]vocabulary{
		aboutCase: {
			moments: []string{
				"opened", "last_text", "submitted", "promised", "reached", "contact",
				"twelfth_contact", "first_attempt", "no_answer", "ending", "closed",
			},
			conditions: []string{ifFlagged, ifMayNotCome, ifContacted},
		},
		aboutAppointment: {
			moments: []string{"made", "booked", "start", "settled"}, states: visits,
			conditions: []string{ifFlagged, ifMayNotCome, ifTogether},
		},
		aboutNext: {
			moments: []string{"made", "booked", "start", "assessed"}, states: visits,
			conditions: []string{ifFlagged, ifMayNotCome},
		},
		aboutOnward: {
			moments: []string{"made", "sent"}, conditions: []string{ifFlagged, ifVisit},
			states: names(casework.OnwardAsked, casework.OnwardRefused, casework.OnwardRequested,
				casework.OnwardReceived, casework.OnwardAccepted, casework.OnwardRejected, casework.OnwardWaiting,
				casework.OnwardStarted, casework.OnwardCompleted, casework.OnwardNotStarted),
		},
		aboutPlan: {
			moments: []string{"made", "looked_at"}, conditions: []string{ifFlagged},
			states: names(casework.PlanProposed, casework.PlanAgreed, casework.PlanDisputed, casework.PlanDone),
		},
		aboutMeasure: {
			moments:    []string{"submitted", "ending", "closed"},
			conditions: []string{ifContacted, ifBaseline, ifClosingCounts, ifAskedLately},
			states: names(casework.MeasureDue, casework.MeasureBegun, casework.MeasureComplete,
				casework.MeasureRefused),
		},
		aboutSignpost: {
			moments: []string{"given"}, conditions: []string{ifFlagged},
			states: names(casework.SignpostGiven, casework.SignpostHelps, casework.SignpostOther,
				casework.SignpostReached, casework.SignpostPerson),
		},
	}
}

func names[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = string(one)
	}
	return out
}
