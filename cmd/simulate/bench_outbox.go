package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/seal"
)

// drainTime is how long the reminders of the bench are of use.
const drainTime = 2 * time.Hour

// drain sends many reminders that are all due at nine by senders of two paces,
// on a virtual clock, beside a tenth as many: a message costs the same however
// many wait behind it, and what finds no room is a task.
func (b *bench) drain(ctx context.Context, out io.Writer) error {
	few, many := 100*b.rounds, 1000*b.rounds
	_, _ = fmt.Fprintf(out, "\nReminders due at 9:00 and of use until 11:00, on a virtual clock; %d beside %d.\n"+
		"a second   sent  tasks  in order  outside  per message  of %d  ratio\n", many, few, few)
	for _, rate := range []float64{1, 10} {
		small, err := drained(ctx, few, rate)
		if err != nil {
			return fmt.Errorf("drain %d reminders: %w", few, err)
		}
		large, err := drained(ctx, many, rate)
		if err != nil {
			return fmt.Errorf("drain %d reminders: %w", many, err)
		}
		_, _ = fmt.Fprintf(out, "%8.0f %6d %6d %9t %8d %12v %6v %6.2f\n", rate, large.sent(), large.tasks,
			slices.IsSorted(large.order), large.outside, short(large.each()), short(small.each()),
			large.each().Seconds()/small.each().Seconds())
	}
	return nil
}

// outbox is a delivery on a virtual clock, and the provider that it sends to.
type outbox struct {
	store    store.Store
	delivery *channels.Delivery
	now, end time.Time

	order   []string // of what was sent
	outside int      // what was sent when it was of no use
	tasks   int
	took    []time.Duration // by each step that sent one
}

// Send takes everything.
func (o *outbox) Send(_ context.Context, out channels.Outgoing) (channels.Sent, error) {
	o.order = append(o.order, out.Message)
	if o.now.After(o.end) {
		o.outside++
	}
	return channels.Sent{ProviderID: out.Message, Carrier: channels.CarrierDelivered}, nil
}

func (o *outbox) sent() int { return len(o.order) }

// each is what one message costs, the median over all that left.
func (o *outbox) each() time.Duration { return median(o.took) }

// drained sends n reminders.
func drained(ctx context.Context, n int, rate float64) (*outbox, error) {
	nine := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	o := &outbox{now: nine, end: nine.Add(drainTime)}
	ring, err := seal.NewKeyring(seeded(1), seal.Key{Version: 1, Secret: make([]byte, seal.KeySize)})
	if err != nil {
		return nil, err
	}
	if o.store, err = store.Open(memory.New(), ring, casework.Kinds()); err != nil {
		return nil, err
	}
	route := channels.Route{Team: "demo", Channel: casework.SMS}
	o.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: o.store, Senders: map[channels.Route]channels.Sender{route: o}, Rates: map[channels.Route]float64{route: rate},
		Now: func() time.Time { return o.now }, Random: seeded(2), Log: slog.New(slog.DiscardHandler),
	})
	if err := o.plan(ctx, n); err != nil {
		return nil, err
	}
	for ; !o.now.After(o.end.Add(time.Second)); o.now = o.now.Add(time.Second) {
		if err := o.second(ctx); err != nil {
			return nil, err
		}
	}
	return o, o.count(ctx)
}

// plan plans the reminders of one person.
func (o *outbox) plan(ctx context.Context, n int) error {
	return o.store.Update(ctx, "bench", "", func(tx casework.Tx) error {
		c := &casework.Conversation{ID: "conversation", Team: "demo", Channel: casework.SMS, DataKey: "c:key"}
		if err := casework.Conversations.Put(tx, c); err != nil {
			return err
		}
		for i := range n {
			err := casework.Messages.Put(tx, &casework.Message{
				ID: fmt.Sprintf("%06d", i), Conversation: c.ID, Team: c.Team, DataKey: c.DataKey, Way: casework.Out,
				By: casework.ByService, At: o.now, Text: "Reminder: you meet Amy on Monday 23 November at 2pm.",
				Delivery: &casework.Delivery{
					State: casework.Planned, Class: casework.ClassReminder, To: casework.Private(number(i % 1000)),
					NotBefore: o.now, NotAfter: o.end,
				},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// second lets delivery do what it finds to do.
func (o *outbox) second(ctx context.Context) error {
	for {
		before, began := len(o.order), time.Now()
		worked, err := o.delivery.Deliver(ctx)
		if len(o.order) > before {
			o.took = append(o.took, time.Since(began))
		}
		if err != nil || !worked {
			return err
		}
	}
}

// count counts the tasks.
func (o *outbox) count(ctx context.Context) error {
	return o.store.View(ctx, "", func(tx casework.Tx) error {
		span := casework.Span{Limit: 1000}
		for {
			page, next, err := casework.Tasks.Range(tx, span)
			if o.tasks += len(page); err != nil || next == "" {
				return err
			}
			span.After = next
		}
	})
}
