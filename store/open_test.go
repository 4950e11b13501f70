package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/seal"
	"linkline/store/storetest"
)

func TestOpenRefusesKinds(t *testing.T) {
	t.Parallel()
	notes := *casework.Notes.Kind
	named := func(name, group string) *casework.Kind {
		k := notes
		k.Name, k.Group = name, group
		return &k
	}
	indexed := func(names ...string) *casework.Kind {
		k := notes
		for _, n := range names {
			k.Indexes = append(k.Indexes, casework.Index{Name: n})
		}
		return &k
	}
	shapeless := func() *casework.Kind {
		k := notes
		k.New = func() casework.Record {
			return &struct {
				casework.Stamp
				Any any
			}{}
		}
		return &k
	}
	tests := map[string][]*casework.Kind{
		"a kind declared twice":     {named("a", "g"), named("a", "g")},
		"no name":                   {named("", "g")},
		"a name with a zero byte":   {named("a\x00", "g")},
		"a name with a dot":         {named("a", "g.index")},
		"a table of the store's":    {named("key", "key")},
		"an index without a name":   {indexed("")},
		"an index declared twice":   {indexed("a", "a")},
		"an index with a zero byte": {indexed("a\x00b")},
		"a record without a form":   {shapeless()},
	}
	for name, kinds := range tests {
		if _, err := store.Open(memory.New(), storetest.Keyring(t), kinds); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// olderNote is a note as an older version of the program knew it.
type olderNote struct {
	casework.Stamp
	ID   string          `json:"id"`
	Team casework.TeamID `json:"team"`
}

// TestNewerRecordIsRefused reads with an older program what a newer one wrote:
// it says so, and cannot put the record without what it does not know.
func TestNewerRecordIsRefused(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	newer := storetest.Open(t, backend, storetest.Keyring(t))
	storetest.PutFilled(t, newer)
	kind := *casework.Notes.Kind
	kind.New = func() casework.Record { return &olderNote{} }
	db, err := store.Open(backend.Reopen(), storetest.Keyring(t), []*casework.Kind{&kind})
	if err != nil {
		t.Fatal(err)
	}
	key := kind.Key(storetest.Filled(casework.Notes.Kind))
	err = db.View(context.Background(), "", func(tx casework.Tx) error {
		_, err := tx.Get(&kind, key)
		return err
	})
	if !errors.Is(err, store.ErrNewer) || errors.Is(err, store.ErrCorrupt) {
		t.Errorf("got %v, want ErrNewer and no talk of damage", err)
	}
}

// TestOpenWithAnotherKey opens a store with keys that are not its own.
func TestOpenWithAnotherKey(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	db := storetest.Open(t, backend, storetest.Keyring(t, 1))
	storetest.PutFilled(t, db)

	wrong, err := seal.NewKeyring(strings.NewReader(""), seal.Key{Version: 1, Secret: make([]byte, seal.KeySize)})
	if err != nil {
		t.Fatalf("keyring: %v", err)
	}
	if _, err := store.Open(backend.Reopen(), wrong, casework.Kinds()); !errors.Is(err, store.ErrWrongKey) {
		t.Errorf("another key: got %v, want ErrWrongKey", err)
	}
	_, err = store.Open(backend.Reopen(), storetest.Keyring(t, 2), casework.Kinds())
	if !errors.Is(err, seal.ErrNoKey) || !strings.Contains(err.Error(), "version 1") {
		t.Errorf("without the old version: got %v, want ErrNoKey for version 1", err)
	}
}

// TestKeyRotation seals on after the key-encryption key has changed.
func TestKeyRotation(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	before := storetest.Open(t, backend, storetest.Keyring(t, 1))
	put(t, before, task("old", "k1"))
	hash := blind(t, before)

	next := backend.Reopen()
	after := storetest.Open(t, next, storetest.Keyring(t, 1, 2))
	put(t, after, task("same key", "k1"), task("new key", "k2"))
	if got := blind(t, after); got != hash {
		t.Errorf("keyed hash: got %s, want %s as before", got, hash)
	}
	view(t, after, func(tx casework.Tx) error {
		for _, id := range []string{"old", "same key", "new key"} {
			if _, err := casework.Tasks.Get(tx, id); err != nil {
				t.Errorf("get %s: %v", id, err)
			}
		}
		return nil
	})
	// The keys of before are wrapped with version 1 only, those of after need 2.
	old := storetest.Open(t, next.Reopen(), storetest.Keyring(t, 1))
	view(t, old, func(tx casework.Tx) error {
		if _, err := casework.Tasks.Get(tx, "same key"); err != nil {
			t.Errorf("a record of the old data key: %v", err)
		}
		if _, err := casework.Tasks.Get(tx, "new key"); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("a record of the new data key: got %v, want ErrNoKey", err)
		}
		return nil
	})
}

// TestLostSecret opens a store whose look-up secret has gone: a new one would
// make strangers of everybody.
func TestLostSecret(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	put(t, storetest.Open(t, backend, storetest.Keyring(t)), task("1", "k"))
	edit(t, backend, func(rows store.Rows) error { return rows.Delete("store", []byte("look-up")) })
	_, err := store.Open(backend, storetest.Keyring(t), casework.Kinds())
	if !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
}

// task is a record under a data key of its own.
func task(id string, key casework.KeyID) *casework.Task {
	return &casework.Task{ID: id, Team: "north", DataKey: key, Words: "the words", Case: "c"}
}

func put(t *testing.T, db store.Store, tasks ...*casework.Task) {
	t.Helper()
	err := db.Update(context.Background(), "test", "", func(tx casework.Tx) error {
		for _, task := range tasks {
			if err := casework.Tasks.Put(tx, task); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("put: %v", err)
	}
}

func view(t *testing.T, db store.Store, fn func(casework.Tx) error) {
	t.Helper()
	if err := db.View(context.Background(), "", fn); err != nil {
		t.Fatalf("view: %v", err)
	}
}

func blind(t *testing.T, db store.Store) (hash string) {
	t.Helper()
	view(t, db, func(tx casework.Tx) error { hash = tx.Blind("d", "v"); return nil })
	return hash
}

// edit changes the rows of a backend behind the store's back.
func edit(t *testing.T, backend store.Backend, fn func(store.Rows) error) {
	t.Helper()
	if err := backend.Update(context.Background(), "test", fn); err != nil {
		t.Fatalf("edit rows: %v", err)
	}
}
