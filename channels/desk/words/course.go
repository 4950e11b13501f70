package words

import "linkline/conversation/casework"

// Appointment names an appointment.
func Appointment(t casework.AppointmentType) string {
	switch t {
	case casework.Assessment:
		return "First talk"
	case casework.PlanMeeting:
		return "Plan meeting"
	case casework.ReviewVisit:
		return "Review of the plan"
	case casework.PhoneCheckIn:
		return "Phone call"
	case casework.Accompany:
		return "Visit to a service, together"
	case casework.HomeVisit:
		return "Home visit"
	case casework.GroupVisit:
		return "Group"
	case casework.OnwardVisit:
		return "Visit to a service, on their own"
	case casework.OtherVisit:
		return "Another appointment"
	}
	return Plain(string(t))
}

// AppointmentState says where an appointment stands; good and bad colour it.
func AppointmentState(s casework.AppointmentState) string {
	switch s {
	case casework.Offered:
		return "Offered, no answer yet"
	case casework.Booked:
		return "Booked"
	case casework.Confirmed:
		return "Says they can come"
	case casework.ChangeAsked:
		return "Needs another time"
	case casework.Declined:
		return "Does not want it now"
	case casework.Attended:
		return "Came"
	case casework.DidNotAttend:
		return "Did not come"
	case casework.CancelledByUs:
		return "Called off by us"
	case casework.NoneOfTheTimes:
		return "None of the times suits"
	}
	return Plain(string(s))
}

// Onward says where a referral to a group or a service stands.
func Onward(s casework.OnwardState) string {
	switch s {
	case casework.OnwardAsked:
		return "Permission asked"
	case casework.OnwardRefused:
		return "Permission refused"
	case casework.OnwardRequested:
		return "Permission given, sent"
	case casework.OnwardReceived:
		return "Received by them"
	case casework.OnwardAccepted:
		return "Accepted"
	case casework.OnwardRejected:
		return "Not accepted"
	case casework.OnwardWaiting:
		return "On their waiting list"
	case casework.OnwardStarted:
		return "Started"
	case casework.OnwardCompleted:
		return "Finished"
	case casework.OnwardNotStarted:
		return "Did not start"
	}
	return Plain(string(s))
}

// OnwardEvent says what may have become of a referral.
func OnwardEvent(event string) string {
	switch event {
	case "permit":
		return "The person told me yes: it may be sent"
	case "refuse":
		return "The person told me no"
	case "acknowledge":
		return "They have received it"
	case "accept":
		return "They have accepted it"
	case "reject":
		return "They cannot take the person"
	case "wait":
		return "The person is on a waiting list"
	case "start":
		return "The person has started"
	case "complete":
		return "The person has finished there"
	case "give_up":
		return "The person will not go there"
	}
	return Plain(event)
}

// Signpost says where a suggestion of a service stands.
func Signpost(s casework.SignpostState) string {
	switch s {
	case casework.SignpostGiven:
		return "Suggested"
	case casework.SignpostHelps:
		return "Means to get in touch"
	case casework.SignpostOther:
		return "Would like another idea"
	case casework.SignpostReached:
		return "Has been in touch"
	case casework.SignpostPerson:
		return "Would rather talk to a link worker"
	}
	return Plain(string(s))
}

// PlanState says whether the person agrees to a version of the plan.
func PlanState(s casework.PlanState) string {
	switch s {
	case casework.PlanProposed:
		return "Not agreed yet"
	case casework.PlanAgreed:
		return "Agreed by the person"
	case casework.PlanDisputed:
		return "The person wants it changed"
	case casework.PlanDone:
		return "Done"
	}
	return Plain(string(s))
}

// GoalWho says who takes a step of a plan.
func GoalWho(who string) string {
	switch who {
	case "person":
		return "The person"
	case "worker":
		return "The link worker"
	case "provider":
		return "A group or service"
	}
	return Plain(who)
}

// GoalWhos lists who can take a step of a plan.
func GoalWhos() []string { return []string{"person", "worker", "provider"} }

// MeasurePoint says when a set of measures was taken.
func MeasurePoint(p casework.MeasurePoint) string {
	switch p {
	case casework.Baseline:
		return "At the start"
	case casework.ThreeMonths:
		return "3 months"
	case casework.SixMonths:
		return "6 months"
	case casework.AtClosing:
		return "At the end"
	}
	return Plain(string(p))
}

// ContactWay says how somebody was in touch.
func ContactWay(w casework.ContactWay) string {
	switch w {
	case casework.ByPhone:
		return "Phone call"
	case casework.ByMeeting:
		return "Meeting"
	case casework.ByHomeCall:
		return "Home visit"
	case casework.ByVideo:
		return "Video call"
	case casework.ByText:
		return "Text"
	}
	return Plain(string(w))
}

// UnmetReason says why nothing suits.
func UnmetReason(code string) string {
	switch code {
	case "none_exists":
		return "There is nothing like it here"
	case "full":
		return "It is full, or the wait is too long"
	case "too_far":
		return "It is too far away"
	case "cost":
		return "It costs too much"
	case "not_accessible":
		return "It is not accessible"
	case "not_culturally_suited":
		return "It does not suit their culture or faith"
	case "age":
		return "It is for another age"
	case "hours":
		return "It is at the wrong time"
	case "language":
		return "It is not in their language"
	}
	return Plain(code)
}

// TakeOver says why a case was taken over.
func TakeOver(code string) string {
	switch code {
	case "colleague_away":
		return "My colleague is away"
	case "colleague_asked":
		return "My colleague asked me to"
	case "cannot_wait":
		return "It cannot wait for my colleague"
	case "moved_to_me":
		return "The case has been moved to me"
	}
	return Plain(code)
}
