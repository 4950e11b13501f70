package conversation

import (
	"time"

	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
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
type Woken struct {
	Kind casework.JobKind
	// Wanted is what the plan of the case asks for; zero for a job of the
	// conversation itself.
	Wanted casework.Wanted
}

// Began is a worker's act that tells or asks the person something: an offer of
// times, a booking, a plan to agree.
type Began struct {
	Send  flows.Start
	About casework.About
	Until time.Time // when an answer is of no use any more
}

// Opened is a text of ours that leaves now: its question opens (decision 20).
type Opened struct{ casework.Opening }

// Dropped is a text of ours that did not leave after all: its question closes
// and what it parked waits again.
type Dropped struct{ Prompt casework.PromptID }

func (Texted) input()    {}
func (PickedUp) input()  {}
func (Wrote) input()     {}
func (GivenBack) input() {}
func (Woken) input()     {}
func (Began) input()     {}
func (Opened) input()    {}
func (Dropped) input()   {}
