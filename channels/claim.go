package channels

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"linkline/conversation/casework"
)

// noSender is why a message waits on, for the log only.
const noSender = "no sender"

// headPage is how many due messages of a team are looked at for one whose way
// out is free: a channel that rests does not stop another.
const headPage = 8

// claim finds the message that has waited longest among those whose way out is
// free, and settles in one short transaction what becomes of it: it is
// suppressed, it waits on, or it is marked as attempted and returned. It
// reports whether there was one.
func (d *Delivery) claim(ctx context.Context) (a *attempt, worked bool, err error) {
	d.turn.Lock()
	defer d.turn.Unlock()
	now := d.config.Now()
	var reason, key string
	var undecided bool
	err = d.config.Store.Update(ctx, SiteClaim, "", func(tx casework.Tx) error {
		a, worked, reason, key, undecided = nil, false, "", "", false
		m, err := d.next(tx, now)
		if err != nil || m == nil {
			return err
		}
		worked, key = true, casework.MessageKey(m.Conversation, m.ID)
		a, reason, err = d.decide(ctx, tx, m, now)
		undecided = err != nil
		return err
	})
	if undecided && err != nil && !errors.Is(err, casework.ErrConflict) {
		err = errors.Join(err, d.setAside(ctx, key, now))
	}
	if err != nil {
		return nil, false, err
	}
	if a != nil {
		d.ways.take(a.route, parts(a.out.Text), now)
	}
	if reason != "" {
		level := slog.LevelInfo
		if reason == noSender {
			level = slog.LevelError // nothing of this team's leaves: an operator must act
		}
		d.config.Log.Log(ctx, level, "message held back", "message", key, "reason", reason)
	}
	return a, worked, nil
}

// setAside puts off a message that could not be decided on, whatever is wrong
// with it: those behind it do not wait for it.
func (d *Delivery) setAside(ctx context.Context, key string, now time.Time) error {
	return d.config.Store.Update(ctx, SiteClaim, "", func(tx casework.Tx) error {
		m, err := casework.Messages.Find(tx, key)
		if err != nil || m == nil || m.Delivery.State != casework.Planned {
			return err
		}
		return postpone(tx, m, now.Add(longestWait))
	})
}

// next finds what is to be decided next: first what is urgent, of any team,
// then what people wrote, then what nobody wrote.
func (d *Delivery) next(tx casework.Tx, now time.Time) (*casework.Message, error) {
	due, err := dueIn(tx, casework.InLane(casework.LaneUrgent, ""), now, 1)
	if err != nil {
		return nil, err
	}
	if len(due) > 0 {
		return due[0], nil
	}
	for _, lane := range []string{casework.LaneWorker, casework.LaneNotice} {
		m, err := d.nextIn(tx, lane, now)
		if err != nil || m != nil {
			return m, err
		}
	}
	return nil, nil
}

// nextIn walks one lane team by team, from the last team to the first: the
// entry before a team's own beginning is another team's. However many messages
// wait for a sender that rests, each team costs one look.
func (d *Delivery) nextIn(tx casework.Tx, lane string, now time.Time) (first *casework.Message, err error) {
	span := casework.Span{Index: "outbox", Prefix: casework.InLane(lane, ""), Limit: 1, Reverse: true}
	for {
		last, _, err := casework.Messages.Range(tx, span)
		if err != nil || len(last) == 0 {
			return first, err
		}
		own := casework.InLane(lane, last[0].Team)
		m, err := d.head(tx, own, now)
		if err != nil {
			return nil, err
		}
		if m != nil && (first == nil || m.Delivery.NotBefore.Before(first.Delivery.NotBefore)) {
			first = m
		}
		span.Until = own
	}
}

