package store_test

import (
	"context"
	"errors"
	"testing"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/storetest"
)

// forgetful is a backend that runs a function and keeps nothing of it, as one
// does whose caller leaves before its turn.
type forgetful struct {
	store.Backend
	err error
}

func (b *forgetful) Update(ctx context.Context, site casework.Site, fn func(store.Rows) error) error {
	return b.Backend.Update(ctx, site, func(rows store.Rows) error {
		return errors.Join(fn(rows), b.err)
	})
}

// TestVersionIsTakenBackWithTheUpdate leaves a record as it was that nobody has
// stored, so that it can be put again.
func TestVersionIsTakenBackWithTheUpdate(t *testing.T) {
	t.Parallel()
	b := &forgetful{Backend: memory.New()}
	db := storetest.Open(t, b, storetest.Keyring(t))
	note := &casework.Note{ID: "n", Team: "north", Case: "c"}
	put := func() error {
		return db.Update(context.Background(), "test", "north", func(tx casework.Tx) error {
			return casework.Notes.Put(tx, note)
		})
	}
	for _, b.err = range []error{context.Canceled, store.ErrClosed} {
		if err := put(); !errors.Is(err, b.err) || note.Version != 0 {
			t.Errorf("got %v and version %d, want %v and 0", err, note.Version, b.err)
		}
	}
	b.err = nil
	if err := put(); err != nil || note.Version != 1 {
		t.Errorf("again: got %v and version %d, want 1", err, note.Version)
	}
}
