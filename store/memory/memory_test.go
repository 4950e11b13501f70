package memory_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/storetest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) (store.Store, func() store.Store) {
		backend, keys := memory.New(), storetest.Keyring(t)
		db := storetest.Open(t, backend, keys)
		return db, func() store.Store {
			if err := db.Close(); err != nil {
				t.Fatalf("close: %v", err)
			}
			backend = backend.Reopen()
			db = storetest.Open(t, backend, keys)
			return db
		}
	})
}

func TestRows(t *testing.T) {
	t.Parallel()
	storetest.RunBackend(t, func(*testing.T) store.Backend { return memory.New() })
}

func TestMemoryIsTheSameInEveryRun(t *testing.T) {
	t.Parallel()
	hash := func() (out string) {
		err := storetest.Memory(t).View(context.Background(), "", func(tx casework.Tx) error {
			out = tx.Blind("conversation", "+447700900123")
			return nil
		})
		if err != nil {
			t.Fatalf("view: %v", err)
		}
		return out
	}
	if one, two := hash(), hash(); one != two {
		t.Errorf("got %s, then %s", one, two)
	}
}

// TestFaults fails a commit by its site, before and after it is made.
func TestFaults(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	fault := func(site casework.Site) error {
		if site == "bad" {
			return broken
		}
		return nil
	}
	tests := map[string]struct {
		faults store.Faults
		kept   bool
	}{
		"before": {store.Faults{Before: fault}, false},
		"after":  {store.Faults{After: fault}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := memory.New()
			b.Faults = test.faults
			write := func(rows store.Rows) error { return rows.Put("t", []byte("k"), []byte("v")) }
			read := func(store.Rows) error { return nil }
			if err := b.Update(t.Context(), "bad", read); err != nil {
				t.Errorf("an update that writes nothing: got %v, want no commit", err)
			}
			err := b.Update(t.Context(), "bad", write)
			if !errors.Is(err, store.ErrOutcomeUnknown) || !errors.Is(err, broken) {
				t.Errorf("got %v, want ErrOutcomeUnknown and its cause", err)
			}
			select {
			case <-b.Failed():
			default:
				t.Error("the backend does not say that it failed")
			}
			if err := b.Update(t.Context(), "good", write); !errors.Is(err, store.ErrClosed) {
				t.Errorf("afterwards: got %v, want ErrClosed", err)
			}
			err = b.Reopen().View(t.Context(), func(rows store.Rows) error {
				value, err := rows.Get("t", []byte("k"))
				if (value != nil) != test.kept {
					t.Errorf("after a restart: got %q, want it kept: %v", value, test.kept)
				}
				return err
			})
			if err != nil {
				t.Errorf("view: %v", err)
			}
		})
	}
}

func ExampleNew() {
	b := memory.New()
	write := func(rows store.Rows) error { return rows.Put("t", []byte("k"), []byte("v")) }
	if err := b.Update(context.Background(), "example", write); err != nil {
		fmt.Println(err)
	}
	_ = b.View(context.Background(), func(rows store.Rows) error {
		value, err := rows.Get("t", []byte("k"))
		fmt.Println(string(value))
		return err
	})
	// Output: v
}

func TestCosts(t *testing.T) {
	t.Parallel()
	storetest.RunCosts(t, func(*testing.T) (store.Backend, func() storetest.Cost) {
		b, commits := memory.New(), int64(0)
		b.Faults.After = func(casework.Site) error { commits++; return nil }
		return b, func() storetest.Cost { return storetest.Cost{Commits: commits} }
	})
}
