package storetest

import (
	"errors"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
)

var erasureTests = []contract{
	{"a destroyed key erases its records and no others", shred},
	{"an erased record can be removed and put anew", afterErasure},
	{"a key that is drawn again does not bring back", drawnAgain},
	{"an erasure that comes to nothing erases nothing", shredUndone},
	{"a destroyed team key erases the team", shredTeam},
}

func task(id string, team casework.TeamID, key casework.KeyID) *casework.Task {
	return &casework.Task{ID: id, Team: team, DataKey: key, Words: "words", DueAt: noon, CreatedAt: noon}
}

// openTasks are the ids of a team's open tasks, by index and by key.
func openTasks(s *suite, team casework.TeamID) []string {
	s.Helper()
	var out [2][]string
	s.view(team, func(tx casework.Tx) error {
		for i, index := range []string{"open", ""} {
			for _, limit := range []int{1, 2, 100} {
				span := casework.Span{Index: index, Limit: limit}
				var got []string
				for first := true; first || span.After != ""; first = false {
					page, next, err := casework.Tasks.Range(tx, span)
					if err != nil {
						return err
					}
					for _, t := range page {
						got = append(got, t.ID)
					}
					if len(page) == 0 && next != "" {
						s.Error("an empty page that is not the last")
					}
					span.After = next
				}
				if limit > 1 && !cmp.Equal(got, out[i]) {
					s.Errorf("%d a page: got %v, want %v", limit, got, out[i])
				}
				out[i] = got
			}
		}
		return nil
	})
	if diff := cmp.Diff(out[0], out[1]); diff != "" {
		s.Errorf("by index and by key (-index +key):\n%s", diff)
	}
	return out[0]
}

func shred(s *suite) {
	put(s, casework.Tasks, task("1", north, "k1"), task("2", north, "k2"), task("3", north, "k1"),
		task("4", north, ""), task("5", south, "k5"))
	s.must(north, func(tx casework.Tx) error {
		if err := tx.Shred("k1"); err != nil {
			return err
		}
		if _, err := casework.Tasks.Get(tx, "1"); !errors.Is(err, casework.ErrErased) {
			s.Errorf("in the same transaction: got %v, want ErrErased", err)
		}
		if err := tx.Shred("k1"); err != nil { // again
			return err
		}
		return tx.Shred("never drawn")
	})
	for round := range 2 {
		s.view("", func(tx casework.Tx) error {
			for id, want := range map[string]error{"1": casework.ErrErased, "3": casework.ErrErased, "2": nil, "4": nil, "5": nil} {
				if _, err := casework.Tasks.Get(tx, id); !errors.Is(err, want) {
					s.Errorf("round %d: get %s: got %v, want %v", round, id, err, want)
				}
			}
			if found, err := casework.Tasks.Find(tx, "1"); found != nil || err != nil {
				s.Errorf("find: got %v, %v, want neither", found, err)
			}
			many, err := casework.Tasks.GetMany(tx, []string{"1", "2"})
			if err != nil || many[0] != nil || many[1] == nil {
				s.Errorf("get many: got %v, %v, want the second only", many, err)
			}
			return nil
		})
		if diff := cmp.Diff(openTasks(s, north), []string{"2", "4"}); diff != "" {
			s.Errorf("round %d: open tasks (-got +want):\n%s", round, diff)
		}
		s.db = s.reopen()
	}
	s.view(south, func(tx casework.Tx) error { // another team's stays hidden, not erased
		if _, err := casework.Tasks.Get(tx, "1"); !errors.Is(err, casework.ErrNotFound) {
			s.Errorf("another team's erased record: got %v, want ErrNotFound", err)
		}
		return nil
	})
}

func afterErasure(s *suite) {
	c := &casework.Case{ID: "c", Team: north, DataKey: "k", Reference: "AB12", Person: "p"}
	put(s, casework.Cases, c)
	s.must(north, func(tx casework.Tx) error { return tx.Shred("k") })
	err := s.update(north, func(tx casework.Tx) error {
		return casework.Cases.Put(tx, &casework.Case{ID: "c", Team: north})
	})
	if !errors.Is(err, casework.ErrConflict) {
		s.Errorf("put over an erased record: got %v, want ErrConflict", err)
	}
	s.must(south, func(tx casework.Tx) error { return casework.Cases.Delete(tx, "c") }) // not theirs
	s.must(north, func(tx casework.Tx) error {
		if _, err := casework.Cases.Get(tx, "c"); !errors.Is(err, casework.ErrErased) {
			s.Errorf("after another team's delete: got %v, want ErrErased", err)
		}
		return casework.Cases.Delete(tx, "c")
	})
	// Its entries went with it: the reference is free, and the key works again.
	put(s, casework.Cases, &casework.Case{ID: "d", Team: north, DataKey: "k", Reference: "AB12"},
		&casework.Case{ID: "c", Team: north, DataKey: "k"})
	s.view(north, func(tx casework.Tx) error {
		got, _, err := casework.Cases.Range(tx, casework.Span{Index: "person", Prefix: "p"})
		if len(got) != 0 {
			s.Errorf("by person: got %d, want none", len(got))
		}
		return err
	})
}

func drawnAgain(s *suite) {
	put(s, casework.Tasks, task("old", north, "k"))
	s.must(north, func(tx casework.Tx) error {
		if err := tx.Shred("k"); err != nil {
			return err
		}
		return casework.Tasks.Put(tx, task("new", north, "k"))
	})
	for range 2 {
		s.view(north, func(tx casework.Tx) error {
			if _, err := casework.Tasks.Get(tx, "old"); !errors.Is(err, casework.ErrErased) {
				s.Errorf("the record of the destroyed key: got %v, want ErrErased", err)
			}
			_, err := casework.Tasks.Get(tx, "new")
			return err
		})
		if diff := cmp.Diff(openTasks(s, north), []string{"new"}); diff != "" {
			s.Errorf("open tasks (-got +want):\n%s", diff)
		}
		s.db = s.reopen()
	}
}

func shredUndone(s *suite) {
	put(s, casework.Tasks, task("1", north, "k"))
	err := s.update(north, func(tx casework.Tx) error {
		if err := tx.Shred("k"); err != nil {
			return err
		}
		return errGivenUp
	})
	if !errors.Is(err, errGivenUp) {
		s.Fatalf("got %v, want the function's own error", err)
	}
	s.view(north, func(tx casework.Tx) error { _, err := casework.Tasks.Get(tx, "1"); return err })
}

func shredTeam(s *suite) {
	put(s, casework.Tasks, task("1", north, ""), task("2", south, ""))
	s.must("", func(tx casework.Tx) error { return tx.Shred("team:north") })
	if got := openTasks(s, north); len(got) != 0 {
		s.Errorf("the team's tasks: got %v, want none", got)
	}
	if diff := cmp.Diff(openTasks(s, south), []string{"2"}); diff != "" {
		s.Errorf("the other team's tasks (-got +want):\n%s", diff)
	}
}
