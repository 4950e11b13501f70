package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"linkline/conversation/casework"
)

var isolationTests = []contract{
	{"write skew over two records is refused", writeSkew},
	{"write skew over a range is refused", rangeSkew},
	{"write skew over what is missing is refused", missingSkew},
	{"no transaction sees half of another", halves},
	{"each of many references is one record's", manyReferences},
	{"what is claimed is claimed once", claims},
	{"claims pass by each other and leave nothing", claimsLeaveNothing},
	{"a claim of many takes no more than it asks for", claimLimit},
}

// writeSkew: of two on call one may leave, when she sees the other stay. Each
// reads both and writes one, so no record is written by two.
func writeSkew(s *suite) {
	for round := range 12 {
		a, b := casework.CaseID(fmt.Sprintf("a%d", round)), casework.CaseID(fmt.Sprintf("b%d", round))
		put(s, casework.Cases, &casework.Case{ID: a, Team: north, Unread: 1}, &casework.Case{ID: b, Team: north, Unread: 1})
		together(2, func(i int) {
			own := []casework.CaseID{a, b}[i]
			err := s.update(north, func(tx casework.Tx) error {
				both, err := casework.Cases.GetMany(tx, []string{string(a), string(b)})
				if err != nil {
					return err
				}
				if both[0] == nil || both[1] == nil || both[0].Unread+both[1].Unread < 2 {
					return nil // the other has left
				}
				mine := both[i]
				if mine.ID != own {
					return errors.New("the records came in another order")
				}
				mine.Unread = 0
				return casework.Cases.Put(tx, mine)
			})
			if err != nil {
				s.Errorf("update: %v", err)
			}
		})
		s.view(north, func(tx casework.Tx) error {
			both, err := casework.Cases.GetMany(tx, []string{string(a), string(b)})
			if err == nil && both[0].Unread+both[1].Unread != 1 {
				s.Errorf("round %d: %d stay, want 1", round, both[0].Unread+both[1].Unread)
			}
			return err
		})
	}
}

// rangeSkew: many put a task where there are fewer than three, which each sees
// by an index. None writes what another read; they write beside it.
func rangeSkew(s *suite) {
	const most, workers = 3, 8
	together(workers, func(i int) {
		for round := range 4 {
			err := s.update(north, func(tx casework.Tx) error {
				held, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open", Limit: most})
				if err != nil || len(held) >= most {
					return err
				}
				return casework.Tasks.Put(tx, task(fmt.Sprintf("%d-%d", i, round), north, ""))
			})
			if err != nil {
				s.Errorf("update: %v", err)
			}
		}
	})
	if got := openTasks(s, north); len(got) != most {
		s.Errorf("open tasks: got %d, want %d", len(got), most)
	}
}

// missingSkew: each of two puts a record if the other's is missing.
func missingSkew(s *suite) {
	for round := range 12 {
		key := func(i int) string { return fmt.Sprintf("%d-%d", round, i) }
		together(2, func(i int) {
			err := s.update(north, func(tx casework.Tx) error {
				other, err := casework.Notes.Find(tx, "case-1/"+key(1-i))
				if err != nil || other != nil {
					return err
				}
				return casework.Notes.Put(tx, note(north, key(i), "mine"))
			})
			if err != nil {
				s.Errorf("update: %v", err)
			}
		})
		s.view(north, func(tx casework.Tx) error {
			both, err := casework.Notes.GetMany(tx, []string{"case-1/" + key(0), "case-1/" + key(1)})
			if err == nil && (both[0] == nil) == (both[1] == nil) {
				s.Errorf("round %d: both or neither was put", round)
			}
			return err
		})
	}
}

