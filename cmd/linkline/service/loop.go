package service

import (
	"context"
	"log/slog"
	"time"
)

// step does one piece of work and reports whether there was any.
type step func(context.Context) (bool, error)

// loop runs a step for as long as there is work, and then waits.
type loop struct {
	name string
	step step
	// every is the longest wait between two looks.
	every time.Duration
	// wake ends a wait; nil for none.
	wake <-chan struct{}
	log  *slog.Logger
}

// run returns when ctx ends and the step under way is done. A step that fails
// is tried again after the wait: whatever it works on is still in the store.
func (l loop) run(ctx context.Context) {
	timer := time.NewTimer(l.every)
	defer timer.Stop()
	for ctx.Err() == nil {
		worked, err := safely(ctx, l.step)
		if err != nil && ctx.Err() == nil {
			l.log.ErrorContext(ctx, "a step did not succeed", "loop", l.name, "error", err)
		}
		if worked && err == nil {
			continue
		}
		timer.Reset(l.every)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-l.wake:
		}
	}
}

// bell wakes a loop. Rings that nobody has heard yet are one.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}
