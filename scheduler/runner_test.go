package scheduler_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/scheduler"
	"linkline/store"
	"linkline/store/storetest"
)

// bench is a store of jobs, an engine that does as it is told and a clock that
// stands until it is moved.
type bench struct {
	t      *testing.T
	store  store.Store
	now    time.Time
	runner *scheduler.Runner
	log    strings.Builder
	woken  []string // whom the engine was woken for
	// wake is what the engine does; without it, a job is done.
	wake func(*casework.Job) error
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, store: storetest.Memory(t), now: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)}
	b.runner = &scheduler.Runner{
		Store: b.store, Waker: b, Now: func() time.Time { return b.now },
		Log: slog.New(slog.NewTextHandler(&b.log, nil)),
	}
	return b
}

// Wake stands in for the engine.
func (b *bench) Wake(ctx context.Context, job *casework.Job) error {
	b.woken = append(b.woken, string(job.Conversation))
	if b.wake != nil {
		return b.wake(job)
	}
	b.settle(ctx, job)
	return nil
}

func (b *bench) update(ctx context.Context, fn func(casework.Tx) error) {
	b.t.Helper()
	if err := b.store.Update(ctx, "test", "", fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) plan(conversation string, team casework.TeamID, due time.Time) {
	b.t.Helper()
	b.update(b.t.Context(), func(tx casework.Tx) error {
		return casework.Jobs.Put(tx, &casework.Job{
			Team: team, Kind: casework.JobForget, Conversation: casework.ConversationID(conversation),
			DueAt: due, State: casework.JobWaiting, PlannedAt: b.now,
		})
	})
}

func (b *bench) settle(ctx context.Context, job *casework.Job) {
	b.t.Helper()
	b.update(ctx, func(tx casework.Tx) error {
		job, err := casework.Jobs.Get(tx, casework.JobKey(job.Conversation, job.Kind))
		if err != nil {
			return err
		}
		job.State = casework.JobDone
		return casework.Jobs.Put(tx, job)
	})
}

// run takes one step and returns whom the engine was woken for in it.
func (b *bench) run() []string {
	b.t.Helper()
	b.woken = nil
	n, err := b.runner.RunDue(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	if n != len(b.woken) {
		b.t.Errorf("RunDue = %d, but the engine was woken %d times", n, len(b.woken))
	}
	return b.woken
}

func (b *bench) ran(want ...string) {
	b.t.Helper()
	if diff := cmp.Diff(b.run(), want); diff != "" {
		b.t.Errorf("woken for (-got +want):\n%s", diff)
	}
}

func TestRunDue(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ran()
	b.plan("later", "oak", b.now.Add(time.Minute))
	b.plan("second", "elm", b.now)
	b.plan("first", "oak", b.now.Add(-72*time.Hour)) // as after a night without power
	b.ran("first", "second")
	b.ran()
	b.now = b.now.Add(time.Minute - time.Millisecond)
	b.ran()
	b.now = b.now.Add(time.Millisecond)
	b.ran("later")
	b.now = b.now.Add(1000 * time.Hour)
	b.ran()
}

// A job that fails is tried again, later each time and never more than an hour
// later, until it is done; the jobs behind it do not wait for it.
func TestFailedJobIsTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("ill", "oak", b.now)
	b.plan("well", "oak", b.now.Add(time.Millisecond))
	b.wake = func(job *casework.Job) error {
		if job.Conversation == "ill" {
			return errors.New("broken")
		}
		b.settle(t.Context(), job)
		return nil
	}
	b.ran("ill")
	b.now = b.now.Add(time.Second)
	b.ran("well")
	if !strings.Contains(b.log.String(), "job failed") {
		t.Error("nothing was logged")
	}
	var waits []time.Duration
	last := b.now
	for len(waits) < 10 {
		b.now = b.now.Add(time.Second)
		if len(b.run()) > 0 {
			waits, last = append(waits, b.now.Sub(last)), b.now
		}
	}
	if !slices.IsSorted(waits) || waits[9] != time.Hour {
		t.Errorf("waits = %v, want them to grow to an hour", waits)
	}
	b.wake = nil
	b.now = b.now.Add(time.Hour)
	b.ran("ill")
	b.now = b.now.Add(time.Hour)
	b.ran()
}

// A page of jobs that all fail does not keep the others from running.
func TestFailingPageStepsAside(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i := range 40 {
		b.plan("ill"+string(rune('A'+i)), "oak", b.now)
	}
	b.plan("well", "oak", b.now.Add(time.Millisecond))
	b.now = b.now.Add(time.Millisecond)
	b.wake = func(*casework.Job) error { return errors.New("broken") }
	if got := len(b.run()); got != 32 {
		t.Fatalf("%d jobs in the first step, want 32", got)
	}
	if got := b.run(); !slices.Contains(got, "well") {
		t.Errorf("woken for %v, want the job behind the failing ones too", got)
	}
	b.ran()
}

// The claim is committed before the engine is woken: another runner looking
// meanwhile finds nothing to do.
func TestClaimStandsBeforeTheWork(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("one", "oak", b.now)
	b.wake = func(job *casework.Job) error {
		b.wake = nil
		if n, err := b.runner.RunDue(t.Context()); n != 0 || err != nil {
			t.Errorf("a second runner: %d, %v, want nothing to do", n, err)
		}
		if job.Fence != 1 || !job.DueAt.Equal(b.now) || job.Team != "oak" {
			t.Errorf("job = fence %d, due %s, team %s", job.Fence, job.DueAt, job.Team)
		}
		b.settle(t.Context(), job)
		return nil
	}
	b.ran("one")
}

func TestRunDueStops(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("one", "oak", b.now)
	b.plan("two", "oak", b.now)
	ctx, cancel := context.WithCancel(t.Context())
	b.wake = func(*casework.Job) error { cancel(); return nil }
	if _, err := b.runner.RunDue(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want %v", err, context.Canceled)
	}
	if len(b.woken) != 1 {
		t.Errorf("woken for %v after the end, want one", b.woken)
	}
	b.wake = nil
	b.now = b.now.Add(time.Minute)
	b.ran("one", "two") // neither is lost
}

func TestRunDueStoreDown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("one", "oak", b.now)
	if err := b.store.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := b.runner.RunDue(t.Context()); n != 0 || !errors.Is(err, store.ErrClosed) {
		t.Errorf("RunDue = %d, %v, want 0, %v", n, err, store.ErrClosed)
	}
}
