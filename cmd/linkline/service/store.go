package service

import (
	"errors"
	"fmt"
	"io"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/memory"
	"linkline/store/seal"
)

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
