package channels

import (
	"context"
	"errors"
	"time"

	"linkline/conversation/casework"
)

// urgentTries is how often what cannot wait is tried before a person hears that
// it does not leave.
const urgentTries = 3

// settle records what came of an attempt. Only the newest claim may do so: a
// result that comes after another claim is evidence, and is logged (I23).
func (d *Delivery) settle(ctx context.Context, a *attempt, sent Sent, r *SendError) error {
	drawn, err := d.draw()
	if err != nil {
		return err
	}
	s := settlement{attempt: a, delivery: d, sent: sent, result: r, drawn: drawn}
	stale := false
	err = d.config.Store.Update(ctx, SiteResult, a.team, func(tx casework.Tx) error {
		s.failed = nil
		m, err := casework.Messages.Find(tx, a.out.Message)
		if err != nil {
			return err
		}
		stale = m == nil || m.Delivery.Fence != a.fence
		if stale {
			return nil
		}
		return s.apply(ctx, tx, m)
	})
	if err != nil {
		return err
	}
	if s.failed != nil {
		d.note(ctx, s.failed)
	}
	opened := d.ways.heard(a.route, r.Outcome, s.pause(), s.now)
	d.logResult(ctx, a, r, logged{stale: stale, opened: opened})
	return nil
}

// logged is what else there is to say of a result.
type logged struct{ stale, opened bool }

func (d *Delivery) logResult(ctx context.Context, a *attempt, r *SendError, l logged) {
	args := []any{
		"message", a.out.Message, "attempt", a.out.Attempt, "team", a.team,
		"outcome", string(r.Outcome), "code", r.Code, "stale", l.stale,
	}
	if l.opened {
		d.config.Log.ErrorContext(ctx, "nothing leaves this way for now", append(args, "channel", string(a.route.Channel))...)
	}
	switch {
	case r.Outcome == Config:
		d.config.Log.ErrorContext(ctx, "the provider refuses our account", append(args, "error", r)...)
	case r.Outcome != Accepted || l.stale:
		d.config.Log.WarnContext(ctx, "message not accepted", append(args, "error", r)...)
	default:
		d.config.Log.DebugContext(ctx, "message accepted", args...)
	}
}

// settlement is the result of one attempt on its way into the records.
type settlement struct {
	*attempt
	drawn
	delivery *Delivery
	sent     Sent
	result   *SendError
	failed   *failure
}

// pause is how long to wait before the message, or the way, is tried again.
func (s *settlement) pause() time.Duration {
	if s.result.Outcome == Config {
		return holdTime
	}
	return wait(s.out.Attempt, s.result.RetryAfter, s.jitter)
}

func (s *settlement) apply(ctx context.Context, tx casework.Tx, m *casework.Message) error {
	switch s.result.Outcome {
	case Accepted:
		return s.accept(tx, m)
	case Rejected:
		return s.reject(ctx, tx, m)
	case Throttled, NotSent, Config:
		return s.putBack(tx, m)
	case Unknown:
		return s.delivery.lose(tx, m, s.drawn)
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
	watch(m)
	return casework.Messages.Put(tx, m)
}

func (s *settlement) reject(ctx context.Context, tx casework.Tx, m *casework.Message) error {
	if !open(m) {
		return nil // a report was here first: the provider has it after all
	}
	if err := m.Delivery.Fire("reject"); err != nil {
		return err
	}
	m.Delivery.Deadline = time.Time{}
	s.failed = &failure{
		drawn: s.drawn, delivery: s.delivery, reaction: s.result.Reaction, code: s.result.Code,
		reason: s.result.Reason, attempt: s.out.Attempt,
	}
	return s.failed.apply(ctx, tx, m)
}

// putBack plans a message again that certainly did not leave.
func (s *settlement) putBack(tx casework.Tx, m *casework.Message) error {
	if m.Delivery.State != casework.Attempting {
		return nil // counted as unknown meanwhile, or reported: evidence decides
	}
	if err := m.Delivery.Fire("defer"); err != nil {
		return err
	}
	m.Delivery.Deadline = time.Time{}
	if err := postpone(tx, m, s.now.Add(s.pause())); err != nil {
		return err
	}
	if urgent(m) && m.Delivery.Attempt >= urgentTries {
		return tell(tx, m, "", s.now) // it is tried on, but somebody rings meanwhile
	}
	return nil
}

// lose records that a message may or may not have left. It is not sent again
// blindly; a report, or the provider's own list, may still say what became of
// it. Where nobody can be asked a person is told at once.
func (d *Delivery) lose(tx casework.Tx, m *casework.Message, w drawn) error {
	if m.Delivery.State != casework.Attempting {
		return nil
	}
	if err := m.Delivery.Fire("lose"); err != nil {
		return err
	}
	m.Delivery.Deadline = time.Time{}
	if casework.SendsAgain(m) {
		if err := m.Delivery.Fire("resend"); err != nil {
			return err
		}
		return postpone(tx, m, w.now.Add(wait(m.Delivery.Attempt, 0, w.jitter)))
	}
	c, err := casework.Conversations.Find(tx, string(m.Conversation))
	if err != nil {
		return err
	}
	asked := d.config.Listers[routeOf(m, c)] != nil
	m.Delivery.SettledAt = w.now
	if asked {
		m.Delivery.Looks = 0
		seek(m.Delivery, w.now)
	}
	if err := casework.Messages.Put(tx, m); err != nil || asked && !urgent(m) {
		return err // the last look tells
	}
	return tell(tx, m, "", w.now)
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
	m.Delivery.SettledAt, m.Delivery.Deadline, m.Delivery.LookAt = now, time.Time{}, time.Time{}
	m.Delivery.Looks, m.Delivery.Reason = 0, ""
	return nil
}
