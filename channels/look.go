package channels

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"linkline/conversation/casework"
)

// The places where looking commits.
const (
	SiteLook  casework.Site = "delivery.look"
	SiteFound casework.Site = "delivery.found"
)

// lookLease is how long a look may take: whoever began it and died is followed
// by another then.
const lookLease = 2 * time.Minute

// lookAgain is when a look that came to nothing, since the provider could not be
// asked, is made again.
const lookAgain = 5 * time.Minute

// Settle takes one step: it asks the provider about one message of which it
// owes us word, and commits what it said. Such are attempts whose outcome nobody
// knows, answers that rode back on TwiML and were never reported on, and
// messages that were taken and of which nothing more was heard. It reports
// whether there was one.
func (d *Delivery) Settle(ctx context.Context) (worked bool, err error) {
	l, worked, err := d.beginLook(ctx)
	if err != nil {
		return false, fmt.Errorf("begin to look for a message: %w", err)
	}
	if l == nil {
		return worked, nil
	}
	if err := d.endLook(ctx, l, l.ask(ctx)); err != nil {
		return true, fmt.Errorf("record what became of a message: %w", err)
	}
	return true, nil
}

// look is a message on its way to being asked about.
type look struct {
	wanted
	key        string
	team       casework.TeamID
	channel    casework.Channel
	fence      uint64
	providerID string
	lister     Lister
}

// found is what the provider said: its list, or its word on one message.
type found struct {
	list []Listed
	one  Listed
	err  error
}

// ask asks for the one message where its id is known, and else for the list.
func (l *look) ask(ctx context.Context) found {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if l.providerID != "" {
		one, err := l.lister.Status(ctx, l.providerID)
		return found{one: one, err: err}
	}
	list, err := l.lister.Sent(ctx, l.to, l.since.Add(-clockSlack))
	return found{list: list, err: err}
}

// beginLook finds the message whose look is due longest and puts the next one
// off, so that no other process makes the same. Where nobody can be asked the
// matter ends here.
func (d *Delivery) beginLook(ctx context.Context) (l *look, worked bool, err error) {
	drawn, err := d.draw()
	if err != nil {
		return nil, false, err
	}
	err = d.config.Store.Update(ctx, SiteLook, "", func(tx casework.Tx) error {
		l, worked = nil, false
		due, err := dueIn(tx, casework.Looks(), drawn.now, 1)
		if err != nil || len(due) == 0 {
			return err
		}
		m := due[0]
		worked = true
		c, err := casework.Conversations.Find(tx, string(m.Conversation))
		if err != nil {
			return err
		}
		lister := d.config.Listers[routeOf(m, c)]
		if lister == nil {
			return d.unasked(tx, m, drawn.now)
		}
		if l, err = lookFor(tx, m, c); err != nil {
			return err
		}
		l.lister = lister
		m.Delivery.ClaimedAt, m.Delivery.LookAt = l.since, drawn.now.Add(lookLease)
		return casework.Messages.Put(tx, m)
	})
	return l, worked, err
}

// lookFor writes down what to look for.
func lookFor(tx casework.Tx, m *casework.Message, c *casework.Conversation) (*look, error) {
	l := &look{
		key: casework.MessageKey(m.Conversation, m.ID), team: m.Team, fence: m.Delivery.Fence,
		providerID: m.Delivery.ProviderID, channel: routeOf(m, c).Channel,
	}
	l.to, l.text, l.since = m.Delivery.To, m.Text, m.Delivery.ClaimedAt
	if l.to == "" && c != nil {
		l.to = c.Address
	}
	if l.since.IsZero() {
		l.since = m.At
	}
	if l.providerID != "" {
		return l, nil
	}
	near, _, err := casework.Messages.Range(tx, casework.Span{
		Prefix: casework.MessagePrefix(m.Conversation), Reverse: true, Limit: 200,
	})
	for _, other := range near {
		if other.Way == casework.Out && other.Delivery != nil && other.Delivery.ProviderID != "" {
			l.taken = append(l.taken, other.Delivery.ProviderID)
		}
	}
	return l, err
}

// unasked ends the looks for a message of a way that cannot be asked about, as
// the made-up team's. Its answers were given to whoever wrote; of an unknown
// outcome a person has been told.
func (d *Delivery) unasked(tx casework.Tx, m *casework.Message, now time.Time) error {
	if m.Delivery.State == casework.Attempting {
		if err := acceptNow(m, now); err != nil {
			return err
		}
	}
	m.Delivery.LookAt = time.Time{}
	if err := casework.Messages.Put(tx, m); err != nil || m.Delivery.State != casework.Unknown {
		return err
	}
	return tell(tx, m, "", now)
}

// endLook records what the provider said, unless the message has moved on.
func (d *Delivery) endLook(ctx context.Context, l *look, f found) error {
	drawn, err := d.draw()
	if err != nil {
		return err
	}
	var failed *failure
	var was, is casework.DeliveryState
	err = d.config.Store.Update(ctx, SiteFound, l.team, func(tx casework.Tx) error {
		failed, was, is = nil, "", ""
		m, err := casework.Messages.Find(tx, l.key)
		if err != nil || m == nil || m.Delivery.Fence != l.fence || m.Delivery.LookAt.IsZero() {
			return err
		}
		was = m.Delivery.State
		failed, err = d.heardOf(ctx, tx, m, heardOf{l, f, drawn})
		is = m.Delivery.State
		return err
	})
	if err != nil {
		return err
	}
	if failed != nil {
		d.note(ctx, failed)
	}
	level, args := slog.LevelInfo, []any{"message", l.key, "team", l.team, "was", string(was), "is", string(is)}
	if f.err != nil {
		level, args = slog.LevelWarn, append(args, "error", f.err)
	}
	d.config.Log.Log(ctx, level, "the provider was asked", args...)
	return nil
}

// heardOf is a look that has ended.
type heardOf struct {
	*look
	found
	drawn
}

func (d *Delivery) heardOf(ctx context.Context, tx casework.Tx, m *casework.Message, h heardOf) (*failure, error) {
	if h.err != nil {
		return nil, lookLater(tx, m, h.now)
	}
	one, there := h.one, !h.one.CreatedAt.IsZero() && distance(h.one.Carrier) > 0
	if h.providerID == "" {
		h.hers = func(to casework.Private) bool {
			return casework.NewConversationID(tx, m.Team, h.channel, to) == m.Conversation
		}
		one, there = h.among(h.list)
	}
	if !there {
		return nil, d.absent(ctx, tx, m, h.now)
	}
	m.Delivery.LookAt = time.Time{}
	if m.Delivery.State == casework.Accepted {
		m.Delivery.Looks++
	}
	return d.reported(ctx, tx, m, said{
		Report: Report{
			Team: m.Team, Message: h.key, Attempt: max(m.Delivery.Attempt, 1), ProviderID: one.ProviderID,
			Carrier: one.Carrier, Code: one.Code, Reaction: one.Reaction,
		},
		drawn: h.drawn, looked: true,
	})
}
