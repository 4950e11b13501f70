package channels

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/store"
)

// The places where delivery commits (decision 7).
const (
	SiteClaim  casework.Site = "delivery.claim"
	SiteResult casework.Site = "delivery.result"
	SiteSweep  casework.Site = "delivery.sweep"
	SiteReport casework.Site = "delivery.report"
)

// How long things take. An attempt counts as unknown well after its call has
// ended, so that a result on its way is not overtaken.
const (
	callTime    = 30 * time.Second
	attemptTime = 90 * time.Second
	// The wait after a message was certainly not sent doubles from shortest to
	// longest; a provider that asks for more than longestAsked is not believed.
	shortestWait = time.Second
	longestWait  = 5 * time.Minute
	longestAsked = time.Hour
)

// Route is the way of a message out: whose account, which channel.
type Route struct {
	Team    casework.TeamID
	Channel casework.Channel
}

// DeliveryConfig is what a Delivery is made of.
type DeliveryConfig struct {
	Store store.Store
	// Senders are the ways out. A message without one waits, and the log says so.
	Senders map[Route]Sender
	// Listers are asked what became of a message. Where there is none a person is
	// told at once of what nobody knows.
	Listers map[Route]Lister
	// Rates are how many parts of texts a second a way out bears; zero or none
	// for no bound.
	Rates map[Route]float64
	// Gate has the last word before a message leaves; nil lets everything go.
	Gate Gate
	// Noted is told what an operator may want to count; nil for nobody. It is
	// called once for each thing that was committed.
	Noted func(team casework.TeamID, what Reaction)
	// Zone is the civil time of the teams.
	Zone   *time.Location
	Now    func() time.Time
	Random io.Reader
	Log    *slog.Logger
}

// Delivery carries planned messages to their provider. Each of its methods is
// one single step: the loops are the program's. It is safe for use by several
// goroutines and by several processes on one store: what it claims is guarded
// by version and fence (decision 12).
type Delivery struct {
	config DeliveryConfig
	random sync.Mutex // Random is read by one at a time
	turn   sync.Mutex // one claim at a time, so that none takes another's token
	ways   *ways
	alarms alarms
}

// NewDelivery returns a Delivery.
func NewDelivery(config DeliveryConfig) *Delivery {
	if config.Zone == nil {
		config.Zone = time.UTC
	}
	return &Delivery{config: config, ways: newWays(config.Rates)}
}

// Deliver takes one step: it claims one message that is due, commits, hands it
// to its provider and commits what came of it. It reports whether there was
// anything to do; a message that must wait for its sender is nothing to do. The
// claim stands before the call is made, so a crash between the two leaves an
// attempt that Sweep finds, never a second text.
func (d *Delivery) Deliver(ctx context.Context) (worked bool, err error) {
	a, worked, err := d.claim(ctx)
	if err != nil {
		return false, fmt.Errorf("claim a message: %w", err)
	}
	if a == nil {
		return worked, nil
	}
	// A call under way is not cut short when the service stops: cutting it
	// would make a known outcome unknown.
	ctx = context.WithoutCancel(ctx)
	sent, failed := d.call(ctx, a)
	if err := d.settle(ctx, a, sent, failed); err != nil {
		return true, fmt.Errorf("record the outcome of a message: %w", err)
	}
	return true, nil
}

// attempt is a claimed message on its way to its provider.
type attempt struct {
	out    Outgoing
	fence  uint64
	team   casework.TeamID
	route  Route
	sender Sender
}

func (d *Delivery) call(ctx context.Context, a *attempt) (Sent, *SendError) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	sent, err := a.sender.Send(ctx, a.out)
	return sent, result(err)
}

// parts is how many texts the network makes of one of ours.
func parts(text casework.Private) int { return max(flows.Count(text.Reveal()).Parts, 1) }

// wait is how long a message that was certainly not sent stays back: what the
// provider asks for, but twice as long with each attempt, and a bit more for
// each message than for the next, so that those which failed together do not
// come back together. jitter is between 0 and 1.
func wait(attempt int, asked time.Duration, jitter float64) time.Duration {
	w := longestWait
	if shift := attempt - 1; shift < 16 {
		w = min(shortestWait<<max(shift, 0), longestWait)
	}
	return max(w, min(asked, longestAsked)) + time.Duration(jitter*float64(w)/2)
}
