package conversation

import (
	"strings"
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
	open, _, err := casework.Tasks.Range(b.tx, casework.Span{
		Index: "open_for", Prefix: casework.OpenTask(b.conv.ID, t.Kind), Limit: 1,
	})
	if err != nil {
		return err
	}
	if len(open) > 0 {
		return t.add(b, open[0])
	}
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

// mostWords bounds what is collected in one task.
const mostWords = 4000

// add puts what is asked for now to the open task of the same kind: she is rung
// once, on the number she gave last.
func (t Task) add(b *books, task *casework.Task) error {
	if t.Words != "" && len(task.Words)+len(t.Words) < mostWords {
		task.Words = casework.Private(strings.TrimSpace(task.Words.Reveal() + "\n" + t.Words.Reveal()))
	}
	if t.Name != "" {
		task.Name = t.Name
	}
	if t.Address != "" {
		task.Address = t.Address
	}
	if !t.DueAt.IsZero() {
		task.DueAt = t.DueAt
	}
	if b.caseOf != nil {
		task.Case = b.caseOf.ID
	}
	return casework.Tasks.Put(b.tx, task)
}