// halves keeps two records equal in each update, and looks whether an update
// ever saw them differ: a decision that rests on half a transaction is as bad as
// a page that shows it.
func halves(s *suite) {
	put(s, casework.Cases, &casework.Case{ID: "a", Team: north}, &casework.Case{ID: "b", Team: north})
	var mu sync.Mutex
	seen := map[bool]int{}
	together(6, func(int) {
		for range 15 {
			differ := false
			err := s.update(north, func(tx casework.Tx) error {
				both, err := casework.Cases.GetMany(tx, []string{"a", "b"})
				if err != nil {
					return err
				}
				if both[0] == nil || both[1] == nil {
					return errors.New("a record is missing")
				}
				differ = both[0].Unread != both[1].Unread
				for _, c := range both {
					c.Unread++
					if err := casework.Cases.Put(tx, c); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				s.Errorf("update: %v", err)
			}
			mu.Lock()
			seen[differ]++
			mu.Unlock()
		}
	})
	if seen[true] != 0 {
		s.Errorf("%d of %d updates saw half a transaction", seen[true], seen[true]+seen[false])
	}
}

// manyReferences: workers draw from few references and keep what is free.
func manyReferences(s *suite) {
	const references, workers = 6, 12
	var mu sync.Mutex
	won := map[string]int{}
	together(workers, func(i int) {
		for j := range references {
			reference := fmt.Sprintf("REF%d", (i+j)%references)
			err := s.update(north, func(tx casework.Tx) error {
				return casework.Cases.Put(tx, &casework.Case{
					ID: casework.CaseID(fmt.Sprintf("%d-%d", i, j)), Team: north, Reference: reference,
				})
			})
			if err != nil && !errors.Is(err, casework.ErrTaken) {
				s.Errorf("put: %v", err)
			}
			if err == nil {
				mu.Lock()
				won[reference]++
				mu.Unlock()
			}
		}
	})
	for reference, n := range won {
		if n != 1 {
			s.Errorf("%s was given to %d records", reference, n)
		}
	}
	if len(won) != references {
		s.Errorf("got %d references, want %d", len(won), references)
	}
}

// job is a job that is due at noon.
func job(team casework.TeamID, id int) *casework.Job {
	return &casework.Job{
		Team: team, Conversation: casework.ConversationID(fmt.Sprintf("c%03d", id)), Kind: casework.JobForget,
		State: casework.JobWaiting, DueAt: noon.Add(time.Duration(id) * time.Second),
	}
}

// putJobs puts so many due jobs.
func putJobs(s *suite, n int) {
	s.Helper()
	jobs := make([]*casework.Job, n)
	for i := range jobs {
		jobs[i] = job(north, i)
	}
	put(s, casework.Jobs, jobs...)
}

// claimJobs settles up to limit due jobs in one transaction, as a runner does,
// and returns whose they were.
func claimJobs(s *suite, limit int) (keys []string, err error) {
	err = s.db.Update(context.Background(), site, "", func(tx casework.Tx) error {
		keys = nil
		due, _, err := casework.Jobs.Claim(tx, casework.Span{
			Index: "due", Until: casework.Moment(noon.Add(time.Hour)), Limit: limit,
		})
		if err != nil {
			return err
		}
		for _, j := range due {
			j.State, j.SettledAt = casework.JobDone, noon
			j.Fence++
			if err := casework.Jobs.Put(tx, j); err != nil {
				return err
			}
			keys = append(keys, casework.JobKey(j.Conversation, j.Kind))
		}
		return nil
	})
	return keys, err
}

// claims: many runners, each until there is nothing due.
func claims(s *suite) {
	const jobs, runners = 40, 6
	putJobs(s, jobs)
	var mu sync.Mutex
	done := map[string]int{}
	together(runners, func(int) {
		for empty := 0; empty < 3; {
			keys, err := claimJobs(s, 3)
			if err != nil {
				s.Errorf("claim: %v", err)
				return
			}
			if len(keys) == 0 {
				empty++ // others may hold what is left for a moment
			}
			mu.Lock()
			for _, k := range keys {
				done[k]++
			}
			mu.Unlock()
		}
	})
	for left := []string{""}; len(left) > 0; {
		var err error
		if left, err = claimJobs(s, 3); err != nil {
			s.Fatalf("claim: %v", err)
		}
		for _, k := range left {
			done[k]++
		}
	}
	for k, n := range done {
		if n != 1 {
			s.Errorf("%s was claimed %d times", k, n)
		}
	}
	if len(done) != jobs {
		s.Errorf("claimed %d jobs, want %d", len(done), jobs)
	}
}

// claimsLeaveNothing: a claim that comes to nothing gives back what it held.
func claimsLeaveNothing(s *suite) {
	putJobs(s, 2)
	err := s.db.Update(context.Background(), site, "", func(tx casework.Tx) error {
		if _, _, err := casework.Jobs.Claim(tx, casework.Span{Index: "due", Limit: 2}); err != nil {
			return err
		}
		return errGivenUp
	})
	if !errors.Is(err, errGivenUp) {
		s.Fatalf("got %v, want the function's own error", err)
	}
	keys, err := claimJobs(s, 5)
	if err != nil || len(keys) != 2 {
		s.Errorf("got %d jobs, %v, want both", len(keys), err)
	}
}

// claimLimit: the earliest first, and the rest is for whoever comes next.
func claimLimit(s *suite) {
	putJobs(s, 5)
	var all []string
	for _, want := range []int{2, 2, 1, 0} {
		keys, err := claimJobs(s, 2)
		if err != nil || len(keys) != want {
			s.Errorf("got %d jobs, %v, want %d", len(keys), err, want)
		}
		all = append(all, keys...)
	}
	for i, k := range all {
		if want := casework.JobKey(job(north, i).Conversation, casework.JobForget); k != want {
			s.Errorf("claim %d: got %s, want %s", i, k, want)
		}
	}
}
