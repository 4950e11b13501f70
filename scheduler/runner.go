package scheduler

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
)

// SiteClaim is where the runner commits (decision 7).
const SiteClaim casework.Site = "scheduler.claim"

// page is how many jobs one step takes.
const page = 32

// The wait before a job that was not done is tried again doubles from shortest
// to longest. It never ends: a job is done or somebody has cancelled it.
const (
	shortestWait = time.Minute
	longestWait  = time.Hour
)

// Waker does what a due job asks for, and marks it done in the commit of its
// effects; conversation.Engine is one. A job that was settled meanwhile is not
// an error.
type Waker interface {
	Wake(ctx context.Context, job *casework.Job) error
}

// Runner runs due jobs. It is safe for use by several processes on one store.
type Runner struct {
	// Store holds the jobs.
	Store store.Store
	Waker Waker
	Now   func() time.Time
	Log   *slog.Logger
}

// RunDue takes one step: it claims the jobs that have been due longest and
// wakes the engine for each. It returns how many it claimed; while that is not
// zero there may be more. A claim only puts off the next look, so whatever
// happens after it, a crash or an error of the engine's, the job is found
// again, and the jobs behind it do not wait for it. The error is that of the
// claim; a job that fails is logged.
func (r *Runner) RunDue(ctx context.Context) (n int, err error) {
	jobs, err := r.claim(ctx)
	if err != nil {
		return 0, fmt.Errorf("claim due jobs: %w", err)
	}
	for _, job := range jobs {
		if ctx.Err() != nil {
			return len(jobs), ctx.Err()
		}
		if err := r.Waker.Wake(ctx, job); err != nil {
			r.Log.ErrorContext(ctx, "job failed",
				"kind", string(job.Kind), "team", job.Team, "tries", job.Fence, "error", err)
		}
	}
	return len(jobs), nil
}

func (r *Runner) claim(ctx context.Context) (jobs []*casework.Job, err error) {
	now := r.Now()
	err = r.Store.Update(ctx, SiteClaim, "", func(tx casework.Tx) error {
		jobs, _, err = casework.Jobs.Claim(tx, casework.Span{
			Index: "due", Until: casework.Moment(now.Add(time.Millisecond)), Limit: page,
		})
		if err != nil {
			return err
		}
		for _, job := range jobs {
			job.RetryAt = now.Add(wait(job.Fence))
			job.Fence++
			if err := casework.Jobs.Put(tx, job); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return jobs, nil
}

// wait is how long a job rests that was claimed so often before.
func wait(claims uint64) time.Duration {
	if claims >= 16 {
		return longestWait
	}
	return min(shortestWait<<claims, longestWait)
}
