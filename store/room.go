package store

import (
	"bytes"
	"encoding/json"
	"fmt"

	"linkline/conversation/casework"
)

// room is what a transaction needs to work in; it is used again by the next.
type room struct {
	plain   []byte // an opened record
	aad     []byte // what a seal is bound to
	encoded bytes.Buffer
	encoder *json.Encoder // into encoded
}

func newRoom() *room {
	r := &room{}
	r.encoder = json.NewEncoder(&r.encoded)
	r.encoder.SetEscapeHTML(false)
	return r
}

// smallRoom bounds what is kept for the next transaction.
const smallRoom = 64 << 10

func (r *room) small() bool { return cap(r.plain) <= smallRoom && r.encoded.Cap() <= smallRoom }

// encode returns the record as it is sealed, until the next call.
func (r *room) encode(record casework.Record) ([]byte, error) {
	r.encoded.Reset()
	if err := r.encoder.Encode(record); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return r.encoded.Bytes(), nil
}

// bind returns what a sealed record is bound to, until the next call: its
// kind, its key and all that stands in clear in its row.
func (r *room) bind(row *row, at []byte) []byte {
	r.aad = append(append(append(r.aad[:0], at...), zero), row.head...)
	return r.aad
}
