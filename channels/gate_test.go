package channels_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
)

// gate is a Gate that says what it is told to and keeps its books in the
// conversation: what it wrote is there if, and only if, the claim is.
type gate struct {
	verdict channels.Verdict
	err     error
	asked   int
	dropped []string
}

func (g *gate) Open(_ context.Context, tx casework.Tx, m *casework.Message, _ time.Time) (channels.Verdict, error) {
	g.asked++
	if g.err != nil || g.verdict != (channels.Verdict{}) {
		return g.verdict, g.err
	}
	return g.verdict, setPrompt(tx, m.Conversation, &casework.OpenPrompt{ID: casework.PromptID(m.ID)})
}

func (g *gate) Drop(_ context.Context, tx casework.Tx, m *casework.Message, reason string, _ time.Time) error {
	g.dropped = append(g.dropped, reason)
	return setPrompt(tx, m.Conversation, nil)
}

func setPrompt(tx casework.Tx, id casework.ConversationID, p *casework.OpenPrompt) error {
	c, err := casework.Conversations.Get(tx, string(id))
	if err != nil {
		return err
	}
	c.Prompt = p
	return casework.Conversations.Put(tx, c)
}

func gated(g *gate) func(*channels.DeliveryConfig) {
	return func(c *channels.DeliveryConfig) { c.Gate = g }
}

// asks reports whether the message's question is open.
func (b *bench) asks() (open bool) {
	b.t.Helper()
	b.view(func(tx casework.Tx) error {
		c, err := casework.Conversations.Get(tx, string(testConv))
		open = err == nil && c.Prompt != nil
		return err
	})
	return open
}

// What the gate says of a message is done, and its question is open exactly
// while the message is on its way or has arrived.
func TestGate(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		verdict channels.Verdict
		answer  error // the provider's
		state   casework.DeliveryState
		open    bool
		dropped []string
		calls   int
	}{
		"lets it go": {state: casework.Accepted, open: true, calls: 1},
		"forbids it": {verdict: channels.Verdict{Reason: "moved"}, state: casework.Suppressed},
		"not yet":    {verdict: channels.Verdict{Until: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}, state: casework.Planned},
		"not yet, long ago": {
			verdict: channels.Verdict{Until: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}, state: casework.Accepted, calls: 1,
		},
		"refused by the provider": {
			answer: &channels.SendError{Outcome: channels.Rejected, Code: 21612, Reaction: channels.Unrouted},
			state:  casework.Rejected, dropped: []string{"unrouted"}, calls: 1,
		},
		"nobody knows": {answer: &channels.SendError{Outcome: channels.Unknown}, state: casework.Unknown, open: true, calls: 1},
		"not processed": {
			answer: &channels.SendError{Outcome: channels.Throttled}, state: casework.Planned, open: true, calls: 1,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := &gate{verdict: c.verdict}
			b := newBenchWith(t, gated(g))
			b.plan("01", class(casework.ClassNotice))
			b.sender.script = []error{c.answer}
			b.deliver(true)
			b.is("01", c.state, c.calls)
			if got := b.asks(); got != c.open {
				t.Errorf("the question is open: %t, want %t", got, c.open)
			}
			if !slices.Equal(g.dropped, c.dropped) {
				t.Errorf("dropped for %v, want %v", g.dropped, c.dropped)
			}
			if d := b.message("01"); c.state == casework.Suppressed && d.Reason != c.verdict.Reason {
				t.Errorf("reason %q, want %q", d.Reason, c.verdict.Reason)
			}
			if d := b.message("01"); c.verdict.Until.After(b.now) && !d.NotBefore.Equal(c.verdict.Until) {
				t.Errorf("waits until %s, want %s", d.NotBefore, c.verdict.Until)
			}
		})
	}
}

// A message that was let go once, and is forbidden when it comes again, takes
// its question with it; one that was never let go has none.
func TestGateDropsWhatItOpened(t *testing.T) {
	t.Parallel()
	g := &gate{}
	b := newBenchWith(t, gated(g))
	b.plan("01", class(casework.ClassNotice))
	b.sender.script = []error{&channels.SendError{Outcome: channels.Throttled}}
	b.deliver(true)
	b.changeContact(func(cp *casework.ContactPoint) { cp.State = casework.ContactOptedOut })
	b.now = b.now.Add(time.Minute)
	b.deliver(true)
	b.is("01", casework.Suppressed, 1)
	if b.asks() || !slices.Equal(g.dropped, []string{"opted_out"}) {
		t.Errorf("the question is open: %t, dropped for %v, want for opted_out", b.asks(), g.dropped)
	}
	b.plan("02", class(casework.ClassNotice))
	b.deliver(true)
	b.is("02", casework.Suppressed, 1)
	if len(g.dropped) != 1 {
		t.Errorf("dropped for %v, but the second was never let go", g.dropped)
	}
}

// A gate that holds a message until after its time has it said on time, not
// then (decision 30).
func TestGateHoldsTooLong(t *testing.T) {
	t.Parallel()
	b := newBenchWith(t, gated(&gate{verdict: channels.Verdict{Until: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}}))
	b.plan("01", class(casework.ClassNotice))
	b.deliver(true)
	b.now = b.now.Add(24 * time.Hour)
	b.deliver(false)
	b.now = b.now.Add(time.Millisecond)
	b.deliver(true)
	b.is("01", casework.Suppressed, 0)
	if b.message("01").Reason != casework.ReasonExpired || b.task("01") == nil {
		t.Error("nobody is told that it was too late")
	}
}

// Nothing holds a cry for help or what a colleague is told, and a gate that
// cannot tell lets nothing go.
func TestGateIsNotAskedOfWhatIsUrgentOrGoesToAColleague(t *testing.T) {
	t.Parallel()
	g := &gate{err: errors.New("the engine is confused")}
	b := newBenchWith(t, gated(g))
	b.plan("01", class(casework.ClassSafety))
	b.plan("02", class(casework.ClassDuty))
	b.plan("staff", class(casework.ClassStaff))
	b.deliver(true)
	b.deliver(true)
	b.deliver(true)
	if g.asked != 0 {
		t.Errorf("asked %d times", g.asked)
	}
	b.plan("03", nil)
	if _, err := b.delivery.Deliver(t.Context()); !errors.Is(err, g.err) {
		t.Errorf("err = %v, want %v", err, g.err)
	}
	b.is("03", casework.Planned, 3)
	g.err = nil
	b.plan("04", nil)
	b.deliver(true) // those behind it do not wait for it
	b.is("04", casework.Accepted, 4)
	b.now = b.now.Add(5 * time.Minute)
	b.deliver(true)
	b.is("03", casework.Accepted, 5)
}
