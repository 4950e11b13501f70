package twilio_test

import (
	"context"

	"linkline/conversation"
)

// gate is an engine that says which text it took and waits until it is opened.
type gate struct {
	entered chan string
	open    chan struct{}
}

func (g *gate) Receive(_ context.Context, in conversation.Inbound) (conversation.Reply, error) {
	g.entered <- in.ID
	<-g.open
	return conversation.Reply{}, nil
}
