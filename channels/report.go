package channels

import (
	"context"
	"fmt"
	"time"

	"linkline/conversation/casework"
)

// Report is what a provider says, later, of a message of ours. Whoever makes
// one has proved that it is the provider's and that the message is the team's.
type Report struct {
	Team       casework.TeamID
	Message    string // our key of the message
	Attempt    int
	ProviderID string
	Carrier    string
	// Code is the provider's error code, zero for none; OptedOut and BadNumber
	// say what it means, as in SendError.
	Code      int
	OptedOut  bool
	BadNumber bool
}

// Report records one status report. Reports come late, twice, in any order and
// before our own call has returned: each is proof that the provider has the
// message, and how far it is never goes back (I25, B51). A word or a message
// it does not know is logged and ignored: asking the provider to say it again
// would change nothing.
func (d *Delivery) Report(ctx context.Context, r Report) error {
	args := []any{"message", r.Message, "team", r.Team, "carrier", r.Carrier, "code", r.Code}
	if distance(r.Carrier) == 0 {
		d.config.Log.InfoContext(ctx, "unknown word in a status report", "message", r.Message, "team", r.Team)
		return nil
	}
	now := d.config.Now()
	id, err := d.id(now)
	if err != nil {
		return err
	}
	known := false
	err = d.config.Store.Update(ctx, SiteReport, r.Team, func(tx casework.Tx) error {
		m, err := casework.Messages.Find(tx, r.Message)
		known = m != nil && m.Delivery != nil
		if err != nil || !known {
			return err
		}
		return r.apply(tx, m, id, now)
	})
	if err != nil {
		return fmt.Errorf("record a status report: %w", err)
	}
	if !known {
		d.config.Log.WarnContext(ctx, "status report of no message", args...)
		return nil
	}
	d.config.Log.DebugContext(ctx, "status report", args...)
	return nil
}

func (r Report) apply(tx casework.Tx, m *casework.Message, id string, now time.Time) error {
	if m.Delivery.State == casework.Planned && lost(r.Carrier) {
		return nil // the attempt that seemed lost was: the message is sent again as planned
	}
	before, wasLost := *m.Delivery, lost(m.Delivery.Carrier)
	if err := proven(m, now); err != nil {
		return err
	}
	m.Delivery.Carrier = furthest(m.Delivery.Carrier, r.Carrier)
	if m.Delivery.ProviderID == "" {
		m.Delivery.ProviderID = r.ProviderID
	}
	failed := lost(m.Delivery.Carrier) && !wasLost
	if failed {
		m.Delivery.Code = r.Code
	}
	if *m.Delivery == before {
		return nil
	}
	if err := casework.Messages.Put(tx, m); err != nil || !failed {
		return err
	}
	l := lesson{optedOut: r.OptedOut, badNumber: r.BadNumber, id: id, now: now}
	if err := l.learn(tx, m); err != nil {
		return err
	}
	return tell(tx, m, rejection(&SendError{OptedOut: r.OptedOut, BadNumber: r.BadNumber}), now)
}

// proven records that the provider has the message. One that waits to be sent
// again is not sent again: the attempt that seemed lost has arrived. One that
// was refused or suppressed keeps that state; the report is kept beside it.
func proven(m *casework.Message, now time.Time) error {
	if m.Delivery.State == casework.Planned {
		if err := m.Delivery.Fire("claim"); err != nil {
			return err
		}
		m.Delivery.Fence++ // an answer to an older claim is evidence only
	}
	return acceptNow(m, now)
}
