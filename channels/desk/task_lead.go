package desk

import (
	"net/url"

	"linkline/conversation/casework"
)

// lead is the way from a task to the form that it asks for.
type lead struct{ Say, Path string }

// leadOf is the form that a task asks for, with what is known filled in; the
// zero lead where none is meant.
func leadOf(kind casework.TaskKind, reference string, course *casework.Course) lead {
	at := func(say, form string) lead { return lead{say, "/case/" + reference + "/" + form} }
	switch kind {
	case casework.TaskRebook:
		return rebook(at, course)
	case casework.TaskGoTogether:
		return at("Book it together", "appointment?"+url.Values{
			"type": {string(casework.Accompany)}, "onward": {openOnward(course)},
		}.Encode())
	case casework.TaskNoReply:
		return at("Close the case", "close")
	case casework.TaskReview, casework.TaskPlan:
		return at("Change the plan", "plan")
	case casework.TaskChase:
		if id := openOnward(course); id != "" {
			return at("Say what became of it", "referral/"+id)
		}
	case casework.TaskSignpost:
		return at("Refer them on instead", "referral")
	case casework.TaskMissed, casework.TaskConfirm, casework.TaskQuiet, casework.TaskRing, casework.TaskVisit,
		casework.TaskMeasure, casework.TaskUnfinished, casework.TaskUnsafe, casework.TaskStruggled:
		return at("Note a call", "contact")
	default:
		return lead{}
	}
	return lead{}
}

// rebook leads to the appointment that needs another time, or to a new one.
func rebook(at func(say, form string) lead, course *casework.Course) lead {
	for i := len(course.Appointments) - 1; i >= 0; i-- {
		a := course.Appointments[i]
		switch a.State {
		case casework.ChangeAsked, casework.DidNotAttend, casework.Declined:
			return at("Find another time", "appointment/"+a.ID+"/move")
		case casework.NoneOfTheTimes:
			return at("Offer other times", "appointment?"+url.Values{"type": {string(a.Type)}, "onward": {a.Onward}}.Encode())
		case casework.Offered, casework.Booked, casework.Confirmed, casework.Attended, casework.CancelledByUs:
		}
	}
	return at("Book an appointment", "appointment")
}

// openOnward is the referral that was made last and is still open; empty for
// none.
func openOnward(course *casework.Course) string {
	for i := len(course.Onward) - 1; i >= 0; i-- {
		if course.Onward[i].Open() {
			return course.Onward[i].ID
		}
	}
	return ""
}
