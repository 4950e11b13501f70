package bolt

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"linkline/store"
)

// TestReadsStandExactlyIfTheyWouldBeTheSame compares the check of a run ahead
// with reading everything again.
func TestReadsStandExactlyIfTheyWouldBeTheSame(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	stood, fell := 0, 0
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 2))
		change(t, b, random, 8)
		steps := make([]step, 1+random.IntN(3))
		for i := range steps {
			steps[i] = anyStep(random, true)
		}
		seen := &reads{}
		before := readAll(t, b, steps, seen)
		change(t, b, random, 1+random.IntN(10))
		same := slices.Equal(readAll(t, b, steps, nil), before)
		stands := false
		view(t, b, func(tables *tables) { stands = tables.stand(seen) })
		if stands != same {
			t.Errorf("seed %d: got %v, want %v, of %+v", seed, stands, same, steps)
		}
		if stood++; !same {
			stood--
			fell++
		}
	}
	if stood < 50 || fell < 50 {
		t.Errorf("%d stood and %d did not: that proves little", stood, fell)
	}
}

// change writes and removes some rows.
func change(t *testing.T, b *Backend, random *rand.Rand, n int) {
	t.Helper()
	err := b.Update(context.Background(), "s", func(rows store.Rows) error {
		for range n {
			s := anyStep(random, false)
			s.what = []string{"put", "delete"}[random.IntN(2)]
			s.value = fmt.Sprint(random.IntN(3))[:random.IntN(2)]
			if err := s.take(rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("update: %v", err)
	}
}

// readAll takes steps that only read, and returns what they saw.
func readAll(t *testing.T, b *Backend, steps []step, seen *reads) (saw []string) {
	t.Helper()
	view(t, b, func(tables *tables) {
		for _, s := range steps {
			if err := s.take(&rows{tables: tables, layer: &overlay{}, reads: seen}); err != nil {
				t.Errorf("%s: %v", s.what, err)
			}
			saw = append(saw, s.saw)
		}
	})
	return saw
}

func view(t *testing.T, b *Backend, fn func(*tables)) {
	t.Helper()
	err := b.View(context.Background(), func(inner store.Rows) error {
		r, ok := inner.(*rows)
		if !ok {
			return fmt.Errorf("a %T", inner)
		}
		fn(r.tables)
		return nil
	})
	if err != nil {
		t.Fatalf("view: %v", err)
	}
}
