package channels

import (
	"context"
	"errors"
	"time"

	"linkline/conversation/casework"
)

// settle records what came of an attempt. Only the newest claim may do so: a
// result that comes after another claim is evidence, and is logged (I23).
func (d *Delivery) settle(ctx context.Context, a *attempt, sent Sent, r *SendError) error {
	now := d.config.Now()
	id, err := d.id(now)
	if err != nil {
		return err
	}
	s := settlement{attempt: a, sent: sent, result: r, now: now, id: id}
	stale := false
	err = d.config.Store.Update(ctx, SiteResult, a.team, func(tx casework.Tx) error {
		m, err := casework.Messages.Find(tx, a.out.Message)
		if err != nil {
			return err
		}
		stale = m == nil || m.Delivery.Fence != a.fence
		if stale {
			return nil
		}
		return s.apply(tx, m)
	})
	if err != nil {
		return err
	}
	if r.Outcome == Config || r.Outcome == Throttled {
		d.rest(a.route, now.Add(s.pause()))
	}
	d.logResult(ctx, a, r, stale)
	return nil
}

func (d *Delivery) logResult(ctx context.Context, a *attempt, r *SendError, stale bool) {
	args := []any{
		"message", a.out.Message, "attempt", a.out.Attempt, "team", a.team,
		"outcome", string(r.Outcome), "code", r.Code, "stale", stale,
	}
	switch {
	case r.Outcome == Config:
		d.config.Log.ErrorContext(ctx, "the provider refuses our account", append(args, "error", r)...)
	case r.Outcome != Accepted || stale:
		d.config.Log.WarnContext(ctx, "message not accepted", append(args, "error", r)...)
	default:
		d.config.Log.DebugContext(ctx, "message accepted", args...)
	}
}

// settlement is the result of one attempt on its way into the records.
type settlement struct {
	*attempt
	sent   Sent
	result *SendError
	now    time.Time
	id     string
}

// pause is how long to wait before the message, or the route, is tried again.
func (s *settlement) pause() time.Duration {
	if s.result.Outcome == Config {
		return holdTime
	}
	return wait(s.out.Attempt, s.result.RetryAfter)
}

func (s *settlement) apply(tx casework.Tx, m *casework.Message) error {
	switch s.result.Outcome {
	case Accepted:
		return s.accept(tx, m)
	case Rejected:
		return s.reject(tx, m)
	case Throttled, NotSent, Config:
		return s.putBack(tx, m)
	case Unknown:
		return lose(tx, m, s.now)
	}
	return errors.New("unknown outcome of an attempt")
}

func (s *settlement) accept(tx casework.Tx, m *casework.Message) error {
	if err := acceptNow(m, s.now); err != nil {
		return err
	}
	m.Delivery.Carrier = furthest(m.Delivery.Carrier, s.sent.Carrier)
	if m.Delivery.ProviderID == "" {
		m.Delivery.ProviderID = s.sent.ProviderID
	}
	return casework.Messages.Put(tx, m)
}

func (s *settlement) reject(tx casework.Tx, m *casework.Message) error {
	if !open(m) {
		return nil // a report was here first: the provider has it after all
	}
	if err := m.Delivery.Fire("reject"); err != nil {
		return err
	}
	m.Delivery.Code, m.Delivery.SettledAt = s.result.Code, s.now
	m.Delivery.Reason = rejection(s.result)
	if err := casework.Messages.Put(tx, m); err != nil {
		return err
	}
	l := lesson{optedOut: s.result.OptedOut, badNumber: s.result.BadNumber, id: s.id, now: s.now}
	if err := l.learn(tx, m); err != nil {
		return err
	}
	return tell(tx, m, m.Delivery.Reason, s.now)
}

// rejection is the fixed word for why a provider refused a message.
func rejection(r *SendError) string {
	switch {
	case r.OptedOut:
		return casework.ReasonBlocked
	case r.BadNumber:
		return casework.ReasonUndeliverable
	}
	return r.Reason
}

// putBack plans a message again that certainly did not leave.
func (s *settlement) putBack(tx casework.Tx, m *casework.Message) error {
	if m.Delivery.State != casework.Attempting {
		return nil // counted as unknown meanwhile, or reported: evidence decides
	}
	if err := m.Delivery.Fire("defer"); err != nil {
		return err
	}
	m.Delivery.NotBefore, m.Delivery.Deadline = s.now.Add(s.pause()), time.Time{}
	return casework.Messages.Put(tx, m)
}

// lose records that a message may or may not have left. It is not sent again
// blindly; a report, or the provider's own list, may still say what became of
// it.
func lose(tx casework.Tx, m *casework.Message, now time.Time) error {
	if m.Delivery.State != casework.Attempting {
		return nil
	}
	if err := m.Delivery.Fire("lose"); err != nil {
		return err
	}
	again := casework.SendsAgain(m)
	if again {
		if err := m.Delivery.Fire("resend"); err != nil {
			return err
		}
		m.Delivery.NotBefore = now.Add(wait(m.Delivery.Attempt, 0))
	}
	m.Delivery.Deadline = time.Time{}
	if err := casework.Messages.Put(tx, m); err != nil || again {
		return err
	}
	return tell(tx, m, "", now)
}

// open reports whether the outcome of a message is still to be learnt.
func open(m *casework.Message) bool {
	return m.Delivery.State == casework.Attempting || m.Delivery.State == casework.Unknown
}

// acceptNow records that the provider has the message, if that is news.
func acceptNow(m *casework.Message, now time.Time) error {
	if !open(m) {
		return nil
	}
	if err := m.Delivery.Fire("accept"); err != nil {
		return err
	}
	m.Delivery.SettledAt, m.Delivery.Deadline = now, time.Time{}
	return nil
}
