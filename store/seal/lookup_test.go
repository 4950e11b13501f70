package seal

import (
	"errors"
	"strings"
	"testing"
)

func lookup(t *testing.T, k *Keyring, wrapped []byte) *Lookup {
	t.Helper()
	l, err := k.Lookup(wrapped)
	if err != nil {
		t.Fatalf("look-up: %v", err)
	}
	return l
}

func newLookup(t *testing.T, k *Keyring) []byte {
	t.Helper()
	wrapped, err := k.NewLookup()
	if err != nil {
		t.Fatalf("new look-up: %v", err)
	}
	return wrapped
}

func TestHash(t *testing.T) {
	t.Parallel()
	k := ring(t, key(1))
	wrapped := newLookup(t, k)
	l := lookup(t, k, wrapped)
	got := l.Hash("address", "+447700900123")
	if len(got) != 32 || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		t.Errorf("got %q, want 32 characters of a-z and 2-7", got)
	}
	if again := lookup(t, k, wrapped).Hash("address", "+447700900123"); again != got {
		t.Errorf("again: got %s, want %s", again, got)
	}
	seen := map[string]string{got: "the number"}
	for _, in := range [][2]string{
		{"address", "+447700900124"},
		{"addres", "s+447700900123"},
		{"address+", "447700900123"},
		{"", "address+447700900123"},
		{"address", ""},
		{"", ""},
		{strings.Repeat("d", 200), strings.Repeat("v", 2000)},
		{strings.Repeat("d", 201), strings.Repeat("v", 1999)},
	} {
		h := l.Hash(in[0], in[1])
		if other, taken := seen[h]; taken {
			t.Errorf("%.20q, %.20q has the hash of %.20q", in[0], in[1], other)
		}
		seen[h] = in[0] + "|" + in[1]
	}
	if other := lookup(t, k, newLookup(t, k)).Hash("address", "+447700900123"); other == got {
		t.Error("another store has the same hash")
	}
}

func TestLookupOutlivesRotation(t *testing.T) {
	t.Parallel()
	wrapped := newLookup(t, ring(t, key(1)))
	before := lookup(t, ring(t, key(1)), wrapped).Hash("d", "v")
	if after := lookup(t, ring(t, key(1), key(2)), wrapped).Hash("d", "v"); after != before {
		t.Errorf("after the key changed: got %s, want %s", after, before)
	}
	if _, err := ring(t, key(2)).Lookup(wrapped); !errors.Is(err, ErrNoKey) {
		t.Errorf("without the old key: got %v, want ErrNoKey", err)
	}
	data, _ := newKey(t, ring(t, key(1)), "p")
	if _, err := ring(t, key(1)).Lookup(data); !errors.Is(err, ErrNotAuthentic) {
		t.Errorf("a data key for a secret: got %v, want ErrNotAuthentic", err)
	}
}

func BenchmarkHash(b *testing.B) {
	k, err := NewKeyring(strings.NewReader(strings.Repeat("r", 100)), key(1))
	if err != nil {
		b.Fatal(err)
	}
	wrapped, err := k.NewLookup()
	if err != nil {
		b.Fatal(err)
	}
	l, err := k.Lookup(wrapped)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		l.Hash("conversation", "demo|sms|+447700900123")
	}
}
