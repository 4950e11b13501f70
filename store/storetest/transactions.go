package storetest

import (
	"context"
	"errors"

	"linkline/conversation/casework"
	"linkline/store"
)

var transactionTests = []contract{
	{"an error leaves nothing", rollback},
	{"a panic leaves nothing and reaches its caller", panics},
	{"a function that is run twice has one effect", runTwice},
	{"a view is one state while an update commits", snapshot},
	{"a view does not write", readOnly},
	{"a transaction ends with its function", kept},
	{"a context that has ended runs nothing", cancelled},
	{"a kind that was not declared is refused", undeclared},
	{"a closed store refuses work", closed},
}

var errGivenUp = errors.New("given up")

func rollback(s *suite) {
	put(s, casework.Notes, note(north, "1", "before"))
	fresh := note(north, "2", "new")
	err := s.update(north, func(tx casework.Tx) error {
		if err := casework.Notes.Put(tx, fresh); err != nil {
			return err
		}
		if err := casework.Notes.Delete(tx, "case-1/1"); err != nil {
			return err
		}
		return errGivenUp
	})
	if !errors.Is(err, errGivenUp) {
		s.Fatalf("got %v, want the function's own error", err)
	}
	if fresh.Version != 0 {
		s.Errorf("a record that came to nothing has version %d", fresh.Version)
	}
	s.db = s.reopen()
	s.view(north, func(tx casework.Tx) error {
		if diff := noteIDs(s, tx, casework.Span{}); len(diff) != 1 || diff[0] != "1" {
			s.Errorf("notes: got %v, want the first only", diff)
		}
		return nil
	})
}

func panics(s *suite) {
	func() {
		defer func() {
			if got := recover(); got == nil {
				s.Error("the panic did not reach its caller")
			}
		}()
		_ = s.update(north, func(tx casework.Tx) error {
			if err := casework.Notes.Put(tx, note(north, "1", "x")); err != nil {
				return err
			}
			panic("oh dear")
		})
	}()
	put(s, casework.Notes, note(north, "1", "after")) // and the store goes on
}

func runTwice(s *suite) {
	fresh := note(north, "1", "made outside")
	for range 2 { // as a backend does that runs a function again
		err := s.update(north, func(tx casework.Tx) error {
			for _, n := range []*casework.Note{fresh, note(north, "2", "made inside")} {
				if err := casework.Notes.Put(tx, n); err != nil {
					return err
				}
			}
			if n, err := casework.Notes.Get(tx, "case-1/2"); err != nil || n.Version != 1 {
				s.Errorf("version: got %v, %v, want 1", n, err)
			}
			return errGivenUp
		})
		if !errors.Is(err, errGivenUp) {
			s.Fatalf("got %v, want the function's own error", err)
		}
	}
	put(s, casework.Notes, fresh)
	if fresh.Version != 1 {
		s.Errorf("version: got %d, want 1", fresh.Version)
	}
}

func snapshot(s *suite) {
	all := notes(north, 20)
	put(s, casework.Notes, all...)
	s.view(north, func(tx casework.Tx) error {
		for round := range 3 {
			s.must(north, func(tx casework.Tx) error {
				n, err := casework.Notes.Get(tx, "case-1/010")
				if err != nil {
					return err
				}
				n.Text += "!"
				if err := casework.Notes.Put(tx, n); err != nil {
					return err
				}
				if err := casework.Notes.Delete(tx, "case-1/"+all[round].ID); err != nil {
					return err
				}
				return casework.Notes.Put(tx, note(north, all[round].ID+"b", "new"))
			})
			got, err := casework.Notes.Get(tx, "case-1/010")
			if err != nil {
				return err
			}
			if got.Text.Reveal() != "note 10" || len(noteIDs(s, tx, casework.Span{})) != 20 {
				s.Errorf("round %d: the view has moved", round)
			}
			if _, err := casework.Notes.Get(tx, "case-1/000"); err != nil {
				s.Errorf("round %d: a record deleted meanwhile: %v", round, err)
			}
		}
		return nil
	})
	s.view(north, func(tx casework.Tx) error {
		got, err := casework.Notes.Get(tx, "case-1/010")
		if err == nil && got.Text.Reveal() != "note 10!!!" {
			s.Errorf("a later view: got version %d, want all the changes", got.Version)
		}
		return err
	})
}

func readOnly(s *suite) {
	put(s, casework.Notes, note(north, "1", "x"))
	s.view(north, func(tx casework.Tx) error {
		for name, err := range map[string]error{
			"put":    casework.Notes.Put(tx, note(north, "2", "y")),
			"delete": casework.Notes.Delete(tx, "case-1/1"),
			"shred":  tx.Shred("k"),
		} {
			if !errors.Is(err, store.ErrReadOnly) {
				s.Errorf("%s in a view: got %v, want ErrReadOnly", name, err)
			}
		}
		return nil
	})
	err := s.db.View(context.Background(), north, func(casework.Tx) error { return errGivenUp })
	if !errors.Is(err, errGivenUp) {
		s.Errorf("a view's own error: got %v", err)
	}
}

func kept(s *suite) {
	var old casework.Tx
	s.must(north, func(tx casework.Tx) error { old = tx; return nil })
	if _, err := casework.Notes.Get(old, "case-1/1"); !errors.Is(err, store.ErrClosed) {
		s.Errorf("get after the end: got %v, want ErrClosed", err)
	}
	if err := casework.Notes.Put(old, note(north, "1", "x")); !errors.Is(err, store.ErrClosed) {
		s.Errorf("put after the end: got %v, want ErrClosed", err)
	}
}

func cancelled(s *suite) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ran := func(casework.Tx) error { s.Error("the function ran"); return nil }
	if err := s.db.Update(ctx, site, north, ran); !errors.Is(err, context.Canceled) {
		s.Errorf("update: got %v, want context.Canceled", err)
	}
	if err := s.db.View(ctx, north, ran); !errors.Is(err, context.Canceled) {
		s.Errorf("view: got %v, want context.Canceled", err)
	}
}

func undeclared(s *suite) {
	kind := *casework.Notes.Kind
	s.view(north, func(tx casework.Tx) error {
		if _, err := tx.Get(&kind, "case-1/1"); err == nil || errors.Is(err, casework.ErrNotFound) {
			s.Errorf("got %v, want a refusal", err)
		}
		return nil
	})
}

func closed(s *suite) {
	put(s, casework.Notes, note(north, "1", "x"))
	if err := s.db.Close(); err != nil {
		s.Fatalf("close: %v", err)
	}
	err := s.update(north, func(casework.Tx) error { return nil })
	if !errors.Is(err, store.ErrClosed) {
		s.Errorf("update: got %v, want ErrClosed", err)
	}
	err = s.db.View(context.Background(), north, func(casework.Tx) error { return nil })
	if !errors.Is(err, store.ErrClosed) {
		s.Errorf("view: got %v, want ErrClosed", err)
	}
	select {
	case <-s.db.Failed():
		s.Error("a closed store counts as failed")
	default:
	}
}
