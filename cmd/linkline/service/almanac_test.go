package service

import (
	"context"
	"testing"
	"testing/synctest"

	"linkline/conversation/casework"
)

// The service looks at the calendar as soon as it runs, and stops with it.
func TestRunKeepsTheCalendar(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		now := london(t, "2026-11-27 08:00")
		s := newService(t, "", &now)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		synctest.Wait()
		for _, name := range []string{"worker_digest", "morning_list"} {
			if run := s.run(t, name); run == nil || !run.For.Equal(now) {
				t.Errorf("%s: got %+v, want one that begins now", name, run)
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// run is the last run of an entry of the calendar, nil for none.
func (s *Service) run(t *testing.T, name string) (run *casework.Run) {
	t.Helper()
	err := s.config.Store.View(t.Context(), "", func(tx casework.Tx) (err error) {
		run, err = casework.Runs.Find(tx, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// Everything that the calendar has a chore for is in its ticks, beside the look
// for what was missed.
func TestTheCalendarTicks(t *testing.T) {
	t.Parallel()
	now := london(t, "2026-11-27 08:00")
	specs := map[string]string{}
	for _, tick := range newService(t, "", &now).calendar.Ticks() {
		specs[tick.Name] = tick.Spec
	}
	if len(specs) != 3 || specs["worker_digest"] != "30 16 * * 1-5" || specs["morning_list"] != "30 8 * * 1-5" || specs["catch up"] == "" {
		t.Errorf("got %v", specs)
	}
}
