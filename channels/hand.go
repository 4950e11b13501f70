package channels

import (
	"context"
	"errors"
	"fmt"
	"time"

	"linkline/conversation/casework"
)

// The places where an operator's hand commits.
const (
	SiteHold    casework.Site = "delivery.hold"
	SiteRelease casework.Site = "delivery.release"
	SiteRetry   casework.Site = "delivery.retry"
)

// retryTime is how long a message is worth sending that is sent again though its
// time had passed: whoever says so knows that it still is.
const retryTime = 24 * time.Hour

// Hand is what an operator, or a worker, does to one message.
type Hand struct {
	Team    casework.TeamID // empty for whoever runs the service
	Message string          // our key of it
	By      casework.Author
	Why     string // a word for the audit, nothing personal
}

// Hold keeps a planned message back until it is released. One that is on its
// way, or has ended, is casework.ErrNotAllowed; one that does not exist is
// casework.ErrNotFound; holding twice is holding once.
func (d *Delivery) Hold(ctx context.Context, h Hand) error {
	return d.handle(ctx, SiteHold, h, func(tx casework.Tx, m *casework.Message, now time.Time) (bool, error) {
		switch {
		case m.Delivery.State != casework.Planned:
			return false, fmt.Errorf("hold a message that is %s: %w", m.Delivery.State, casework.ErrNotAllowed)
		case m.Delivery.Held:
			return false, nil
		}
		m.Delivery.Held = true
		return true, d.drop(ctx, tx, m, now)
	})
}

// Release lets a message that was held leave at its moment, or says that it is
// too late for it. Releasing what is not held changes nothing.
func (d *Delivery) Release(ctx context.Context, h Hand) error {
	return d.handle(ctx, SiteRelease, h, func(_ casework.Tx, m *casework.Message, _ time.Time) (bool, error) {
		was := m.Delivery.Held
		m.Delivery.Held = false
		return was, nil
	})
}

// Retry plans a message again that did not arrive, or may not have: it really
// is sent again, under the same id as the next attempt, and may then arrive
// twice where nobody knows. Whatever forbids a message forbids it when it is
// claimed, a STOP above all. One that is planned, on its way or taken is
// casework.ErrNotAllowed, and so is one without an address.
func (d *Delivery) Retry(ctx context.Context, h Hand) error {
	return d.handle(ctx, SiteRetry, h, func(tx casework.Tx, m *casework.Message, now time.Time) (bool, error) {
		if m.Delivery.State == casework.Accepted && !lost(m.Delivery.Carrier) {
			return false, fmt.Errorf("send again what the provider has: %w", casework.ErrNotAllowed)
		}
		if err := addressed(tx, m); err != nil {
			return false, err
		}
		return true, startAgain(m.Delivery, now)
	})
}

// addressed gives an answer the address of its conversation: it has no webhook
// to ride back on any more.
func addressed(tx casework.Tx, m *casework.Message) error {
	if m.Delivery.To != "" {
		return nil
	}
	c, err := casework.Conversations.Find(tx, string(m.Conversation))
	if err != nil {
		return err
	}
	if c == nil || c.Address == "" {
		return fmt.Errorf("send again without an address: %w", casework.ErrNotAllowed)
	}
	m.Delivery.To = c.Address
	return nil
}

// startAgain plans a message as if it were new, but for its id and the number of
// its next attempt.
func startAgain(d *casework.Delivery, now time.Time) error {
	if err := d.Fire("retry"); err != nil {
		return err
	}
	d.Lost = max(d.Lost, d.Attempt)
	d.Fence++ // a result that is still under way is evidence only
	d.Reason, d.Code, d.Carrier, d.ProviderID = "", 0, "", ""
	d.Retries, d.Looks, d.Resent, d.Held = 0, 0, false, false
	d.Deadline, d.LookAt, d.SettledAt = time.Time{}, time.Time{}, time.Time{}
	d.NotBefore = now
	if !d.NotAfter.IsZero() && d.NotAfter.Before(now.Add(time.Minute)) {
		d.NotAfter = now.Add(retryTime)
	}
	return nil
}

// handle changes one message and writes down who did.
func (d *Delivery) handle(
	ctx context.Context, site casework.Site, h Hand,
	change func(casework.Tx, *casework.Message, time.Time) (changed bool, err error),
) error {
	drawn, err := d.draw()
	if err != nil {
		return err
	}
	err = d.config.Store.Update(ctx, site, h.Team, func(tx casework.Tx) error {
		m, err := casework.Messages.Get(tx, h.Message)
		if err != nil {
			return err
		}
		if m.Delivery == nil {
			return errors.Join(errors.New("a text that came in"), casework.ErrNotAllowed)
		}
		changed, err := change(tx, m, drawn.now)
		if err != nil || !changed {
			return err
		}
		if err := casework.Messages.Put(tx, m); err != nil {
			return err
		}
		return casework.Audits.Put(tx, &casework.Audit{
			ID: drawn.id, Team: m.Team, At: drawn.now, Actor: h.By,
			Action: string(site), Object: h.Message, Reason: h.Why,
		})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", site, err)
	}
	return nil
}
