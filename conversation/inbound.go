package conversation

import (
	"time"

	"linkline/conversation/casework"
)

// Inbound is one text as a channel brings it, proved to be the provider's.
type Inbound struct {
	Team    casework.TeamID
	Channel casework.Channel
	// From is the person's address: E.164 for SMS.
	From casework.Private
	// ID is the provider's own id of the message. The same id is the same text,
	// for ever.
	ID string
	// Text is what was typed, exactly.
	Text casework.Private
	// Media counts the attachments; they are never fetched.
	Media int
	// OptOut is what the provider says it made of the text: STOP, START or
	// HELP, or Blocked; empty where it says nothing (Twilio's OptOutType).
	OptOut string
	// Prompt and Option are set by a button: the question it belongs to and the
	// answer it stands for. Text is then the button's label, for whoever reads the
	// conversation: its words are ours, so no rule reads them.
	Prompt casework.PromptID
	Option string
	// At is when it arrived here.
	At time.Time
}

// Blocked is the OptOut of a person who has shut the channel itself, as one may
// block a bot: it is a STOP that no text can confirm any more.
const Blocked = "BLOCKED"

// Reply is the answer to one inbound text, committed before it is given.
type Reply struct {
	// Text is the one text of the turn; empty means that nothing is sent.
	Text string
	// Message is the key of the stored message, for status callbacks; empty
	// where nothing is sent.
	Message string
	// Repeat is set when the text had been handled before.
	Repeat bool
	// Missed is the question whose reply was not understood; zero otherwise.
	Missed casework.Place
	// Pressed is set when the text was a button and answered the open question.
	Pressed bool
}
