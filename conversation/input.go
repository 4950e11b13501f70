package conversation

import (
	"linkline/conversation/casework"
	"linkline/conversation/safety"
)

// Input is what moves a conversation on: a text, an act of a worker or a job
// that is due. The set is closed.
type Input interface{ input() }

// Texted is a text from the person, already read by package safety.
type Texted struct {
	Text    casework.Private
	Media   int
	OptOut  string // what the provider made of it
	Prompt  casework.PromptID
	Option  string
	Matches []safety.Match
}

// PickedUp is a worker taking a case.
type PickedUp struct {
	By      Actor
	Name    casework.Private
	Meeting Meeting
}

// Wrote is a worker's text to the person.
type Wrote struct {
	By   Actor
	Text casework.Private
}

// GivenBack returns the conversation to the bot, by a worker or by time.
type GivenBack struct{ By Actor }

// Woken is a job that is due.
type Woken struct{ Kind casework.JobKind }

func (Texted) input()    {}
func (PickedUp) input()  {}
func (Wrote) input()     {}
func (GivenBack) input() {}
func (Woken) input()     {}
