package conversation

import (
	"time"

	"linkline/conversation/casework"
)

// Task asks a worker for something. It has a data key of its own, so that it
// outlives a "no" to keeping the rest.
type Task struct {
	Kind    casework.TaskKind
	Words   casework.Private
	Name    casework.Private
	Address casework.Private // the number to ring; empty for the one that texted
	DueAt   time.Time        // zero for the team's next opening
}

func (t Task) apply(b *books) error {
	id, err := b.ids.Next()
	if err != nil {
		return err
	}
	task := &casework.Task{
		ID: id, Team: b.team.ID, DataKey: casework.KeyID("task:" + id), Kind: t.Kind,
		Conversation: b.conv.ID, Words: t.Words, Name: t.Name, Address: t.Address,
		DueAt: t.DueAt, CreatedAt: b.now,
	}
	if task.Address == "" {
		task.Address = b.address
	}
	if task.DueAt.IsZero() {
		task.DueAt = b.team.Calendar.AddServiceHours(b.now, 2*time.Hour)
	}
	if b.caseOf != nil {
		task.Case = b.caseOf.ID
	}
	return casework.Tasks.Put(b.tx, task)
}
