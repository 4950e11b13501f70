package channels_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
)

// rated bounds the team's sender.
func rated(perSecond float64) func(*channels.DeliveryConfig) {
	return func(c *channels.DeliveryConfig) {
		c.Rates = map[channels.Route]float64{{Team: testTeam, Channel: casework.SMS}: perSecond}
	}
}

// tick lets a loop do what it finds, once a second for so long.
func (b *bench) tick(seconds int) {
	b.t.Helper()
	for range seconds {
		for {
			worked, err := b.delivery.Deliver(b.t.Context())
			if err != nil {
				b.t.Fatal(err)
			}
			if !worked {
				break
			}
		}
		b.now = b.now.Add(time.Second)
	}
}

// order is the order in which messages were sent.
func (b *bench) order() (ids []string) {
	for _, out := range b.sender.sent {
		ids = append(ids, strings.TrimPrefix(out.Message, string(testConv)+"/"))
	}
	return ids
}

// A sender sends as many a second as it bears, in order; what waits costs no
// commit, and what is too late by then becomes a task.
func TestRateDrainsInOrder(t *testing.T) {
	t.Parallel()
	for _, rate := range []int{1, 10} {
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			t.Parallel()
			b := newBenchWith(t, rated(float64(rate)))
			const n = 200
			began, end := b.now, b.now.Add(60*time.Second)
			for i := range n {
				b.plan(fmt.Sprintf("%03d", i), func(m *casework.Message) {
					m.Delivery.Class, m.Delivery.NotBefore, m.Delivery.NotAfter = casework.ClassReminder, began, end
				})
			}
			b.tick(62)
			if sent, want := len(b.sender.sent), min(n, 60*rate+rate+1); sent > want || sent < want-2*rate {
				t.Errorf("%d sent in a minute at %d a second, want about %d", sent, rate, want)
			}
			if !slices.IsSorted(b.order()) {
				t.Errorf("sent in the order %v", b.order())
			}
			for i := range n {
				id := fmt.Sprintf("%03d", i)
				sent := i < len(b.sender.sent)
				if state := b.message(id).State; (state == casework.Accepted) != sent || !sent && state != casework.Suppressed {
					t.Errorf("message %s is %s, sent: %t", id, state, sent)
				}
				if told := b.task(id) != nil; told == sent {
					t.Errorf("message %s: sent %t, somebody told %t", id, sent, told)
				}
			}
		})
	}
}

// A message that finds no token is left as it is: a thousand of them do not
// make a thousand commits a second.
func TestWaitingForATokenWritesNothing(t *testing.T) {
	t.Parallel()
	b := newBenchWith(t, rated(1))
	for i := range 5 {
		b.plan(fmt.Sprintf("%02d", i), class(casework.ClassNotice))
	}
	b.deliver(true)
	b.deliver(true) // a second at rest lets one more go
	before := *b.message("04")
	b.deliver(false)
	b.now = b.now.Add(999 * time.Millisecond)
	b.deliver(false)
	if got := *b.message("04"); got != before {
		t.Errorf("a waiting message was written: %+v, want %+v", got, before)
	}
	b.now = b.now.Add(time.Millisecond)
	b.deliver(true)
	b.is("02", casework.Accepted, 3)
}

// Carriers count parts: a text of three takes the place of three.
func TestRateCountsParts(t *testing.T) {
	t.Parallel()
	b := newBenchWith(t, rated(1))
	b.plan("01", func(m *casework.Message) { m.Text = casework.Private(strings.Repeat("x", 400)) })
	b.plan("02", nil)
	b.deliver(true)
	for range 2 {
		b.deliver(false)
		b.now = b.now.Add(time.Second)
	}
	b.deliver(true)
	b.is("02", casework.Accepted, 2)
}

