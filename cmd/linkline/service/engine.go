package service

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/safety"
	"linkline/flows"
	"linkline/scheduler"
	"linkline/store"
)

// Play is what an engine is made of, wherever it plays: behind the webhooks, in
// a terminal or in a test.
type Play struct {
	Store   store.Store
	Library *flows.Library
	Teams   []*conversation.Team
	DeskURL string
	Now     func() time.Time
	Random  io.Reader
	Log     *slog.Logger
	// Planned is told of new outbound messages; may be nil.
	Planned func()
}

// NewEngine returns the one engine there is.
func NewEngine(p Play) (*conversation.Engine, error) {
	scanner, err := safety.New()
	if err != nil {
		return nil, fmt.Errorf("safety phrases: %w", err)
	}
	plans, err := scheduler.ShippedPlans()
	if err != nil {
		return nil, fmt.Errorf("follow-up rules: %w", err)
	}
	return conversation.New(conversation.Config{
		Store: p.Store, Library: p.Library, Scanner: scanner, Teams: p.Teams, Render: channels.Render,
		Now: p.Now, Random: p.Random, DeskURL: p.DeskURL, Plan: plans.Want, Planned: p.Planned, Log: p.Log,
	})
}
