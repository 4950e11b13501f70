package seal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/iotest"
)

// key is a key-encryption key of a version.
func key(version uint32) Key {
	return Key{Version: version, Secret: bytes.Repeat([]byte{byte(version)}, KeySize)}
}

func ring(t *testing.T, keys ...Key) *Keyring {
	t.Helper()
	k, err := NewKeyring(rand.Reader, keys...)
	if err != nil {
		t.Fatalf("keyring: %v", err)
	}
	return k
}

// newKey draws a data key.
func newKey(t *testing.T, k *Keyring, purpose string) ([]byte, *DataKey) {
	t.Helper()
	wrapped, data, err := k.NewDataKey(purpose)
	if err != nil {
		t.Fatalf("new data key: %v", err)
	}
	return wrapped, data
}

func TestNewKeyringRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string][]Key{
		"no key":             nil,
		"version zero":       {{Secret: key(1).Secret}},
		"a version twice":    {key(1), key(1)},
		"a short secret":     {{Version: 1, Secret: []byte("too short")}},
		"a long secret":      {{Version: 1, Secret: bytes.Repeat([]byte{1}, 33)}},
		"one bad among good": {key(1), {Version: 2}},
	}
	for name, keys := range tests {
		if _, err := NewKeyring(rand.Reader, keys...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestKeyHidesItself(t *testing.T) {
	t.Parallel()
	k := Key{Version: 7, Secret: []byte("0123456789abcdef0123456789abcdef")}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("key", "key", k)
	shown := fmt.Sprintf("%v %+v %#v %s", k, k, k, k) + log.String()
	if strings.Contains(shown, "0123") || strings.Contains(shown, "48 49") || strings.Contains(shown, "0x30") {
		t.Errorf("the secret shows: %s", shown)
	}
	if !strings.Contains(shown, "key 7") {
		t.Errorf("got %s, want the version", shown)
	}
}

func TestSealAndOpen(t *testing.T) {
	t.Parallel()
	k := ring(t, key(1))
	_, data := newKey(t, k, "person")
	for _, plain := range []string{"", "x", strings.Repeat("words ", 1000)} {
		sealed, err := k.Seal([]byte("head"), data, []byte(plain), []byte("aad"))
		if err != nil {
			t.Fatalf("seal: %v", err)
		}
		if !bytes.HasPrefix(sealed, []byte("head")) || len(sealed) != len("head")+len(plain)+Overhead {
			t.Errorf("sealed form has %d bytes, want head, value and overhead", len(sealed))
		}
		got, err := data.Open([]byte("before "), sealed[len("head"):], []byte("aad"))
		if err != nil || string(got) != "before "+plain {
			t.Errorf("open: got %d bytes, %v, want %d", len(got), err, len(plain)+len("before "))
		}
	}
}

// TestOpenRefuses changes every bit of what is sealed, what it is bound to and
// the key, one at a time.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	k := ring(t, key(1))
	_, data := newKey(t, k, "person")
	_, other := newKey(t, k, "person")
	aad := []byte("kind and key")
	sealed, err := k.Seal(nil, data, []byte("i feel lonely"), aad)
	if err != nil {
		t.Fatalf("seal: %v", err)
	}
	refused := func(what string, d *DataKey, sealed, aad []byte) {
		t.Helper()
		if _, err := d.Open(nil, sealed, aad); !errors.Is(err, ErrNotAuthentic) {
			t.Errorf("%s: got %v, want ErrNotAuthentic", what, err)
		}
	}
	for i := range len(sealed) * 8 {
		refused(fmt.Sprintf("bit %d", i), data, flip(sealed, i), aad)
	}
	for i := range len(aad) * 8 {
		refused(fmt.Sprintf("aad bit %d", i), data, sealed, flip(aad, i))
	}
	for n := range len(sealed) {
		refused(fmt.Sprintf("first %d bytes", n), data, sealed[:n], aad)
	}
	refused("another key", other, sealed, aad)
	refused("no aad", data, sealed, nil)
}

func flip(b []byte, bit int) []byte {
	out := bytes.Clone(b)
	out[bit/8] ^= 1 << (bit % 8)
	return out
}

func TestNoncesDiffer(t *testing.T) {
	t.Parallel()
	k := ring(t, key(1))
	_, data := newKey(t, k, "person")
	seen := map[string]bool{}
	for range 100 {
		sealed, err := k.Seal(nil, data, []byte("same"), nil)
		if err != nil {
			t.Fatalf("seal: %v", err)
		}
		if seen[string(sealed[:nonceSize])] {
			t.Fatal("a nonce was used twice")
		}
		seen[string(sealed[:nonceSize])] = true
	}
}

func TestUnwrapIsForItsPurpose(t *testing.T) {
	t.Parallel()
	k := ring(t, key(1))
	wrapped, data := newKey(t, k, "person:1")
	got, err := k.Unwrap("person:1", wrapped)
	if err != nil || got.Serial() != data.Serial() {
		t.Fatalf("unwrap: got %v, want the key", err)
	}
	if _, err := k.Unwrap("person:2", wrapped); !errors.Is(err, ErrNotAuthentic) {
		t.Errorf("for another purpose: got %v, want ErrNotAuthentic", err)
	}
	for i := range len(wrapped) * 8 {
		_, err := k.Unwrap("person:1", flip(wrapped, i))
		if !errors.Is(err, ErrNotAuthentic) && !errors.Is(err, ErrNoKey) {
			t.Errorf("bit %d: got %v, want a refusal", i, err)
		}
	}
	for n := range len(wrapped) {
		if _, err := k.Unwrap("person:1", wrapped[:n]); !errors.Is(err, ErrNotAuthentic) {
			t.Errorf("first %d bytes: got %v, want ErrNotAuthentic", n, err)
		}
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	old := ring(t, key(1))
	wrapped, data := newKey(t, old, "p")
	sealed, err := old.Seal(nil, data, []byte("before"), nil)
	if err != nil {
		t.Fatalf("seal: %v", err)
	}
	both := ring(t, key(2), key(1))
	got, err := both.Unwrap("p", wrapped)
	if err != nil {
		t.Fatalf("unwrap with both: %v", err)
	}
	if plain, err := got.Open(nil, sealed, nil); err != nil || string(plain) != "before" {
		t.Errorf("open after the change: got %q, %v", plain, err)
	}
	fresh, _ := newKey(t, both, "p")
	if _, err := old.Unwrap("p", fresh); !errors.Is(err, ErrNoKey) {
		t.Errorf("a key wrapped with the newest: got %v, want ErrNoKey", err)
	}
	if _, err := ring(t, key(2)).Unwrap("p", wrapped); !errors.Is(err, ErrNoKey) {
		t.Errorf("without the old key: got %v, want ErrNoKey", err)
	}
	wrong := key(1)
	wrong.Secret = key(9).Secret
	if _, err := ring(t, wrong).Unwrap("p", wrapped); !errors.Is(err, ErrNotAuthentic) {
		t.Errorf("with another key 1: got %v, want ErrNotAuthentic", err)
	}
}

func TestRandomnessThatFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("no randomness")
	k, err := NewKeyring(iotest.ErrReader(broken), key(1))
	if err != nil {
		t.Fatalf("keyring: %v", err)
	}
	if _, _, err := k.NewDataKey("p"); !errors.Is(err, broken) {
		t.Errorf("data key: got %v, want %v", err, broken)
	}
	if _, err := k.NewLookup(); !errors.Is(err, broken) {
		t.Errorf("look-up secret: got %v, want %v", err, broken)
	}
	_, data := newKey(t, ring(t, key(1)), "p")
	if _, err := k.Seal(nil, data, nil, nil); !errors.Is(err, broken) {
		t.Errorf("nonce: got %v, want %v", err, broken)
	}
	short, err := NewKeyring(io.LimitReader(rand.Reader, 10), key(1))
	if err != nil {
		t.Fatalf("keyring: %v", err)
	}
	if _, _, err := short.NewDataKey("p"); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("too little randomness: got %v, want io.ErrUnexpectedEOF", err)
	}
}
