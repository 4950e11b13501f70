package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"linkline/conversation/casework"
)

var concurrencyTests = []contract{
	{"no update is lost", noLostUpdate},
	{"one of many wins a unique entry", oneWins},
	{"a conflict is told to whoever read first", staleRead},
	{"views and updates run side by side", sideBySide},
}

// together runs fn in n goroutines and waits for them.
func together(n int, fn func(i int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { fn(i) })
	}
	wait.Wait()
}

func noLostUpdate(s *suite) {
	put(s, casework.Cases, &casework.Case{ID: "c", Team: north})
	const workers, rounds = 16, 20
	together(workers, func(int) {
		for range rounds {
			err := s.update(north, func(tx casework.Tx) error {
				c, err := casework.Cases.Get(tx, "c")
				if err != nil {
					return err
				}
				c.Unread++
				return casework.Cases.Put(tx, c)
			})
			if err != nil {
				s.Errorf("update: %v", err)
			}
		}
	})
	s.db = s.reopen()
	s.view(north, func(tx casework.Tx) error {
		c, err := casework.Cases.Get(tx, "c")
		if err == nil && (c.Unread != workers*rounds || c.Version != workers*rounds+1) {
			s.Errorf("got %d at version %d, want %d", c.Unread, c.Version, workers*rounds)
		}
		return err
	})
}

func oneWins(s *suite) {
	const workers = 24
	var won, lost atomic.Int64
	together(workers, func(i int) {
		err := s.update(north, func(tx casework.Tx) error {
			return casework.Cases.Put(tx, &casework.Case{
				ID: casework.CaseID(fmt.Sprintf("c%d", i)), Team: north, Reference: "AB12",
			})
		})
		switch {
		case err == nil:
			won.Add(1)
		case errors.Is(err, casework.ErrTaken):
			lost.Add(1)
		default:
			s.Errorf("put: %v", err)
		}
	})
	if won.Load() != 1 || lost.Load() != workers-1 {
		s.Errorf("got %d winners and %d losers, want 1 and %d", won.Load(), lost.Load(), workers-1)
	}
}

// staleRead is a page that is read, shown and sent back, as many at once.
func staleRead(s *suite) {
	put(s, casework.Cases, &casework.Case{ID: "c", Team: north})
	const workers = 16
	var done, conflicts atomic.Int64
	together(workers, func(int) {
		for {
			var c *casework.Case
			s.view(north, func(tx casework.Tx) (err error) {
				c, err = casework.Cases.Get(tx, "c")
				return err
			})
			c.Unread++
			err := s.update(north, func(tx casework.Tx) error { return casework.Cases.Put(tx, c) })
			if err == nil {
				done.Add(1)
				return
			}
			if !errors.Is(err, casework.ErrConflict) {
				s.Errorf("put: %v", err)
				return
			}
			conflicts.Add(1)
		}
	})
	s.view(north, func(tx casework.Tx) error {
		c, err := casework.Cases.Get(tx, "c")
		if err == nil && int64(c.Unread) != done.Load() {
			s.Errorf("got %d, want %d (%d conflicts)", c.Unread, done.Load(), conflicts.Load())
		}
		return err
	})
}

// sideBySide keeps two records equal in every update and checks each view.
func sideBySide(s *suite) {
	put(s, casework.Cases, &casework.Case{ID: "a", Team: north}, &casework.Case{ID: "b", Team: south})
	together(8, func(i int) {
		for range 25 {
			if i%2 == 0 {
				s.view("", func(tx casework.Tx) error {
					both, err := casework.Cases.GetMany(tx, []string{"a", "b"})
					if err == nil && both[0].Unread != both[1].Unread {
						s.Errorf("half a transaction: %d and %d", both[0].Unread, both[1].Unread)
					}
					return err
				})
				continue
			}
			s.must("", func(tx casework.Tx) error {
				both, err := casework.Cases.GetMany(tx, []string{"a", "b"})
				if err != nil {
					return err
				}
				for _, c := range both {
					c.Unread++
					if err := casework.Cases.Put(tx, c); err != nil {
						return err
					}
				}
				return nil
			})
		}
	})
}
