package scheduler

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // the tests need London wherever they run

	"github.com/google/go-cmp/cmp"
)

func london(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func start(t *testing.T, zone *time.Location, log *slog.Logger, ticks ...Tick) *Ticks {
	t.Helper()
	ts, err := NewTicks(t.Context(), zone, log, ticks...)
	if err != nil {
		t.Fatal(err)
	}
	ts.Start()
	return ts
}

func TestOften(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := 0
		ts := start(t, time.UTC, slog.New(slog.DiscardHandler), Tick{Name: "due", Spec: Often, Run: func(context.Context) { n++ }})
		time.Sleep(10*time.Minute + time.Second)
		synctest.Wait()
		if n != 40 {
			t.Errorf("%d ticks in ten minutes, want 40", n)
		}
		if err := ts.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if n != 40 {
			t.Errorf("%d ticks after the end", n-40)
		}
	})
}

// Upkeep runs once a night at ten past three by the clock on the wall, also on
// the nights that lose or gain an hour.
func TestNightlyOverTheChangeOfTheClocks(t *testing.T) {
	t.Parallel()
	zone := london(t)
	for name, eve := range map[string]time.Time{
		"spring": time.Date(2000, 3, 25, 12, 0, 0, 0, zone),
		"autumn": time.Date(2000, 10, 28, 12, 0, 0, 0, zone),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(eve))
				var got []string
				ts := start(t, zone, slog.New(slog.DiscardHandler), Tick{Name: "upkeep", Spec: Nightly, Run: func(context.Context) {
					got = append(got, time.Now().In(zone).Format("2 15:04"))
				}})
				time.Sleep(48 * time.Hour)
				if err := ts.Stop(t.Context()); err != nil {
					t.Fatal(err)
				}
				want := []string{eve.AddDate(0, 0, 1).Format("2") + " 03:10", eve.AddDate(0, 0, 2).Format("2") + " 03:10"}
				if diff := cmp.Diff(got, want); diff != "" {
					t.Errorf("ran at (-got +want):\n%s", diff)
				}
			})
		})
	}
}

// A tick that is still running is not started beside itself.
func TestSlowTick(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		running, most, n := 0, 0, 0
		ts := start(t, time.UTC, slog.New(slog.NewTextHandler(&log, nil)), Tick{Name: "slow", Spec: Often, Run: func(context.Context) {
			running++
			most, n = max(most, running), n+1
			time.Sleep(40 * time.Second)
			running--
		}})
		time.Sleep(2*time.Minute + time.Second)
		if err := ts.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if most != 1 || n != 3 {
			t.Errorf("%d runs, %d at once, want 3, one at a time", n, most)
		}
		if !strings.Contains(log.String(), "tick skipped") {
			t.Error("the log does not say that ticks were skipped")
		}
	})
}

// A tick that panics is logged and runs again at its next time.
func TestPanickingTick(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		n := 0
		ts := start(t, time.UTC, slog.New(slog.NewTextHandler(&log, nil)), Tick{Name: "bad", Spec: Often, Run: func(context.Context) {
			n++
			panic("oh dear")
		}})
		time.Sleep(time.Minute + time.Second)
		if err := ts.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n != 4 {
			t.Errorf("%d runs in a minute, want 4", n)
		}
		if got := strings.Count(log.String(), "tick panicked"); got != 4 {
			t.Errorf("%d panics logged, want 4", got)
		}
	})
}

// Stop tells a running tick to end, and waits for it, but not for ever.
func TestStop(t *testing.T) {
	t.Parallel()
	t.Run("ends", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ended := false
			ts := start(t, time.UTC, slog.New(slog.DiscardHandler), Tick{Name: "long", Spec: Often, Run: func(ctx context.Context) {
				<-ctx.Done()
				time.Sleep(time.Second)
				ended = true
			}})
			time.Sleep(16 * time.Second)
			if err := ts.Stop(t.Context()); err != nil || !ended {
				t.Errorf("Stop = %v, the tick has ended: %t, want nil, true", err, ended)
			}
		})
	})
	t.Run("gives up", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			release := make(chan struct{})
			ts := start(t, time.UTC, slog.New(slog.DiscardHandler), Tick{Name: "stuck", Spec: Often, Run: func(context.Context) {
				<-release
			}})
			time.Sleep(16 * time.Second)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := ts.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Stop = %v, want the deadline", err)
			}
			close(release)
		})
	})
}

func TestSchedulesThatAreRefused(t *testing.T) {
	t.Parallel()
	specs := []string{
		"", " ", "TZ=0", "TZ=", "CRON_TZ=Europe/London", "CRON_TZ=Europe/London 0 9 * * *", "rubbish", "0 9 * *", "0 9 * * 7",
		"@every 0s", "@every -1s", "@every 1500ms", "@every soon", "@every", "0 3 30 2 *", "30 1 * * *", "0 * * * *", "* * * * *",
	}
	for _, spec := range specs {
		t.Run(spec, func(t *testing.T) {
			t.Parallel()
			_, err := NewTicks(t.Context(), london(t), slog.New(slog.DiscardHandler), Tick{Name: "x", Spec: spec})
			if err == nil {
				t.Error("no error")
			}
		})
	}
	good := []string{Often, Nightly, "0 9 * * 1-5", "*/5 3 * * *", "0 9 29 2 *", "@daily"}
	for _, spec := range good {
		if _, err := parse(spec, london(t)); err != nil {
			t.Errorf("%s: %v", spec, err)
		}
	}
}
