package store_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/seal"
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

// busy is a backend at which somebody looks before every commit.
type busy struct {
	store.Backend
	look func()
}

func (b *busy) Update(ctx context.Context, site casework.Site, fn func(store.Rows) error) error {
	return b.Backend.Update(ctx, site, func(rows store.Rows) error {
		err := fn(rows)
		if b.look != nil {
			b.look()
		}
		return err
	})
}

// TestShreddedKeyIsForgotten also when somebody read the record between Shred
// and its commit: the key is not left in memory.
func TestShreddedKeyIsForgotten(t *testing.T) {
	t.Parallel()
	ctx, keys := context.Background(), storetest.Keyring(t)
	b := &busy{Backend: memory.New()}
	db := storetest.Open(t, b, keys)
	conversation := &casework.Conversation{ID: "c", Team: "north", Channel: casework.SMS, DataKey: "k"}
	err := db.Update(ctx, "test", "north", func(tx casework.Tx) error {
		return casework.Conversations.Put(tx, conversation)
	})
	if err != nil {
		t.Fatalf("put: %v", err)
	}
	var wrapped []byte
	err = b.View(ctx, func(rows store.Rows) error {
		value, err := rows.Get("key", []byte("k")) // state, team with its length, wrapped key, checksum
		wrapped = bytes.Clone(value[2+len("north") : len(value)-4])
		return err
	})
	if err != nil {
		t.Fatalf("view: %v", err)
	}
	var held *seal.DataKey
	b.look = func() {
		err := db.View(ctx, "north", func(tx casework.Tx) error {
			_, err := casework.Conversations.Get(tx, "c")
			return err
		})
		first, _ := keys.Unwrap("k", wrapped)
		if held, _ = keys.Unwrap("k", wrapped); err != nil || held == nil || held != first {
			t.Errorf("look: %v, or a key in use is not kept in memory", err)
		}
	}
	if err := db.Update(ctx, "test", "north", func(tx casework.Tx) error { return tx.Shred("k") }); err != nil {
		t.Fatalf("shred: %v", err)
	}
	if again, _ := keys.Unwrap("k", wrapped); again == held {
		t.Error("the key is still in memory")
	}
}
