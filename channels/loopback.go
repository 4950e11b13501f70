package channels

import "context"

// Loopback is the sender of a made-up team: it takes every message and lets
// none leave this machine. What it took is read where the conversation is
// shown (decision 10).
type Loopback struct{}

// Send takes the message; there is no network that could lose it.
func (Loopback) Send(_ context.Context, out Outgoing) (Sent, error) {
	return Sent{ProviderID: "loopback", Carrier: CarrierDelivered}, nil
}
