package store

import (
	"bytes"
	"errors"
	"testing"

	"linkline/store/seal"
)

func TestRowComesApart(t *testing.T) {
	t.Parallel()
	tests := map[string]row{
		"plain":      {version: 1, keyID: []byte("k"), team: []byte("north")},
		"entries":    {version: 1 << 60, serial: seal.Serial{1, 2}, entries: [][]byte{[]byte("a\x00b\x00"), {}}},
		"long parts": {keyID: bytes.Repeat([]byte("k"), 300), team: bytes.Repeat([]byte("t"), 300)},
	}
	for name, want := range tests {
		value := withChecksum([]byte("key"), append(want.newHead(6), "sealed"...))
		got, err := parseRow([]byte("key"), value)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.version != want.version || got.serial != want.serial || !bytes.Equal(got.keyID, want.keyID) ||
			!bytes.Equal(got.team, want.team) || len(got.entries) != len(want.entries) || string(got.sealed) != "sealed" {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		for i, e := range want.entries {
			if !bytes.Equal(got.entries[i], e) {
				t.Errorf("%s: entry %d: got %q, want %q", name, i, got.entries[i], e)
			}
		}
		if _, err := parseRow([]byte("kex"), value); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s under another key: got %v, want ErrCorrupt", name, err)
		}
	}
}

func TestAfter(t *testing.T) {
	t.Parallel()
	tests := []struct{ prefix, want string }{
		{"a", "b"}, {"a\x00", "a\x01"}, {"a\xff\xff", "b"}, {"\xff", ""}, {"", ""},
	}
	for _, test := range tests {
		if got := after([]byte(test.prefix)); string(got) != test.want || (test.want == "") != (got == nil) {
			t.Errorf("after %q: got %q, want %q", test.prefix, got, test.want)
		}
	}
}

// FuzzParseRow gives rows with a right checksum and anything else in them.
func FuzzParseRow(f *testing.F) {
	r := row{version: 3, keyID: []byte("k"), team: []byte("north"), entries: [][]byte{[]byte("e")}}
	f.Add(append(r.newHead(6), "sealed"...))
	f.Add([]byte{})
	f.Add(append(make([]byte, fixedSize), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := parseRow(nil, withChecksum(nil, bytes.Clone(body)))
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Errorf("got %v, want ErrCorrupt", err)
			}
			return
		}
		if !bytes.Equal(append(bytes.Clone(r.head), r.sealed...), body) {
			t.Error("the head and the sealed record are not the whole row")
		}
	})
}
