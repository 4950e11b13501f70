package channels

import (
	"context"
	"time"

	"linkline/conversation/casework"
)

// mostLooks is how often the provider is asked for a message before its absence
// counts.
const mostLooks = 3

// tracesAfter is when the n-th look for a message is made whose outcome nobody
// knows: the list lags behind, and three looks over ten minutes do not (3.3).
func tracesAfter(n int) time.Duration {
	return []time.Duration{90 * time.Second, 5 * time.Minute, 10*time.Minute + 30*time.Second}[min(n, mostLooks-1)]
}

// statusAfter is when the provider is asked for the n-th time what became of a
// message it has taken.
func statusAfter(n int) time.Duration {
	return []time.Duration{10 * time.Minute, time.Hour, 24 * time.Hour}[min(n, mostLooks-1)]
}

// leastGap is the least time between two looks, however late they come.
const leastGap = time.Minute

// watch will ask the provider about a message that it has taken, until it says
// how that ended or was asked often enough.
func watch(m *casework.Message) {
	d := m.Delivery
	switch {
	case d.State != casework.Accepted:
	case arrived(d.Carrier) || lost(d.Carrier) || d.ProviderID == "" || d.Looks >= mostLooks:
		d.LookAt = time.Time{}
	case d.LookAt.IsZero():
		d.LookAt = d.SettledAt.Add(statusAfter(d.Looks))
	}
}

// seek will look for a message whose outcome nobody knows.
func seek(d *casework.Delivery, now time.Time) {
	d.LookAt = d.ClaimedAt.Add(tracesAfter(d.Looks))
	if soonest := now.Add(leastGap); d.Looks > 0 && d.LookAt.Before(soonest) {
		d.LookAt = soonest
	}
	if d.LookAt.Before(now) {
		d.LookAt = now
	}
}

// absent counts a look that found nothing. After the last the policy of its
// class decides: what nobody wrote is sent once more under the same id; a person
// hears of the rest, and that it may or may not have been sent.
func (d *Delivery) absent(ctx context.Context, tx casework.Tx, m *casework.Message, now time.Time) error {
	if m.Delivery.State == casework.Accepted {
		m.Delivery.Looks++
		m.Delivery.LookAt = time.Time{}
		watch(m)
		return casework.Messages.Put(tx, m)
	}
	m.Delivery.Looks++
	if m.Delivery.Looks < mostLooks {
		seek(m.Delivery, now)
		return casework.Messages.Put(tx, m)
	}
	if m.Delivery.Class.Automatic() && !m.Delivery.Resent && !late(m, now) {
		return resend(tx, m, now)
	}
	if err := giveUp(tx, m, now); err != nil {
		return err
	}
	return d.drop(ctx, tx, m, now) // all there is to know says that she has not seen it
}

// resend plans a message once more of which the provider has no trace. Its
// question stays open: it is most likely that she sees it in a moment.
func resend(tx casework.Tx, m *casework.Message, now time.Time) error {
	if err := m.Delivery.Fire("resend"); err != nil {
		return err
	}
	m.Delivery.Resent, m.Delivery.Looks = true, 0
	m.Delivery.LookAt, m.Delivery.SettledAt = time.Time{}, time.Time{}
	return postpone(tx, m, now)
}

// giveUp leaves the outcome unknown and tells a person.
func giveUp(tx casework.Tx, m *casework.Message, now time.Time) error {
	if m.Delivery.State == casework.Attempting { // an answer
		if err := m.Delivery.Fire("lose"); err != nil {
			return err
		}
	}
	m.Delivery.LookAt, m.Delivery.SettledAt = time.Time{}, now
	if err := casework.Messages.Put(tx, m); err != nil {
		return err
	}
	return tell(tx, m, "", now)
}

// lookLater puts a look off because the provider could not be asked. When a
// message is of no use any more nobody waits longer for word of it (I4); its
// question stays open, since she may well have seen it.
func lookLater(tx casework.Tx, m *casework.Message, now time.Time) error {
	if open(m) && late(m, now.Add(-time.Hour)) {
		return giveUp(tx, m, now)
	}
	m.Delivery.LookAt = now.Add(lookAgain)
	return casework.Messages.Put(tx, m)
}
