package service

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"linkline/conversation/casework"
)

// A job is run when it is due, to the second.
func TestJobsRunWhenTheyAreDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began, now := time.Now(), london(t, "2026-11-27 09:59")
		s := newServiceBy(t, "", func() time.Time { return now.Add(time.Since(began)) })
		job := &casework.Job{
			Team: "demo", Conversation: "gone", Kind: casework.JobForget, State: casework.JobWaiting,
			DueAt: now.Add(time.Minute),
		}
		s.keep(t, job)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		time.Sleep(time.Minute + time.Second)
		synctest.Wait()
		if got := s.job(t, job.Key()); got.State != casework.JobDone {
			t.Errorf("a second after it was due the job is %s", got.State)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func (s *Service) keep(t *testing.T, job *casework.Job) {
	t.Helper()
	err := s.config.Store.Update(t.Context(), "test", "", func(tx casework.Tx) error { return casework.Jobs.Put(tx, job) })
	if err != nil {
		t.Fatal(err)
	}
}

func (s *Service) job(t *testing.T, key string) (job *casework.Job) {
	t.Helper()
	err := s.config.Store.View(t.Context(), "", func(tx casework.Tx) (err error) {
		job, err = casework.Jobs.Get(tx, key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return job
}
