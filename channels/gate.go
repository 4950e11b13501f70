package channels

import (
	"context"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// Verdict is what a Gate says of a message. The zero Verdict lets it go.
type Verdict = conversation.Hold

// Gate is whoever knows more of a message than its sending: the window, the
// caps, the appointment it is about, the question it asks (decision 20). The
// engine is one. Both methods run in the delivery's own transaction, which may
// be run again: they read and write through tx and have no other effect.
type Gate interface {
	// Open is asked of a planned message just before it is claimed, each time it
	// is: it may leave before, have been refused, and be planned again. A message
	// that is let go has its question open when the transaction commits.
	Open(ctx context.Context, tx casework.Tx, m *casework.Message, now time.Time) (Verdict, error)
	// Drop is told that a message which Open let go did not arrive after all: it
	// was suppressed, refused or lost, or waits to be tried again. It closes the
	// question and hands back what was parked. It may be told so twice, and of a
	// message whose question is no longer open, which is no error.
	Drop(ctx context.Context, tx casework.Tx, m *casework.Message, reason string, now time.Time) error
}

// open asks the gate. A cry for help and what a colleague is told are held back
// by nothing.
func (d *Delivery) open(ctx context.Context, tx casework.Tx, m *casework.Message, now time.Time) (Verdict, error) {
	if d.config.Gate == nil || ungated(m) {
		return Verdict{}, nil
	}
	return d.config.Gate.Open(ctx, tx, m, now)
}

// drop tells the gate, if it ever let the message go.
func (d *Delivery) drop(ctx context.Context, tx casework.Tx, m *casework.Message, now time.Time) error {
	if d.config.Gate == nil || ungated(m) || m.Delivery.Attempt == 0 {
		return nil
	}
	return d.config.Gate.Drop(ctx, tx, m, m.Delivery.Reason, now)
}

// ungated reports whether the gate has no say in a message: it is not asked
// about a text to a colleague, whose phone may be a person's in another
// conversation.
func ungated(m *casework.Message) bool { return urgent(m) || m.Delivery.Class.ToColleague() }

// urgent reports whether a message is held back by nothing of ours.
func urgent(m *casework.Message) bool { return m.Delivery.Class.Lane() == casework.LaneUrgent }
