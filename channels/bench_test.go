package channels_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/storetest"
)

const (
	testTeam = casework.TeamID("oakfield")
	testConv = casework.ConversationID("conv")
)

// bench is a store with one conversation, a sender that does as it is told,
// and a clock that stands until it is moved.
type bench struct {
	t        *testing.T
	store    store.Store
	sender   *sender
	now      time.Time
	delivery *channels.Delivery
	written  func() string
	noted    []channels.Reaction
	planned  time.Time // when the last message was planned
}

func newBench(t *testing.T) *bench { return newBenchWith(t, nil) }

// newBenchWith lets a test change what the delivery is made of.
func newBenchWith(t *testing.T, change func(*channels.DeliveryConfig)) *bench {
	t.Helper()
	b := &bench{t: t, store: storetest.Memory(t), sender: &sender{}, now: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)}
	log, written := channeltest.Log(t)
	b.written = written
	config := channels.DeliveryConfig{
		Store:   b.store,
		Senders: map[channels.Route]channels.Sender{{Team: testTeam, Channel: casework.SMS}: b.sender},
		Now:     func() time.Time { return b.now },
		Random:  rand.NewChaCha8([32]byte{7}),
		Log:     log,
		Noted:   func(_ casework.TeamID, what channels.Reaction) { b.noted = append(b.noted, what) },
	}
	if change != nil {
		change(&config)
	}
	b.delivery = channels.NewDelivery(config)
	b.update(func(tx casework.Tx) error {
		if err := casework.Conversations.Put(tx, &casework.Conversation{
			ID: testConv, Team: testTeam, Channel: casework.SMS, DataKey: "key", Case: "case",
			Address: casework.Private(channeltest.Canaries[0]),
		}); err != nil {
			return err
		}
		return casework.ContactPoints.Put(tx, &casework.ContactPoint{
			ID: testConv, Team: testTeam, Channel: casework.SMS, State: casework.ContactActive, Safe: casework.SafeYes,
		})
	})
	return b
}

// sender answers with what stands next in its script, and takes everything
// after that.
type sender struct {
	mu     sync.Mutex
	sent   []channels.Outgoing
	script []error
	during func(channels.Outgoing) // runs while the call is under way
}

func (s *sender) Send(_ context.Context, out channels.Outgoing) (channels.Sent, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = append(s.sent, out)
	if s.during != nil {
		s.during(out)
	}
	var err error
	if len(s.script) > 0 {
		err, s.script = s.script[0], s.script[1:]
	}
	if err != nil {
		return channels.Sent{}, err
	}
	return channels.Sent{ProviderID: "SM1", Carrier: channels.CarrierQueued}, nil
}

func (b *bench) update(fn func(casework.Tx) error) {
	b.t.Helper()
	if err := b.store.Update(b.t.Context(), "test", "", fn); err != nil {
		b.t.Fatal(err)
	}
}

// plan writes a message that a worker wrote, changed as the test likes.
func (b *bench) plan(id string, change func(*casework.Message)) {
	b.t.Helper()
	b.planned = b.now
	m := &casework.Message{
		ID: id, Conversation: testConv, Team: testTeam, DataKey: "key", Case: "case",
		Way: casework.Out, By: "worker", At: b.now, Text: "canary words",
		Delivery: &casework.Delivery{
			State: casework.Planned, Class: casework.ClassWorker, To: casework.Private(channeltest.Canaries[0]),
			NotBefore: b.now, NotAfter: b.now.Add(24 * time.Hour),
		},
	}
	if change != nil {
		change(m)
	}
	b.update(func(tx casework.Tx) error { return casework.Messages.Put(tx, m) })
}

func class(c casework.DeliveryClass) func(*casework.Message) {
	return func(m *casework.Message) { m.Delivery.Class = c }
}

// deliver takes one step and fails unless it found as much work as expected.
func (b *bench) deliver(want bool) {
	b.t.Helper()
	worked, err := b.delivery.Deliver(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	if worked != want {
		b.t.Fatalf("Deliver found work: %t, want %t", worked, want)
	}
}

func (b *bench) view(fn func(casework.Tx) error) {
	b.t.Helper()
	if err := b.store.View(b.t.Context(), "", fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) message(id string) *casework.Delivery {
	b.t.Helper()
	var m *casework.Message
	b.view(func(tx casework.Tx) (err error) {
		m, err = casework.Messages.Get(tx, casework.MessageKey(testConv, id))
		return err
	})
	return m.Delivery
}

func (b *bench) task(id string) (task *casework.Task) {
	b.t.Helper()
	b.view(func(tx casework.Tx) (err error) {
		task, err = casework.Tasks.Find(tx, id)
		return err
	})
	return task
}

func (b *bench) contact() (cp *casework.ContactPoint) {
	b.t.Helper()
	b.view(func(tx casework.Tx) (err error) {
		cp, err = casework.ContactPoints.Get(tx, casework.ContactPointKey(testConv))
		return err
	})
	return cp
}

func (b *bench) changeContact(change func(*casework.ContactPoint)) {
	b.t.Helper()
	b.update(func(tx casework.Tx) error {
		cp, err := casework.ContactPoints.Get(tx, casework.ContactPointKey(testConv))
		if err != nil {
			return err
		}
		change(cp)
		return casework.ContactPoints.Put(tx, cp)
	})
}

// is fails unless a message is in a state and as many were sent in all.
func (b *bench) is(id string, state casework.DeliveryState, sent int) {
	b.t.Helper()
	if got := b.message(id).State; got != state {
		b.t.Errorf("message is %s, want %s", got, state)
	}
	if got := len(b.sender.sent); got != sent {
		b.t.Errorf("%d messages sent, want %d", got, sent)
	}
}
