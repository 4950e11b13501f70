package service

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"linkline/conversation"
	"linkline/scheduler"
	"linkline/store"
)

// Due returns the runner of what is due for an engine.
func Due(db store.Store, engine *conversation.Engine, now func() time.Time, log *slog.Logger) *scheduler.Runner {
	return &scheduler.Runner{Store: db, Waker: engine, Now: now, Log: log}
}

// stopTime is how long the steps under way may take once ctx has ended: a
// delivery waits for its provider.
const stopTime = 25 * time.Second

// Run does what is due until ctx ends, and returns when the steps under way are
// done. What became due while no service ran is caught up at once.
func (s *Service) Run(ctx context.Context) error {
	ticks, err := scheduler.NewTicks(ctx, Zone(), s.config.Log, s.calendar.Ticks()...)
	if err != nil {
		return fmt.Errorf("ticks: %w", err)
	}
	var running sync.WaitGroup
	running.Go(func() { s.calendar.CatchUp(ctx) })
	running.Go(func() { s.hear(ctx) })
	for _, l := range s.loops() {
		running.Go(func() { l.run(ctx) })
	}
	ticks.Start()
	<-ctx.Done()
	running.Wait()
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := ticks.Stop(late); err != nil {
		return fmt.Errorf("stop ticks: %w", err)
	}
	return nil
}

// hear wakes the deliveries when another replica has left work.
func (s *Service) hear(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.config.Wake:
			s.planned.ring()
		}
	}
}

// deliveries is how many messages are on their way at once: a provider that
// hangs for half a minute must not keep back what cannot wait.
const deliveries = 4

// loops are the single steps of the parts, and how often they look for work.
func (s *Service) loops() []loop {
	log := s.config.Log
	out := []loop{
		// To the second: a text of ten o'clock is one of ten o'clock.
		{name: "due jobs", every: time.Second, log: log, step: func(ctx context.Context) (bool, error) {
			n, err := s.due.RunDue(ctx)
			return n > 0, err
		}},
		{name: "sweep", every: 15 * time.Second, log: log, step: func(ctx context.Context) (bool, error) {
			n, err := s.delivery.Sweep(ctx)
			return n > 0, err
		}},
		{name: "gaps", every: 2 * time.Minute, log: log, step: func(ctx context.Context) (bool, error) {
			_, err := s.gaps.Fill(ctx)
			return false, err // what else was missed is found by the next poll
		}},
		{name: "settle", step: s.delivery.Settle, every: 5 * time.Second, log: log},
	}
	out = append(out, s.chats.loops(s)...)
	for range deliveries {
		out = append(out, loop{name: "deliver", step: s.delivery.Deliver, every: time.Second, wake: s.planned, log: log})
	}
	return out
}
