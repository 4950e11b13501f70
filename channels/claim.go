package channels

import (
	"context"
	"log/slog"
	"time"

	"linkline/conversation/casework"
)

// Why a message waits on, for the log only.
const (
	noSender   = "no sender"
	routeRests = "route rests"
)

// claim finds the message that has waited longest and settles in one short
// transaction what becomes of it: it is suppressed, it waits on, or it is
// marked as attempted and returned. It reports whether there was one.
func (d *Delivery) claim(ctx context.Context) (a *attempt, worked bool, err error) {
	now := d.config.Now()
	var reason, key string
	err = d.config.Store.Update(ctx, SiteClaim, "", func(tx casework.Tx) error {
		a, worked, reason, key = nil, false, "", ""
		due, err := outbox(tx, casework.Planned, now, 1)
		if err != nil || len(due) == 0 {
			return err
		}
		worked, key = true, casework.MessageKey(due[0].Conversation, due[0].ID)
		a, reason, err = d.decide(tx, due[0], now)
		return err
	})
	if err == nil && reason != "" {
		level := slog.LevelInfo
		if reason == noSender {
			level = slog.LevelError // nothing of this team's leaves: an operator must act
		}
		d.config.Log.Log(ctx, level, "message held back", "message", key, "reason", reason)
	}
	return a, worked, err
}

// outbox returns the messages in a state whose moment has come.
func outbox(tx casework.Tx, s casework.DeliveryState, now time.Time, limit int) ([]*casework.Message, error) {
	due, _, err := casework.Messages.Claim(tx, casework.Span{
		Index:  "outbox",
		Prefix: casework.Join(string(s), ""),
		Until:  casework.Join(string(s), casework.Moment(now.Add(time.Millisecond))),
		Limit:  limit,
	})
	return due, err
}

// decide re-reads everything that may forbid a message, and claims it if
// nothing does. Otherwise it says why not.
func (d *Delivery) decide(tx casework.Tx, m *casework.Message, now time.Time) (*attempt, string, error) {
	cp, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(m.Conversation))
	if err != nil {
		return nil, "", err
	}
	c, err := casework.Conversations.Find(tx, string(m.Conversation))
	if err != nil {
		return nil, "", err
	}
	if reason := casework.MaySend(m, cp, c, now.In(d.config.Zone)); reason != "" {
		return nil, reason, suppress(tx, m, reason, now)
	}
	route := routeOf(m, c)
	sender := d.config.Senders[route]
	if sender == nil {
		return nil, noSender, postpone(tx, m, now.Add(holdTime))
	}
	if until := d.restingUntil(route, now); !until.IsZero() {
		return nil, routeRests, postpone(tx, m, until)
	}
	if err := take(m, now); err != nil {
		return nil, "", err
	}
	return &attempt{
		out: Outgoing{
			Message: casework.MessageKey(m.Conversation, m.ID), Attempt: m.Delivery.Attempt,
			To: m.Delivery.To, Text: m.Text, NotAfter: m.Delivery.NotAfter,
		},
		fence: m.Delivery.Fence, team: m.Team, route: route, sender: sender,
	}, "", casework.Messages.Put(tx, m)
}

// take marks the message as attempted: from here on nobody else may send it.
func take(m *casework.Message, now time.Time) error {
	if err := m.Delivery.Fire("claim"); err != nil {
		return err
	}
	m.Delivery.Fence++
	m.Delivery.Attempt++
	m.Delivery.Deadline = now.Add(attemptTime)
	return nil
}

func suppress(tx casework.Tx, m *casework.Message, reason string, now time.Time) error {
	if err := m.Delivery.Fire("suppress"); err != nil {
		return err
	}
	m.Delivery.Reason, m.Delivery.SettledAt = reason, now
	if err := casework.Messages.Put(tx, m); err != nil {
		return err
	}
	return tell(tx, m, reason, now)
}

// postpone leaves the message planned until later; when that is too late for
// it, the next claim says so.
func postpone(tx casework.Tx, m *casework.Message, until time.Time) error {
	m.Delivery.NotBefore = until
	return casework.Messages.Put(tx, m)
}

// routeOf is the way of a message out. A duty number is always texted.
func routeOf(m *casework.Message, c *casework.Conversation) Route {
	if m.Delivery.Class == casework.ClassDuty || c == nil {
		return Route{Team: m.Team, Channel: casework.SMS}
	}
	return Route{Team: m.Team, Channel: c.Channel}
}

// tell makes a task for a message that did not, or may not have, arrived. The
// task bears the message's own id: a message makes one at most, and whoever
// reads the task finds the message, which says why.
func tell(tx casework.Tx, m *casework.Message, reason string, now time.Time) error {
	if !casework.NeedsHand(m, reason) {
		return nil
	}
	known, err := casework.Tasks.Find(tx, m.ID)
	if err != nil || known != nil {
		return err
	}
	t := &casework.Task{
		ID: m.ID, Team: m.Team, DataKey: m.DataKey, Kind: casework.TaskUndeliver,
		Conversation: m.Conversation, Case: m.Case, DueAt: now, CreatedAt: now,
	}
	if m.Delivery.Class != casework.ClassDuty {
		t.Address = m.Delivery.To
	}
	if reason == casework.ReasonBlocked {
		t.Kind = casework.TaskOptedOut
	}
	return casework.Tasks.Put(tx, t)
}
