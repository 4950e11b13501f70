package scheduler

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"
)

// The rhythms of the service.
const (
	// Often is for what is looked at often and need not be punctual.
	Often = "@every 15s"
	// Nightly is when upkeep runs. It lies clear of the hour that the change of
	// the clocks skips or repeats.
	Nightly = "10 3 * * *"
)

// Tick is one thing to do in a rhythm. It must bear being late, skipped or run
// twice.
type Tick struct {
	Name string
	// Spec is a cron expression of five fields, or "@every" and a duration.
	Spec string
	Run  func(ctx context.Context)
}

// Ticks runs ticks. One that is still running is not started again beside
// itself, and one that panics is logged and runs at its next time.
type Ticks struct {
	cron   *cron.Cron
	cancel context.CancelFunc
}

// NewTicks checks the ticks and returns them, not yet started. They run under
// ctx; hours are those of zone.
func NewTicks(ctx context.Context, zone *time.Location, log *slog.Logger, ticks ...Tick) (*Ticks, error) {
	logger := cronLog{log}
	ctx, cancel := context.WithCancel(ctx)
	t := &Ticks{cancel: cancel, cron: cron.New(
		cron.WithLocation(zone), cron.WithLogger(logger),
		// Recover stands inside: the other way round a panic would leave the
		// tick marked as running for ever.
		cron.WithChain(cron.SkipIfStillRunning(logger), cron.Recover(logger)),
	)}
	for _, tick := range ticks {
		schedule, err := parse(tick.Spec, zone)
		if err != nil {
			cancel()
			return nil, fmt.Errorf("tick %s: %w", tick.Name, err)
		}
		t.cron.Schedule(schedule, cron.FuncJob(func() { tick.Run(ctx) }))
	}
	return t, nil
}

// Start starts the ticks.
func (t *Ticks) Start() { t.cron.Start() }

// Stop ends the ticks' context and waits until none runs, or until ctx ends.
func (t *Ticks) Stop(ctx context.Context) error {
	running := t.cron.Stop()
	t.cancel()
	select {
	case <-running.Done():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// cronLog passes on what cron says.
type cronLog struct{ log *slog.Logger }

// Info drops cron's chatter, but for a tick that is slower than its rhythm.
func (l cronLog) Info(msg string, _ ...any) {
	if msg == "skip" {
		l.log.Warn("tick skipped: the last one still runs")
	}
}

// Error logs a panic.
func (l cronLog) Error(err error, _ string, args ...any) {
	l.log.Error("tick panicked", append(args, "error", err)...)
}
