package channels_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
)

// hand does something to a message.
func (b *bench) hand(do func(d *channels.Delivery, h channels.Hand) error, id string) error {
	return do(b.delivery, channels.Hand{Message: "conv/" + id, By: "operator", Why: "outage"})
}

func (b *bench) hold(id string) error {
	return b.hand(func(d *channels.Delivery, h channels.Hand) error { return d.Hold(b.t.Context(), h) }, id)
}

func (b *bench) release(id string) error {
	return b.hand(func(d *channels.Delivery, h channels.Hand) error { return d.Release(b.t.Context(), h) }, id)
}

func (b *bench) retry(id string) error {
	return b.hand(func(d *channels.Delivery, h channels.Hand) error { return d.Retry(b.t.Context(), h) }, id)
}

// must fails the test on an error.
func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// What is held does not leave, and leaves when it is released, or is told when
// it is too late by then. Each is written down with its author, once.
func TestHoldAndRelease(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		after time.Duration
		state casework.DeliveryState
		sent  int
	}{
		"in time":  {time.Hour, casework.Accepted, 1},
		"too late": {25 * time.Hour, casework.Suppressed, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", nil)
			b.must(b.hold("01"))
			b.must(b.hold("01"))
			b.deliver(false)
			b.now = b.now.Add(c.after)
			b.deliver(false)
			b.must(b.release("01"))
			b.must(b.release("01"))
			b.deliver(true)
			b.is("01", c.state, c.sent)
			if n := b.audits(); n != 2 {
				t.Errorf("%d entries in the audit, want 2", n)
			}
		})
	}
}

// A message that was let go once takes its question with it when it is held.
func TestHoldClosesTheQuestion(t *testing.T) {
	t.Parallel()
	b := newBenchWith(t, gated(&gate{}))
	b.plan("01", class(casework.ClassNotice))
	b.sender.script = []error{&channels.SendError{Outcome: channels.Throttled}}
	b.deliver(true)
	b.must(b.hold("01"))
	if b.asks() {
		t.Error("the question of a text that is held back is open")
	}
}

// Retry really sends: under the same id, as the next attempt, whatever the end
// was, though its time had passed.
func TestRetry(t *testing.T) {
	t.Parallel()
	cases := map[string]func(b *bench){
		"refused": func(b *bench) {
			b.sender.script = []error{&channels.SendError{Outcome: channels.Rejected, Code: 21612, Reaction: channels.Unrouted}}
			b.deliver(true)
		},
		"suppressed": func(b *bench) {
			b.now = b.now.Add(25 * time.Hour)
			b.deliver(true)
		},
		"unknown": func(b *bench) { b.loses() },
		"lost": func(b *bench) {
			b.deliver(true)
			b.report(channels.Report{Carrier: "undelivered", Code: 30004, Reaction: channels.Objected})
		},
	}
	for name, fails := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", nil)
			fails(b)
			before, sent := *b.message("01"), len(b.sender.sent)
			if b.task("01") == nil {
				t.Error("nobody was told")
			}
			b.must(b.retry("01"))
			b.deliver(true)
			b.is("01", casework.Accepted, sent+1)
			d := b.message("01")
			if d.Attempt != before.Attempt+1 || d.Code != 0 || d.Reason != "" || d.Carrier != "queued" {
				t.Errorf("attempt %d, code %d (%s), carrier %q", d.Attempt, d.Code, d.Reason, d.Carrier)
			}
			if err := b.retry("01"); !errors.Is(err, casework.ErrNotAllowed) {
				t.Errorf("what the provider has is sent again: %v", err)
			}
		})
	}
}

// A retry that fails is told again, though somebody had seen to the first.
func TestRetryThatFailsIsToldAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	refused := &channels.SendError{Outcome: channels.Rejected}
	b.sender.script = []error{refused, refused}
	b.deliver(true)
	b.update(func(tx casework.Tx) error {
		task, err := casework.Tasks.Get(tx, "01")
		if err != nil {
			return err
		}
		task.DoneAt, task.DoneBy = b.now, "amy"
		return casework.Tasks.Put(tx, task)
	})
	b.now = b.now.Add(time.Minute)
	b.must(b.retry("01"))
	b.deliver(true)
	if task := b.task("01"); !task.DoneAt.IsZero() || !task.DueAt.Equal(b.now) {
		t.Errorf("the task is done at %s, due at %s", task.DoneAt, task.DueAt)
	}
}

// STOP outranks an operator.
func TestRetryAfterAStop(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.loses()
	b.changeContact(func(cp *casework.ContactPoint) { cp.State = casework.ContactOptedOut })
	b.must(b.retry("01"))
	b.deliver(true)
	b.is("01", casework.Suppressed, 1)
}

