package channels

import (
	"context"
	"time"

	"linkline/conversation/casework"
)

// drawn is what a step may need and may not draw within its transaction, which
// may be run again.
type drawn struct {
	now    time.Time
	id     string  // of a record it may write
	jitter float64 // between 0 and 1
}

// draw draws it.
func (d *Delivery) draw() (drawn, error) {
	now := d.config.Now()
	d.random.Lock()
	defer d.random.Unlock()
	id, err := casework.NewIDs(now, d.config.Random).Next()
	if err != nil {
		return drawn{}, err
	}
	var b [1]byte
	if _, err := d.config.Random.Read(b[:]); err != nil {
		return drawn{}, err
	}
	return drawn{now: now, id: id, jitter: float64(b[0]) / 256}, nil
}

// failure is a message that did not arrive, on its way into the records.
type failure struct {
	drawn
	delivery *Delivery
	reaction Reaction
	code     int
	// reason is the adapter's own word for why; empty for the reaction's.
	reason string
	// attempt is the one that failed. final is set where the message must not be
	// planned again whatever the reaction says: its state says otherwise.
	attempt int
	final   bool

	// What came of it, for after the commit.
	team  casework.TeamID
	route Route
}

// apply records the failure: what it teaches, whether the message is planned
// again, and else who is told. Its question, if it asked one, is closed either
// way: she has not seen it.
func (f *failure) apply(ctx context.Context, tx casework.Tx, m *casework.Message) error {
	d := m.Delivery
	d.Code, d.Reason, d.SettledAt, d.LookAt = f.code, f.reason, f.now, time.Time{}
	d.Lost = max(d.Lost, f.attempt)
	if d.Reason == "" {
		d.Reason = f.reaction.reason()
	}
	if err := f.learn(tx, m); err != nil {
		return err
	}
	reason := d.Reason
	again := f.worthAgain(m)
	if again {
		if err := f.planAgain(d); err != nil {
			return err
		}
	}
	if err := casework.Messages.Put(tx, m); err != nil {
		return err
	}
	if err := f.remember(tx, m); err != nil {
		return err
	}
	if err := f.delivery.drop(ctx, tx, m, f.now); err != nil {
		return err
	}
	if again && !urgent(m) {
		return nil
	}
	return tell(tx, m, reason, f.now) // what is urgent is tried again and told
}

// worthAgain reports whether the message is planned again: its failure may pass,
// it has not done so too often, and it is still of use when it would leave. An
// answer that rode back on TwiML has nowhere to go.
func (f *failure) worthAgain(m *casework.Message) bool {
	r := f.reaction.remedy()
	if f.final || m.Delivery.Retries >= r.again || m.Delivery.To == "" {
		return false
	}
	end := m.Delivery.NotAfter
	return end.IsZero() || f.now.Add(r.after).Before(end)
}

// planAgain plans the message again under the same id. The gate says when its
// window is open (messaging-safety 1.2, 30003 and 30036).
func (f *failure) planAgain(d *casework.Delivery) error {
	if err := d.Fire("retry"); err != nil {
		return err
	}
	after := f.reaction.remedy().after
	d.NotBefore = f.now.Add(after + time.Duration(f.jitter*float64(after)/8))
	d.Retries++
	d.Carrier, d.ProviderID, d.SettledAt, d.Looks, d.Resent = "", "", time.Time{}, 0, false
	return nil
}

// remember notes what is needed once this is committed.
func (f *failure) remember(tx casework.Tx, m *casework.Message) error {
	c, err := casework.Conversations.Find(tx, string(m.Conversation))
	f.team, f.route = m.Team, routeOf(m, c)
	return err
}

// learn records what the failure says of the contact point, so that no second
// text is tried (B57, I1). What the person said herself is not overwritten by a
// bad number, and a duty colleague's number is no contact point of the
// person's.
func (f *failure) learn(tx casework.Tx, m *casework.Message) error {
	r := f.reaction.remedy()
	if r.contact == "" && !r.doubt || m.Delivery.Class.ToColleague() {
		return nil
	}
	cp, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(m.Conversation))
	if err != nil || cp == nil {
		return err
	}
	if cp.State == casework.ContactActive && cp.StateAt.After(m.At) {
		return nil // she has texted us since, which is newer
	}
	learnt := string(r.contact)
	switch {
	case r.doubt && cp.DoubtedAt.IsZero():
		cp.DoubtedAt, learnt = f.now, "doubted"
	case r.contact != "" && newer(cp.State, r.contact):
		cp.State, cp.StateAt, cp.StateFrom = r.contact, f.now, "provider"
	default:
		return nil
	}
	if err := casework.ContactPoints.Put(tx, cp); err != nil {
		return err
	}
	return casework.Audits.Put(tx, &casework.Audit{
		ID: f.id, Team: m.Team, At: f.now, Actor: casework.ByService,
		Action: "contact " + learnt, Object: string(m.Conversation), Reason: "provider",
	})
}

// newer reports whether what a provider says of a contact point changes it. A
// block outranks all, her own STOP a number that cannot be reached.
func newer(is, says casework.ContactState) bool {
	switch is {
	case says, casework.ContactBlocked:
		return false
	case casework.ContactOptedOut:
		return says == casework.ContactBlocked
	case casework.ContactActive, casework.ContactUndeliverable:
	}
	return true
}
