package storetest

import (
	"errors"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/store"
)

var recordTests = []contract{
	{"a record comes back as it was put", roundTrip},
	{"a missing record is not found", missing},
	{"get many leaves gaps for what is missing", getMany},
	{"a version guards against a lost update", versions},
	{"a deleted record is gone with its entries", deleted},
	{"empty and large values", sizes},
	{"moments keep their instant and UTC its name", moments},
	{"moments are in order whatever their zone", momentOrder},
	{"the caller owns what it gets", owned},
	{"kinds of one group do not meet", neighbours},
	{"keys that cannot be kept are refused", badKeys},
	{"all is kept over a reopen", reopened},
}

// conversation is a record with every shape of field.
func conversation(id casework.ConversationID, team casework.TeamID) *casework.Conversation {
	place := casework.Place{Flow: "welcome", Version: 3, Step: "what_matters"}
	return &casework.Conversation{
		ID: id, Team: team, Channel: casework.SMS, DataKey: "key:" + casework.KeyID(id),
		Language: "en", Address: "+447700900123",
		Stack:  []casework.Frame{{Place: place}, {Place: place, Once: true}},
		Prompt: &casework.OpenPrompt{ID: "p1", Place: place, AskedAt: noon},
		Known: map[string]casework.Answer{
			"name": {Values: []string{"Zoë <b>&"}, Words: "i'm Zoë \x00 \"quoted\" \u2028", Asked: place.String(), At: noon},
		},
		SafetyAt:  map[string]time.Time{"A": noon.Add(time.Nanosecond)},
		FirstInAt: noon, LastInAt: noon.Add(time.Hour),
	}
}

func roundTrip(s *suite) {
	want := conversation("conv", north)
	put(s, casework.Conversations, want)
	if want.Version == 0 {
		s.Error("a put record carries no version")
	}
	s.view(north, func(tx casework.Tx) error {
		got, err := casework.Conversations.Get(tx, "conv")
		if err != nil {
			return err
		}
		if diff := cmp.Diff(got, want); diff != "" {
			s.Errorf("record differs (-got +want):\n%s", diff)
		}
		return nil
	})
}

func missing(s *suite) {
	put(s, casework.Notes, note(north, "1", "here"))
	s.view(north, func(tx casework.Tx) error {
		for _, key := range []string{"case-1/2", "case-1/", "case-1/1 ", "", "\x00"} {
			if _, err := casework.Notes.Get(tx, key); !errors.Is(err, casework.ErrNotFound) {
				s.Errorf("get %q: got %v, want ErrNotFound", key, err)
			}
		}
		if got, err := casework.Notes.Find(tx, "case-1/2"); got != nil || err != nil {
			s.Errorf("find: got %v, %v, want neither", got, err)
		}
		return nil
	})
	s.must(north, func(tx casework.Tx) error { return casework.Notes.Delete(tx, "case-1/2") })
}

func getMany(s *suite) {
	put(s, casework.Notes, note(north, "1", "one"), note(south, "2", "theirs"), note(north, "3", "three"))
	s.view(north, func(tx casework.Tx) error {
		got, err := casework.Notes.GetMany(tx, []string{"case-1/3", "none", "case-1/2", "case-1/1", "case-1/3"})
		if err != nil {
			return err
		}
		var texts []string
		for _, n := range got {
			text := ""
			if n != nil {
				text = n.Text.Reveal()
			}
			texts = append(texts, text)
		}
		if diff := cmp.Diff(texts, []string{"three", "", "", "one", "three"}); diff != "" {
			s.Errorf("texts differ (-got +want):\n%s", diff)
		}
		return nil
	})
}

