package conversation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"linkline/conversation/casework"
)

// Hold is what keeps a planned text back: a reason that suppresses it, or a
// moment until which it waits. The zero Hold lets it go.
type Hold struct {
	Reason string
	Until  time.Time
}

// How long a text of ours waits before it is looked at again: while she is
// writing to us, and while a worker speaks or a cry for help is open.
const (
	whileWriting = 5 * time.Minute
	whileHeld    = 30 * time.Minute
)

// Open says whether a planned text may leave now, in the transaction that
// claims it. Whatever was committed before counts: the window, the caps, the
// appointment it is about, what is still wanted of the plan. When it may, the
// question it asks opens in the same commit (decision 20, I7, I8, I12).
func (e *Engine) Open(_ context.Context, tx casework.Tx, m *casework.Message, now time.Time) (Hold, error) {
	g, err := e.gate(tx, m, now)
	if err != nil || g == nil {
		return Hold{}, err
	}
	for _, rule := range []func() (Hold, error){g.living, g.wanted, g.quiet, g.known, g.capped, g.inWindow} {
		hold, err := rule()
		if err != nil {
			return Hold{}, err
		}
		if hold != (Hold{}) {
			if limit := m.Delivery.NotAfter.Add(time.Millisecond); hold.Until.After(limit) {
				hold.Until = limit // too late for it is told when it is too late, not later
			}
			return hold, nil
		}
	}
	return Hold{}, g.open()
}

// Drop closes the question of a text that did not leave after all, and puts back
// what it parked. It may be told of a question that is no longer open.
func (e *Engine) Drop(_ context.Context, tx casework.Tx, m *casework.Message, _ string, now time.Time) error {
	if m.Opens == nil {
		return nil
	}
	g, err := e.gate(tx, m, now)
	if err != nil || g == nil {
		return err
	}
	return g.advance(Dropped{Prompt: m.Opens.Prompt})
}

// gate is what is asked before one text leaves.
type gate struct {
	*books
	facts Facts
	m     *casework.Message
}

// gate reads what is to be asked; nil where the text belongs to no conversation
// of a person.
func (e *Engine) gate(tx casework.Tx, m *casework.Message, now time.Time) (*gate, error) {
	team, ok := e.teams[m.Team]
	if !ok {
		return nil, ErrNoTeam
	}
	conv, err := casework.Conversations.Find(tx, string(m.Conversation))
	if err != nil || conv == nil {
		return nil, err
	}
	b := &books{
		tx: tx, engine: e, team: team, now: now, ids: casework.NewIDs(now, e.random),
		actor: casework.ByService, address: conv.Address, conv: conv, class: m.Delivery.Class,
	}
	facts, err := b.facts()
	if err != nil {
		return nil, err
	}
	return &gate{books: b, facts: facts, m: m}, nil
}

// quiet holds what comes by itself back while she is writing to us; and a
// question also while a worker speaks with her or a cry for help has not been
// seen to. What a worker has just asked for is not held, nor whether it is still
// her while a worker speaks: it may be the worker's own text that waits for it.
func (g *gate) quiet() (Hold, error) {
	if g.m.Job == "" && !g.asksWho() {
		return Hold{}, nil
	}
	if until := g.conv.LastInAt.Add(whileWriting); g.conv.Prompt != nil && until.After(g.now) {
		return Hold{Until: until}, nil
	}
	spoken := g.conv.Holder != ""
	if g.m.Opens == nil || spoken && g.asksWho() {
		return Hold{}, nil
	}
	crying, err := g.cryOpen()
	if err != nil {
		return Hold{}, err
	}
	if crying || spoken || g.conv.Waiting {
		return Hold{Until: g.now.Add(whileHeld)}, nil
	}
	return Hold{}, nil
}

// cryOpen reports whether an alert of this conversation is open.
func (g *gate) cryOpen() (bool, error) {
	alerts, _, err := casework.Alerts.Range(g.tx, casework.Span{
		Index: "conversation", Prefix: casework.Join(string(g.conv.ID), ""), Reverse: true, Limit: 5,
	})
	if err != nil {
		return false, fmt.Errorf("find open alerts: %w", err)
	}
	return slices.ContainsFunc(alerts, func(a *casework.Alert) bool { return a.State != casework.AlertClosed }), nil
}

// The caps on automatic texts to one person, reminders apart (domain 5.5).
const (
	mostADay      = 1
	mostAWeek     = 3
	mostUnheeded  = 2 // a week, without a word from her
	capWindow     = 7 * 24 * time.Hour
	keptOfNotices = mostAWeek + 1
)

// capped holds a notice back while she has had enough of them.
func (g *gate) capped() (Hold, error) {
	if g.class != casework.ClassNotice || g.opened() {
		return Hold{}, nil
	}
	return Hold{Until: cappedUntil(g.conv, g.team, g.now)}, nil
}

// cappedUntil is until when no more notices leave; zero when one may.
func cappedUntil(c *casework.Conversation, team *Team, now time.Time) time.Time {
	var until time.Time
	var week, unheeded []time.Time
	today := 0
	for _, at := range c.Notices {
		if now.Sub(at) >= capWindow {
			continue
		}
		week = append(week, at)
		if at.After(c.LastInAt) {
			unheeded = append(unheeded, at)
		}
		if team.Calendar.On(at) == team.Calendar.On(now) {
			today++
		}
	}
	if today >= mostADay {
		until = team.at(team.Calendar.On(now).AddDays(1), "00:00")
	}
	if n := len(week) - mostAWeek; n >= 0 {
		until = later(until, week[n].Add(capWindow))
	}
	if n := len(unheeded) - mostUnheeded; n >= 0 {
		until = later(until, unheeded[n].Add(capWindow))
	}
	return until
}

// inWindow holds a text back until it may leave, and lets it leave no later than
// the window ends. What a worker writes in answer to a text that has just come
// leaves at any hour, but never outside the times she said are safe.
func (g *gate) inWindow() (Hold, error) {
	answers := g.class == casework.ClassWorker && g.now.Sub(g.conv.LastInAt) < whileAnswered
	if answers && g.contact.Safe != casework.SafeLimited {
		return Hold{}, nil
	}
	s, ok := g.team.contactWindow(g.contact, g.class, g.now)
	switch {
	case !ok:
		return Hold{Reason: casework.ReasonUnsafe}, nil
	case s.from.After(g.now):
		return Hold{Until: s.from}, nil
	}
	g.m.Delivery.Within = s.to
	return Hold{}, nil
}

// whileAnswered is how long a worker's text counts as an answer to what the
// person has just sent.
const whileAnswered = 15 * time.Minute

// opened reports whether the text was let go before: its question is open.
func (g *gate) opened() bool { return g.m.Delivery.Attempt > 0 }

// open lets the text go: it counts towards the caps, and its question opens.
func (g *gate) open() error {
	counts := g.class == casework.ClassNotice && !g.opened()
	if counts {
		g.conv.Notices = append(g.conv.Notices, g.now)
		if n := len(g.conv.Notices) - keptOfNotices; n > 0 {
			g.conv.Notices = g.conv.Notices[n:]
		}
	}
	switch {
	case g.m.Opens != nil:
		return g.advance(Opened{Opening: *g.m.Opens})
	case counts:
		return casework.Conversations.Put(g.tx, g.conv)
	}
	return nil
}

// advance moves the conversation on by what became of the text.
func (g *gate) advance(in Input) error {
	next, _, err := Advance(g.engine.flows, *g.conv, g.facts, in, g.now)
	if err != nil {
		return err
	}
	next.Stamp = g.conv.Stamp
	return casework.Conversations.Put(g.tx, &next)
}
