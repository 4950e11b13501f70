package seal

import (
	"crypto/cipher"
	"fmt"
)

const serialSize = 8

// Overhead is how much longer a sealed value is than the value itself.
const Overhead = nonceSize + tagSize

// Serial tells a data key from one that was drawn later for the same purpose,
// so that a record of a destroyed key is known as erased.
type Serial [serialSize]byte

// DataKey seals the records of one purpose. It lives in memory only.
type DataKey struct {
	aead   cipher.AEAD
	serial Serial
}

func newDataKey(secret, wrapped []byte) (*DataKey, error) {
	aead, err := newAEAD(secret)
	if err != nil {
		return nil, err
	}
	return &DataKey{aead: aead, serial: Serial(wrapped[5:wrapHead])}, nil
}

// Serial tells this key from any other.
func (d *DataKey) Serial() Serial { return d.serial }

// Seal appends the sealed form of plain to dst. The same aad must be given to
// Open; dst and plain must not overlap.
func (k *Keyring) Seal(dst []byte, key *DataKey, plain, aad []byte) ([]byte, error) {
	var room [nonceSize]byte
	start := len(dst)
	dst = append(dst, room[:]...)
	nonce := dst[start:]
	if err := k.draw(nonce); err != nil {
		return nil, err
	}
	return key.aead.Seal(dst, nonce, plain, aad), nil
}

// Open appends what was sealed to dst, or answers ErrNotAuthentic when the
// sealed form, the aad or the key is another.
func (d *DataKey) Open(dst, sealed, aad []byte) ([]byte, error) {
	if len(sealed) < Overhead {
		return nil, fmt.Errorf("open: %w", ErrNotAuthentic)
	}
	plain, err := d.aead.Open(dst, sealed[:nonceSize], sealed[nonceSize:], aad)
	if err != nil {
		return nil, fmt.Errorf("open: %w", ErrNotAuthentic)
	}
	return plain, nil
}
