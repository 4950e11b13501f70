package channels

import (
	"context"
	"fmt"
	"time"

	"linkline/conversation/casework"
)

// SiteCarry is where an answer without a webhook is planned or claimed.
const SiteCarry casework.Site = "delivery.carry"

// What is answered so late, or in the night, is no answer to what she just
// wrote: it leaves as a notice does.
const (
	promptly   = 30 * time.Minute
	nightBegan = 20
	nightEnds  = 8
)

// Carried is an answer that cannot ride back on a webhook: the text it answers
// was found in the provider's list.
type Carried struct {
	Team    casework.TeamID
	Message string // our key of the answer
	To      casework.Private
	// At is when the person sent her text.
	At time.Time
	// Route is the way it came; needed where no record may be left to tell it.
	Route Route
}

// Carry sends an answer that has no webhook to ride back on. What is said in
// danger leaves at once, and so does an answer to what she wrote just now; a
// later one waits for the window as a notice does. Her address is not kept for
// it unless it is known anyway (decision 14), so what cannot leave at once then
// is a person's to see to.
func (d *Delivery) Carry(ctx context.Context, c Carried) error {
	now := d.config.Now()
	var a *attempt
	d.turn.Lock()
	err := d.config.Store.Update(ctx, SiteCarry, c.Team, func(tx casework.Tx) (err error) {
		a = nil
		m, err := casework.Messages.Find(tx, c.Message)
		if err != nil || m == nil || !rides(m) {
			return err
		}
		a, err = d.carry(ctx, tx, m, c, now)
		return err
	})
	if err == nil && a != nil {
		d.ways.take(a.route, parts(a.out.Text), now)
	}
	d.turn.Unlock()
	if err != nil {
		return fmt.Errorf("carry an answer: %w", err)
	}
	if a == nil {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	sent, failed := d.call(ctx, a)
	if err := d.settle(ctx, a, sent, failed); err != nil {
		return fmt.Errorf("record the outcome of an answer: %w", err)
	}
	return nil
}

// rides reports whether a message is an answer of which nobody has heard since
// it was given to its webhook.
func rides(m *casework.Message) bool {
	d := m.Delivery
	return d != nil && d.Class == casework.ClassAnswer && d.State == casework.Attempting && d.To == "" && d.Attempt == 0
}

// carry decides what becomes of an answer.
func (d *Delivery) carry(
	ctx context.Context, tx casework.Tx, m *casework.Message, r Carried, now time.Time,
) (*attempt, error) {
	c, err := casework.Conversations.Find(tx, string(m.Conversation))
	if err != nil {
		return nil, err
	}
	cp, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(m.Conversation))
	if err != nil {
		return nil, err
	}
	if err := m.Delivery.Fire("defer"); err != nil {
		return nil, err
	}
	if saysSafety(c, m) {
		m.Delivery.Class = casework.ClassSafety
	}
	known, zoned := c != nil && c.Address == r.To, now.In(d.config.Zone)
	m.Delivery.To = r.To // MaySend asks for one
	if reason := casework.MaySend(m, cp, c, zoned); reason != "" {
		m.Delivery.To = ""
		return nil, d.suppress(ctx, tx, m, reason, now)
	}
	night := zoned.Hour() < nightEnds || zoned.Hour() >= nightBegan
	prompt := now.Sub(r.At) <= promptly || urgent(m)
	route := routeOf(m, c)
	sender := d.config.Senders[route]
	switch {
	case known && (!prompt || sender == nil):
		if !prompt {
			m.Delivery.Class = casework.ClassNotice // so that the gate is asked
		}
		return nil, postpone(tx, m, now)
	case sender == nil, !prompt && night:
		m.Delivery.To = ""
		return nil, d.suppress(ctx, tx, m, casework.ReasonNoAddress, now)
	}
	if err := take(m, now); err != nil {
		return nil, err
	}
	out := Outgoing{
		Message: r.Message, Attempt: m.Delivery.Attempt, To: r.To, Text: m.Text, Asks: m.Asks, NotAfter: m.Delivery.Ends(),
	}
	if !known {
		m.Delivery.To = ""
	}
	return &attempt{out: out, fence: m.Delivery.Fence, team: m.Team, route: route, sender: sender}, casework.Messages.Put(tx, m)
}

// saysSafety reports whether the answer is a safety reply: it was made in the
// moment at which one was sent.
func saysSafety(c *casework.Conversation, m *casework.Message) bool {
	if c == nil {
		return false
	}
	for _, at := range c.SafetyAt {
		if at.Equal(m.At) {
			return true
		}
	}
	return false
}

// Began is when anything was first done in a team's name here, as by a worker
// who signed in; zero where nothing was.
func (d *Delivery) Began(ctx context.Context, team casework.TeamID) (at time.Time, err error) {
	err = d.config.Store.View(ctx, team, func(tx casework.Tx) error {
		first, _, err := casework.Audits.Range(tx, casework.Span{Limit: 1})
		if err == nil && len(first) > 0 {
			at = first[0].At
		}
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("see when the team began: %w", err)
	}
	return at, nil
}
