package channels_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/storetest"
)

// shown is what the provider has of one attempt; it is the provider's own book,
// and ours is held against it.
type shown struct {
	channels.Listed
	attempt int
	message string
	lost    bool // the carrier did not bring it to the phone
}

// carrier is a provider with a will of its own: it takes texts or not, answers
// or not, loses them, reports late, twice or never, and lists with a lag.
type carrier struct {
	random *rand.Rand
	now    time.Time
	book   []shown
	calls  []channels.Outgoing
	called []time.Time
	due    []dueReport
}

type dueReport struct {
	at time.Time
	channels.Report
}

// listLag is how long a text takes to show in the list, at most.
const listLag = time.Minute

func (c *carrier) chance(percent int) bool { return c.random.IntN(100) < percent }

// Send takes a text, or something goes wrong.
func (c *carrier) Send(_ context.Context, out channels.Outgoing) (channels.Sent, error) {
	c.calls, c.called = append(c.calls, out), append(c.called, c.now)
	switch dice := c.random.IntN(100); {
	case dice < 4:
		panic(errCrash)
	case dice < 8:
		return channels.Sent{}, &channels.SendError{Outcome: channels.Unknown} // not taken
	case dice < 12:
		return channels.Sent{}, &channels.SendError{Outcome: channels.Throttled, RetryAfter: time.Duration(c.random.IntN(900)) * time.Second}
	case dice < 16:
		return channels.Sent{}, &channels.SendError{Outcome: channels.NotSent}
	case dice < 18:
		return channels.Sent{}, &channels.SendError{Outcome: channels.Config, Reaction: channels.OurAccount}
	case dice < 22:
		return channels.Sent{}, &channels.SendError{Outcome: channels.Rejected, Reaction: c.reaction()}
	}
	id := c.take(out)
	if c.chance(10) {
		panic(errCrash) // taken, and we die before we know
	}
	if c.chance(10) {
		return channels.Sent{}, errors.New("connection reset")
	}
	return channels.Sent{ProviderID: id, Carrier: channels.CarrierQueued}, nil
}

func (c *carrier) reaction() channels.Reaction {
	all := channels.Reactions()
	return all[c.random.IntN(len(all))]
}

// take writes a text into the book, and what will be reported of it.
func (c *carrier) take(out channels.Outgoing) (id string) {
	id = fmt.Sprintf("SM%04d", len(c.book))
	s := shown{
		Listed:  channels.Listed{ProviderID: id, To: out.To, Text: out.Text, CreatedAt: c.now, Carrier: channels.CarrierDelivered},
		attempt: out.Attempt, message: out.Message, lost: c.chance(15),
	}
	if s.lost {
		s.Carrier, s.Reaction = channels.CarrierUndelivered, c.reaction()
	}
	c.book = append(c.book, s)
	for _, word := range []string{channels.CarrierSent, s.Carrier, s.Carrier} {
		if c.chance(60) {
			r := channels.Report{Team: testTeam, Message: out.Message, Attempt: out.Attempt, ProviderID: id, Carrier: word}
			if word == channels.CarrierUndelivered {
				r.Reaction = s.Reaction
			}
			c.due = append(c.due, dueReport{c.now.Add(time.Duration(c.random.IntN(5400)) * time.Second), r})
		}
	}
	return id
}

// Sent lists what the list shows by now, if it can be read.
func (c *carrier) Sent(context.Context, casework.Private, time.Time) (out []channels.Listed, err error) {
	if c.chance(10) {
		return nil, errors.New("no list now")
	}
	for _, s := range c.book {
		if c.now.Sub(s.CreatedAt) >= listLag {
			out = append(out, s.Listed)
		}
	}
	return out, nil
}

// Status shows one text.
func (c *carrier) Status(ctx context.Context, id string) (channels.Listed, error) {
	list, err := c.Sent(ctx, "", time.Time{})
	for _, l := range list {
		if l.ProviderID == id {
			return l, nil
		}
	}
	return channels.Listed{}, err
}

// fate is one run of everything against the carrier.
type fate struct {
	*carrier
	t        *testing.T
	store    store.Store
	delivery *channels.Delivery
	stopped  map[casework.ConversationID]time.Time
}

// begin starts a process: it knows nothing but what is in the store.
func (f *fate) begin() {
	route := channels.Route{Team: testTeam, Channel: casework.SMS}
	f.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: f.store, Senders: map[channels.Route]channels.Sender{route: f.carrier},
		Listers: map[channels.Route]channels.Lister{route: f.carrier}, Rates: map[channels.Route]float64{route: 1},
		Now: func() time.Time { return f.now }, Random: rand.NewChaCha8([32]byte{3}), Log: slog.New(slog.DiscardHandler),
	})
}

func (f *fate) update(fn func(casework.Tx) error) {
	f.t.Helper()
	if err := f.store.Update(f.t.Context(), "test", "", fn); err != nil {
		f.t.Fatal(err)
	}
}