func versions(s *suite) {
	first := note(north, "1", "first")
	put(s, casework.Notes, first)
	stale := *first
	put(s, casework.Notes, first) // moves on

	tests := []struct {
		name   string
		record *casework.Note
		want   error
	}{
		{"a stale version", &stale, casework.ErrConflict},
		{"a new record over an old one", note(north, "1", "again"), casework.ErrConflict},
		{"a version of what is not there", &casework.Note{Stamp: casework.Stamp{Version: 1}, ID: "9", Team: north}, casework.ErrConflict},
		{"the stored version", first, nil},
	}
	for _, test := range tests {
		before := test.record.Version
		err := s.update(north, func(tx casework.Tx) error { return casework.Notes.Put(tx, test.record) })
		if !errors.Is(err, test.want) {
			s.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
		if err != nil && test.record.Version != before {
			s.Errorf("%s: a refused record was given version %d", test.name, test.record.Version)
		}
	}
	s.must(north, func(tx casework.Tx) error {
		got, err := casework.Notes.Get(tx, "case-1/1")
		if err != nil {
			return err
		}
		if got.Version != first.Version {
			s.Errorf("stored version: got %d, want %d", got.Version, first.Version)
		}
		for range 3 { // more than once in a transaction
			if err := casework.Notes.Put(tx, got); err != nil {
				return err
			}
		}
		return nil
	})
}

func deleted(s *suite) {
	task := &casework.Task{ID: "t1", Team: north, Kind: casework.TaskRing, DueAt: noon, CreatedAt: noon}
	put(s, casework.Tasks, task)
	s.must(north, func(tx casework.Tx) error { return casework.Tasks.Delete(tx, "t1") })
	s.view(north, func(tx casework.Tx) error {
		if _, err := casework.Tasks.Get(tx, "t1"); !errors.Is(err, casework.ErrNotFound) {
			s.Errorf("get: got %v, want ErrNotFound", err)
		}
		got, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open"})
		if len(got) != 0 {
			s.Errorf("open tasks: got %d, want none", len(got))
		}
		return err
	})
	put(s, casework.Tasks, &casework.Task{ID: "t1", Team: north, DueAt: noon})
}

func sizes(s *suite) {
	large := strings.Repeat("all work and no play ", 50_000)[:1<<20]
	put(s, casework.Notes, note(north, "empty", ""), note(north, "large", large))
	put(s, casework.Notes, &casework.Note{Case: "c", ID: "zero"})
	s.view("", func(tx casework.Tx) error {
		for id, want := range map[string]string{"case-1/empty": "", "case-1/large": large, "c/zero": ""} {
			got, err := casework.Notes.Get(tx, id)
			if err != nil {
				return err
			}
			if got.Text.Reveal() != want {
				s.Errorf("%s: got %d bytes, want %d", id, len(got.Text.Reveal()), len(want))
			}
		}
		return nil
	})
}

func moments(s *suite) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		s.Skipf("no time zones here: %v", err)
	}
	tests := map[string]time.Time{
		"utc":         time.Date(2026, 3, 29, 1, 30, 0, 123456789, time.UTC),
		"summer":      time.Date(2026, 7, 1, 9, 0, 0, 0, london),
		"second 1:30": time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC).In(london),
		"zero":        {},
		"long ago":    time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC),
		"far ahead":   time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC),
		"half a zone": time.Date(2026, 7, 1, 9, 0, 0, 0, time.FixedZone("", 5*3600+1800)),
	}
	for id, at := range tests {
		n := note(north, id, "when")
		n.At = at
		put(s, casework.Notes, n)
	}
	s.view(north, func(tx casework.Tx) error {
		for id, at := range tests {
			got, err := casework.Notes.Get(tx, "case-1/"+id)
			if err != nil {
				return err
			}
			if !got.At.Equal(at) {
				s.Errorf("%s: got %v, want %v", id, got.At, at)
			}
			if at.Location() == time.UTC && got.At != at {
				s.Errorf("%s: got %#v, want %#v", id, got.At, at)
			}
		}
		return nil
	})
}

// momentOrder: the hour that a clock shows twice is two hours.
func momentOrder(s *suite) {
	zones := []*time.Location{time.UTC, time.FixedZone("east", 14*3600), time.FixedZone("west", -11*3600)}
	if london, err := time.LoadLocation("Europe/London"); err == nil {
		zones = append(zones, london)
	}
	first := time.Date(2026, 10, 25, 0, 15, 0, 0, time.UTC) // 1:15 in London, for the first time
	var want []string
	for i := range 16 {
		id := string(rune('a' + i))
		due := first.Add(time.Duration(i) * 20 * time.Minute).In(zones[i%len(zones)])
		put(s, casework.Tasks, &casework.Task{ID: id, Team: north, DueAt: due})
		want = append(want, id)
	}
	if diff := cmp.Diff(openTasks(s, north), want); diff != "" {
		s.Errorf("tasks by when they are due (-got +want):\n%s", diff)
	}
}

