package memory_test

import (
	"testing"

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
