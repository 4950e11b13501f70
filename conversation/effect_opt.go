package conversation

import "linkline/conversation/casework"

// OptOut stops every automated text to the contact point, in the commit that
// learnt of it (I1): what was planned for it is suppressed when it is claimed.
type OptOut struct{ From string } // "word", "phrase" or "provider"

func (o OptOut) apply(b *books) error {
	b.replans = true
	cp := b.changeContact()
	cp.State, cp.StateAt, cp.StateFrom = casework.ContactOptedOut, b.now, o.From
	if b.caseOf != nil {
		if err := (Task{Kind: casework.TaskOptedOut}).apply(b); err != nil {
			return err
		}
	}
	return b.audit("opted out by "+o.From, string(b.conv.ID), "")
}

// OptIn lets texts leave again. Permission is asked again by the flow.
type OptIn struct{}

func (OptIn) apply(b *books) error {
	b.replans = true
	cp := b.changeContact()
	cp.State, cp.StateAt, cp.StateFrom = casework.ContactActive, b.now, "word"
	return b.audit("opted in", string(b.conv.ID), "")
}
