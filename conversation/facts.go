package conversation

import (
	"linkline/conversation/casework"
)

// Facts is what a turn may need to know besides the conversation itself. It is
// read in the turn's transaction and Advance changes nothing in it.
type Facts struct {
	Team    *Team
	Contact casework.ContactPoint
	// Case is nil before permission; afterwards it is the latest one, open or
	// closed.
	Case *casework.Case
	// Permissions is the value in force for each purpose that was asked.
	Permissions map[casework.Purpose]string
	// Reference is drawn beforehand for a case that may open in this turn, and
	// Prompt for a question that may be asked.
	Reference string
	Prompt    casework.PromptID
	// Course is what has happened to the case since pick-up, read when a flow is
	// about it; nil where nothing has. Worker is the link worker's name.
	Course *casework.Course
	// Invitation is what an agency suggested, while it is open.
	Invitation *casework.Invitation
	Worker     casework.Private
	// New is set when nothing was known of this contact point.
	New bool
}

// stopped reports whether the contact point is closed to us. It outlives the
// conversation, so that a STOP is remembered when all else is forgotten (I1),
// and a provider may have learnt of it before we did.
func (f Facts) stopped() bool {
	return f.Contact.State == casework.ContactOptedOut || f.Contact.State == casework.ContactBlocked
}

// caseState is the value of flows.FactCase.
func (f Facts) caseState() string {
	switch {
	case f.Case == nil:
		return "none"
	case f.Case.State == casework.CaseClosed:
		return "closed"
	case f.Case.Worker != "":
		return "picked_up"
	case f.Case.State == casework.CaseSubmitted:
		return "submitted"
	}
	return "open"
}
