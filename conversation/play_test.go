package conversation_test

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
	"linkline/scheduler"
	"linkline/store"
	"linkline/store/storetest"
)

// phone is the number that the tests text from.
const phone = casework.Private("+447700900123")

// play is one conversation with the real engine, store layer and renderer, on a
// clock of its own.
type play struct {
	engine  *conversation.Engine
	store   store.Store
	library *flows.Library
	team    *conversation.Team
	clock   *clock
	texts   int
	replies []string
	effects []string
	// delivery carries what is planned to the phone; stamps is set while time
	// passes, so that what comes by itself says when.
	delivery *channels.Delivery
	jobs     *scheduler.Runner
	stamps   bool
	want     conversation.Planner // nil plans nothing
	refuse   *channels.SendError  // what the provider says of each text
	last     channels.Outgoing    // the text that was handed over last
	others   []string             // the other numbers that were texted, in order
}

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Now is the moment the clock shows; each look moves it on by a millisecond, as
// no two texts arrive at once.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

func newPlay(t testing.TB, lib *flows.Library, at time.Time) *play {
	t.Helper()
	p := &play{store: storetest.Memory(t), library: lib, team: demoTeam(t), clock: &clock{now: at}}
	scanner, err := sharedScanner()
	if err != nil {
		t.Fatal(err)
	}
	p.engine, err = conversation.New(conversation.Config{
		Store: p.store, Library: lib, Scanner: scanner, Teams: []*conversation.Team{p.team},
		Render: channels.Render, Plan: p.plans, Now: p.clock.Now, Random: seeded(1), DeskURL: "http://127.0.0.1:8080",
	})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	p.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: p.store, Senders: map[channels.Route]channels.Sender{{Team: "demo", Channel: casework.SMS}: p},
		Gate: p.engine, Zone: p.team.Calendar.Location(), Now: p.clock.Now, Random: seeded(2), Log: log,
	})
	p.jobs = &scheduler.Runner{Store: p.store, Waker: p.engine, Now: p.clock.Now, Log: log}
	p.hire(t)
	return p
}

// sharedScanner is read once: it does not change, and there are hundreds of
// plays.
var sharedScanner = sync.OnceValues(safety.New)

// plans are the shipped rules, each text at the moment its rule names, where the
// script wants them.
func (p *play) plans(o conversation.Outlook) []casework.Wanted {
	if p.want == nil {
		return nil
	}
	return p.want(o)
}

// planAsShipped lets what the shipped rules plan happen.
func (p *play) planAsShipped(t testing.TB) {
	t.Helper()
	plans, err := shippedPlans()
	if err != nil {
		t.Fatal(err)
	}
	p.want = plans.Exactly().Want
}

var shippedPlans = sync.OnceValues(scheduler.ShippedPlans)

// seeded is a reader of bytes that are the same in every run.
func seeded(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

func demoTeam(t testing.TB) *conversation.Team {
	t.Helper()
	c, err := calendar.New(calendar.England, calendar.Hours{
		Open: "09:00", Close: "17:00",
		Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &conversation.Team{
		ID: "demo", Name: "Fen Wellbeing", Nation: calendar.England, Calendar: c, Phone: "01632 960001",
		LocalLine: "01632 960002", PrivacyURL: "https://example.org/privacy", Languages: []string{"en"},
		Duty: []casework.Private{"+447700900001"}, Demo: true,
	}
}

// hire adds the worker who picks cases up.
func (p *play) hire(t testing.TB) {
	t.Helper()
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		return casework.Users.Put(tx, &casework.User{
			ID: "amy", Team: "demo", Login: "amy", Name: "Amy Reid", Role: casework.RoleLinkWorker,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

var amy = conversation.Actor{Team: "demo", User: "amy"}

// text sends a text as the person and keeps the reply.
func (p *play) text(t testing.TB, l *flows.ScriptLine) {
	t.Helper()
	p.texts++
	in := conversation.Inbound{
		Team: "demo", Channel: casework.SMS, From: phone, ID: fmt.Sprintf("SM%032d", p.texts),
		Text: casework.Private(l.Text),
	}
	if l.Media != "" {
		in.Media = 1
	}
	reply, err := p.engine.Receive(t.Context(), in)
	if err != nil {
		t.Fatalf("line %d: %v", l.Line, err)
	}
	if reply.Text != "" {
		p.replies = append(p.replies, reply.Text)
	}
}

// records are the conversation and the case of the phone, nil where there is
// none.
func (p *play) records(t testing.TB) (c *casework.Conversation, k *casework.Case) {
	t.Helper()
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		id := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		if c, err = casework.Conversations.Find(tx, string(id)); err != nil || c == nil || c.Case == "" {
			return err
		}
		k, err = casework.Cases.Find(tx, string(c.Case))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, k
}

// work is a worker's act: "pick up", "pick up 2026-03-05 14:30", "reply ...",
// "note ...", "give back", "close reason", "invite Maureen from the surgery", and
// those of follow.
func (p *play) work(t testing.TB, l *flows.ScriptLine) {
	t.Helper()
	if name, ok := strings.CutPrefix(l.Text, "invite "); ok {
		p.invite(t, name)
		return
	}
	_, k := p.records(t)
	if k == nil {
		t.Fatalf("line %d: there is no case to work on", l.Line)
	}
	err := p.deed(t, k.ID, l.Text)
	if err != nil {
		t.Fatalf("line %d: %v", l.Line, err)
	}
	p.deliver(t)
}

func (p *play) deed(t testing.TB, id casework.CaseID, act string) error {
	ctx := t.Context()
	p.texts++
	writing := func(s string) conversation.Writing {
		return conversation.Writing{Text: casework.Private(s), Once: fmt.Sprint("form", p.texts)}
	}
	switch {
	case strings.HasPrefix(act, "pick up "):
		day, at, _ := strings.Cut(strings.TrimPrefix(act, "pick up "), " ")
		on, err := calendar.ParseDate(day)
		if err != nil {
			return err
		}
		return p.engine.PickUp(ctx, amy, id, conversation.Meeting{On: on, At: at})
	case act == "pick up":
		return p.engine.PickUp(ctx, amy, id, conversation.Meeting{})
	case strings.HasPrefix(act, "reply "):
		return p.engine.Answer(ctx, amy, id, writing(strings.TrimPrefix(act, "reply ")))
	case strings.HasPrefix(act, "note "):
		return p.engine.AddNote(ctx, amy, id, writing(strings.TrimPrefix(act, "note ")))
	case act == "give back":
		return p.engine.GiveBack(ctx, amy, id)
	case strings.HasPrefix(act, "close "):
		return p.engine.Close(ctx, amy, id, conversation.Closing{Reason: strings.TrimPrefix(act, "close ")})
	}
	return p.follow(t, id, act)
}
