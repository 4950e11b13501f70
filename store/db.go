package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"linkline/conversation/casework"
	"linkline/store/seal"
)

// siteOpen is the commit that draws a new store's secret.
const siteOpen casework.Site = "store.open"

// lookupKey is where the wrapped secret behind the look-ups lies.
const lookupKey = "look-up"

// DB is a Store over the rows of a backend.
type DB struct {
	backend Backend
	keys    *seal.Keyring
	look    *seal.Lookup
	tables  map[*casework.Kind]*table
	rooms   sync.Pool // of *room
}

var _ Store = (*DB)(nil)

// Open returns a store of these kinds of record over a backend. On a backend
// without a row it draws the store's secret first. ErrWrongKey means that the
// keyring is another store's. The DB owns the backend and closes it.
func Open(backend Backend, keys *seal.Keyring, kinds []*casework.Kind) (*DB, error) {
	db := &DB{backend: backend, keys: keys, tables: make(map[*casework.Kind]*table, len(kinds))}
	db.rooms.New = func() any { return &room{} }
	names := make(map[string]bool, len(kinds))
	for _, kind := range kinds {
		t, err := newTable(kind)
		if err != nil {
			return nil, fmt.Errorf("open store: %w", err)
		}
		if names[kind.Name] {
			return nil, fmt.Errorf("open store: kind %s is declared twice", kind.Name)
		}
		names[kind.Name], db.tables[kind] = true, t
	}
	if err := db.openLookup(); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return db, nil
}

// openLookup reads the store's secret, or draws it for an empty store.
func (db *DB) openLookup() error {
	ctx, key := context.Background(), []byte(lookupKey)
	err := db.backend.View(ctx, func(rows Rows) error { return db.readLookup(rows, key) })
	if err != nil || db.look != nil {
		return err
	}
	return db.backend.Update(ctx, siteOpen, func(rows Rows) error {
		wrapped, err := db.keys.NewLookup()
		if err != nil {
			return err
		}
		value := withChecksum(key, wrapped)
		if err := rows.Put(storeTable, key, value); err != nil {
			return err
		}
		return db.readLookup(rows, key)
	})
}

func (db *DB) readLookup(rows Rows, key []byte) error {
	value, err := rows.Get(storeTable, key)
	if err != nil {
		return err
	}
	if value == nil {
		// A store that holds data keys has lost its secret: a new one would let
		// every person it knows look like a stranger.
		held, err := rows.Range(keyTable, Bounds{Limit: 1})
		if err == nil && len(held) > 0 {
			err = fmt.Errorf("the look-up secret is missing: %w", ErrCorrupt)
		}
		return err
	}
	wrapped, err := checked(key, value)
	if err != nil {
		return fmt.Errorf("look-up secret: %w", err)
	}
	db.look, err = db.keys.Lookup(wrapped)
	if errors.Is(err, seal.ErrNotAuthentic) {
		return ErrWrongKey
	}
	return err
}

// Update implements Store.
func (db *DB) Update(
	ctx context.Context, site casework.Site, team casework.TeamID, fn func(casework.Tx) error,
) error {
	stamps := make(stamps, 0, 8)
	var shredded []heldKey
	err := db.backend.Update(ctx, site, func(rows Rows) error {
		stamps.undo() // of a run before this one
		t := db.begin(rows, team)
		t.stamps = &stamps
		defer t.end()
		err := fn(t)
		if err == nil {
			err = t.broken
		}
		if err != nil {
			stamps.undo()
		}
		shredded = t.shredded
		return err
	})
	if err == nil {
		// Not before: until the commit others look the keys up again.
		for _, key := range shredded {
			db.keys.Forget(string(key.id), key.row)
		}
	}
	if err != nil && !errors.Is(err, ErrOutcomeUnknown) {
		stamps.undo() // of a run that the backend did not take
	}
	return err
}

// View implements Store.
func (db *DB) View(ctx context.Context, team casework.TeamID, fn func(casework.Tx) error) error {
	return db.backend.View(ctx, func(rows Rows) error {
		t := db.begin(rows, team)
		defer t.end()
		return fn(t)
	})
}

// Failed implements Store.
func (db *DB) Failed() <-chan struct{} { return db.backend.Failed() }

// Close implements Store.
func (db *DB) Close() error { return db.backend.Close() }

// stamps are the versions that a transaction gave to records and must take
// back when it is run again or comes to nothing: the records may be the
// caller's, made outside it.
type stamps []struct {
	stamp  *casework.Stamp
	before uint64
}

func (s *stamps) set(stamp *casework.Stamp, version uint64) {
	*s = append(*s, struct {
		stamp  *casework.Stamp
		before uint64
	}{stamp, stamp.Version})
	stamp.Version = version
}

func (s *stamps) undo() {
	for i := len(*s) - 1; i >= 0; i-- {
		(*s)[i].stamp.Version = (*s)[i].before
	}
	*s = (*s)[:0]
}
