package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"linkline/store/seal"
)

// A record's row is
//
//	format, version, serial of the data key, key id, team, index entries,
//	nonce, sealed record, checksum
//
// All before the nonce is in clear and authenticated by the seal. It is there
// because it must outlive the data key: an erased record still knows its team
// and which index entries to remove. The checksum tells damage from erasure.
const (
	rowFormat    = 2 // in 1, which was never released, the record was JSON
	checksumSize = 4
	fixedSize    = 1 + 8 + 8
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// row is a record's row taken apart; its slices are the row's own.
type row struct {
	version uint64
	serial  seal.Serial
	keyID   []byte
	team    []byte
	entries [][]byte // the beginnings of its index rows
	head    []byte   // all that is in clear
	sealed  []byte
}

// newHead returns the clear part of a row, with room for the rest.
func (r *row) newHead(room int) []byte {
	size := fixedSize + 6 + len(r.keyID) + len(r.team) + room
	for _, e := range r.entries {
		size += 2 + len(e)
	}
	out := make([]byte, 0, size)
	out = append(out, rowFormat)
	out = binary.BigEndian.AppendUint64(out, r.version)
	out = append(out, r.serial[:]...)
	out = appendPart(out, r.keyID)
	out = appendPart(out, r.team)
	out = binary.AppendUvarint(out, uint64(len(r.entries)))
	for _, e := range r.entries {
		out = appendPart(out, e)
	}
	return out
}

func appendPart(out, part []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(part))), part...)
}

// checksum ends a row's value; it covers the row's key too.
func checksum(key, value []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value)
}

// withChecksum appends the checksum of a value that lies under key.
func withChecksum(key, value []byte) []byte {
	return binary.BigEndian.AppendUint32(value, checksum(key, value))
}

// checked returns the value without its checksum, ErrCorrupt when it is wrong.
func checked(key, value []byte) ([]byte, error) {
	n := len(value) - checksumSize
	if n < 0 || binary.BigEndian.Uint32(value[n:]) != checksum(key, value[:n]) {
		return nil, fmt.Errorf("row of %d bytes: %w", len(value), ErrCorrupt)
	}
	return value[:n:n], nil
}

// parseRow takes a row apart.
func parseRow(key, value []byte) (row, error) {
	value, err := checked(key, value)
	if err != nil {
		return row{}, err
	}
	r := row{}
	if len(value) < fixedSize || value[0] != rowFormat {
		return row{}, fmt.Errorf("row of an unknown format: %w", ErrCorrupt)
	}
	r.version = binary.BigEndian.Uint64(value[1:])
	r.serial = seal.Serial(value[9:fixedSize])
	p := parts{rest: value[fixedSize:]}
	r.keyID, r.team = p.part(), p.part()
	if n := p.number(); n > 0 && n <= uint64(len(p.rest)) {
		r.entries = make([][]byte, n)
		for i := range r.entries {
			r.entries[i] = p.part()
		}
	}
	if p.broken {
		return row{}, fmt.Errorf("row cut short: %w", ErrCorrupt)
	}
	r.head, r.sealed = value[:len(value)-len(p.rest)], p.rest
	return r, nil
}

// parts reads lengths and the bytes that follow them.
type parts struct {
	rest   []byte
	broken bool
}

func (p *parts) number() uint64 {
	n, size := binary.Uvarint(p.rest)
	if size <= 0 {
		p.broken = true
		return 0
	}
	p.rest = p.rest[size:]
	return n
}

func (p *parts) part() []byte {
	n := p.number()
	if n > uint64(len(p.rest)) {
		p.broken = true
		return nil
	}
	part := p.rest[:n:n]
	p.rest = p.rest[n:]
	return part
}

// seenBy reports whether the row is of this team, or the scope is all teams.
func (r *row) seenBy(team string) bool { return team == "" || string(r.team) == team }
