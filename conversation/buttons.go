package conversation

import "linkline/conversation/casework"

// asking is the turn's question as buttons, on a channel that has them; nil
// otherwise. A button carries the id of its question, so that one that is pressed
// late is never taken for the answer to a newer question (HZ15).
func (b *books) asking() *casework.Asking {
	q := b.prompt.Question
	if q == nil || len(q.Options) == 0 || !b.conv.Channel.Buttons() {
		return nil
	}
	out := &casework.Asking{Prompt: b.prompt.ID}
	for _, o := range q.Options {
		out.Options = append(out.Options, casework.Button{Option: o.ID, Label: casework.Private(o.Label)})
	}
	return out
}

// pressed reports whether a button was taken as the answer to the question that
// was open.
func pressed(in Inbound, before *casework.Conversation, missed casework.Place) bool {
	open := before.Prompt
	return in.Option != "" && open != nil && open.ID == in.Prompt && missed.Flow == ""
}
