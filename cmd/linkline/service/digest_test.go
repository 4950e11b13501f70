package service

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/channels/twilio/twiliotest"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/store"
)

const (
	amys casework.Private = "+447700900501"
	bens casework.Private = "+447700900502"
)

// busy is an evening in November with something of everything in it.
func busy(t *testing.T, now string) *office {
	o := newOffice(t, now)
	o.worker("fen", "amy", amys)
	o.worker("fen", "ben", bens)
	o.worker("fen", "cat", "") // no phone
	o.person("hers", "amy", "2026-11-27 17:00")
	o.person("his", "ben", "2026-12-04 17:00")
	o.person("new", "", "2026-11-25 17:00")
	o.person("later", "", "2026-12-02 17:00")
	o.task("t1", "hers", "2026-11-26 09:00")
	o.task("t2", "hers", "2026-11-27 23:30")
	o.task("t3", "his", "2026-11-27 12:00")
	o.task("t4", "", "2026-11-27 12:00")
	o.task("t5", "hers", "2026-11-28 09:00") // not before the day is over
	o.visits("hers", "amy", "2026-11-26 10:00", "2026-11-30 14:30", "2026-11-30 10:30", "2026-12-01 10:30")
	o.visits("his", "ben", "2026-12-01 09:00")
	return o
}

func TestEveningTellsOfTasksAndTheDiary(t *testing.T) {
	t.Parallel()
	o := busy(t, "2026-11-27 16:30") // a Friday: the next working day is Monday
	if err := o.digests.evening(t.Context(), o.now); err != nil {
		t.Fatal(err)
	}
	want := map[casework.Private][]string{
		amys: {"linkline: tasks to clear: 3. Appointments on Monday 30 November: 2, the first at 10.30am. " +
			"No details here. Open the desk: https://desk.example.org"},
		bens: {"linkline: tasks to clear: 2. Your diary on Monday 30 November is empty. " +
			"No details here. Open the desk: https://desk.example.org"},
	}
	if diff := cmp.Diff(o.said(), want); diff != "" {
		t.Errorf("texts (-got +want):\n%s", diff)
	}
	if o.rang == 0 {
		t.Error("nobody was told that there are texts to deliver")
	}
}

func TestMorningTellsWhatIsDueAndWhoIsOnDuty(t *testing.T) {
	t.Parallel()
	const begins = "linkline, Friday 27 November: cannot wait: "
	const ends = " No details here. Open the desk: https://desk.example.org"
	for name, c := range map[string]struct {
		duty     []casework.Private
		amy, ben string
	}{
		"nobody is on duty": {nil, "Nobody is on duty.", "Nobody is on duty."},
		"she is":            {[]casework.Private{amys, bens}, "First on duty: you.", "First on duty: the phone that ends in 501."},
		"a phone of nobody's": {
			[]casework.Private{"+447700900999"}, "First on duty: the phone that ends in 999.", "First on duty: the phone that ends in 999.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := busy(t, "2026-11-27 08:30")
			o.digests.teams[0].Duty = c.duty
			o.put(func(tx casework.Tx) error {
				return errors.Join(
					casework.Alerts.Put(tx, &casework.Alert{ID: "open", Team: "fen", Conversation: "c", State: casework.AlertRaised, DueAt: o.now}),
					casework.Alerts.Put(tx, &casework.Alert{ID: "shut", Team: "fen", Conversation: "c", State: casework.AlertClosed, DueAt: o.now}))
			})
			if err := o.digests.morning(t.Context(), o.now); err != nil {
				t.Fatal(err)
			}
			want := map[casework.Private][]string{
				amys: {begins + "1. Tasks due: 3. People to be in touch with: 2. " + c.amy + ends},
				bens: {begins + "1. Tasks due: 2. People to be in touch with: 1. " + c.ben + ends},
			}
			if diff := cmp.Diff(o.said(), want); diff != "" {
				t.Errorf("texts (-got +want):\n%s", diff)
			}
		})
	}
}

