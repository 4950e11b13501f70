package channels

import (
	"time"

	"linkline/conversation/casework"
)

// lesson is what a provider teaches about a contact point by refusing, or
// failing, a message to it.
type lesson struct {
	optedOut, badNumber bool
	id                  string // of the audit entry
	now                 time.Time
}

// learn records it on the contact point, so that no second text is tried (B57,
// I1). What the person said herself is not overwritten by a bad number, and a
// duty colleague's number is no contact point of the person's.
func (l lesson) learn(tx casework.Tx, m *casework.Message) error {
	to := l.state()
	if to == "" || m.Delivery.Class == casework.ClassDuty {
		return nil
	}
	cp, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(m.Conversation))
	if err != nil {
		return err
	}
	if cp == nil || cp.State == to || cp.State == casework.ContactBlocked {
		return nil
	}
	if cp.State == casework.ContactActive && cp.StateAt.After(m.At) {
		return nil // she has texted us since, which is newer
	}
	if to == casework.ContactUndeliverable && cp.State == casework.ContactOptedOut {
		return nil
	}
	cp.State, cp.StateAt, cp.StateFrom = to, l.now, "provider"
	if err := casework.ContactPoints.Put(tx, cp); err != nil {
		return err
	}
	return casework.Audits.Put(tx, &casework.Audit{
		ID: l.id, Team: m.Team, At: l.now, Actor: casework.ByService,
		Action: "contact " + string(to), Object: string(m.Conversation), Reason: "provider",
	})
}

func (l lesson) state() casework.ContactState {
	switch {
	case l.optedOut:
		return casework.ContactBlocked
	case l.badNumber:
		return casework.ContactUndeliverable
	}
	return ""
}
