package storetest

import (
	"errors"
	"regexp"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
)

var indexTests = []contract{
	{"an entry follows its record", entriesFollow},
	{"a unique entry is one record's in its team", uniquePerTeam},
	{"a unique entry of the fleet is one record's", uniqueInFleet},
	{"a unique entry is free again", uniqueFreed},
	{"a blind index is looked up whole", blindIndex},
	{"a keyed hash is steady, short and of its domain", blindValues},
}

func entriesFollow(s *suite) {
	task := &casework.Task{ID: "t", Team: north, Case: "c1", DueAt: noon, CreatedAt: noon}
	put(s, casework.Tasks, task)
	count := func(want map[string]int) {
		s.Helper()
		s.view(north, func(tx casework.Tx) error {
			got := map[string]int{}
			for prefix := range want {
				index := "case"
				if prefix == "" {
					index = "open"
				}
				page, _, err := casework.Tasks.Range(tx, casework.Span{Index: index, Prefix: prefix})
				if err != nil {
					return err
				}
				got[prefix] = len(page)
			}
			if diff := cmp.Diff(got, want); diff != "" {
				s.Errorf("tasks by prefix (-got +want):\n%s", diff)
			}
			return nil
		})
	}
	count(map[string]int{"": 1, "c1": 1, "c2": 0})
	task.Case = "c2"
	put(s, casework.Tasks, task)
	count(map[string]int{"": 1, "c1": 0, "c2": 1})
	task.DoneAt = noon
	put(s, casework.Tasks, task)
	count(map[string]int{"": 0, "c1": 0, "c2": 1})
}

func uniquePerTeam(s *suite) {
	put(s, casework.Cases,
		&casework.Case{ID: "1", Team: north, Reference: "AB12"}, &casework.Case{ID: "2", Team: south, Reference: "AB12"},
		&casework.Case{ID: "3", Team: north}, &casework.Case{ID: "4", Team: north},
		&casework.Case{ID: "5", Team: north, Reference: "AB1"}, &casework.Case{ID: "6", Team: north, Reference: "AB123"})
	err := s.update(north, func(tx casework.Tx) error {
		return casework.Cases.Put(tx, &casework.Case{ID: "9", Team: north, Reference: "AB12"})
	})
	if !errors.Is(err, casework.ErrTaken) {
		s.Errorf("a second record with the reference: got %v, want ErrTaken", err)
	}
	s.must(north, func(tx casework.Tx) error { // its own entry is not in its way
		got, err := casework.Cases.Get(tx, "1")
		if err != nil {
			return err
		}
		return casework.Cases.Put(tx, got)
	})
	// One that is refused leaves the rest of its transaction whole.
	s.must(north, func(tx casework.Tx) error {
		err := casework.Cases.Put(tx, &casework.Case{ID: "9", Team: north, Reference: "AB12"})
		if !errors.Is(err, casework.ErrTaken) {
			s.Errorf("in a longer transaction: got %v, want ErrTaken", err)
		}
		return casework.Cases.Put(tx, &casework.Case{ID: "9", Team: north, Reference: "CD34"})
	})
	s.view(north, func(tx casework.Tx) error {
		got, _, err := casework.Cases.Range(tx, casework.Span{Index: "queue"})
		if len(got) != 6 {
			s.Errorf("cases in the queue: got %d, want 6", len(got))
		}
		return err
	})
}

func uniqueInFleet(s *suite) {
	put(s, casework.Users, &casework.User{ID: "1", Team: north, Login: "amina"})
	err := s.update(south, func(tx casework.Tx) error {
		return casework.Users.Put(tx, &casework.User{ID: "2", Team: south, Login: "amina"})
	})
	if !errors.Is(err, casework.ErrTaken) {
		s.Errorf("the login in another team: got %v, want ErrTaken", err)
	}
}

func uniqueFreed(s *suite) {
	first := &casework.Case{ID: "1", Team: north, Reference: "AB12"}
	put(s, casework.Cases, first)
	s.must(north, func(tx casework.Tx) error { // within one transaction
		got, err := casework.Cases.Get(tx, "1")
		if err != nil {
			return err
		}
		got.Reference = "CD34"
		if err := casework.Cases.Put(tx, got); err != nil {
			return err
		}
		return casework.Cases.Put(tx, &casework.Case{ID: "2", Team: north, Reference: "AB12"})
	})
	s.must(north, func(tx casework.Tx) error {
		if err := casework.Cases.Delete(tx, "2"); err != nil {
			return err
		}
		return casework.Cases.Put(tx, &casework.Case{ID: "3", Team: north, Reference: "AB12"})
	})
}

func blindIndex(s *suite) {
	put(s, casework.People,
		&casework.Person{ID: "1", Team: north, PreferredName: "Ann", FullName: "Ann Marie Lee", Phone: "+447700900123"},
		&casework.Person{ID: "2", Team: north, PreferredName: "Marie", Postcode: "LS1 4AP"},
		&casework.Person{ID: "3", Team: south, PreferredName: "Marie"})
	tests := []struct {
		prefix string
		scope  casework.TeamID
		want   []casework.PersonID
	}{
		{casework.Join("name", "marie"), north, []casework.PersonID{"1", "2"}},
		{casework.Join("name", "marie"), "", []casework.PersonID{"1", "2", "3"}},
		{casework.Join("name", "ann"), north, []casework.PersonID{"1"}},
		{casework.Join("name", "mari"), north, nil}, // whole words only
		{casework.Join("phone", "+447700900123"), north, []casework.PersonID{"1"}},
		{casework.Join("postcode", "ls1"), north, []casework.PersonID{"2"}},
		{"", north, nil}, // an empty search finds nobody
	}
	for _, test := range tests {
		for limit := 1; limit < 4; limit++ {
			s.view(test.scope, func(tx casework.Tx) error {
				var got []casework.PersonID
				span := casework.Span{Index: "look_up", Prefix: test.prefix, Limit: limit}
				for first := true; first || span.After != ""; first = false {
					page, next, err := casework.People.Range(tx, span)
					if err != nil {
						return err
					}
					for _, p := range page {
						got = append(got, p.ID)
					}
					span.After = next
				}
				if diff := cmp.Diff(got, test.want); diff != "" {
					s.Errorf("%q in scope %q (-got +want):\n%s", test.prefix, test.scope, diff)
				}
				return nil
			})
		}
	}
}

func blindValues(s *suite) {
	printable := regexp.MustCompile(`^[a-z2-7]{16,40}$`)
	s.view(north, func(tx casework.Tx) error {
		one, again := tx.Blind("conversation", "+447700900123"), tx.Blind("conversation", "+447700900123")
		if one != again || !printable.MatchString(one) {
			s.Errorf("got %q, then %q, want twice the same printable hash", one, again)
		}
		for domain, value := range map[string]string{
			"conversation": "+447700900124", "provider": "+447700900123", "conversation+": "447700900123", "": "",
		} {
			if tx.Blind(domain, value) == one {
				s.Errorf("%s, %s has the hash of another", domain, value)
			}
		}
		s.view(south, func(other casework.Tx) error {
			if got := other.Blind("conversation", "+447700900123"); got != one {
				s.Errorf("in another scope: got %s, want %s", got, one)
			}
			return nil
		})
		return nil
	})
}