// plan writes the conversations, and messages over a day.
func (f *fate) plan(talks, messages int) {
	classes := []casework.DeliveryClass{casework.ClassWorker, casework.ClassNotice, casework.ClassReminder, casework.ClassReminder, casework.ClassSafety}
	f.update(func(tx casework.Tx) error {
		for i := range talks {
			id := casework.ConversationID(fmt.Sprintf("conv%02d", i))
			err := errors.Join(
				casework.Conversations.Put(tx, &casework.Conversation{ID: id, Team: testTeam, Channel: casework.SMS, DataKey: "key"}),
				casework.ContactPoints.Put(tx, &casework.ContactPoint{ID: id, Team: testTeam, Channel: casework.SMS, State: casework.ContactActive}))
			if err != nil {
				return err
			}
		}
		for i := range messages {
			at := f.now.Add(time.Duration(f.random.IntN(24*3600)) * time.Second)
			err := casework.Messages.Put(tx, &casework.Message{
				ID: fmt.Sprintf("%03d", i), Conversation: casework.ConversationID(fmt.Sprintf("conv%02d", i%talks)), Team: testTeam, DataKey: "key",
				Way: casework.Out, By: casework.ByService, At: f.now, Text: casework.Private(fmt.Sprintf("text %d", i%(messages/2))),
				Delivery: &casework.Delivery{
					State: casework.Planned, Class: classes[f.random.IntN(len(classes))], To: casework.Private(fmt.Sprintf("+4477009001%02d", i%talks)),
					NotBefore: at, NotAfter: at.Add(time.Duration(1+f.random.IntN(12)) * time.Hour),
				},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// stops has somebody text STOP.
func (f *fate) stops(id casework.ConversationID) {
	f.stopped[id] = f.now
	f.update(func(tx casework.Tx) error {
		cp, err := casework.ContactPoints.Get(tx, casework.ContactPointKey(id))
		if err != nil {
			return err
		}
		cp.State, cp.StateAt = casework.ContactOptedOut, f.now
		return casework.ContactPoints.Put(tx, cp)
	})
}

// turn lets each loop work until it finds nothing, and brings what is reported
// by now. A process that dies is followed by another.
func (f *fate) turn() {
	f.t.Helper()
	ctx := f.t.Context()
	steps := []func() (bool, error){
		func() (bool, error) { return f.delivery.Deliver(ctx) },
		func() (bool, error) { n, err := f.delivery.Sweep(ctx); return n > 0, err },
		func() (bool, error) { return f.delivery.Settle(ctx) },
	}
	for _, step := range steps {
		for range 50 {
			worked, err := f.survive(step)
			if err != nil {
				f.t.Fatal(err)
			}
			if !worked {
				break
			}
		}
	}
	var later []dueReport
	for _, r := range f.due {
		if r.at.After(f.now) {
			later = append(later, r)
		} else if err := f.delivery.Report(ctx, r.Report); err != nil {
			f.t.Fatal(err)
		}
	}
	f.due = later
}

func (f *fate) survive(step func() (bool, error)) (worked bool, err error) {
	defer func() {
		switch r := recover(); r {
		case nil:
		case errCrash:
			f.begin()
			worked = true
		default:
			panic(r)
		}
	}()
	return step()
}

// Whatever happens on the way, crashes included: every message comes to an end;
// none that may only be shown once is shown twice; of what was not shown
// somebody hears; what we say of it is so; and after a STOP nothing leaves (I1,
// I4, I5, I23, I31).
func TestFate(t *testing.T) {
	t.Parallel()
	seeds := 40
	if testing.Short() {
		seeds = 8
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(uint64(seed), 1))
			f := &fate{
				carrier: &carrier{random: random, now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)},
				t:       t, store: storetest.Memory(t), stopped: map[casework.ConversationID]time.Time{},
			}
			f.begin()
			f.plan(6, 40)
			for i := range 40 * 60 { // forty hours, most of them in minutes
				f.now = f.now.Add(time.Duration(20+random.IntN(80)) * time.Second)
				if i == 300+random.IntN(20) {
					f.stops("conv01")
				}
				if i == 600 {
					f.now = f.now.Add(5 * time.Hour) // everything stands still
				}
				f.turn()
			}
			f.judge()
		})
	}
}

// judge holds the records against the carrier's book.
func (f *fate) judge() {
	f.t.Helper()
	arrived := map[string]int{}
	for _, s := range f.book {
		if !s.lost {
			arrived[s.message]++
		}
	}
	for i, out := range f.calls {
		id := casework.ConversationID(out.Message[:len("conv00")])
		if at, ok := f.stopped[id]; ok && f.called[i].After(at) && !f.urgent(out.Message) {
			f.t.Errorf("%s was sent after the STOP", out.Message)
		}
	}
	err := f.store.View(f.t.Context(), "", func(tx casework.Tx) error {
		messages, _, err := casework.Messages.Range(tx, casework.Span{Limit: 1000})
		for _, m := range messages {
			task, err := casework.Tasks.Find(tx, m.ID)
			if err != nil {
				return err
			}
			f.judgeOne(m, arrived[casework.MessageKey(m.Conversation, m.ID)], task != nil)
		}
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fate) judgeOne(m *casework.Message, n int, told bool) {
	f.t.Helper()
	d := m.Delivery
	about := fmt.Sprintf("%s (%s, %s %s %s, attempt %d)", m.ID, d.Class, d.State, d.Carrier, d.Reason, d.Attempt)
	wished := d.Class.Automatic() && d.Reason == casework.ReasonOptedOut
	switch {
	case d.State == casework.Planned || d.State == casework.Attempting:
		f.t.Errorf("%s has come to no end", about)
	case n > 1 && d.Class != casework.ClassSafety:
		f.t.Errorf("%s was shown %d times", about, n)
	case n == 0 && !told && !wished:
		f.t.Errorf("%s was never shown, and nobody is told", about)
	case n == 0 && d.Carrier == channels.CarrierDelivered:
		f.t.Errorf("%s was never shown", about)
	case n == 1 && d.State == casework.Suppressed && !told && !wished:
		f.t.Errorf("%s was shown", about)
	}
}

func (f *fate) urgent(key string) (urgent bool) {
	f.t.Helper()
	err := f.store.View(f.t.Context(), "", func(tx casework.Tx) error {
		m, err := casework.Messages.Get(tx, key)
		urgent = err == nil && m.Delivery.Class == casework.ClassSafety
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return urgent
}
