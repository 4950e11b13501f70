package channels

import (
	"context"
	"fmt"
	"time"

	"linkline/conversation/casework"
)

// Standing is where a message stands in the outbox.
type Standing string

// The standings, in the order in which they are listed.
const (
	Leaving  Standing = "leaving" // planned, the next first
	Held     Standing = "held"    // by an operator
	OnItsWay Standing = "on_its_way"
	Asked    Standing = "asked"  // the provider owes us word of it
	Failed   Standing = "failed" // the last first
)

// Entry is one message of the outbox, for an operator. It holds nothing of the
// person or the words.
type Entry struct {
	Standing Standing               `json:"standing"`
	Message  string                 `json:"message"`
	Team     casework.TeamID        `json:"team"`
	Class    casework.DeliveryClass `json:"class"`
	State    casework.DeliveryState `json:"state"`
	// At is when it leaves, its attempt counts as lost, the provider is asked, or
	// it failed; by its standing.
	At       time.Time `json:"at"`
	NotAfter time.Time `json:"not_after,omitzero"`
	Attempt  int       `json:"attempt"`
	// Reason says why it did not arrive or, of one that is leaving, why it would
	// not be let go now.
	Reason  string `json:"reason,omitempty"`
	Code    int    `json:"code,omitempty"`
	Carrier string `json:"carrier,omitempty"`
}

// OutboxQuery says what of the outbox is listed.
type OutboxQuery struct {
	Team casework.TeamID // empty for all
	// Since is how far back failures are listed.
	Since time.Time
	// Limit bounds each standing, and each lane of what is leaving; zero means
	// 100.
	Limit int
}

// part is one part of the outbox index.
type part struct {
	standing Standing
	prefix   string
	newest   bool // first
	at       func(*casework.Message) time.Time
}

func outboxParts() []part {
	leaves := func(m *casework.Message) time.Time { return m.Delivery.NotBefore }
	settled := func(m *casework.Message) time.Time { return m.Delivery.SettledAt }
	return []part{
		{Leaving, casework.InLane(casework.LaneUrgent, ""), false, leaves},
		{Leaving, casework.InLane(casework.LaneWorker, ""), false, leaves},
		{Leaving, casework.InLane(casework.LaneNotice, ""), false, leaves},
		{Held, casework.HeldBack(), false, leaves},
		{OnItsWay, casework.Attempts(), false, func(m *casework.Message) time.Time { return m.Delivery.Deadline }},
		{Asked, casework.Looks(), false, (*casework.Message).Looking},
		{Failed, casework.Failures(), true, settled},
	}
}

// Outbox lists what will leave and when, what is on its way, and what did not
// arrive and why. A message that stands in two places is listed in the first.
func (d *Delivery) Outbox(ctx context.Context, q OutboxQuery) (out []Entry, err error) {
	if q.Limit <= 0 {
		q.Limit = 100
	}
	now := d.config.Now()
	err = d.config.Store.View(ctx, "", func(tx casework.Tx) error {
		out = nil
		for _, p := range outboxParts() {
			entries, err := p.list(tx, q, now.In(d.config.Zone))
			if err != nil {
				return err
			}
			out = append(out, entries...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the outbox: %w", err)
	}
	return out, nil
}

// list reads one part, page by page, until there is enough of it.
func (p part) list(tx casework.Tx, q OutboxQuery, now time.Time) (out []Entry, err error) {
	span := casework.Span{Index: "outbox", Prefix: p.prefix, Reverse: p.newest}
	for {
		page, next, err := casework.Messages.Range(tx, span)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			switch {
			case p.newest && p.at(m).Before(q.Since), len(out) == q.Limit:
				return out, nil
			case q.Team != "" && m.Team != q.Team:
				continue
			}
			e, err := p.entry(tx, m, now)
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
		if next == "" {
			return out, nil
		}
		span.After = next
	}
}

func (p part) entry(tx casework.Tx, m *casework.Message, now time.Time) (e Entry, err error) {
	d := m.Delivery
	e = Entry{
		Standing: p.standing, Message: casework.MessageKey(m.Conversation, m.ID), Team: m.Team, Class: d.Class, State: d.State,
		At: p.at(m), NotAfter: d.NotAfter, Attempt: d.Attempt, Reason: d.Reason, Code: d.Code, Carrier: d.Carrier,
	}
	if p.standing == Leaving {
		e.Reason, err = barred(tx, m, now)
	}
	return e, err
}

// barred is why a message would not be let go now; the gate is not asked, since
// to ask it opens a question.
func barred(tx casework.Tx, m *casework.Message, now time.Time) (string, error) {
	cp, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(m.Conversation))
	if err != nil {
		return "", err
	}
	c, err := casework.Conversations.Find(tx, string(m.Conversation))
	return casework.MaySend(m, cp, c, now), err
}
