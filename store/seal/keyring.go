package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
)

// KeySize is the length of every key here, in bytes.
const KeySize = 32

var (
	// ErrNotAuthentic means that something sealed was changed, or was sealed
	// with another key.
	ErrNotAuthentic = errors.New("seal broken")
	// ErrNoKey means that the keyring lacks the key-encryption key of the
	// version that wrapped a data key.
	ErrNoKey = errors.New("key-encryption key of that version is not in the keyring")
)

// Key is one version of the key-encryption key. It never shows itself in a log
// or a format.
type Key struct {
	Version uint32 // from 1; the highest in a keyring is in use
	Secret  []byte // KeySize random bytes
}

// String hides the secret.
func (k Key) String() string { return fmt.Sprintf("key %d", k.Version) }

// GoString hides the secret from %#v.
func (k Key) GoString() string { return k.String() }

// LogValue hides the secret from a log.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// Keyring wraps and unwraps data keys, and seals with them. It is safe for use
// by several goroutines.
type Keyring struct {
	newest uint32
	wraps  map[uint32]cipher.AEAD

	mu     sync.Mutex // guards random
	random io.Reader

	cache keyCache
}

// NewKeyring returns a keyring of at least one key-encryption key. Data keys
// and nonces come from random, which is read by one goroutine at a time.
func NewKeyring(random io.Reader, keys ...Key) (*Keyring, error) {
	if len(keys) == 0 {
		return nil, errors.New("keyring: no key given")
	}
	k := &Keyring{random: random, wraps: make(map[uint32]cipher.AEAD, len(keys))}
	for _, key := range keys {
		if key.Version == 0 {
			return nil, errors.New("keyring: key versions start at 1")
		}
		if k.wraps[key.Version] != nil {
			return nil, fmt.Errorf("keyring: %s is given twice", key)
		}
		aead, err := newAEAD(key.Secret)
		if err != nil {
			return nil, fmt.Errorf("keyring: %s: %w", key, err)
		}
		k.wraps[key.Version] = aead
		k.newest = max(k.newest, key.Version)
	}
	return k, nil
}

// A wrapped key is: format, version of the wrapping key, serial, nonce, and the
// sealed key. All but the nonce's and the key's own bytes are authenticated,
// together with what the key is for.
const (
	wrapFormat = 1
	nonceSize  = 12
	tagSize    = 16
	wrapHead   = 1 + 4 + serialSize
	wrapSize   = wrapHead + nonceSize + KeySize + tagSize
)

// NewDataKey draws a data key and returns it with its wrapped form, the only
// form to be kept. The purpose names what it is for; the same must be given to
// Unwrap.
func (k *Keyring) NewDataKey(purpose string) (wrapped []byte, key *DataKey, err error) {
	secret := make([]byte, KeySize)
	wrapped, err = k.wrapNew(purpose, secret)
	if err != nil {
		return nil, nil, err
	}
	key, err = newDataKey(secret, wrapped)
	return wrapped, key, err
}

// Unwrap returns the data key of its wrapped form: ErrNoKey when the keyring
// cannot, ErrNotAuthentic when it was changed or made with another key.
func (k *Keyring) Unwrap(purpose string, wrapped []byte) (*DataKey, error) {
	if key := k.cache.get(purpose, wrapped); key != nil {
		return key, nil
	}
	secret, err := k.unwrap(purpose, wrapped)
	if err != nil {
		return nil, err
	}
	key, err := newDataKey(secret, wrapped)
	if err != nil {
		return nil, err
	}
	k.cache.put(purpose, wrapped, key)
	return key, nil
}

// Forget drops a data key from memory once its wrapped form is destroyed.
func (k *Keyring) Forget(purpose string, wrapped []byte) { k.cache.drop(purpose, wrapped) }

// wrapNew fills secret with randomness and returns its wrapped form.
func (k *Keyring) wrapNew(purpose string, secret []byte) ([]byte, error) {
	out := make([]byte, wrapHead+nonceSize, wrapSize)
	out[0] = wrapFormat
	binary.BigEndian.PutUint32(out[1:], k.newest)
	if err := k.draw(secret, out[5:]); err != nil {
		return nil, err
	}
	return k.wraps[k.newest].Seal(out, out[wrapHead:], secret, wrapAAD(purpose, out)), nil
}

func (k *Keyring) unwrap(purpose string, wrapped []byte) ([]byte, error) {
	if len(wrapped) != wrapSize || wrapped[0] != wrapFormat {
		return nil, fmt.Errorf("unwrap key: %w", ErrNotAuthentic)
	}
	version := binary.BigEndian.Uint32(wrapped[1:])
	aead := k.wraps[version]
	if aead == nil {
		return nil, fmt.Errorf("unwrap key (version %d): %w", version, ErrNoKey)
	}
	nonce, sealed := wrapped[wrapHead:wrapHead+nonceSize], wrapped[wrapHead+nonceSize:]
	secret, err := aead.Open(nil, nonce, sealed, wrapAAD(purpose, wrapped))
	if err != nil {
		return nil, fmt.Errorf("unwrap key (version %d): %w", version, ErrNotAuthentic)
	}
	return secret, nil
}

func wrapAAD(purpose string, wrapped []byte) []byte {
	return slices.Concat([]byte("linkline key\x00"), []byte(purpose), []byte{0}, wrapped[:wrapHead])
}

// draw fills each part with randomness.
func (k *Keyring) draw(parts ...[]byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, p := range parts {
		if _, err := io.ReadFull(k.random, p); err != nil {
			return fmt.Errorf("draw randomness: %w", err)
		}
	}
	return nil
}

func newAEAD(secret []byte) (cipher.AEAD, error) {
	if len(secret) != KeySize {
		return nil, fmt.Errorf("a key has %d bytes, not %d", KeySize, len(secret))
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
