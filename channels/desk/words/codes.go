package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"linkline/conversation/casework"
)

// Plain writes a code that has no words of its own: "no_response" becomes "No
// response".
func Plain(code string) string {
	return upperFirst(strings.ReplaceAll(code, "_", " "))
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}

// Channel names a channel.
func Channel(c casework.Channel) string {
	switch c {
	case casework.SMS:
		return "Text message"
	case casework.WhatsApp:
		return "WhatsApp"
	case casework.Telegram:
		return "Telegram"
	case casework.WebChat:
		return "Web chat"
	}
	return Plain(string(c))
}

// Language names a language by its code.
func Language(code string) string {
	switch code {
	case "en":
		return "English"
	case "cy":
		return "Welsh"
	case "pl":
		return "Polish"
	case "ur":
		return "Urdu"
	case "pa":
		return "Punjabi"
	case "bn":
		return "Bengali"
	case "ar":
		return "Arabic"
	case "ro":
		return "Romanian"
	}
	return code
}

// Status says where a case stands, as an adjective.
func Status(c *casework.Case) string {
	switch c.State {
	case casework.CaseStarted:
		return "Not finished"
	case casework.CaseWorkable, casework.CaseSubmitted:
		return "New"
	case casework.CaseAssigned:
		return "Picked up"
	case casework.CaseActive:
		return "In touch"
	case casework.CaseClosed:
		return "Closed"
	}
	return Plain(string(c.State))
}

// Section names a part of the queue.
func Section(section string) string {
	switch section {
	case casework.SectionWaiting:
		return "Waiting for us"
	case casework.SectionReply:
		return "Needs reply"
	case casework.SectionTheirs:
		return "Waiting for them"
	case casework.SectionUnfinished:
		return "Not finished"
	case casework.SectionClosed:
		return "Closed"
	}
	return Plain(section)
}

// Nothing says that a part of the queue is empty.
func Nothing(section string) string {
	switch section {
	case casework.SectionWaiting:
		return "Nobody is waiting to be picked up."
	case casework.SectionReply:
		return "Nobody is waiting for a reply."
	case casework.SectionTheirs:
		return "We are not waiting to hear from anybody."
	case casework.SectionUnfinished:
		return "Nobody has left a request unfinished."
	}
	return "Nothing has been closed yet."
}

// CloseReason says why a case was closed.
func CloseReason(code string) string {
	switch code {
	case "goals_met":
		return "Goals met"
	case "partly_met":
		return "Goals partly met"
	case "signposted":
		return "Told about local support"
	case "declined":
		return "Did not want our help"
	case "no_response":
		return "Did not answer us"
	case "moved":
		return "Moved away"
	case "not_suitable_redirected":
		return "Not right for us, helped to find another service"
	case "died":
		return "Has died"
	case "other":
		return "Another reason"
	}
	return Plain(code)
}

// AlertAction says what was done about an alert.
func AlertAction(code string) string {
	switch code {
	case "rang":
		return "Rang and spoke with the person"
	case "left_message":
		return "Rang and left a message"
	case "called_999":
		return "Called 999"
	case "gp_told":
		return "Told the GP surgery"
	case "safeguarding_referral":
		return "Made a safeguarding referral"
	case "crisis_team":
		return "Passed to the crisis team"
	case "no_action_with_reason":
		return "No action was needed (say why)"
	}
	return Plain(code)
}

// AlertClass says what kind of words raised an alert. It tells of the words
// and never of the person (decision 24).
func AlertClass(class string) string {
	switch class {
	case "A":
		return "Words about ending a life"
	case "B":
		return "Words about harm happening now"
	case "C":
		return "Words that can mean giving up"
	case "D":
		return "Words about harming somebody"
	case "E":
		return "Words about not being safe at home"
	case "F":
		return "Words about a child at risk"
	case "G":
		return "Words about a medical emergency"
	case "H":
		return "Texted URGENT"
	case "I":
		return "Words about having no food, heat or home"
	case "answer":
		return "Answer to the safety question"
	}
	return "Words that could not wait"
}

