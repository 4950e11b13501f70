package scheduler_test

import (
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"linkline/scheduler/schedulertest"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/memory"
	"linkline/store/storetest"
)

// BenchmarkRunDue is what a due job costs among a thousand that wait and among a
// million, in one run: "of-few" is the ratio of the two, and should be one. With
// -short there are a hundred thousand.
func BenchmarkRunDue(b *testing.B) {
	many := 1_000_000
	if testing.Short() {
		many = 100_000
	}
	for _, backend := range []struct {
		name string
		open func(testing.TB) store.Store
	}{{"memory", memoryStore}, {"bolt", boltStore}} {
		// The crowds are gathered once, however often a benchmark is run again.
		few, crowd := newCrowd(b, backend.open, 1000), newCrowd(b, backend.open, many)
		b.Run(backend.name, func(b *testing.B) {
			cost, err := schedulertest.Compare(b.Context(), few, crowd, b.N)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(cost.ManyRun.Nanoseconds()), "ns/job")
			b.ReportMetric(cost.Ratio(), "of-few")
			b.ReportMetric(cost.IdleRatio(), "idle-of-few")
		})
	}
}

// Finding and running a job does not cost more with the number that wait. The
// sizes and the bound are for a machine that does much else; the benchmark has
// the figures.
func TestRunDueDoesNotCount(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("measures")
	}
	few, many := newCrowd(t, memoryStore, 100), newCrowd(t, memoryStore, 20_000)
	cost, err := schedulertest.Compare(t.Context(), few, many, 31)
	if err != nil {
		t.Fatal(err)
	}
	if cost.Ratio() > 4 || cost.IdleRatio() > 8 {
		t.Error(cost)
	}
}

func newCrowd(t testing.TB, open func(testing.TB) store.Store, waiting int) *schedulertest.Crowd {
	t.Helper()
	c, err := schedulertest.NewCrowd(t.Context(), open(t), waiting, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func memoryStore(t testing.TB) store.Store {
	return storetest.Open(t, memory.New(), storetest.Keyring(t))
}

func boltStore(t testing.TB) store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "linkline.db")
	if err := bolt.Init(path, rand.Reader, time.Now()); err != nil {
		t.Fatal(err)
	}
	backend, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return storetest.Open(t, backend, storetest.Keyring(t))
}

// BenchmarkWant is what it costs to plan a course in which much is going on; it
// is done in every turn that changes one, and again when a job is due.
func BenchmarkWant(b *testing.B) {
	p, s := plans(b), newSheet(b)
	full(s)
	b.ReportAllocs()
	for b.Loop() {
		if len(p.Want(s.Outlook)) == 0 {
			b.Fatal("nothing is wanted")
		}
	}
}
