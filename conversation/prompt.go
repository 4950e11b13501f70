package conversation

import (
	"linkline/conversation/casework"
	"linkline/flows"
)

// Prompt is one turn of ours before a channel has given it a form: what is
// said, and the one question that stays open, if any.
type Prompt struct {
	// ID is set when a question is asked; buttons carry it.
	ID       casework.PromptID
	Language string
	Said     []flows.Said
	Question *flows.Question
}

// Empty reports whether there is nothing to send.
func (p Prompt) Empty() bool { return len(p.Said) == 0 && p.Question == nil }