// AlertState says where an alert stands.
func AlertState(s casework.AlertState) string {
	switch s {
	case casework.AlertRaised, casework.AlertSeen:
		return "Nobody is dealing with it"
	case casework.AlertAcknowledged:
		return "Being dealt with"
	case casework.AlertClosed:
		return "Closed"
	}
	return Plain(string(s))
}

// Task says what a task asks for.
func Task(k casework.TaskKind) string {
	switch k {
	case casework.TaskRing:
		return "Ring this number"
	case casework.TaskStruggled:
		return "Ring: the chat could not understand"
	case casework.TaskRead:
		return "Read what was texted"
	case casework.TaskUnsafe:
		return "Ring, do not text: the number is not safe to text"
	case casework.TaskHelper:
		return "Somebody asks for somebody else"
	case casework.TaskUnder18:
		return "Under 18: find the right service"
	case casework.TaskRequest:
		return "A request about data, or a complaint"
	case casework.TaskUndeliver:
		return "A text may not have arrived"
	case casework.TaskOptedOut:
		return "Asked us to stop texting"
	case casework.TaskCarrier:
		return "Texted a word that the network may take for stop"
	case casework.TaskWrong:
		return "Says it is a wrong number"
	case casework.TaskDeceased:
		return "Says the person has died: check, and text nobody"
	case casework.TaskOther:
		return "Something to look at"
	default:
		return followUp(k)
	}
}

// followUp says what a task of the follow-up asks for (domain 5.5).
func followUp(k casework.TaskKind) string {
	switch k {
	case casework.TaskUnfinished:
		return "Began a week ago and did not finish: ring"
	case casework.TaskRebook:
		return "Needs another time: offer one"
	case casework.TaskGoTogether:
		return "Would like you to come along: book it"
	case casework.TaskMissed:
		return "Missed a visit and has not answered: ring"
	case casework.TaskConfirm:
		return "Has not said whether she can come: ring"
	case casework.TaskNoReply:
		return "Not reached three times in two ways: close, or try once more?"
	case casework.TaskSupervisor:
		return "Not reached three times, and may be at risk: a second person decides"
	case casework.TaskChase:
		return "Has not heard from the provider: chase it"
	case casework.TaskVisit:
		return "A visit went badly, or is hard to get to: talk about it"
	case casework.TaskPlan:
		return "Wants the plan changed"
	case casework.TaskQuiet:
		return "Nobody has been in touch for three weeks"
	case casework.TaskReview:
		return "Twelve contacts, or half a year: review or close"
	case casework.TaskMeasure:
		return "Has not answered how she is: ask on the phone, if you like"
	case casework.TaskSignpost:
		return "Would like help with a service she was told of"
	case casework.TaskLate:
		return "A text that was due could not leave in time"
	case casework.TaskPromise:
		return "The date she was promised is about to pass"
	case casework.TaskAfterwards:
		return "Wrote after her case was closed that all is not well"
	case casework.TaskInvitation:
		return "An invitation was answered, or was not"
	default:
		return Plain(string(k))
	}
}

// Purpose says what a permission is for.
func Purpose(p casework.Purpose) string {
	switch p {
	case casework.PurposeKeep:
		return "Keep it, share it with the link worker, text about it"
	case casework.PurposeTellGP:
		return "Tell the GP surgery"
	case casework.PurposeTextMe:
		return "Reminders and check-ins by text"
	case casework.PurposeEvaluation:
		return "Use the answers, without the name, to improve the service"
	case casework.PurposeGroups:
		return "Invitations to groups by text, at most two a month"
	}
	return Plain(string(p))
}

// PurposeShort names a purpose within a sentence.
func PurposeShort(p casework.Purpose) string {
	switch p {
	case casework.PurposeKeep:
		return "keep and share with link worker"
	case casework.PurposeTellGP:
		return "tell GP surgery"
	case casework.PurposeTextMe:
		return "reminders by text"
	case casework.PurposeEvaluation:
		return "improve the service"
	case casework.PurposeGroups:
		return "invite to groups"
	}
	return lowerFirst(Plain(string(p)))
}

// By names a channel within a sentence.
func By(c casework.Channel) string {
	if c == casework.SMS || c == casework.WebChat {
		return lowerFirst(Channel(c))
	}
	return Channel(c)
}
