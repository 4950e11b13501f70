package casework

import "time"

// Reconcile compares the jobs that a plan asks for with those it has asked for
// before, and returns what is to be written: jobs to add, move or begin anew,
// and jobs to call off. What is done stays done; what would be late already, and
// never existed, is not begun. The jobs in put that are new lack their team,
// conversation and case. It is pure and keeps the order it is given.
func Reconcile(now time.Time, wanted []Wanted, existing []*Job) (put, cancel []*Job) {
	known := map[string]*Job{}
	for _, job := range existing {
		known[Wanted{Kind: job.Kind, About: job.About}.Key("", "")] = job
	}
	stays := map[*Job]bool{}
	for _, w := range wanted {
		job := known[w.Key("", "")]
		if job == nil {
			if w.over(now) {
				continue
			}
			job = &Job{Kind: w.Kind, About: w.About}
		}
		stays[job] = true
		if job.State == JobDone || job.agrees(w) || job.State == JobCancelled && w.over(now) {
			continue
		}
		job.take(w, now)
		put = append(put, job)
	}
	for _, job := range existing {
		if job.State == JobWaiting && !stays[job] {
			job.State, job.SettledAt, job.Reason = JobCancelled, now, "not wanted"
			cancel = append(cancel, job)
		}
	}
	return put, cancel
}

// over reports whether the job would be of no use any more.
func (w Wanted) over(now time.Time) bool { return !w.NotAfter.IsZero() && w.NotAfter.Before(now) }

// agrees reports whether a waiting job is what is wanted, and is looked at in its
// time: one that was put off, by a pause say, is taken up anew.
func (j *Job) agrees(w Wanted) bool {
	return j.State == JobWaiting && !j.RetryAt.After(j.DueAt) && j.DueAt.Equal(w.DueAt) && j.NotAfter.Equal(w.NotAfter) &&
		j.Send == w.Send && j.Task == w.Task && j.Reminder == w.Reminder
}

// take makes the job what is wanted. A moved job is found at its new moment,
// whatever was tried at the old one.
func (j *Job) take(w Wanted, now time.Time) {
	j.State, j.DueAt, j.NotAfter, j.PlannedAt = JobWaiting, w.DueAt, w.NotAfter, now
	j.Send, j.Task, j.Reminder = w.Send, w.Task, w.Reminder
	j.RetryAt, j.SettledAt, j.Reason = time.Time{}, time.Time{}, ""
}