// An answer goes to the number of its conversation, where we may keep one.
func TestRetryOfAnAnswer(t *testing.T) {
	t.Parallel()
	for _, known := range []bool{true, false} {
		t.Run(fmt.Sprint(known), func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if !known {
				b.talk(func(c *casework.Conversation) { c.Address = "" })
			}
			b.plan("01", answered)
			b.report(channels.Report{Carrier: "undelivered", Code: 30008, Reaction: channels.Unclear})
			err := b.retry("01")
			if !known {
				if !errors.Is(err, casework.ErrNotAllowed) {
					t.Errorf("err = %v, want %v", err, casework.ErrNotAllowed)
				}
				return
			}
			b.must(err)
			b.deliver(true)
			b.is("01", casework.Accepted, 1)
			if got := b.sender.sent[0].To.Reveal(); got != channeltest.Canaries[0] {
				t.Error("sent to another number")
			}
		})
	}
}

func TestHandRefuses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.plan("02", func(m *casework.Message) { m.Way, m.Delivery = casework.In, nil })
	if err := b.retry("01"); !errors.Is(err, casework.ErrNotAllowed) {
		t.Errorf("retry of a planned message: %v", err)
	}
	if err := b.hold("02"); !errors.Is(err, casework.ErrNotAllowed) {
		t.Errorf("hold of a text that came in: %v", err)
	}
	if err := b.release("99"); !errors.Is(err, casework.ErrNotFound) {
		t.Errorf("release of nothing: %v", err)
	}
	b.sender.during = func(channels.Outgoing) {
		if err := b.hold("01"); !errors.Is(err, casework.ErrNotAllowed) {
			t.Errorf("hold of a message on its way: %v", err)
		}
		if err := b.retry("01"); !errors.Is(err, casework.ErrNotAllowed) {
			t.Errorf("retry of a message on its way: %v", err)
		}
	}
	b.deliver(true)
	h := channels.Hand{Team: "elm", Message: "conv/01"}
	if err := b.delivery.Retry(t.Context(), h); !errors.Is(err, casework.ErrNotFound) {
		t.Errorf("the hand of another team: %v", err)
	}
}

// The list shows what will leave and when, and why something did not, without a
// word or a number of anybody's.
func TestOutbox(t *testing.T) {
	t.Parallel()
	b, _ := newLooking(t)
	hour := func(n int) func(*casework.Message) {
		return func(m *casework.Message) {
			m.Delivery.Class, m.Delivery.NotBefore = casework.ClassReminder, b.now.Add(time.Duration(n)*time.Hour)
		}
	}
	b.plan("old", nil)
	b.sender.script = []error{&channels.SendError{Outcome: channels.Rejected, Code: 21612, Reaction: channels.Unrouted}}
	b.deliver(true)
	b.now = b.now.Add(time.Hour)
	b.plan("new", nil)
	b.sender.script = []error{&channels.SendError{Outcome: channels.Rejected, Code: 30004, Reaction: channels.Objected}}
	b.deliver(true)
	b.plan("lost", nil)
	b.loses()
	b.plan("late", hour(3))
	b.plan("soon", hour(1))
	b.plan("held", hour(2))
	b.must(b.hold("held"))
	b.plan("duty", class(casework.ClassDuty))
	b.plan("arrived", func(m *casework.Message) { m.Delivery.State, m.Delivery.Carrier = casework.Accepted, "delivered" })
	b.changeContact(func(cp *casework.ContactPoint) { cp.State = casework.ContactOptedOut })

	list := func(q channels.OutboxQuery) string {
		entries, err := b.delivery.Outbox(t.Context(), q)
		b.must(err)
		var out []string
		for _, e := range entries {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", e.Standing, strings.TrimPrefix(e.Message, "conv/"), e.Reason)))
		}
		return strings.Join(out, ", ")
	}
	all := "leaving duty, leaving soon opted_out, leaving late opted_out, held held, asked lost, failed new objected"
	cases := map[string]struct {
		q    channels.OutboxQuery
		want string
	}{
		"all":             {channels.OutboxQuery{}, all + ", failed old unrouted"},
		"since a minute":  {channels.OutboxQuery{Since: b.now.Add(-time.Minute)}, all},
		"one of each":     {channels.OutboxQuery{Limit: 1}, "leaving duty, leaving soon opted_out, held held, asked lost, failed new objected"},
		"of the team":     {channels.OutboxQuery{Team: testTeam, Since: b.now}, all},
		"of another team": {channels.OutboxQuery{Team: "elm"}, ""},
	}
	for name, c := range cases {
		if got := list(c.q); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}
