package conversation

import (
	"time"

	"linkline/conversation/casework"
)

// Schedule plans a job of the conversation; planning it again moves it.
type Schedule struct {
	Kind  casework.JobKind
	DueAt time.Time
}

func (s Schedule) apply(b *books) error {
	job, err := casework.Jobs.Find(b.tx, casework.JobKey(b.conv.ID, s.Kind))
	if err != nil {
		return err
	}
	if job == nil {
		job = &casework.Job{Team: b.team.ID, Kind: s.Kind, Conversation: b.conv.ID}
	}
	job.State, job.DueAt, job.PlannedAt, job.SettledAt = casework.JobWaiting, s.DueAt, b.now, time.Time{}
	return casework.Jobs.Put(b.tx, job)
}
