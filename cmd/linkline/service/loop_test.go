package service

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

func TestLoopWorksUntilThereIsNoneThenWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var at []time.Duration
		left := 3
		ctx, cancel := context.WithCancel(t.Context())
		l := loop{name: "test", every: time.Minute, log: slog.New(slog.DiscardHandler), step: func(context.Context) (bool, error) {
			at = append(at, time.Since(start))
			left--
			return left >= 0, nil
		}}
		go l.run(ctx)
		time.Sleep(90 * time.Second) // fake time
		cancel()
		synctest.Wait()
		want := []time.Duration{0, 0, 0, 0, time.Minute}
		if len(at) != len(want) {
			t.Fatalf("stepped at %v, want %v", at, want)
		}
		for i := range want {
			if at[i] != want[i] {
				t.Errorf("step %d at %v, want %v", i, at[i], want[i])
			}
		}
	})
}

func TestLoopIsWoken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBell()
		steps := 0
		l := loop{name: "test", every: time.Hour, wake: b, log: slog.New(slog.DiscardHandler), step: func(context.Context) (bool, error) {
			steps++
			return false, nil
		}}
		go l.run(t.Context())
		synctest.Wait()
		b.ring()
		synctest.Wait()
		if steps != 2 {
			t.Errorf("got %d steps, want 2: one at the start, one for the ring", steps)
		}
	})
}

func TestBellNeverBlocks(t *testing.T) {
	t.Parallel()
	b := newBell()
	for range 3 {
		b.ring()
	}
	if len(b) != 1 {
		t.Errorf("got %d rings, want 1", len(b))
	}
}

// A step that fails and says it worked must not be tried in a tight circle.
func TestLoopWaitsAfterAnError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		steps := 0
		ctx, cancel := context.WithCancel(t.Context())
		l := loop{name: "test", every: time.Minute, log: slog.New(slog.DiscardHandler), step: func(context.Context) (bool, error) {
			steps++
			return true, errors.New("disk")
		}}
		go l.run(ctx)
		time.Sleep(150 * time.Second) // fake time
		cancel()
		synctest.Wait()
		if steps != 3 {
			t.Errorf("got %d steps in two and a half minutes, want 3", steps)
		}
	})
}