// Who has nothing to do is left in peace, unless her phone is told first of an
// alert. Whoever has left is told nothing.
func TestAnEmptyDayIsNoText(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-27 08:30")
	o.worker("fen", "amy", amys)
	o.worker("fen", "ben", bens)
	o.put(func(tx casework.Tx) error {
		return casework.Users.Put(tx, &casework.User{ID: "left", Team: "fen", Login: "left", Phone: "+447700900503", Disabled: true})
	})
	o.digests.teams[0].Duty = []casework.Private{bens}
	if err := errors.Join(o.digests.morning(t.Context(), o.now), o.digests.evening(t.Context(), o.now)); err != nil {
		t.Fatal(err)
	}
	got := o.said()
	if len(got) != 1 || len(got[bens]) != 1 || !strings.Contains(got[bens][0], "First on duty: you.") {
		t.Errorf("texts %v, want one to who is on duty", got)
	}
}

// A run may come twice, after a crash or on two replicas; nobody is told twice.
func TestTellingTwiceIsTellingOnce(t *testing.T) {
	t.Parallel()
	o := busy(t, "2026-11-27 08:30")
	for range 3 {
		if err := errors.Join(o.digests.morning(t.Context(), o.now), o.digests.evening(t.Context(), o.now)); err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(10 * time.Minute)
		o.task("more"+o.now.Format("1504"), "", "2026-11-27 09:00")
	}
	if got := o.said(); len(got[amys]) != 2 || len(got[bens]) != 2 {
		t.Errorf("texts %v, want the list and the digest to each, once", got)
	}
}

// A team is not texted on a holiday of its nation, and what it is told of the
// next working day passes over one.
func TestHolidaysAreThoseOfTheNation(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-27 16:30")
	o.worker("fen", "amy", amys)
	o.worker("glen", "ben", bens)
	for _, team := range o.digests.teams {
		o.put(func(tx casework.Tx) error {
			return casework.Tasks.Put(tx, &casework.Task{ID: "of " + string(team.ID), Team: team.ID, Kind: casework.TaskRing, DueAt: o.now})
		})
	}
	if err := o.digests.evening(t.Context(), o.now); err != nil {
		t.Fatal(err)
	}
	// Monday 30 November is St Andrew's Day.
	got := o.said()
	if !strings.Contains(got[amys][0], "Monday 30 November") || !strings.Contains(got[bens][0], "Tuesday 1 December") {
		t.Errorf("texts %v, want Monday in England and Tuesday in Scotland", got)
	}
	o.now = london(t, "2026-11-30 16:30")
	if err := o.digests.evening(t.Context(), o.now); err != nil {
		t.Fatal(err)
	}
	if got := o.said(); len(got[amys]) != 2 || len(got[bens]) != 1 {
		t.Errorf("texts %v, want one more in England alone", got)
	}
}

// What was missed overnight is made up for as far as it is of use: the list of
// this morning, and not the digest of last evening.
func TestANightWithoutPower(t *testing.T) {
	t.Parallel()
	o := busy(t, "2026-11-25 12:00")
	a := o.almanac()
	a.CatchUp(t.Context()) // an entry that was never seen begins here
	o.now = london(t, "2026-11-25 16:31")
	a.CatchUp(t.Context())
	if got := o.said(); len(got[amys]) != 1 {
		t.Fatalf("texts %v, want the digest of Wednesday", got)
	}
	a = o.almanac() // the power fails on Thursday at noon and is back on Friday
	o.now = london(t, "2026-11-27 09:10")
	for range 3 {
		a.CatchUp(t.Context())
		o.now = o.now.Add(10 * time.Minute)
	}
	got := o.said()[amys]
	if len(got) != 2 || !strings.HasPrefix(got[1], "linkline, Friday 27 November:") {
		t.Errorf("texts %q, want one more, the list of Friday", got)
	}
	o.now = london(t, "2026-11-27 16:30")
	a.CatchUp(t.Context())
	if got := o.said()[amys]; len(got) != 3 || !strings.Contains(got[2], "Monday 30 November") {
		t.Errorf("texts %q, want the digest of Friday", got)
	}
}

