package bolt

import (
	"bytes"

	"linkline/store"
)

// Bounds on what is remembered of a function's reads. One that reads more is a
// rare one, and waits for its turn.
const (
	maxReads    = 512
	maxReadSize = 256 << 10
	// readChunk is about what a turn reads.
	readChunk = 6 << 10
)

// reads are what a function saw of the rows that others wrote, in copies: it is
// never given a slice of a page that may be written over while it waits.
type reads struct {
	list []read
	room []byte // that the copies are cut from
	size int
	over bool // it read more than is remembered
}

// read is one look at a table: at the row of a key, or at the rows that a
// cursor went over.
type read struct {
	table  string
	row    store.Row    // of a Get; without a value: there was none
	ranged bool         // it was a Range
	bounds store.Bounds // of a Range
	walk   []store.Row  // of a Range; one without a key is the end
}

// get returns what was seen at a key lately, false when it was not looked at.
func (s *reads) get(table string, key []byte) ([]byte, bool) {
	for i := range min(len(s.list), lately) {
		r := &s.list[len(s.list)-1-i]
		if !r.ranged && r.table == table && bytes.Equal(r.row.Key, key) {
			return r.row.Value, true
		}
	}
	return nil, false
}

// lately is how many reads get goes back: a record that is put was read in the
// same turn, but a long transaction must not search all that it did.
const lately = 32

// add remembers a read, in copies, and returns the row of a Get.
func (s *reads) add(r read) store.Row {
	if len(s.list) == maxReads {
		s.over = true
		return r.row
	}
	if s.list == nil {
		s.list = make([]read, 0, 24)
	}
	r.row = s.copyRow(r.row)
	r.bounds.From, r.bounds.To = s.copy(r.bounds.From), s.copy(r.bounds.To)
	s.list = append(s.list, r)
	return r.row
}

// step remembers the next row of the last read, and returns it.
func (s *reads) step(row store.Row) store.Row {
	if s.over {
		return row
	}
	last := &s.list[len(s.list)-1]
	row = s.copyRow(row)
	last.walk = append(last.walk, row)
	return row
}

func (s *reads) copyRow(row store.Row) store.Row {
	return store.Row{Key: s.copy(row.Key), Value: s.copy(row.Value)}
}

// copy returns the same bytes; nil stays nil.
func (s *reads) copy(from []byte) []byte {
	if from == nil {
		return nil
	}
	if s.size += len(from); s.size > maxReadSize {
		s.over = true
	}
	if cap(s.room)-len(s.room) < len(from) || s.room == nil {
		s.room = make([]byte, 0, max(readChunk, len(from)))
	}
	at := len(s.room)
	s.room = append(s.room, from...)
	return s.room[at:len(s.room):len(s.room)]
}

// reset forgets everything, for another function.
func (s *reads) reset() {
	clear(s.list)
	s.list, s.room, s.size, s.over = s.list[:0], s.room[:0], 0, false
}

// err ends a function that reads more than is remembered.
func (s *reads) err() error {
	if s != nil && s.over {
		return errTooMuch
	}
	return nil
}

// stand reports whether each read would see the same again.
func (t *tables) stand(s *reads) (same bool) {
	// A damaged page is for the function to find; see guard.
	defer func() { same = recover() == nil && same }()
	for i := range s.list {
		if !t.stands(&s.list[i]) {
			return false
		}
	}
	return true
}

func (t *tables) stands(r *read) bool {
	if !r.ranged {
		return sameBytes(t.get(r.table, r.row.Key), r.row.Value)
	}
	m := merge{bounds: r.bounds}
	if bucket := t.bucket(r.table); bucket != nil {
		m.cursor = bucket.Cursor()
	}
	for i, want := range r.walk {
		if i == 0 {
			m.first()
		} else {
			m.step()
		}
		if !sameBytes(m.row.Key, want.Key) || !sameBytes(m.row.Value, want.Value) {
			return false
		}
	}
	return true
}

// sameBytes tells no bytes, of no row, from none.
func sameBytes(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }
