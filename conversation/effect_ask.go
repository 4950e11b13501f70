package conversation

import (
	"linkline/conversation/casework"
	"linkline/flows"
)

// Ask puts the one question that stays open after the turn.
type Ask struct {
	ID       casework.PromptID
	Place    casework.Place
	Question flows.Question
}

func (a Ask) apply(b *books) error {
	b.prompt.ID = a.ID
	b.prompt.Question = &a.Question
	b.place = a.Place
	return nil
}
