package main

import (
	"context"

	"linkline/channels"
	"linkline/conversation/casework"
)

// hold holds back everything that is planned.
func (w *town) hold() error { return w.handle(channels.Leaving, w.delivery.Hold) }

// release lets go what is held back.
func (w *town) release() error { return w.handle(channels.Held, w.delivery.Release) }

// retry sends again what may or may not have been sent.
func (w *town) retry() error {
	return w.handle(channels.Failed, func(ctx context.Context, h channels.Hand) error {
		unknown, err := w.unknown(ctx, h.Message)
		if err != nil || !unknown {
			return err
		}
		return w.delivery.Retry(ctx, h)
	})
}

// handle does something to every message that stands somewhere in the outbox.
func (w *town) handle(where channels.Standing, do func(context.Context, channels.Hand) error) error {
	ctx := context.Background()
	entries, err := w.delivery.Outbox(ctx, channels.OutboxQuery{})
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Standing != where {
			continue
		}
		if err := do(ctx, channels.Hand{Message: e.Message, By: "operator", Why: "outage"}); err != nil {
			return err
		}
	}
	return nil
}

// unknown reports whether nobody knows what became of a message.
func (w *town) unknown(ctx context.Context, key string) (unknown bool, err error) {
	err = w.store.View(ctx, "demo", func(tx casework.Tx) error {
		m, err := casework.Messages.Get(tx, key)
		unknown = err == nil && m.Delivery.State == casework.Unknown
		return err
	})
	return unknown, err
}
