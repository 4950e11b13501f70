package bolt_test

import (
	"bytes"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/storetest"
)

// testMmap keeps the address space of many small stores small.
const testMmap = 16 << 20

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) (store.Store, func() store.Store) {
		path, keys := newFile(t), storetest.Keyring(t)
		db := storetest.Open(t, open(t, path, bolt.Options{MmapSize: testMmap}), keys)
		return db, func() store.Store {
			if err := db.Close(); err != nil {
				t.Fatalf("close: %v", err)
			}
			db = storetest.Open(t, open(t, path, bolt.Options{MmapSize: testMmap}), keys)
			return db
		}
	})
}

// newFile makes an empty store and returns its path.
func newFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data", "linkline.db")
	random := bytes.NewReader(bytes.Repeat([]byte(t.Name()), 16))
	if err := bolt.Init(path, random, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)); err != nil {
		t.Fatalf("init: %v", err)
	}
	return path
}

func open(t testing.TB, path string, options bolt.Options) *bolt.Backend {
	t.Helper()
	b, err := bolt.Open(path, options)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return b
}

func TestRows(t *testing.T) {
	t.Parallel()
	storetest.RunBackend(t, func(t *testing.T) store.Backend {
		return open(t, newFile(t), bolt.Options{MmapSize: testMmap})
	})
}

func TestCosts(t *testing.T) {
	t.Parallel()
	storetest.RunCosts(t, func(t *testing.T) (store.Backend, func() storetest.Cost) {
		var commits atomic.Int64
		count := func(casework.Site) error { commits.Add(1); return nil }
		b := open(t, newFile(t), bolt.Options{MmapSize: testMmap, Faults: store.Faults{After: count}})
		return b, func() storetest.Cost { return storetest.Cost{Commits: commits.Load()} }
	})
}
