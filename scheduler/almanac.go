package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"linkline/conversation/casework"
	"linkline/store"
)

// SiteRun is where a run by the calendar is claimed and settled (decision 7).
const SiteRun casework.Site = "scheduler.run"

// CatchUp is how often what was missed or did not succeed is looked for.
const CatchUp = "@every 10m"

// abandoned is after how long a run that began and never ended is taken for
// dead with its process.
const abandoned = time.Hour

// Chore does what an entry is for. The moment is that of the calendar, which may
// have passed. It must bear being run twice: a process may die between the work
// and the note that it was done.
type Chore func(ctx context.Context, moment time.Time) error

// Almanac runs what happens by the calendar: each moment once, by one process of
// all that share the store, and what was missed once, however much it was.
type Almanac struct {
	config AlmanacConfig
	leaves []leaf
}

// AlmanacConfig is what an almanac is made of.
type AlmanacConfig struct {
	Store   store.Store
	Entries []Entry
	// Chores are what the entries call, by name. An entry without one is left
	// out: not every service has a directory.
	Chores map[string]Chore
	Zone   *time.Location
	Now    func() time.Time
	Log    *slog.Logger
}

// leaf is one entry with what it calls.
type leaf struct {
	Entry
	schedule cron.Schedule
	chore    Chore
}

// NewAlmanac checks the entries against what there is to call.
func NewAlmanac(c AlmanacConfig) (*Almanac, error) {
	a := &Almanac{config: c}
	known := map[string]bool{}
	for _, e := range c.Entries {
		known[e.Name] = true
		chore, ok := c.Chores[e.Name]
		if !ok {
			continue
		}
		schedule, err := parse(e.Spec, c.Zone)
		if err != nil {
			return nil, fmt.Errorf("entry %s: %w", e.Name, err)
		}
		a.leaves = append(a.leaves, leaf{e, schedule, chore})
	}
	for name := range c.Chores {
		if !known[name] {
			return nil, fmt.Errorf("no entry of the almanac calls %q", name)
		}
	}
	return a, nil
}

// Ticks are the ticks that keep the almanac: one for each entry, at its moments,
// and one that looks for what was missed.
func (a *Almanac) Ticks() []Tick {
	ticks := []Tick{{Name: "catch up", Spec: CatchUp, Run: func(ctx context.Context) { a.CatchUp(ctx) }}}
	for _, l := range a.leaves {
		ticks = append(ticks, Tick{Name: l.Name, Spec: l.Spec, Run: func(ctx context.Context) { a.look(ctx, l) }})
	}
	return ticks
}

// CatchUp runs what should have run and has not: after a start, and after a run
// that did not succeed. An entry that has never been seen begins now.
func (a *Almanac) CatchUp(ctx context.Context) {
	for _, l := range a.leaves {
		if ctx.Err() != nil {
			return
		}
		a.look(ctx, l)
	}
}

// look runs an entry if a moment of its has come since its last run.
func (a *Almanac) look(ctx context.Context, l leaf) {
	moment, err := a.claim(ctx, l)
	if err == nil && !moment.IsZero() {
		err = a.run(ctx, l, moment)
	}
	if err != nil && ctx.Err() == nil {
		a.config.Log.ErrorContext(ctx, "a run by the calendar did not succeed", "name", l.Name, "error", err)
	}
}

// run does the work of a moment that was claimed, and notes how it went. A run
// that did not succeed is nobody's, so that the next look takes it.
func (a *Almanac) run(ctx context.Context, l leaf, moment time.Time) error {
	failed := l.chore(ctx, moment)
	err := a.config.Store.Update(context.WithoutCancel(ctx), SiteRun, "", func(tx casework.Tx) error {
		run, err := casework.Runs.Get(tx, l.Name)
		if err != nil || !run.For.Equal(moment) {
			return err // it took so long that another process has gone on
		}
		run.BeganAt = time.Time{}
		if failed == nil {
			run.EndedAt = a.config.Now()
		}
		return casework.Runs.Put(tx, run)
	})
	return errors.Join(failed, err)
}

// claim notes that the latest moment that has come is being seen to, and returns
// it; the zero time when there is nothing to do. It is committed before the work,
// so that another process finds it taken. An entry that has never been seen
// begins now: there is nothing it can have missed.
func (a *Almanac) claim(ctx context.Context, l leaf) (moment time.Time, err error) {
	now := a.config.Now()
	err = a.config.Store.Update(ctx, SiteRun, "", func(tx casework.Tx) error {
		moment = time.Time{}
		run, err := casework.Runs.Find(tx, l.Name)
		if err != nil {
			return fmt.Errorf("find the last run: %w", err)
		}
		if run == nil {
			return casework.Runs.Put(tx, &casework.Run{Name: l.Name, For: now, EndedAt: now})
		}
		last := l.last(run.For.In(a.config.Zone), now)
		if busy(run, now) || !last.After(run.For) && !run.EndedAt.IsZero() {
			return nil
		}
		run.For, run.BeganAt, run.EndedAt, run.Skipped = last, now, time.Time{}, false
		if l.Late > 0 && now.Sub(last) > l.Late {
			run.BeganAt, run.EndedAt, run.Skipped = time.Time{}, now, true
		} else {
			moment = last
		}
		return casework.Runs.Put(tx, run)
	})
	if errors.Is(err, casework.ErrConflict) {
		return time.Time{}, nil // another process was a moment before
	}
	return moment, err
}

// busy reports whether a process is at a run, as far as can be told.
func busy(run *casework.Run, now time.Time) bool {
	return run.EndedAt.IsZero() && !run.BeganAt.IsZero() && now.Sub(run.BeganAt) < abandoned
}

// last is the last moment of the entry that has come; from itself where none has
// since. What was missed in between is missed: it is made up for once.
func (l leaf) last(from, now time.Time) time.Time {
	for next := l.schedule.Next(from); !next.IsZero() && !next.After(now); next = l.schedule.Next(from) {
		from = next
	}
	return from
}
