package conversation

import "linkline/conversation/casework"

// Audit leaves a trace of something that no other effect traces.
type Audit struct {
	Action string
	Reason string
}

func (a Audit) apply(b *books) error { return b.audit(a.Action, string(b.conv.ID), a.Reason) }

// audit adds one entry, in the transaction of what it is about.
func (b *books) audit(action, object, reason string) error {
	id, err := b.ids.Next()
	if err != nil {
		return err
	}
	return casework.Audits.Put(b.tx, &casework.Audit{
		ID: id, Team: b.team.ID, At: b.now, Actor: b.actor, Action: action, Object: object, Reason: reason,
	})
}
