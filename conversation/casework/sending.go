package casework

import (
	"slices"
	"time"
)

// The fixed words for why a message was not sent; the desk puts them in a
// sentence.
const (
	ReasonOptedOut      = "opted_out"
	ReasonBlocked       = "blocked"
	ReasonUndeliverable = "undeliverable"
	ReasonUnsafe        = "unsafe"
	ReasonPaused        = "paused"
	ReasonExpired       = "expired"
	ReasonErased        = "erased"
	ReasonNoAddress     = "no_address"
	ReasonWithdrawn     = "withdrawn"
	// ReasonStale is what was planned of something that has changed since: the
	// appointment was moved, the answer has come.
	ReasonStale = "stale"
)

// maxBlindSends is how often a message that must not be lost is sent although
// an earlier attempt may have arrived.
const maxBlindSends = 3

// MaySend returns why a planned message must not leave now, or "" when it may.
// It is asked in the transaction that claims the message, so that whatever was
// committed before it counts (I1). c and cp are nil where there is none; now
// is in the team's own civil time, since a pause ends on a date.
//
// A worker's last words to a case that was closed meanwhile still leave: they
// were written to a person who is waiting for them.
func MaySend(m *Message, cp *ContactPoint, c *Conversation, now time.Time) (reason string) {
	d := m.Delivery
	switch {
	case d.To == "":
		return ReasonNoAddress
	case !d.NotAfter.IsZero() && now.After(d.NotAfter):
		return ReasonExpired
	case d.Class.ToColleague():
		return "" // what the person asked for is not about it
	case d.Class == ClassSafety:
		return safetyBar(cp)
	}
	return bar(cp, c, now)
}

// safetyBar is what keeps even a safety text back: only that the provider has
// stopped it, so that somebody must ring (decision 26).
func safetyBar(cp *ContactPoint) string {
	if cp != nil && cp.State == ContactBlocked {
		return ReasonBlocked
	}
	return ""
}

func bar(cp *ContactPoint, c *Conversation, now time.Time) string {
	if c == nil {
		return ReasonErased
	}
	if cp != nil {
		switch cp.State {
		case ContactOptedOut:
			return ReasonOptedOut
		case ContactBlocked:
			return ReasonBlocked
		case ContactUndeliverable:
			return ReasonUndeliverable
		case ContactActive:
		}
		if cp.Safe == SafeNo {
			return ReasonUnsafe
		}
	}
	if c.Withdrawn {
		return ReasonWithdrawn
	}
	if c.Pause != "" && now.Format(time.DateOnly) < c.Pause {
		return ReasonPaused
	}
	return ""
}

// NeedsHand reports whether somebody must know that a message was not sent,
// for this reason. An automatic text that the person herself has stopped needs
// nobody, nor does a list that a worker finds at the desk as well; what somebody
// wrote, or what cannot wait, always does.
func NeedsHand(m *Message, reason string) bool {
	if reason == ReasonErased || reason == ReasonStale || m.Delivery.Class == ClassStaff {
		return false
	}
	wish := []string{ReasonOptedOut, ReasonPaused, ReasonWithdrawn}
	return !m.Delivery.Class.Automatic() || !slices.Contains(wish, reason)
}

// Automatic reports whether nobody wrote the message: it leaves at its moment,
// and only while the person may be texted.
func (c DeliveryClass) Automatic() bool { return c == ClassNotice || c == ClassReminder }

// ToColleague reports whether the message goes to somebody who works here. She
// may have texted us from that phone as anybody may: what was said or learnt of
// it as a person's number says nothing about it.
func (c DeliveryClass) ToColleague() bool { return c == ClassDuty || c == ClassStaff }

// SendsAgain reports whether a message whose outcome is unknown is sent again
// without waiting for evidence. Only what must not be lost is, and only a few
// times: a duty colleague or a person in danger who is texted twice is better
// off than one who is not texted (messaging-safety 3.3). Everything else waits
// for evidence or for a person.
func SendsAgain(m *Message) bool {
	d := m.Delivery
	return (d.Class == ClassDuty || d.Class == ClassSafety) && d.Attempt < maxBlindSends
}
