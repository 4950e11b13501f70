package conversation

import "linkline/conversation/casework"

// HandOver changes who holds the conversation: a worker, or the bot when To is
// empty. The conversation itself is changed by Advance; the effect leaves the
// trace.
type HandOver struct{ To casework.UserID }

func (h HandOver) apply(b *books) error {
	action := "conversation given back"
	if h.To != "" {
		action = "conversation taken"
	}
	return b.audit(action, string(b.conv.ID), "")
}
