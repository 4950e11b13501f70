package storetest

import (
	"crypto/rand"
	"io"
	chacha "math/rand/v2"
	"testing"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/seal"
)

// Memory returns an empty store in memory that closes with the test. What it
// draws is the same in every run, so ids made by Tx.Blind are too.
func Memory(t testing.TB) store.Store {
	t.Helper()
	return Open(t, memory.New(), keyring(t, chacha.NewChaCha8([32]byte{1}), 1))
}

// Open returns the store of a backend, of casework's kinds, that closes with
// the test.
func Open(t testing.TB, backend store.Backend, keys *seal.Keyring) *store.DB {
	t.Helper()
	db, err := store.Open(backend, keys, casework.Kinds())
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return db
}

// Keyring returns a keyring of fixed test keys in these versions; version 1
// where none is given. Its data keys and nonces are random.
func Keyring(t testing.TB, versions ...uint32) *seal.Keyring {
	t.Helper()
	if len(versions) == 0 {
		versions = []uint32{1}
	}
	return keyring(t, rand.Reader, versions...)
}

func keyring(t testing.TB, random io.Reader, versions ...uint32) *seal.Keyring {
	t.Helper()
	keys := make([]seal.Key, len(versions))
	for i, v := range versions {
		secret := make([]byte, seal.KeySize)
		for j := range secret {
			secret[j] = byte(v)
		}
		keys[i] = seal.Key{Version: v, Secret: secret}
	}
	ring, err := seal.NewKeyring(random, keys...)
	if err != nil {
		t.Fatalf("test keyring: %v", err)
	}
	return ring
}
