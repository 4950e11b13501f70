package desk

import "strings"

// notices are what a page says after an action, by the word that the action
// left in the address. Any other word says nothing.
func notices(done string) string {
	switch done {
	case "picked-up":
		return "You have picked this up. We have sent a text to say who you are."
	case "picked-up-later":
		return "You have picked this up. A text to say who you are leaves at a time that is safe for the person."
	case "picked-up-quietly":
		return "You have picked this up. No text was sent: this number cannot be texted."
	case "replied":
		return "Your reply is on its way."
	case "sent-again":
		return "The text is sent again. What becomes of it stands beside it."
	case "noted":
		return "Your note is saved."
	case "given-back":
		return "The service answers texts again."
	case "closed":
		return "This case is closed."
	case "alert-taken":
		return "You are dealing with this alert."
	case "alert-closed":
		return "The alert is closed."
	case "task-done":
		return "That task is done."
	case "password":
		return "Your new password is saved."
	}
	return courseNotices(done)
}

// courseNotices are what a page says after an act between pick-up and closing.
func courseNotices(done string) string {
	if known, ok := strings.CutSuffix(done, quietly); ok {
		return quietNotices(known)
	}
	for _, notices := range []func(string) string{appointmentNotices, onwardNotices} {
		if say := notices(done); say != "" {
			return say
		}
	}
	switch done {
	case "contact":
		return "The contact is noted."
	case "again":
		return "We will remind you to try again."
	case "again-texted":
		return "Your text is on its way."
	case "planned":
		return "The plan is saved. The person is asked in an hour whether it is right."
	case "unmet":
		return "It is noted that nothing suitable was found."
	case "ending":
		return "The day is saved. The person is told by text a week before, or soon if it is nearer."
	case "no-ending":
		return "There is no day for the ending now."
	case "invited":
		return "The invitation is on its way. Nothing else is kept until the person says yes."
	case "taken-over":
		return "This case is yours now. Say who you are when you next write or ring."
	}
	return ""
}

// onwardNotices are what a page says of groups and services.
func onwardNotices(done string) string {
	switch done {
	case "group":
		return "The invitation is on its way. The person answers by text."
	case "referred":
		return "The person is asked by text whether their name may be sent. Nothing is sent before they say yes."
	case "referral-moved":
		return "What became of the referral is saved."
	case "suggested":
		return "The person is told of the service by text."
	}
	return ""
}

// appointmentNotices are what a page says of an appointment.
func appointmentNotices(done string) string {
	switch done {
	case "booked":
		return "The appointment is booked. The person is told by text."
	case "offered":
		return "The times are offered. The person chooses by text."
	case "moved":
		return "The appointment has its new time. The person is told by text."
	case "called-off":
		return "The appointment is called off. The person is told by text."
	case "came":
		return "You have noted that they came. It counts as a contact."
	case "missed":
		return "You have noted that they did not come. In half an hour they are asked what would help."
	case "missed-alone":
		return "You have noted that they did not go. Would they go together with you?"
	}
	return ""
}

// quietly is added to what was done where no text could tell the person of it.
const quietly = "-quietly"

// quietNotices are what a page says then: somebody must ring.
func quietNotices(done string) string {
	const ring = " No text was sent, because this person cannot be texted now: ring, and say so."
	switch done {
	case "booked":
		return "The appointment is booked." + ring
	case "offered":
		return "The times are kept." + ring
	case "moved":
		return "The appointment has its new time." + ring
	case "called-off":
		return "The appointment is called off." + ring
	case "referred":
		return "The referral is kept. Nothing is sent before the person says yes." + ring
	case "suggested":
		return "The suggestion is kept." + ring
	case "group":
		return "The invitation is kept." + ring
	}
	return ""
}