// head is the first due message of one team in a lane whose way out is free, or
// for which it is too late: that needs no way out.
func (d *Delivery) head(tx casework.Tx, own string, now time.Time) (*casework.Message, error) {
	due, err := dueIn(tx, own, now, headPage)
	if err != nil {
		return nil, err
	}
	for _, m := range due {
		if late(m, now) {
			return m, nil
		}
		c, err := casework.Conversations.Find(tx, string(m.Conversation))
		if err != nil {
			return nil, err
		}
		route := routeOf(m, c)
		if d.config.Senders[route] == nil || d.ways.freeAt(route, now).IsZero() {
			return m, nil
		}
	}
	return nil, nil
}

// dueIn returns the first messages of a part of the outbox whose moment has
// come.
func dueIn(tx casework.Tx, part string, now time.Time, limit int) ([]*casework.Message, error) {
	due, _, err := casework.Messages.Claim(tx, casework.Span{
		Index: "outbox", Prefix: part, Until: part + casework.Moment(now.Add(time.Millisecond)), Limit: limit,
	})
	return due, err
}

// decide re-reads everything that may forbid a message, and claims it if
// nothing does. Otherwise it says why not.
func (d *Delivery) decide(
	ctx context.Context, tx casework.Tx, m *casework.Message, now time.Time,
) (*attempt, string, error) {
	cp, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(m.Conversation))
	if err != nil {
		return nil, "", err
	}
	c, err := casework.Conversations.Find(tx, string(m.Conversation))
	if err != nil {
		return nil, "", err
	}
	if reason := casework.MaySend(m, cp, c, now.In(d.config.Zone)); reason != "" {
		return nil, reason, d.suppress(ctx, tx, m, reason, now)
	}
	route := routeOf(m, c)
	sender := d.config.Senders[route]
	if sender == nil {
		return nil, noSender, postpone(tx, m, now.Add(holdTime))
	}
	verdict, err := d.open(ctx, tx, m, now)
	switch {
	case err != nil:
		return nil, "", err
	case verdict.Reason != "":
		return nil, verdict.Reason, d.suppress(ctx, tx, m, verdict.Reason, now)
	case verdict.Until.After(now):
		return nil, "", postpone(tx, m, verdict.Until)
	}
	if err := take(m, now); err != nil {
		return nil, "", err
	}
	return &attempt{
		out: Outgoing{
			Message: casework.MessageKey(m.Conversation, m.ID), Attempt: m.Delivery.Attempt,
			To: m.Delivery.To, Text: m.Text, Asks: m.Asks, NotAfter: m.Delivery.Ends(),
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
	m.Delivery.ClaimedAt, m.Delivery.Deadline = now, now.Add(attemptTime)
	return nil
}

func (d *Delivery) suppress(
	ctx context.Context, tx casework.Tx, m *casework.Message, reason string, now time.Time,
) error {
	if err := m.Delivery.Fire("suppress"); err != nil {
		return err
	}
	m.Delivery.Reason, m.Delivery.SettledAt = reason, now
	if err := casework.Messages.Put(tx, m); err != nil {
		return err
	}
	if err := d.drop(ctx, tx, m, now); err != nil {
		return err
	}
	return tell(tx, m, reason, now)
}

// postpone leaves the message planned until later, or until it is too late for
// it: the claim that finds it then says so (I4).
func postpone(tx casework.Tx, m *casework.Message, until time.Time) error {
	m.Delivery.NotBefore = until
	if end := m.Delivery.NotAfter; !end.IsZero() && until.After(end) {
		m.Delivery.NotBefore = end.Add(time.Millisecond)
	}
	return casework.Messages.Put(tx, m)
}

// late reports whether the moment of a message has passed.
func late(m *casework.Message, now time.Time) bool {
	return !m.Delivery.NotAfter.IsZero() && now.After(m.Delivery.NotAfter)
}

// routeOf is the way of a message out. A colleague is always texted.
func routeOf(m *casework.Message, c *casework.Conversation) Route {
	if m.Delivery.Class.ToColleague() || c == nil {
		return Route{Team: m.Team, Channel: casework.SMS}
	}
	return Route{Team: m.Team, Channel: c.Channel}
}
