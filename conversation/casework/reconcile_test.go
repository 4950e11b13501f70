package casework

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// jobsAfter lists the jobs by kind, as they are after a plan was made.
func jobsAfter(existing []*Job, now time.Time, wanted ...Wanted) (map[JobKind]JobState, int) {
	put, cancel := Reconcile(now, wanted, existing)
	out := map[JobKind]JobState{}
	for _, j := range append(existing, put...) {
		out[j.Kind] = j.State
	}
	return out, len(put) + len(cancel)
}

func want(kind JobKind, due time.Time) Wanted {
	return Wanted{Kind: kind, About: About{Kind: AboutAppointment, ID: "a"}, DueAt: due, NotAfter: due.Add(time.Hour), Send: "remind"}
}

func has(kind JobKind, due time.Time, state JobState) *Job {
	w := want(kind, due)
	return &Job{
		Stamp: Stamp{Version: 3}, Kind: kind, About: w.About, DueAt: due, NotAfter: w.NotAfter, Send: w.Send, State: state, Fence: 2,
	}
}

// Exactly what changed is written: a job added, moved, begun again or called off.
func TestReconcile(t *testing.T) {
	t.Parallel()
	later := noon.Add(24 * time.Hour)
	for name, c := range map[string]struct {
		existing []*Job
		wanted   []Wanted
		want     map[JobKind]JobState
		writes   int
	}{
		"new":               {nil, []Wanted{want("a", later)}, map[JobKind]JobState{"a": JobWaiting}, 1},
		"new and over":      {nil, []Wanted{want("a", noon.Add(-2*time.Hour))}, map[JobKind]JobState{}, 0},
		"due, not yet over": {nil, []Wanted{want("a", noon.Add(-30*time.Minute))}, map[JobKind]JobState{"a": JobWaiting}, 1},
		"as it was":         {[]*Job{has("a", later, JobWaiting)}, []Wanted{want("a", later)}, map[JobKind]JobState{"a": JobWaiting}, 0},
		"moved":             {[]*Job{has("a", noon, JobWaiting)}, []Wanted{want("a", later)}, map[JobKind]JobState{"a": JobWaiting}, 1},
		"not wanted":        {[]*Job{has("a", later, JobWaiting)}, nil, map[JobKind]JobState{"a": JobCancelled}, 1},
		"done stays done":   {[]*Job{has("a", noon, JobDone)}, []Wanted{want("a", later)}, map[JobKind]JobState{"a": JobDone}, 0},
		"done and unwanted": {[]*Job{has("a", noon, JobDone)}, nil, map[JobKind]JobState{"a": JobDone}, 0},
		"wanted again":      {[]*Job{has("a", later, JobCancelled)}, []Wanted{want("a", later)}, map[JobKind]JobState{"a": JobWaiting}, 1},
		"wanted again, too late": {
			[]*Job{has("a", noon.Add(-2*time.Hour), JobCancelled)},
			[]Wanted{want("a", noon.Add(-2*time.Hour))},
			map[JobKind]JobState{"a": JobCancelled},
			0,
		},
		"one comes, one goes": {
			[]*Job{has("a", later, JobWaiting)}, []Wanted{want("b", later)}, map[JobKind]JobState{"a": JobCancelled, "b": JobWaiting}, 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, writes := jobsAfter(c.existing, noon, c.wanted...)
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("states (-got +want):\n%s", diff)
			}
			if writes != c.writes {
				t.Errorf("%d writes, want %d", writes, c.writes)
			}
		})
	}
}

// A job that moves is found at its new moment, whatever was tried at the old
// one; it is the record that was stored, so that two who move it at once do not
// both succeed.
func TestReconcileMovesTheRecord(t *testing.T) {
	t.Parallel()
	later := noon.Add(24 * time.Hour)
	job := has("a", noon, JobWaiting)
	job.RetryAt = noon.Add(48 * time.Hour)
	put, cancel := Reconcile(noon, []Wanted{want("a", later)}, []*Job{job})
	if len(put) != 1 || len(cancel) != 0 || put[0] != job {
		t.Fatalf("put %v, cancel %v, want the job itself", put, cancel)
	}
	if !job.DueAt.Equal(later) || !job.RetryAt.IsZero() || job.Version != 3 || job.Fence != 2 {
		t.Errorf("moved to %s, retried at %s, version %d, fence %d", job.DueAt, job.RetryAt, job.Version, job.Fence)
	}
}

// A moved appointment is another version: its jobs are others, and the old ones
// are called off in the same breath (I12).
func TestReconcileOfAnotherVersion(t *testing.T) {
	t.Parallel()
	old, moved := has("a", noon, JobWaiting), want("a", noon)
	moved.About.Rev = 1
	put, cancel := Reconcile(noon, []Wanted{moved}, []*Job{old})
	if len(put) != 1 || len(cancel) != 1 || put[0].About.Rev != 1 || cancel[0] != old || old.Reason == "" {
		t.Errorf("put %v, cancel %v, want the new version put and the old one called off, with a reason", put, cancel)
	}
}
