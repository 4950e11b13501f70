package service

import (
	"crypto/rand"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/scheduler"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/storetest"
)

// office is two teams on a real file, one in England and one in Scotland, and
// what their workers are texted by the calendar.
type office struct {
	t       *testing.T
	path    string
	store   store.Store
	now     time.Time
	digests *digests
	rang    int // how often somebody was told that there are texts to deliver
}

// newOffice opens at a moment such as "2026-11-26 16:30", in London.
func newOffice(t *testing.T, now string) *office {
	t.Helper()
	library, err := Library()
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, path: filepath.Join(t.TempDir(), "linkline.db"), now: london(t, now)}
	if err := bolt.Init(o.path, rand.Reader, o.now); err != nil {
		t.Fatal(err)
	}
	backend, err := bolt.Open(o.path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o.store = storetest.Open(t, backend, storetest.Keyring(t))
	o.digests = &digests{
		store: o.store, library: library, deskURL: "https://desk.example.org", random: rand.Reader,
		now: func() time.Time { return o.now }, planned: func() { o.rang++ },
		teams: []*conversation.Team{team(t, "fen", calendar.England), team(t, "glen", calendar.Scotland)},
	}
	return o
}

func team(t *testing.T, id casework.TeamID, nation calendar.Nation) *conversation.Team {
	t.Helper()
	days, err := calendar.New(nation, calendar.Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		t.Fatal(err)
	}
	return &conversation.Team{ID: id, Name: "Fen Wellbeing", Nation: nation, Calendar: days, Languages: []string{"en"}}
}

func london(t *testing.T, moment string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, Zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func (o *office) put(fn func(casework.Tx) error) {
	o.t.Helper()
	if err := o.store.Update(o.t.Context(), "test", "", fn); err != nil {
		o.t.Fatal(err)
	}
}

// worker hires somebody; without a phone where none is given.
func (o *office) worker(team casework.TeamID, id casework.UserID, phone casework.Private) {
	o.put(func(tx casework.Tx) error {
		return casework.Users.Put(tx, &casework.User{
			ID: id, Team: team, Login: string(id), Name: "Amy Reid", Role: casework.RoleLinkWorker, Phone: phone, CreatedAt: o.now,
		})
	})
}

// person opens a case that is due at a moment, and makes it a worker's.
func (o *office) person(id casework.CaseID, worker casework.UserID, due string) {
	o.put(func(tx casework.Tx) error {
		state := casework.CaseAssigned
		if worker == "" {
			state = casework.CaseSubmitted
		}
		return casework.Cases.Put(tx, &casework.Case{
			ID: id, Team: "fen", Conversation: casework.ConversationID(id), Person: casework.PersonID(id), Worker: worker,
			Reference: "REF-" + string(id), State: state, NeedsReply: worker != "", DueAt: london(o.t, due), OpenedAt: o.now,
		})
	})
}

// task asks for something by a moment, about a case or about nobody's.
func (o *office) task(id string, about casework.CaseID, due string) {
	o.put(func(tx casework.Tx) error {
		return casework.Tasks.Put(tx, &casework.Task{
			ID: id, Team: "fen", Kind: casework.TaskRing, Case: about, Conversation: casework.ConversationID(id),
			Name: "Maureen", Words: "my rent went up", Address: "+447700900456", DueAt: london(o.t, due), CreatedAt: o.now,
		})
	})
}

// visits books appointments of one case with a worker.
func (o *office) visits(about casework.CaseID, worker casework.UserID, starts ...string) {
	o.put(func(tx casework.Tx) error {
		c := &casework.Course{Case: about, Team: "fen", Conversation: casework.ConversationID(about)}
		for _, start := range starts {
			c.Appointments = append(c.Appointments, &casework.Appointment{
				ID: "a" + start, Type: casework.Assessment, State: casework.Booked, Worker: worker, Start: london(o.t, start),
				Place: "the library", MadeAt: o.now,
			})
		}
		return casework.Courses.Put(tx, c)
	})
}

// said are the texts to workers that have been planned, by number, in order.
func (o *office) said() map[casework.Private][]string {
	o.t.Helper()
	out := map[casework.Private][]string{}
	err := o.store.View(o.t.Context(), "", func(tx casework.Tx) error {
		messages, _, err := casework.Messages.Range(tx, casework.Span{Limit: 1000})
		clear(out)
		for _, m := range messages {
			out[m.Delivery.To] = append(out[m.Delivery.To], m.Text.Reveal())
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

// almanac is a process that keeps the calendar.
func (o *office) almanac() *scheduler.Almanac {
	o.t.Helper()
	entries, err := scheduler.ShippedEntries(Zone())
	if err != nil {
		o.t.Fatal(err)
	}
	a, err := scheduler.NewAlmanac(scheduler.AlmanacConfig{
		Store: o.store, Entries: entries, Zone: Zone(), Now: o.digests.now, Log: slog.New(slog.DiscardHandler),
		Chores: map[string]scheduler.Chore{"worker_digest": o.digests.evening, "morning_list": o.digests.morning},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}
