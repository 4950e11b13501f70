package conversation

import (
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// Actor is a worker at the desk.
type Actor struct {
	Team casework.TeamID
	User casework.UserID
}

// The acts of a worker are methods of Engine, one file each:
//
//	PickUp(ctx, Actor, CaseID, Meeting) error        the person is told who by text (Q2)
//	Answer(ctx, Actor, CaseID, Writing) error        a reply through the same number; takes the conversation
//	AddNote(ctx, Actor, CaseID, Writing) error       for the team; the person does not see it
//	GiveBack(ctx, Actor, CaseID) error               the bot speaks again
//	Close(ctx, Actor, CaseID, Closing) error
//	Read(ctx, Actor, CaseID) error                   marks the person's texts as read and audits the view
//	TakeAlert(ctx, Actor, alert string) error
//	CloseAlert(ctx, Actor, alert string, Outcome) error
//	FinishTask(ctx, Actor, task string, Outcome) error
//	Book, Move, CallOff, MarkVisit                   appointments (P1, P2, P4)
//	LogContact, WritePlan, SayEnding, NoteUnmet      what was done and agreed
//	Refer, MoveReferral, Suggest, InviteToGroup      groups and services (C5, SP1, GR1)
//	Invite                                           somebody whom an agency suggested (PR1)
//	TakeOver, RingAgain                              a colleague's case; a call that was not answered
//
// Each is audited in its own transaction and acts once when a form is sent
// twice: what is written carries the form's token, and the others find that it
// has been done.

// Writing is what a worker wrote.
type Writing struct {
	Text casework.Private
	// Once is the token of the form it was written in.
	Once string
}

// Meeting is when a worker says she will ring. The zero Meeting says nothing.
type Meeting struct {
	On calendar.Date
	At string // "14:30"
}

// Closing is how a case is closed: a reason from CloseReasons and, if she
// likes, a note.
type Closing struct {
	Reason string
	Note   casework.Private
}

// Outcome is what was done about an alert or a task.
type Outcome struct {
	Action string
	Note   string
}

// CloseReasons are the reasons for closing a case (domain 5.1).
func CloseReasons() []string {
	return []string{
		"goals_met", "partly_met", "signposted", "declined", "no_response", "moved",
		"not_suitable_redirected", "died", "other",
	}
}

// AlertActions are what may have been done about an alert (domain 5.1).
func AlertActions() []string {
	return []string{
		"rang", "left_message", "called_999", "gp_told", "safeguarding_referral", "crisis_team",
		"no_action_with_reason",
	}
}
