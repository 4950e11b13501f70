// Package storetest is the contract of a store: what every backend must do,
// as tests that each of them runs over the kinds of casework. It also hands
// other packages' tests a ready store in memory.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
)

// Opener opens an empty store for a test; reopen closes it and opens again
// what it kept, as the next process would. Both stores close with the test.
type Opener func(t *testing.T) (db store.Store, reopen func() store.Store)

// site names the commits of the contract.
const site casework.Site = "storetest"

// The teams of the contract. The service's own scope is "".
const (
	north casework.TeamID = "north"
	south casework.TeamID = "south"
)

// Run tests a store against the contract.
func Run(t *testing.T, open Opener) {
	groups := []struct {
		name  string
		tests []contract
	}{
		{"records", recordTests},
		{"scope", scopeTests},
		{"index", indexTests},
		{"range", rangeTests},
		{"transaction", transactionTests},
		{"concurrency", concurrencyTests},
		{"isolation", isolationTests},
		{"erasure", erasureTests},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			for _, c := range g.tests {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					db, reopen := open(t)
					c.run(&suite{T: t, db: db, reopen: reopen})
				})
			}
		})
	}
}

// contract is one promise of a store.
type contract struct {
	name string
	run  func(*suite)
}

// suite is one test over one store.
type suite struct {
	*testing.T
	db     store.Store
	reopen func() store.Store
}

// update runs fn in a transaction of a team and returns its error. What fn sees
// is judged when it is over: the store may have run fn more than once.
func (s *suite) update(team casework.TeamID, fn func(casework.Tx) error) error {
	s.Helper()
	return s.db.Update(context.Background(), site, team, fn)
}

// must is update that succeeds.
func (s *suite) must(team casework.TeamID, fn func(casework.Tx) error) {
	s.Helper()
	if err := s.update(team, fn); err != nil {
		s.Fatalf("update of team %q: %v", team, err)
	}
}

// view runs fn, which succeeds, over the state of a team.
func (s *suite) view(team casework.TeamID, fn func(casework.Tx) error) {
	s.Helper()
	if err := s.db.View(context.Background(), team, fn); err != nil {
		s.Fatalf("view of team %q: %v", team, err)
	}
}

// putter is a typed table that records can be put into.
type putter[T any] interface {
	Put(casework.Tx, *T) error
}

// put stores records in the service's own scope.
func put[T any](s *suite, table putter[T], records ...*T) {
	s.Helper()
	s.must("", func(tx casework.Tx) error {
		for _, r := range records {
			if err := table.Put(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// noon is a moment to write down.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// note is a small record of a team; its key is "case-1/" and the id.
func note(team casework.TeamID, id, text string) *casework.Note {
	return &casework.Note{
		ID: id, Team: team, Case: "case-1", By: "worker-1", Text: casework.Private(text), At: noon,
	}
}

// notes are notes with the ids 000, 001, 002 ...
func notes(team casework.TeamID, n int) []*casework.Note {
	out := make([]*casework.Note, n)
	for i := range out {
		out[i] = note(team, fmt.Sprintf("%03d", i), fmt.Sprintf("note %d", i))
	}
	return out
}

// ids are the ids of notes, in their order.
func ids(notes []*casework.Note) []string {
	out := make([]string, len(notes))
	for i, n := range notes {
		out[i] = n.ID
	}
	return out
}
