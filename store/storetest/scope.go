package storetest

import (
	"errors"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/store"
)

var scopeTests = []contract{
	{"another team's record cannot be read", scopeReads},
	{"another team's record cannot be written", scopeWrites},
	{"the service sees every team", serviceScope},
	{"a record that moves team moves out of sight", movesTeam},
	{"the fleet's order is the service's only", fleetScope},
	{"a team cannot destroy another's keys", shredScope},
}

func scopeReads(s *suite) {
	put(s, casework.Tasks,
		&casework.Task{ID: "n", Team: north, DueAt: noon}, &casework.Task{ID: "s", Team: south, DueAt: noon})
	s.view(north, func(tx casework.Tx) error {
		if tx.Team() != north {
			s.Errorf("team: got %q, want %q", tx.Team(), north)
		}
		if _, err := casework.Tasks.Get(tx, "s"); !errors.Is(err, casework.ErrNotFound) {
			s.Errorf("get: got %v, want ErrNotFound", err)
		}
		many, err := casework.Tasks.GetMany(tx, []string{"s", "n"})
		if err != nil || many[0] != nil || many[1] == nil {
			s.Errorf("get many: got %v, %v, want ours only", many, err)
		}
		for _, index := range []string{"", "open"} {
			got, next, err := casework.Tasks.Range(tx, casework.Span{Index: index, Limit: 1})
			if err != nil || len(got) != 1 || got[0].ID != "n" || next != "" {
				s.Errorf("range %q: got %d, next %q, %v, want ours only", index, len(got), next, err)
			}
		}
		return nil
	})
}

func scopeWrites(s *suite) {
	theirs := note(south, "1", "theirs")
	put(s, casework.Notes, theirs)
	tests := map[string]func(casework.Tx) error{
		"a record of another team":       func(tx casework.Tx) error { return casework.Notes.Put(tx, note(south, "2", "x")) },
		"a record of no team":            func(tx casework.Tx) error { return casework.Notes.Put(tx, note("", "2", "x")) },
		"over another team's record":     func(tx casework.Tx) error { return casework.Notes.Put(tx, note(north, "1", "x")) },
		"another team's record, renamed": func(tx casework.Tx) error { n := *theirs; n.Team = north; return casework.Notes.Put(tx, &n) },
	}
	for name, fn := range tests {
		if err := s.update(north, fn); !errors.Is(err, casework.ErrNotFound) {
			s.Errorf("put %s: got %v, want ErrNotFound", name, err)
		}
	}
	s.must(north, func(tx casework.Tx) error { return casework.Notes.Delete(tx, "case-1/1") })
	s.view(south, func(tx casework.Tx) error {
		got, err := casework.Notes.Get(tx, "case-1/1")
		if err == nil && got.Text.Reveal() != "theirs" {
			s.Errorf("their note: got %d bytes of something else", len(got.Text.Reveal()))
		}
		return err
	})
}

func serviceScope(s *suite) {
	put(s, casework.Notes, note(south, "1", "a"), note(north, "2", "b"), note("", "3", "c"))
	put(s, casework.Alerts,
		&casework.Alert{ID: "1", Team: south, DueAt: noon},
		&casework.Alert{ID: "2", Team: north, DueAt: noon.Add(1e9)},
		&casework.Alert{ID: "3", Team: north, DueAt: noon},
		&casework.Alert{ID: "4", Team: "", DueAt: noon},
	)
	s.view("", func(tx casework.Tx) error {
		byKey, _, err := casework.Notes.Range(tx, casework.Span{})
		if err != nil {
			return err
		}
		if diff := cmp.Diff(ids(byKey), []string{"1", "2", "3"}); diff != "" {
			s.Errorf("notes of all teams (-got +want):\n%s", diff)
		}
		for _, reverse := range []bool{false, true} {
			want := []string{"4", "3", "2", "1"} // by team, then by moment
			if reverse {
				want = []string{"1", "2", "3", "4"}
			}
			for limit := 1; limit < 5; limit++ {
				span := casework.Span{Index: "open", Limit: limit, Reverse: reverse}
				if diff := cmp.Diff(alertIDs(s, tx, span), want); diff != "" {
					s.Errorf("alerts of all teams, %d a page, reverse %v (-got +want):\n%s", limit, reverse, diff)
				}
			}
		}
		return nil
	})
}

// alertIDs walks all the pages of a span.
func alertIDs(s *suite, tx casework.Tx, span casework.Span) []string {
	s.Helper()
	var out []string
	for range 20 {
		page, next, err := casework.Alerts.Range(tx, span)
		if err != nil {
			s.Fatalf("range: %v", err)
		}
		for _, a := range page {
			out = append(out, a.ID)
		}
		if next == "" {
			return out
		}
		span.After = next
	}
	s.Fatal("the pages do not end")
	return nil
}

func movesTeam(s *suite) {
	task := &casework.Task{ID: "t", Team: north, DueAt: noon}
	put(s, casework.Tasks, task)
	task.Team = south
	put(s, casework.Tasks, task)
	for team, want := range map[casework.TeamID]int{north: 0, south: 1} {
		s.view(team, func(tx casework.Tx) error {
			got, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open"})
			if len(got) != want {
				s.Errorf("open tasks of %s: got %d, want %d", team, len(got), want)
			}
			return err
		})
	}
}

func fleetScope(s *suite) {
	put(s, casework.Jobs,
		&casework.Job{Team: south, Conversation: "a", Kind: casework.JobForget, State: casework.JobWaiting, DueAt: noon.Add(1e9)},
		&casework.Job{Team: north, Conversation: "b", Kind: casework.JobForget, State: casework.JobWaiting, DueAt: noon})
	s.view(north, func(tx casework.Tx) error {
		if _, _, err := casework.Jobs.Range(tx, casework.Span{Index: "due"}); !errors.Is(err, store.ErrScope) {
			s.Errorf("range of the fleet's index by a team: got %v, want ErrScope", err)
		}
		return nil
	})
	var got []*casework.Job
	s.must("", func(tx casework.Tx) (err error) {
		got, _, err = casework.Jobs.Claim(tx, casework.Span{Index: "due", Until: casework.Moment(noon.Add(2e9))})
		return err
	})
	if len(got) != 2 || got[0].Team != north || got[1].Team != south {
		s.Errorf("due jobs: got %d, want those of both teams, the earlier first", len(got))
	}
}

func shredScope(s *suite) {
	task := &casework.Task{ID: "t", Team: south, DataKey: "task:t", DueAt: noon}
	put(s, casework.Tasks, task)
	s.must(north, func(tx casework.Tx) error { return tx.Shred("task:t") })
	err := s.update(south, func(tx casework.Tx) error { return tx.Shred("team:south") })
	if !errors.Is(err, store.ErrScope) {
		s.Errorf("a team destroys its own key: got %v, want ErrScope", err)
	}
	if s.update("", func(tx casework.Tx) error { return tx.Shred("") }) == nil {
		s.Error("a key without a name was destroyed")
	}
	s.view(south, func(tx casework.Tx) error { _, err := casework.Tasks.Get(tx, "t"); return err })
}
