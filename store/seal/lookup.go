package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash"
	"strings"
	"sync"
)

// lookupPurpose is what the secret behind the look-ups is wrapped for.
const lookupPurpose = "look-up secret"

// Lookup makes keyed hashes: the same value always gives the same hash, which
// tells nothing without the store's own secret. That secret is drawn once for
// a store and does not change with the key-encryption key, so a look-up key
// stays what it is. It is safe for use by several goroutines.
type Lookup struct {
	hashers sync.Pool // of *hasher
}

// hasher is an HMAC under the store's secret, and room to work in. To begin one
// costs more than to use it.
type hasher struct {
	mac  hash.Hash
	room []byte
}

// NewLookup draws the secret behind a store's look-ups and returns its wrapped
// form, which the store keeps.
func (k *Keyring) NewLookup() (wrapped []byte, err error) {
	return k.wrapNew(lookupPurpose, make([]byte, KeySize))
}

// Lookup returns the look-ups of a wrapped secret; its errors are Unwrap's.
func (k *Keyring) Lookup(wrapped []byte) (*Lookup, error) {
	secret, err := k.unwrap(lookupPurpose, wrapped)
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "linkline look-up", KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive look-up key: %w", err)
	}
	return &Lookup{hashers: sync.Pool{New: func() any { return &hasher{mac: hmac.New(sha256.New, key)} }}}, nil
}

// hashSize is how many bytes of the HMAC are kept: 160 bits leave no two
// values of a service sharing a hash, and make 32 characters.
const hashSize = 20

// Hash is the keyed hash of a value within a domain: 32 characters of a-z and
// 2-7. The same value in two domains has unrelated hashes.
func (l *Lookup) Hash(domain, value string) string {
	h, _ := l.hashers.Get().(*hasher)
	defer l.hashers.Put(h)
	h.mac.Reset()
	h.room = binary.AppendUvarint(h.room[:0], uint64(len(domain)))
	h.room = append(append(h.room, domain...), value...)
	h.mac.Write(h.room)
	h.room = h.mac.Sum(h.room[:0])
	return string(encoding.AppendEncode(h.room[len(h.room):], h.room[:hashSize]))
}

// encoding is base32 in lower case: it sorts and travels as plain text.
var encoding = base32.NewEncoding(strings.ToLower("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")).
	WithPadding(base32.NoPadding)
