// Package bolttest holds bare bbolt against a store: a Recorder keeps the rows
// that each transaction of a store wrote, and Replay writes the same rows with
// nothing but bbolt. It is for tests and measurements only, and does not know
// what a row means.
package bolttest

import (
	"context"
	"slices"
	"strings"
	"sync"

	"linkline/conversation/casework"
	"linkline/store"
)

// Row is one row written; without a value, one removed.
type Row struct {
	Table      string
	Key, Value []byte
}

// Turn is the rows of one transaction, each once, by table and key.
type Turn []Row

// Size is how many bytes the rows of a turn have.
func (t Turn) Size() int {
	n := 0
	for _, r := range t {
		n += len(r.Key) + len(r.Value)
	}
	return n
}

// Recorder is a backend that keeps what is written through it.
type Recorder struct {
	store.Backend

	mu    sync.Mutex
	turns []Turn
}

// Record returns a Recorder before a backend.
func Record(b store.Backend) *Recorder { return &Recorder{Backend: b} }

// Update implements store.Backend.
func (r *Recorder) Update(ctx context.Context, site casework.Site, fn func(store.Rows) error) error {
	var rows *recording
	err := r.Backend.Update(ctx, site, func(inner store.Rows) error {
		rows = &recording{Rows: inner, turn: make(Turn, 0, 8)} // of the last run
		return fn(rows)
	})
	if err == nil && len(rows.turn) > 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.turns = append(r.turns, rows.turn)
	}
	return err
}

// Take returns the turns since the last Take.
func (r *Recorder) Take() []Turn {
	r.mu.Lock()
	turns := r.turns
	r.turns = nil
	r.mu.Unlock()
	for i := range turns {
		turns[i] = tidy(turns[i])
	}
	return turns
}

// tidy brings the rows of a turn into the order of the tables and keys, and
// leaves the last of those that were written over.
func tidy(t Turn) Turn {
	slices.SortStableFunc(t, order)
	kept := t[:0]
	for i, r := range t {
		if i+1 == len(t) || order(r, t[i+1]) != 0 {
			kept = append(kept, r)
		}
	}
	return kept
}

func order(a, b Row) int {
	if c := strings.Compare(a.Table, b.Table); c != 0 {
		return c
	}
	return slices.Compare(a.Key, b.Key)
}

// recording keeps the rows of one transaction. They may be kept, since nobody
// may change what was given to a store.
type recording struct {
	store.Rows
	turn Turn
}

// Put implements store.Rows.
func (r *recording) Put(table string, key, value []byte) error {
	if value == nil {
		value = []byte{}
	}
	r.turn = append(r.turn, Row{table, key, value})
	return r.Rows.Put(table, key, value)
}

// Delete implements store.Rows.
func (r *recording) Delete(table string, key []byte) error {
	r.turn = append(r.turn, Row{table, key, nil})
	return r.Rows.Delete(table, key)
}
