// Package schedulertest measures what it costs to find and run due jobs among
// many that wait: finding by index must not notice how many there are. It is for
// benchmarks and `make bench`; it does not know which store it measures.
package schedulertest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"linkline/conversation/casework"
	"linkline/scheduler"
	"linkline/store"
)

// Team is the team that the made-up jobs belong to.
const Team casework.TeamID = "demo"

const (
	siteFill casework.Site = "schedulertest.fill"
	siteWake casework.Site = "schedulertest.wake"
)

// filled is how many jobs are planned in one transaction.
const filled = 2000

// Crowd is a store with many jobs that wait, and a runner over it.
type Crowd struct {
	store  store.Store
	now    time.Time
	runner *scheduler.Runner
	turns  int
	// clock is what is measured by; the crowd's own time stands still.
	clock   func() time.Time
	waiting int
}

// NewCrowd plans so many jobs, each in a conversation of its own as reminders
// are, over the year to come. The clock is what is measured by.
func NewCrowd(ctx context.Context, db store.Store, waiting int, clock func() time.Time) (*Crowd, error) {
	c := &Crowd{store: db, now: clock(), clock: clock, waiting: waiting}
	c.runner = &scheduler.Runner{
		Store: db, Waker: c, Now: func() time.Time { return c.now }, Log: slog.New(slog.DiscardHandler),
	}
	year := 365 * 24 * time.Hour
	for first := 0; first < waiting; first += filled {
		err := c.plan(ctx, "waits", first, min(filled, waiting-first), func(i int) time.Time {
			return c.now.Add(24*time.Hour + year/time.Duration(waiting)*time.Duration(i))
		})
		if err != nil {
			return nil, err
		}
	}
	return c, nil
}

// plan puts jobs that are due when at says.
func (c *Crowd) plan(ctx context.Context, name string, first, n int, at func(int) time.Time) error {
	err := c.store.Update(ctx, siteFill, "", func(tx casework.Tx) error {
		for i := first; i < first+n; i++ {
			due := at(i)
			err := casework.Jobs.Put(tx, &casework.Job{
				Team: Team, Kind: "remind", Conversation: casework.ConversationID(fmt.Sprintf("%s-%09d", name, i)),
				About: casework.About{Kind: casework.AboutAppointment, ID: "a"}, Case: "k", Send: "remind", Reminder: true,
				DueAt: due, NotAfter: due.Add(48 * time.Hour), PlannedAt: c.now, State: casework.JobWaiting,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("plan jobs: %w", err)
	}
	return nil
}

// turn makes so many jobs due now, and returns how long it takes to find and run
// them all; making them is not counted.
func (c *Crowd) turn(ctx context.Context, due int) (time.Duration, error) {
	c.turns++
	c.now = c.now.Add(time.Millisecond)
	err := c.plan(ctx, fmt.Sprintf("due-%d", c.turns), 0, due, func(int) time.Time { return c.now })
	if err != nil {
		return 0, err
	}
	start, ran := c.clock(), 0
	for ran < due {
		n, err := c.runner.RunDue(ctx)
		if err != nil {
			return 0, err
		}
		if n == 0 {
			return 0, fmt.Errorf("%d of %d jobs that are due are found", ran, due)
		}
		ran += n
	}
	return c.clock().Sub(start), nil
}

// idle returns how long it takes to find that nothing is due.
func (c *Crowd) idle(ctx context.Context) (time.Duration, error) {
	start := c.clock()
	n, err := c.runner.RunDue(ctx)
	if err == nil && n > 0 {
		err = errors.New("something is due")
	}
	return c.clock().Sub(start), err
}

// Wake stands in for the engine: the job is done.
func (c *Crowd) Wake(ctx context.Context, job *casework.Job) error {
	return c.store.Update(ctx, siteWake, job.Team, func(tx casework.Tx) error {
		job, err := casework.Jobs.Get(tx, job.Key())
		if err != nil {
			return err
		}
		job.State, job.SettledAt = casework.JobDone, c.now
		return casework.Jobs.Put(tx, job)
	})
}

// Page is how many jobs one turn of a comparison makes due: as many as the runner
// takes at once.
const Page = 32

// Cost compares two crowds in one run, so that whatever else the machine does
// befalls both. The times are medians over the rounds.
type Cost struct {
	Few, Many int // how many wait
	// FewRun and ManyRun are what it takes to find and run one job, FewIdle and
	// ManyIdle to find that nothing is due.
	FewRun, ManyRun, FewIdle, ManyIdle time.Duration
}

// Compare measures both crowds by turns.
func Compare(ctx context.Context, few, many *Crowd, rounds int) (Cost, error) {
	var runs, idles [2][]time.Duration
	for range rounds {
		for i, c := range []*Crowd{few, many} {
			run, err := c.turn(ctx, Page)
			if err != nil {
				return Cost{}, err
			}
			idle, err := c.idle(ctx)
			if err != nil {
				return Cost{}, err
			}
			runs[i], idles[i] = append(runs[i], run/Page), append(idles[i], idle)
		}
	}
	return Cost{
		Few: few.waiting, Many: many.waiting,
		FewRun: median(runs[0]), ManyRun: median(runs[1]), FewIdle: median(idles[0]), ManyIdle: median(idles[1]),
	}, nil
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// Ratio is how many times as much a job costs among many.
func (c Cost) Ratio() float64 { return float64(c.ManyRun) / float64(c.FewRun) }

// IdleRatio is how many times as much it costs to find that nothing is due.
func (c Cost) IdleRatio() float64 { return float64(c.ManyIdle) / float64(c.FewIdle) }

// String prints the comparison on one line.
func (c Cost) String() string {
	return fmt.Sprintf("a due job among %d waiting: %v, among %d: %v, %.2f times as much; nothing due: %v and %v, %.2f times",
		c.Few, c.FewRun, c.Many, c.ManyRun, c.Ratio(), c.FewIdle, c.ManyIdle, c.IdleRatio())
}
