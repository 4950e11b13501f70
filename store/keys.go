package store

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"linkline/conversation/casework"
	"linkline/store/seal"
)

// sealRoom is what a sealed record and its checksum need beside the record.
const sealRoom = seal.Overhead + checksumSize

// A data key's row lies in the key table under its id and is: state, length
// and bytes of its team, wrapped key, checksum. A destroyed key leaves a row
// without the wrapped key, so that a row lost to damage is not taken for an
// erasure.
const (
	keyLive      = 1
	keyDestroyed = 2
)

// heldKey is a data key that the transaction has looked up; key is nil when it
// is destroyed.
type heldKey struct {
	id   casework.KeyID
	key  *seal.DataKey
	team casework.TeamID
	row  []byte // the wrapped key
}

// teamKeyPrefix and the team's id are the id of a team's own key.
const teamKeyPrefix = "team:"

// keyOf returns the key that sealed a row, nil when it is destroyed.
func (t *tx) keyOf(r *row) (*seal.DataKey, error) {
	held, err := t.heldKey(r.keyID)
	if err != nil {
		return nil, err
	}
	if held == nil {
		return nil, fmt.Errorf("data key is missing: %w", ErrCorrupt)
	}
	if held.key != nil && held.key.Serial() != r.serial {
		return nil, nil // a later key of the same id: the row's own is destroyed
	}
	return held.key, nil
}

// keyFor returns the key to seal a record with, drawn anew when there is none.
func (t *tx) keyFor(id, team []byte) (*seal.DataKey, error) {
	if len(id) > maxKey {
		return nil, errors.New("key id too long")
	}
	held, err := t.heldKey(id)
	if err != nil {
		return nil, err
	}
	if held != nil && held.key != nil {
		return held.key, nil
	}
	wrapped, key, err := t.db.keys.NewDataKey(string(id))
	if err != nil {
		return nil, err
	}
	t.putKey(heldKey{id: casework.KeyID(id), key: key, team: casework.TeamID(team), row: wrapped})
	return key, t.broken
}

// heldKey looks up a data key by its id, once in a transaction; nil when there
// is no such row.
func (t *tx) heldKey(id []byte) (*heldKey, error) {
	for i := range t.keys {
		if string(t.keys[i].id) == string(id) {
			return &t.keys[i], nil
		}
	}
	at := append(t.keyRoom.room(len(id)), id...)
	value, err := t.rows.Get(keyTable, at)
	if err != nil || value == nil {
		return nil, err
	}
	held, err := parseKey(at, value)
	if err != nil {
		return nil, err
	}
	if held.row != nil {
		held.key, err = t.db.keys.Unwrap(string(held.id), held.row)
		if errors.Is(err, seal.ErrNotAuthentic) {
			err = fmt.Errorf("data key: %w: %w", err, ErrCorrupt)
		}
		if err != nil {
			return nil, err
		}
	}
	t.keys = append(t.keys, held)
	return &t.keys[len(t.keys)-1], nil
}

func parseKey(at, value []byte) (heldKey, error) {
	value, err := checked(at, value)
	if err != nil {
		return heldKey{}, fmt.Errorf("data key: %w", err)
	}
	if len(value) == 0 {
		return heldKey{}, fmt.Errorf("data key: %w", ErrCorrupt)
	}
	p := parts{rest: value[1:]}
	held := heldKey{id: casework.KeyID(at), team: casework.TeamID(p.part())}
	switch {
	case !p.broken && value[0] == keyLive:
		held.row = p.rest
	case p.broken || value[0] != keyDestroyed:
		return heldKey{}, fmt.Errorf("data key: %w", ErrCorrupt)
	}
	return held, nil
}

// putKey writes a data key's row, and remembers it for the transaction.
func (t *tx) putKey(held heldKey) {
	state := byte(keyLive)
	if held.row == nil {
		state = keyDestroyed
	}
	at := []byte(held.id)
	value := appendPart([]byte{state}, []byte(held.team))
	t.note(t.rows.Put(keyTable, at, withChecksum(at, append(value, held.row...))))
	for i := range t.keys {
		if t.keys[i].id == held.id {
			t.keys[i] = held
			return
		}
	}
	t.keys = append(t.keys, held)
}

// Shred implements casework.Tx. A team's transaction can destroy the keys that
// were drawn for the team's records, but not the team's own key. To be
// destroyed an id must be given: records without one are under their team's.
func (t *tx) Shred(id casework.KeyID) error {
	switch {
	case t.ended:
		return fmt.Errorf("transaction kept beyond its end: %w", ErrClosed)
	case t.stamps == nil:
		return fmt.Errorf("shred: %w", ErrReadOnly)
	case id == "":
		return errors.New("shred: no key named")
	case t.team != "" && strings.HasPrefix(string(id), teamKeyPrefix):
		return fmt.Errorf("shred a team's key: %w", ErrScope)
	}
	held, err := t.heldKey([]byte(id))
	if err != nil {
		return fmt.Errorf("shred: %w", err)
	}
	if held == nil || held.row == nil || (t.team != "" && held.team != t.team) {
		return nil
	}
	t.shredded = append(t.shredded, heldKey{id: id, row: bytes.Clone(held.row)})
	t.putKey(heldKey{id: id, team: held.team})
	return t.broken
}
