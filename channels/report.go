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
	// Code is the provider's error code, zero for none; Reaction is what it asks
	// of us.
	Code     int
	Reaction Reaction
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
	drawn, err := d.draw()
	if err != nil {
		return err
	}
	known := false
	var failed *failure
	err = d.config.Store.Update(ctx, SiteReport, r.Team, func(tx casework.Tx) error {
		m, err := casework.Messages.Find(tx, r.Message)
		known, failed = m != nil && m.Delivery != nil, nil
		if err != nil || !known {
			return err
		}
		failed, err = d.reported(ctx, tx, m, said{Report: r, drawn: drawn})
		return err
	})
	if err != nil {
		return fmt.Errorf("record a status report: %w", err)
	}
	if !known {
		d.config.Log.WarnContext(ctx, "status report of no message", args...)
		return nil
	}
	if failed != nil {
		d.note(ctx, failed)
	}
	d.config.Log.DebugContext(ctx, "status report", args...)
	return nil
}

// said is a report with what is needed to record it.
type said struct {
	Report
	drawn
	// looked is set where we asked: that we did is kept though nothing is news.
	looked bool
}

// reported records what a provider says of a message, in a report or in its
// list. It returns the failure, if it was one.
func (d *Delivery) reported(ctx context.Context, tx casework.Tx, m *casework.Message, s said) (*failure, error) {
	if s.passed(m) {
		return nil, nil
	}
	before, wasLost := *m.Delivery, lost(m.Delivery.Carrier)
	if err := proven(m, s.now); err != nil {
		return nil, err
	}
	m.Delivery.Carrier = furthest(m.Delivery.Carrier, s.Carrier)
	if m.Delivery.ProviderID == "" {
		m.Delivery.ProviderID = s.ProviderID
	}
	if lost(m.Delivery.Carrier) && !wasLost {
		f := &failure{
			drawn: s.drawn, delivery: d, reaction: s.Reaction, code: s.Code, attempt: s.Attempt,
			final: m.Delivery.State != casework.Accepted,
		}
		return f, f.apply(ctx, tx, m)
	}
	watch(m)
	if *m.Delivery == before && !s.looked {
		return nil, nil
	}
	return nil, casework.Messages.Put(tx, m)
}

// passed reports whether what is said is about an attempt that others have
// followed: only that it has arrived after all is news.
func (s said) passed(m *casework.Message) bool {
	switch {
	case arrived(s.Carrier):
		return false
	case s.Attempt <= m.Delivery.Lost:
		return true
	case lost(s.Carrier):
		return m.Delivery.State == casework.Planned || s.Attempt < m.Delivery.Attempt
	}
	return false
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
