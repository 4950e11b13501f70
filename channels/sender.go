package channels

import (
	"context"
	"errors"
	"fmt"
	"time"

	"linkline/conversation/casework"
)

// Outgoing is one message as it is handed to a provider.
type Outgoing struct {
	// Message is our key of it and Attempt the number of this try; both travel
	// with it and come back in the provider's reports.
	Message string
	Attempt int
	To      casework.Private
	Text    casework.Private
	// Asks are its buttons; nil for none. A channel without them passes them over.
	Asks *casework.Asking
	// NotAfter is when the provider must stop trying; zero for no bound.
	NotAfter time.Time
}

// Sent is what a provider says of a message it has taken.
type Sent struct {
	// ProviderID is its own id of the message.
	ProviderID string
	// Carrier is how far the message has come, in the words of Delivery.Carrier.
	Carrier string
}

// Sender hands messages to one provider.
type Sender interface {
	// Send hands over one message, once: it never repeats a request by itself.
	// A nil error means the provider has taken it. Every other outcome is a
	// *SendError; an error of another type counts as unknown. It returns when
	// ctx ends, and then says unknown unless it is sure that nothing left.
	Send(ctx context.Context, out Outgoing) (Sent, error)
}

// Outcome is what became of one attempt to send (decision 7).
type Outcome string

// The outcomes of an attempt.
const (
	// Accepted: the provider has it.
	Accepted Outcome = "accepted"
	// Rejected: the provider refuses it and would refuse it again.
	Rejected Outcome = "rejected"
	// Throttled: the provider did not process it and asks for time.
	Throttled Outcome = "throttled"
	// Unknown: it may or may not have left.
	Unknown Outcome = "unknown"
	// NotSent: nothing left this machine.
	NotSent Outcome = "not_sent"
	// Config: the provider refuses us, not the message; an operator must act.
	Config Outcome = "config"
)

// SendError says why a provider has not, or may not have, taken a message. It
// holds nothing of the message or the person.
type SendError struct {
	Outcome Outcome
	// Code is the provider's own error code, zero for none.
	Code int
	// Reason is a fixed word for the desk; empty where the code says it all.
	Reason string
	// RetryAfter is how long the provider asks us to wait; zero for nothing.
	RetryAfter time.Duration
	// Reaction is what the code asks of us; see there.
	Reaction Reaction
	// Err is the cause, for the log. It must hold nothing personal.
	Err error
}

// Error describes the failure for a log.
func (e *SendError) Error() string {
	text := "send: " + string(e.Outcome)
	if e.Code != 0 {
		text += fmt.Sprintf(" (code %d)", e.Code)
	}
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *SendError) Unwrap() error { return e.Err }

// result is the one place that turns what a sender answered into an outcome.
func result(err error) *SendError {
	if err == nil {
		return &SendError{Outcome: Accepted}
	}
	var failed *SendError
	if errors.As(err, &failed) && failed.Outcome != "" && failed.Outcome != Accepted {
		return failed
	}
	return &SendError{Outcome: Unknown, Err: err}
}
