package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
)

// Cost is what a backend's transactions have cost so far.
type Cost struct {
	// Commits is how many wrote something.
	Commits int64
	// RoundTrips is how often one waited for a server; zero where there is none.
	RoundTrips int64
}

// mostTrips bounds the round trips of a turn.
const mostTrips = 3

// RunCosts holds the costs of a backend against what is promised: only what
// writes commits, once, and a turn is at most three round trips, also one that
// is somebody's first.
func RunCosts(t *testing.T, open func(t *testing.T) (store.Backend, func() Cost)) {
	t.Run("only what writes commits", func(t *testing.T) {
		t.Parallel()
		backend, cost := open(t)
		onlyWritesCommit(t, Open(t, backend, Keyring(t)), cost)
	})
	t.Run("a turn is at most three round trips", func(t *testing.T) {
		t.Parallel()
		backend, cost := open(t)
		turnTrips(t, Open(t, backend, Keyring(t)), cost)
	})
}

func onlyWritesCommit(t *testing.T, db store.Store, cost func() Cost) {
	update := func(fn func(casework.Tx) error) error {
		return db.Update(context.Background(), site, north, fn)
	}
	read := func(tx casework.Tx) error { _, err := casework.Notes.Find(tx, "case-1/1"); return err }
	tests := []struct {
		name string
		run  func() error
		want int64
	}{
		{"a view", func() error { return db.View(context.Background(), north, read) }, 0},
		{"an update that does nothing", func() error { return update(func(casework.Tx) error { return nil }) }, 0},
		{"an update that reads", func() error { return update(read) }, 0},
		{"an update that fails", func() error {
			err := update(func(tx casework.Tx) error {
				return errors.Join(casework.Notes.Put(tx, note(north, "1", "x")), errGivenUp)
			})
			if !errors.Is(err, errGivenUp) {
				return fmt.Errorf("got %w, want the function's own error", err)
			}
			return nil
		}, 0},
		{"an update of twenty records", func() error {
			return update(func(tx casework.Tx) error {
				for _, n := range notes(north, 20) {
					if err := casework.Notes.Put(tx, n); err != nil {
						return err
					}
				}
				return nil
			})
		}, 1},
	}
	for _, test := range tests {
		before := cost()
		if err := test.run(); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if got := cost().Commits - before.Commits; got != test.want {
			t.Errorf("%s: got %d commits, want %d", test.name, got, test.want)
		}
	}
}

// turnTrips takes the turns of some conversations, first all the first ones:
// what a conversation needs may be a first look for this process, or a later.
func turnTrips(t *testing.T, db store.Store, cost func() Cost) {
	for turn := range 4 {
		for i := range 12 {
			before := cost()
			id := casework.ConversationID(fmt.Sprintf("conversation-%d", i))
			if err := takeTurn(db, id, turn); err != nil {
				t.Fatalf("turn %d of %s: %v", turn, id, err)
			}
			got := cost()
			// A connection learns a statement when it first needs it, once.
			if trips := got.RoundTrips - before.RoundTrips; i > 0 && trips > mostTrips {
				t.Errorf("turn %d of %s: got %d round trips, want at most %d", turn, id, trips, mostTrips)
			}
			if commits := got.Commits - before.Commits; commits != 1 {
				t.Errorf("turn %d of %s: got %d commits, want 1", turn, id, commits)
			}
		}
	}
}

// takeTurn is what a text asks of the store: has it been seen, whose is it, what
// is known of her; then what it changed, in one transaction.
func takeTurn(db store.Store, id casework.ConversationID, turn int) error {
	at := noon.Add(time.Duration(turn) * time.Minute)
	return db.Update(context.Background(), site, north, func(tx casework.Tx) error {
		provider := tx.Blind("provider", fmt.Sprintf("%s-%d", id, turn))
		if r, err := casework.Receipts.Find(tx, casework.ReceiptKey(id, provider)); err != nil || r != nil {
			return errors.Join(err, errors.New("the text was seen before"))
		}
		c, err := casework.Conversations.Find(tx, string(id))
		if err != nil {
			return err
		}
		if c == nil {
			c = conversation(id, north)
		} else if _, err := casework.People.Find(tx, string(c.Person)); err != nil {
			return err
		}
		if _, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(id)); err != nil {
			return err
		}
		c.Person, c.LastInAt = casework.PersonID("person-"+id), at
		if err := casework.Conversations.Put(tx, c); err != nil {
			return err
		}
		for i, way := range []casework.Way{casework.In, casework.Out} {
			m := &casework.Message{
				ID: fmt.Sprintf("%04d-%d", turn, i), Conversation: id, Team: north, DataKey: c.DataKey,
				Way: way, At: at, Text: "hello",
			}
			if err := casework.Messages.Put(tx, m); err != nil {
				return err
			}
		}
		return casework.Receipts.Put(tx, &casework.Receipt{Conversation: id, Team: north, Provider: provider, At: at})
	})
}