func owned(s *suite) {
	put(s, casework.Conversations, conversation("conv", north))
	s.must(north, func(tx casework.Tx) error {
		first, err := casework.Conversations.Get(tx, "conv")
		if err != nil {
			return err
		}
		first.Known["name"].Values[0] = "changed"
		first.Stack[0].Step = "changed"
		second, err := casework.Conversations.Get(tx, "conv")
		if err != nil {
			return err
		}
		if second.Known["name"].Values[0] == "changed" || second.Stack[0].Step == "changed" {
			s.Error("a change to a record that was not put shows in the next get")
		}
		return nil
	})
}

func neighbours(s *suite) {
	put(s, casework.Conversations, conversation("conv", north), conversation("conv2", north))
	put(s, casework.ContactPoints, &casework.ContactPoint{ID: "conv", Team: north, State: casework.ContactActive})
	put(s, casework.Receipts, &casework.Receipt{Conversation: "conv", Team: north, Provider: "p", At: noon})
	put(s, casework.Messages, &casework.Message{ID: "m", Conversation: "conv", Team: north})
	s.view(north, func(tx casework.Tx) error {
		if _, err := casework.Conversations.Get(tx, casework.MessageKey("conv", "m")); !errors.Is(err, casework.ErrNotFound) {
			s.Errorf("a message got as a conversation: %v, want ErrNotFound", err)
		}
		got, next, err := casework.Conversations.Range(tx, casework.Span{Prefix: "conv", Limit: 2})
		if err != nil {
			return err
		}
		if len(got) != 2 || got[0].ID != "conv" || got[1].ID != "conv2" || next != "" {
			s.Errorf("conversations: got %d and next %q, want conv and conv2 and no next", len(got), next)
		}
		return nil
	})
}

func badKeys(s *suite) {
	for _, id := range []casework.AlertState{"", "a\x00b", casework.AlertState(strings.Repeat("k", 600))} {
		err := s.update(north, func(tx casework.Tx) error {
			return casework.Alerts.Put(tx, &casework.Alert{ID: string(id), Team: north})
		})
		if err == nil || errors.Is(err, store.ErrOutcomeUnknown) {
			s.Errorf("key of %d bytes: got %v, want a refusal", len(id), err)
		}
	}
	err := s.update(north, func(tx casework.Tx) error {
		return casework.Cases.Put(tx, &casework.Case{ID: "c", Team: north, Reference: "\x00"})
	})
	if err == nil || errors.Is(err, store.ErrOutcomeUnknown) {
		s.Errorf("entry with a zero byte: got %v, want a refusal", err)
	}
}

func reopened(s *suite) {
	put(s, casework.Notes, notes(north, 250)...)
	put(s, casework.Users, &casework.User{ID: "u", Team: north, Login: "amina"})
	var before string
	s.view(north, func(tx casework.Tx) error { before = tx.Blind("conversation", "+447700900123"); return nil })
	s.db = s.reopen()
	s.view("", func(tx casework.Tx) error {
		got, _, err := casework.Notes.Range(tx, casework.Span{Limit: 1000})
		if len(got) != 250 || err != nil {
			s.Errorf("notes: got %d, %v, want 250", len(got), err)
		}
		users, _, err := casework.Users.Range(tx, casework.Span{Index: "login", Prefix: "amina"})
		if len(users) != 1 || err != nil {
			s.Errorf("user by login: got %d, %v, want one", len(users), err)
		}
		if after := tx.Blind("conversation", "+447700900123"); after != before {
			s.Errorf("keyed hash: got %s, want %s as before", after, before)
		}
		return nil
	})
	put(s, casework.Notes, note(north, "new", "written after"))
}
