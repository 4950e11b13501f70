package twilio

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestLaneWaitsNoLongerThanItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var l lanes
		leave, err := l.enter(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.enter(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("second of the same sender: %v, want the deadline", err)
		}
		leave()
		again, err := l.enter(t.Context(), "a")
		if err != nil {
			t.Fatalf("after the first left: %v", err)
		}
		again()
		if n := len(l.bySender); n != 0 {
			t.Errorf("%d senders are remembered after all have left, want none", n)
		}
	})
}

func TestLaneIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var l lanes
		leave, err := l.enter(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		for range laneLength - 1 {
			go func() {
				if next, err := l.enter(t.Context(), "a"); err == nil {
					next()
				}
			}()
		}
		synctest.Wait()
		if _, err := l.enter(t.Context(), "a"); !errors.Is(err, errLaneFull) {
			t.Errorf("one too many: %v, want %v", err, errLaneFull)
		}
		other, err := l.enter(t.Context(), "b")
		if err != nil {
			t.Fatalf("another sender: %v", err)
		}
		other()
		leave()
		synctest.Wait()
		if n := len(l.bySender); n != 0 {
			t.Errorf("%d senders are remembered after all have left, want none", n)
		}
	})
}
