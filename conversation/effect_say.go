package conversation

import "linkline/flows"

// Say says one thing in the turn's one text.
type Say struct{ flows.Said }

func (s Say) apply(b *books) error {
	b.prompt.Said = append(b.prompt.Said, s.Said)
	return nil
}
