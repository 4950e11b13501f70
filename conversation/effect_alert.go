package conversation

import (
	"slices"
	"time"

	"linkline/conversation/casework"
)

// Alert says that a text cannot wait. It is committed with the reply that may
// say so (I14, I16), stands at the top of the queue until a named person closes
// it, and tells the duty number without any detail of the person (decision 27).
type Alert struct {
	Class    string
	Rules    []string
	Matched  casework.Private
	Text     casework.Private
	Softened bool
	DueAt    time.Time
	// CouldNotReply is set when the reply will not reach the phone.
	CouldNotReply bool
}

// fire notes the rules on the case, each once: the words of every time are with
// their alerts.
func (a Alert) fire(c *casework.Case, now time.Time) {
	for _, rule := range a.Rules {
		fired := casework.FiredRule{Rule: rule, Words: a.Matched, At: now}
		i := slices.IndexFunc(c.Fired, func(f casework.FiredRule) bool { return f.Rule == rule })
		if i < 0 {
			c.Fired = append(c.Fired, fired)
			continue
		}
		c.Fired[i] = fired
	}
}

func (a Alert) apply(b *books) error {
	id, err := b.ids.Next()
	if err != nil {
		return err
	}
	alert := &casework.Alert{
		ID: id, Team: b.team.ID, Conversation: b.conv.ID, Class: a.Class, Rules: a.Rules,
		Softened: a.Softened, State: casework.AlertRaised, RaisedAt: b.now, DueAt: a.DueAt,
		CouldNotReply: a.CouldNotReply,
	}
	if b.caseOf != nil {
		alert.Case = b.caseOf.ID
		c := b.changeCase()
		c.CannotWait = true
		a.fire(c, b.now)
		if c.DueAt.IsZero() || a.DueAt.Before(c.DueAt) {
			c.DueAt = a.DueAt
		}
	}
	told, err := b.dutyKnows()
	if err != nil {
		return err
	}
	if err := casework.Alerts.Put(b.tx, alert); err != nil {
		return err
	}
	if err := casework.AlertWords.Put(b.tx, &casework.AlertWord{
		ID: id, Team: b.team.ID, DataKey: casework.KeyID("alert:" + id), Text: a.Text,
		Matched: a.Matched, Address: b.address, Channel: b.conv.Channel,
	}); err != nil {
		return err
	}
	if err := b.audit("alert raised", id, ""); err != nil {
		return err
	}
	if err := b.watchAlert(alert, 0, later(a.DueAt, b.now.Add(time.Minute))); err != nil || told {
		return err
	}
	return b.tellDuty(id, 0)
}

// dutyQuiet is how long the duty number is not told again of the same person
// while nobody has yet looked: sixty texts would hide the next person's.
const dutyQuiet = 30 * time.Minute

// dutyKnows reports whether the duty number was told of this conversation a
// moment ago and the alert still waits.
func (b *books) dutyKnows() (bool, error) {
	last, _, err := casework.Alerts.Range(b.tx, casework.Span{
		Index: "conversation", Prefix: casework.Join(string(b.conv.ID), ""), Reverse: true, Limit: 1,
	})
	if err != nil || len(last) == 0 {
		return false, err
	}
	return last[0].State == casework.AlertRaised && b.now.Sub(last[0].RaisedAt) < dutyQuiet, nil
}
