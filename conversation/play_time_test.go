package conversation_test

import (
	"context"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
)

// Send is the provider of the play: what is for the phone reaches it at once,
// and what is for a colleague's is of no concern here.
func (p *play) Send(_ context.Context, out channels.Outgoing) (channels.Sent, error) {
	if p.refuse != nil {
		return channels.Sent{}, p.refuse
	}
	if out.To == phone {
		p.last, p.replies = out, append(p.replies, p.stamp()+out.Text.Reveal())
	} else {
		p.others = append(p.others, string(out.To))
	}
	return channels.Sent{ProviderID: out.Message, Carrier: channels.CarrierSent}, nil
}

// stamp is when something happens by itself, as a script writes it.
func (p *play) stamp() string {
	if !p.stamps {
		return ""
	}
	return "[" + p.clock.shows().In(p.team.Calendar.Location()).Format("Mon 2 Jan 15:04") + "] "
}

// deliver brings what may leave now to the phone.
func (p *play) deliver(t testing.TB) {
	t.Helper()
	for {
		worked, err := p.delivery.Deliver(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !worked {
			return
		}
	}
}

// wake runs the jobs that are due, and brings what they planned to the phone.
func (p *play) wake(t testing.TB) {
	t.Helper()
	for {
		n, err := p.jobs.RunDue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	p.deliver(t)
}

// pass lets time pass until a moment, from one thing that is due to the next, as
// it would by itself.
func (p *play) pass(t testing.TB, until time.Time) {
	t.Helper()
	p.stamps = true
	defer func() { p.stamps = false }()
	for {
		next := p.next(t)
		if next.IsZero() || next.After(until) {
			break
		}
		p.clock.to(next)
		p.wake(t)
	}
	p.clock.to(until)
	p.wake(t)
}

// next is when the next job or planned text is due; zero for never.
func (p *play) next(t testing.TB) (at time.Time) {
	t.Helper()
	sooner := func(due time.Time) {
		if at.IsZero() || due.Before(at) {
			at = due
		}
	}
	err := p.store.View(t.Context(), "", func(tx casework.Tx) error {
		jobs, _, err := casework.Jobs.Range(tx, casework.Span{Index: "due", Limit: 1})
		if err != nil {
			return err
		}
		for _, j := range jobs {
			sooner(later(j.DueAt, j.RetryAt))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p.each(t, func(m *casework.Message) {
		if m.Way == casework.Out && m.Delivery.State == casework.Planned {
			sooner(m.Delivery.NotBefore)
		}
	})
	return at
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// shows is the moment the clock shows, without moving it.
func (c *clock) shows() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// to moves the clock to a moment, never back.
func (c *clock) to(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = later(c.now, at)
}

// numberIsDead is the network's word that the last text reached nobody, because
// the number is no more or is somebody else's (30005).
func (p *play) numberIsDead(t testing.TB) error {
	t.Helper()
	return p.delivery.Report(t.Context(), channels.Report{
		Team: "demo", Message: p.last.Message, Attempt: p.last.Attempt, ProviderID: p.last.Message,
		Carrier: channels.CarrierUndelivered, Code: 30005, Reaction: channels.Reassigned,
	})
}

// down lets time pass while nothing of ours runs.
func (p *play) down(t testing.TB, until string) error {
	t.Helper()
	at, err := p.moment(until)
	if err != nil {
		return err
	}
	p.clock.to(at)
	p.stamps = true
	p.wake(t)
	p.stamps = false
	return nil
}