// A worker's phone shows nothing of anybody, whatever is in the records.
func TestNothingOfAnybodyIsTold(t *testing.T) {
	t.Parallel()
	o := busy(t, "2026-11-27 08:30")
	if err := errors.Join(o.digests.morning(t.Context(), o.now), o.digests.evening(t.Context(), o.now)); err != nil {
		t.Fatal(err)
	}
	for _, texts := range o.said() {
		for _, text := range texts {
			for _, word := range []string{"Maureen", "rent", "900456", "library", "REF-", "Amy", "Fen Wellbeing"} {
				if strings.Contains(text, word) {
					t.Errorf("%q tells %q", text, word)
				}
			}
			if n := flows.Count(text).Parts; n > 2 {
				t.Errorf("%q is %d parts long", text, n)
			}
		}
	}
}

// lame is a store that commits nothing of one team.
type lame struct {
	store.Store
	team casework.TeamID
}

func (l lame) Update(ctx context.Context, site casework.Site, team casework.TeamID, fn func(casework.Tx) error) error {
	if team == l.team {
		return store.ErrClosed
	}
	return l.Store.Update(ctx, site, team, fn)
}

// One team that cannot be told keeps nothing from another, and is told of, so
// that the run is made again.
func TestOneTeamKeepsNothingFromAnother(t *testing.T) {
	t.Parallel()
	o := busy(t, "2026-11-27 08:30")
	slices.Reverse(o.digests.teams)
	o.digests.store = lame{o.store, "glen"}
	err := o.digests.morning(t.Context(), o.now)
	if !errors.Is(err, store.ErrClosed) || !strings.Contains(err.Error(), "team glen") {
		t.Errorf("got %v, want to hear of the team", err)
	}
	if got := o.said(); len(got) != 2 || len(got[amys]) != 1 {
		t.Errorf("texts %v, want those of the other team", got)
	}
}

// Numbers keep within the room that the texts were measured with.
func TestCountKeepsWithinItsRoom(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "999", 123456: "999"} {
		if got := count("tasks", n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
	if got := count("alerts", 100); got != "99" {
		t.Errorf("a hundred alerts: got %s, want 99", got)
	}
}

// The whole service keeps the calendar: at half past eight a text leaves to the
// worker's phone, though somebody once texted STOP from it.
func TestServiceKeepsTheCalendar(t *testing.T) {
	t.Parallel()
	now := london(t, "2026-11-27 08:00")
	server := twiliotest.New(t, DemoAccount, "token-of-the-demo", func() time.Time { return now })
	s := newService(t, server.URL, &now)
	_, err := s.Users().Add(t.Context(), NewUser{Team: "demo", Login: "amy", Name: "Amy Reid", Role: casework.RoleLead, Phone: "07700 900501"})
	if err != nil {
		t.Fatal(err)
	}
	err = s.config.Store.Update(t.Context(), "test", "", func(tx casework.Tx) error {
		id := casework.NewConversationID(tx, "demo", casework.SMS, amys)
		return errors.Join(
			casework.ContactPoints.Put(tx, &casework.ContactPoint{ID: id, Team: "demo", Channel: casework.SMS, State: casework.ContactOptedOut}),
			casework.Tasks.Put(tx, &casework.Task{ID: "t", Team: "demo", Kind: casework.TaskRing, DueAt: now}))
	})
	if err != nil {
		t.Fatal(err)
	}
	s.calendar.CatchUp(t.Context())
	now = london(t, "2026-11-27 08:30")
	s.calendar.CatchUp(t.Context())
	if worked, err := s.delivery.Deliver(t.Context()); !worked || err != nil {
		t.Fatalf("Deliver = %t, %v, want work", worked, err)
	}
	sent := server.Messages()
	if len(sent) != 1 || sent[0].To != amys.Reveal() || !strings.Contains(sent[0].Body, "Tasks due: 1.") {
		t.Errorf("sent %+v, want the list to her", sent)
	}
}
