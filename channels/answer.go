package channels

import (
	"context"
	"errors"
	"fmt"

	"linkline/conversation/casework"
)

// Answer sends the reply of a turn on a channel whose webhook carries none back.
// As an answer in TwiML it is held up by nothing: it is what she waits for, and
// the confirmation of a STOP or of being forgotten is one too. What comes long
// after her text leaves as Carry lets it. Called again for the same message, as
// after a crash, it sends what has not left, and never twice what may have. words
// are the reply's own, for a message that was erased with what she asked us to
// forget.
func (d *Delivery) Answer(ctx context.Context, c Carried, words casework.Private) error {
	now := d.config.Now()
	if now.Sub(c.At) > promptly {
		return d.Carry(ctx, c)
	}
	var a *attempt
	var erased bool
	d.turn.Lock()
	err := d.config.Store.Update(ctx, SiteCarry, c.Team, func(tx casework.Tx) (err error) {
		a, erased = nil, false
		m, err := casework.Messages.Find(tx, c.Message)
		if err != nil {
			return err
		}
		if erased = m == nil; erased || !rides(m) {
			return nil
		}
		a, err = d.claimAnswer(tx, m, c)
		return err
	})
	if err == nil && erased && words != "" && c.Route.Channel != "" {
		a = d.erasedAnswer(c, words)
	}
	if err == nil && a != nil {
		d.ways.take(a.route, parts(a.out.Text), now)
	}
	d.turn.Unlock()
	if err != nil {
		return fmt.Errorf("claim an answer: %w", err)
	}
	if a == nil {
		return nil
	}
	return d.give(context.WithoutCancel(ctx), a, erased)
}

// give calls the provider, and writes down what came of it where there is still
// a record to write it in.
func (d *Delivery) give(ctx context.Context, a *attempt, erased bool) error {
	sent, failed := d.call(ctx, a)
	if erased {
		d.ways.heard(a.route, failed.Outcome, failed.RetryAfter, d.config.Now())
		d.logResult(ctx, a, failed, logged{})
		return nil
	}
	if err := d.settle(ctx, a, sent, failed); err != nil {
		return fmt.Errorf("record the outcome of an answer: %w", err)
	}
	return nil
}

// claimAnswer marks an answer as attempted. Her address is kept with it only
// where it is known anyway (decision 14).
func (d *Delivery) claimAnswer(tx casework.Tx, m *casework.Message, c Carried) (*attempt, error) {
	talk, err := casework.Conversations.Find(tx, string(m.Conversation))
	if err != nil {
		return nil, err
	}
	route := routeOf(m, talk)
	if c.Route.Channel != "" {
		route = c.Route
	}
	sender := d.config.Senders[route]
	if sender == nil {
		return nil, errors.New("an answer has no way out")
	}
	if err := m.Delivery.Fire("defer"); err != nil {
		return nil, err
	}
	if err := take(m, d.config.Now()); err != nil {
		return nil, err
	}
	if talk != nil && talk.Address == c.To {
		m.Delivery.To = c.To
	}
	return &attempt{
		out: Outgoing{
			Message: c.Message, Attempt: m.Delivery.Attempt, To: c.To, Text: m.Text, Asks: m.Asks, NotAfter: m.Delivery.Ends(),
		},
		fence: m.Delivery.Fence, team: m.Team, route: route, sender: sender,
	}, casework.Messages.Put(tx, m)
}

// erasedAnswer is the answer of which no record is left: it is tried once.
func (d *Delivery) erasedAnswer(c Carried, words casework.Private) *attempt {
	sender := d.config.Senders[c.Route]
	if sender == nil {
		return nil
	}
	return &attempt{
		out:  Outgoing{Message: c.Message, Attempt: 1, To: c.To, Text: words},
		team: c.Team, route: c.Route, sender: sender,
	}
}
