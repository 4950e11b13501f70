package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/memory"
	"linkline/store/postgres"
	"linkline/store/seal"
)

// Place is where a store is kept, and what it is opened with.
type Place struct {
	Settings *config.Config
	Random   io.Reader
	Now      func() time.Time
}

// Open opens the store: the file of the data directory, or the database that
// the settings name. Wake is signalled when another replica has left work; nil
// where there is none.
func (p Place) Open(ctx context.Context) (db store.Store, wake <-chan struct{}, err error) {
	dir := datadir.At(p.Settings.DataDir)
	if p.Settings.Database == "" {
		db, err = OpenStore(dir, p.Settings.Key, p.Random)
		return db, nil, err
	}
	key, err := dir.Key(p.Settings.Key)
	if err != nil {
		return nil, nil, fmt.Errorf("open the store: %w", err)
	}
	backend, err := postgres.Open(ctx, p.Settings.Database.Reveal(), postgres.Options{
		Kinds: casework.Kinds(), Random: p.Random, Now: p.Now,
	})
	if err != nil {
		return nil, nil, err
	}
	opened, err := overRows(backend, key, p.Random)
	if err != nil {
		_ = backend.Close() // nothing was written
		return nil, nil, fmt.Errorf("open the store: every replica needs the key that sealed it (LINKLINE_KEY): %w", err)
	}
	return opened, backend.Wake(), nil
}

// Prepare makes the tables that the database of the settings lacks.
func (p Place) Prepare(ctx context.Context) error {
	return postgres.Migrate(ctx, p.Settings.Database.Reveal(), casework.Kinds())
}

// OpenStore opens the store of a data directory with its key.
func OpenStore(dir datadir.Dir, configured config.Secret, random io.Reader) (store.Store, error) {
	backend, err := bolt.Open(dir.Store(), bolt.Options{})
	if err != nil {
		return nil, err
	}
	key, err := dir.Key(configured)
	if err == nil {
		var db *store.DB
		if db, err = overRows(backend, key, random); err == nil {
			return db, nil
		}
	}
	_ = backend.Close() // nothing was written
	if errors.Is(err, store.ErrWrongKey) {
		return nil, fmt.Errorf("%w: %s was sealed with another one; bring that back from its copy",
			store.ErrWrongKey, dir.Store())
	}
	return nil, fmt.Errorf("open the store: %w", err)
}

// MemoryStore is a store that is gone when the program ends.
func MemoryStore(random io.Reader) (store.Store, error) {
	key := make([]byte, seal.KeySize)
	if _, err := io.ReadFull(random, key); err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	return overRows(memory.New(), key, random)
}

func overRows(backend store.Backend, key []byte, random io.Reader) (*store.DB, error) {
	ring, err := seal.NewKeyring(random, seal.Key{Version: 1, Secret: key})
	if err != nil {
		return nil, err
	}
	return store.Open(backend, ring, casework.Kinds())
}