// What cannot wait goes first and does not ask whether there is room; what a
// person wrote goes before what nobody wrote.
func TestLanes(t *testing.T) {
	t.Parallel()
	b := newBenchWith(t, rated(1))
	for i, c := range []casework.DeliveryClass{
		casework.ClassNotice, casework.ClassReminder, casework.ClassWorker, casework.ClassSafety, casework.ClassDuty, casework.ClassStaff,
	} {
		b.plan(fmt.Sprintf("%d", i), func(m *casework.Message) {
			m.Delivery.Class = c
			m.Delivery.NotBefore = b.now.Add(time.Duration(i-10) * time.Second)
		})
	}
	b.deliver(true)
	b.deliver(true)
	if got, want := b.order(), []string{"3", "4"}; !slices.Equal(got, want) {
		t.Fatalf("sent first: %v, want %v", got, want)
	}
	b.tick(10)
	if got, want := b.order(), []string{"3", "4", "2", "0", "1", "5"}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// A team whose sender rests does not keep another team's texts back.
func TestTeamsDoNotWaitForOneAnother(t *testing.T) {
	t.Parallel()
	b := newBenchWith(t, func(c *channels.DeliveryConfig) {
		rated(1)(c)
		c.Senders[channels.Route{Team: "elm", Channel: casework.SMS}] = c.Senders[channels.Route{Team: testTeam, Channel: casework.SMS}]
	})
	b.update(func(tx casework.Tx) error {
		return casework.Conversations.Put(tx, &casework.Conversation{ID: "other", Team: "elm", Channel: casework.SMS, DataKey: "key2"})
	})
	for i := range 20 {
		b.plan(fmt.Sprintf("%02d", i), class(casework.ClassNotice))
	}
	b.plan("elm", func(m *casework.Message) {
		m.Team, m.Conversation, m.DataKey = "elm", "other", "key2"
		m.Delivery.Class, m.Delivery.NotBefore = casework.ClassNotice, b.now
	})
	b.tick(1)
	if got := len(b.sender.sent); got != 3 {
		t.Errorf("%d sent, want two of one team and one of the other", got)
	}
	if !slices.ContainsFunc(b.sender.sent, func(o channels.Outgoing) bool { return o.Message == "other/elm" }) {
		t.Error("the other team's text waits")
	}
}

// While the provider refuses our account, the other messages of that way do
// not knock at its door. Then one is tried, and the rest when it was taken.
func TestConfigOpensTheCircuit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	refused := &channels.SendError{Outcome: channels.Config, Code: 20003, Reaction: channels.OurAccount}
	b.sender.script = []error{refused, refused}
	for _, id := range []string{"01", "02", "03"} {
		b.plan(id, nil)
	}
	b.deliver(true)
	b.deliver(false)
	b.now = b.now.Add(time.Minute - time.Second)
	b.deliver(false)
	b.now = b.now.Add(time.Second)
	b.sender.during = func(channels.Outgoing) { b.deliver(false) } // half-open: one at a time
	b.deliver(true)
	b.now = b.now.Add(2*time.Minute - time.Second) // refused again: it waits twice as long
	b.deliver(false)
	if got := len(b.sender.sent); got != 2 {
		t.Errorf("%d calls while the account is refused, want 2", got)
	}
	b.now = b.now.Add(time.Second)
	b.deliver(true)
	b.sender.during = nil
	b.deliver(true)
	b.deliver(true)
	for _, id := range []string{"01", "02", "03"} {
		b.is(id, casework.Accepted, 5)
	}
	if !strings.Contains(b.written(), "nothing leaves this way for now") {
		t.Error("no operator is told")
	}
}

// Three calls in a row of which nothing came open the circuit too; one that is
// answered between them does not.
func TestFailuresOpenTheCircuit(t *testing.T) {
	t.Parallel()
	lost := &channels.SendError{Outcome: channels.Unknown}
	away := &channels.SendError{Outcome: channels.NotSent}
	cases := map[string]struct {
		script []error
		calls  int
	}{
		"three unknown":     {[]error{lost, lost, lost}, 3},
		"never got through": {[]error{away, lost, away}, 3},
		"one was answered":  {[]error{lost, lost, nil, lost, lost}, 6},
		"one was refused":   {[]error{lost, lost, &channels.SendError{Outcome: channels.Rejected}, lost, lost}, 6},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			for i := range 6 {
				b.plan(fmt.Sprintf("%02d", i), nil)
			}
			b.sender.script = c.script
			for range 6 {
				if _, err := b.delivery.Deliver(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if got := len(b.sender.sent); got != c.calls {
				t.Errorf("%d calls, want %d", got, c.calls)
			}
		})
	}
}

// A cry for help is not kept back by a circuit that others have opened, nor by
// a provider that asked others to wait.
func TestUrgentTriesAllTheSame(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]*channels.SendError{
		"circuit":   {Outcome: channels.Config},
		"throttled": {Outcome: channels.Throttled, RetryAfter: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", nil)
			b.sender.script = []error{err}
			b.deliver(true)
			b.plan("02", nil)
			b.deliver(false)
			b.plan("03", class(casework.ClassSafety))
			b.deliver(true)
			b.is("03", casework.Accepted, 2)
		})
	}
}

// What is too late is said at once, even where nothing leaves.
func TestTooLateWhileTheWayRests(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.sender.script = []error{&channels.SendError{Outcome: channels.Throttled, RetryAfter: time.Hour}}
	b.deliver(true)
	b.plan("02", func(m *casework.Message) { m.Delivery.NotAfter = b.now.Add(time.Minute) })
	b.deliver(false)
	b.now = b.now.Add(2 * time.Minute)
	b.deliver(true)
	b.is("02", casework.Suppressed, 1)
}

// However many messages wait for a sender, finding that none may leave costs the
// same, and so does sending the next.
func TestWaitingMessagesCostNothing(t *testing.T) {
	const few, many = 10, 2000
	idle, busy := map[int]float64{}, map[int]float64{}
	for _, n := range []int{few, many} {
		b := newBenchWith(t, rated(1))
		for i := range n {
			b.plan(fmt.Sprintf("%04d", i), class(casework.ClassReminder))
		}
		b.deliver(true)
		b.deliver(true)
		idle[n] = testing.AllocsPerRun(5, func() { b.deliver(false) })
		busy[n] = testing.AllocsPerRun(3, func() { b.now = b.now.Add(time.Second); b.deliver(true) })
	}
	if idle[many] > 1.5*idle[few] {
		t.Errorf("with %d waiting an idle step allocates %.0f times, with %d %.0f", many, idle[many], few, idle[few])
	}
	if busy[many] > 1.5*busy[few] {
		t.Errorf("with %d waiting a message allocates %.0f times, with %d %.0f", many, busy[many], few, busy[few])
	}
}
