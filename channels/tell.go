package channels

import (
	"time"

	"linkline/conversation/casework"
)

// tell makes a task for a message that did not, or may not have, arrived. The
// task bears the message's own id: a message has one at most, and whoever reads
// the task finds the message, which says why. A task that was done with is
// opened again when the message fails again.
func tell(tx casework.Tx, m *casework.Message, reason string, now time.Time) error {
	if !casework.NeedsHand(m, reason) {
		return nil
	}
	known, err := casework.Tasks.Find(tx, m.ID)
	if err != nil {
		return err
	}
	if known != nil {
		return tellAgain(tx, known, m, now)
	}
	t := &casework.Task{
		ID: m.ID, Team: m.Team, DataKey: m.DataKey, Kind: casework.TaskUndeliver,
		Conversation: m.Conversation, Case: m.Case, DueAt: now, CreatedAt: now,
	}
	if !m.Delivery.Class.ToColleague() {
		t.Address = m.Delivery.To
	}
	if reason == casework.ReasonBlocked {
		t.Kind = casework.TaskOptedOut
	}
	return casework.Tasks.Put(tx, t)
}

// tellAgain opens a finished task again if the message was sent after that.
func tellAgain(tx casework.Tx, t *casework.Task, m *casework.Message, now time.Time) error {
	if t.DoneAt.IsZero() || !m.Delivery.ClaimedAt.After(t.DoneAt) {
		return nil
	}
	t.DoneAt, t.DoneBy, t.Outcome, t.DueAt = time.Time{}, "", "", now
	return casework.Tasks.Put(tx, t)
}
