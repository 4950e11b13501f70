package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"linkline/store/bolt/bolttest"
)

// TestBench runs the whole bench, as small as it can be: the figures mean
// nothing, but every one of them is there.
func TestBench(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.dir, b.rounds = t.TempDir(), 1
	b.loads = []load{{phones: 2, referrals: 3, target: 0.4, ways: []bolttest.Way{
		{}, {BatchSize: 2, BatchDelay: time.Millisecond},
	}}}
	b.shared = []fleetBench{{replicas: 2, phones: 2, referrals: 3}}
	var out bytes.Buffer
	if err := b.run(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"turns/s", "ratio", "0.4", "A turn writes", "Advance alone", "Reminders due", "Due jobs", "allocations", "allocs", "bytes", "PostgreSQL"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table does not say %q:\n%s", want, out.String())
		}
	}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	numbers := []float64{5, 1, 4, 2, 3}
	for _, c := range []struct {
		percent int
		want    float64
	}{{0, 1}, {50, 3}, {99, 4}, {100, 5}} {
		if got := percentile(numbers, c.percent); got != c.want {
			t.Errorf("percentile %d is %v, want %v", c.percent, got, c.want)
		}
	}
	if got := median([]float64(nil)); got != 0 {
		t.Errorf("the median of nothing is %v, want 0", got)
	}
}

func TestRunRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"dance"}, {"bench", "--phones", "7"}} {
		if err := run(t.Context(), args, &bytes.Buffer{}); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}
