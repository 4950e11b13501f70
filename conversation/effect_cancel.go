package conversation

import "linkline/conversation/casework"

// Cancel calls off a job of the conversation; one that does not wait stays as
// it is.
type Cancel struct{ Kind casework.JobKind }

func (c Cancel) apply(b *books) error {
	job, err := casework.Jobs.Find(b.tx, casework.JobKey(b.conv.ID, c.Kind))
	if err != nil || job == nil || job.State != casework.JobWaiting {
		return err
	}
	b.replans = b.replans || c.Kind == casework.JobUnpause // what waited for the end of a pause
	job.State, job.SettledAt = casework.JobCancelled, b.now
	return casework.Jobs.Put(b.tx, job)
}
