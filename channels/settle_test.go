package channels_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
	"linkline/store"
)

// What a provider says of a number is learnt with the refusal, so that no
// second text is tried (B57, I1).
func TestRejectionTeaches(t *testing.T) {
	t.Parallel()
	optedOut := &channels.SendError{Outcome: channels.Rejected, Code: 21610, Reaction: channels.Stopped}
	badNumber := &channels.SendError{Outcome: channels.Rejected, Code: 21614, Reaction: channels.BadNumber}
	cases := map[string]struct {
		class  casework.DeliveryClass
		before casework.ContactState
		err    error
		after  casework.ContactState
		reason string
	}{
		"opted out":                  {casework.ClassWorker, casework.ContactActive, optedOut, casework.ContactBlocked, "blocked"},
		"bad number":                 {casework.ClassNotice, casework.ContactActive, badNumber, casework.ContactUndeliverable, "undeliverable"},
		"safety to an opted-out one": {casework.ClassSafety, casework.ContactOptedOut, optedOut, casework.ContactBlocked, "blocked"},
		"her own stop stays":         {casework.ClassSafety, casework.ContactOptedOut, badNumber, casework.ContactOptedOut, "undeliverable"},
		"staff is another number":    {casework.ClassStaff, casework.ContactActive, optedOut, casework.ContactActive, "blocked"},
		"duty is another number":     {casework.ClassDuty, casework.ContactActive, optedOut, casework.ContactActive, "blocked"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.changeContact(func(cp *casework.ContactPoint) { cp.State = c.before })
			b.plan("01", class(c.class))
			b.sender.script = []error{c.err}
			b.deliver(true)
			b.is("01", casework.Rejected, 1)
			if got := b.message("01").Reason; got != c.reason {
				t.Errorf("reason = %q, want %q", got, c.reason)
			}
			cp := b.contact()
			if cp.State != c.after {
				t.Errorf("contact point is %s, want %s", cp.State, c.after)
			}
			if changed := c.before != c.after; changed != (b.audits() == 1) || changed != (cp.StateFrom == "provider") {
				t.Errorf("%d audit entries, learnt from %q", b.audits(), cp.StateFrom)
			}
		})
	}
}

func (b *bench) audits() (n int) {
	b.t.Helper()
	b.view(func(tx casework.Tx) error {
		entries, _, err := casework.Audits.Range(tx, casework.Span{})
		n = len(entries)
		return err
	})
	return n
}

func TestOptedOutIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.sender.script = []error{&channels.SendError{Outcome: channels.Rejected, Code: 21610, Reaction: channels.Stopped}}
	b.plan("01", nil)
	b.plan("02", nil)
	b.deliver(true)
	b.deliver(true)
	b.is("01", casework.Rejected, 1)
	b.is("02", casework.Suppressed, 1)
}

// After a crash between claim and result the attempt becomes unknown, is never
// planned again, and somebody is told, once.
func TestSweep(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.crashDuringCall()
	if n := b.sweep(); n != 0 {
		t.Fatalf("%d attempts swept before their deadline, want none", n)
	}
	b.now = b.now.Add(2 * time.Minute)
	if n := b.sweep(); n != 1 {
		t.Fatalf("%d attempts swept, want 1", n)
	}
	b.is("01", casework.Unknown, 1)
	if b.task("01") == nil {
		t.Error("nobody was told")
	}
	if n := b.sweep(); n != 0 {
		t.Errorf("%d attempts swept again, want none", n)
	}
	b.deliver(false)
}

// A duty colleague is texted again after a crash: nobody knows whether the
// first text left.
func TestSweepSendsDutyAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", class(casework.ClassDuty))
	b.crashDuringCall()
	b.now = b.now.Add(2 * time.Minute)
	b.sweep()
	b.now = b.now.Add(2 * time.Second)
	b.deliver(true)
	b.is("01", casework.Accepted, 2)
}

func (b *bench) sweep() int {
	b.t.Helper()
	n, err := b.delivery.Sweep(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

var errCrash = errors.New("crash")

// failing is a store whose commits at one site fail.
type failing struct {
	store.Store
	site casework.Site
}

func (f failing) Update(ctx context.Context, site casework.Site, team casework.TeamID, fn func(casework.Tx) error) error {
	if site == f.site {
		return errCrash
	}
	return f.Store.Update(ctx, site, team, fn)
}

// crashDuringCall delivers one message whose result is never recorded.
func (b *bench) crashDuringCall() {
	b.t.Helper()
	log, _ := channeltest.Log(b.t)
	d := channels.NewDelivery(channels.DeliveryConfig{
		Store:   failing{Store: b.store, site: channels.SiteResult},
		Senders: map[channels.Route]channels.Sender{{Team: testTeam, Channel: casework.SMS}: b.sender},
		Now:     func() time.Time { return b.now }, Random: zeros{}, Log: log,
	})
	if worked, err := d.Deliver(b.t.Context()); !worked || !errors.Is(err, errCrash) {
		b.t.Fatalf("Deliver = %t, %v, want work and %v", worked, err, errCrash)
	}
	b.is("01", casework.Attempting, len(b.sender.sent))
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Nothing is sent when the claim could not be committed.
func TestNoClaimNoCall(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	log, _ := channeltest.Log(t)
	d := channels.NewDelivery(channels.DeliveryConfig{
		Store:   failing{Store: b.store, site: channels.SiteClaim},
		Senders: map[channels.Route]channels.Sender{{Team: testTeam, Channel: casework.SMS}: b.sender},
		Now:     func() time.Time { return b.now }, Random: zeros{}, Log: log,
	})
	if worked, err := d.Deliver(t.Context()); worked || !errors.Is(err, errCrash) {
		t.Fatalf("Deliver = %t, %v, want no work and %v", worked, err, errCrash)
	}
	b.is("01", casework.Planned, 0)
}

// A result that comes after another claim of the message changes nothing
// (I23); one that comes after the attempt was given up settles it.
func TestLateResult(t *testing.T) {
	t.Parallel()
	late := func(b *bench) { // swept during the call
		b.now = b.now.Add(2 * time.Minute)
		b.sweep()
	}
	cases := map[string]struct {
		class  casework.DeliveryClass
		during func(*bench)
		err    error
		want   casework.DeliveryState
	}{
		"accepted after the sweep": {casework.ClassWorker, late, nil, casework.Accepted},
		"rejected after the sweep": {casework.ClassWorker, late, &channels.SendError{Outcome: channels.Rejected}, casework.Rejected},
		"not sent after the sweep": {casework.ClassWorker, late, &channels.SendError{Outcome: channels.NotSent}, casework.Unknown},
		"unknown after the sweep":  {casework.ClassWorker, late, &channels.SendError{Outcome: channels.Unknown}, casework.Unknown},
		"fence moved on": {casework.ClassWorker, func(b *bench) {
			b.update(func(tx casework.Tx) error {
				m, err := casework.Messages.Get(tx, "conv/01")
				if err != nil {
					return err
				}
				m.Delivery.Fence++
				return casework.Messages.Put(tx, m)
			})
		}, &channels.SendError{Outcome: channels.Rejected}, casework.Attempting},
		"reported meanwhile": {casework.ClassWorker, func(b *bench) {
			b.report(channels.Report{Carrier: channels.CarrierSent})
		}, &channels.SendError{Outcome: channels.Unknown}, casework.Accepted},
		"refused though reported": {casework.ClassWorker, func(b *bench) {
			b.report(channels.Report{Carrier: channels.CarrierSent})
		}, &channels.SendError{Outcome: channels.Rejected}, casework.Accepted},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", class(c.class))
			b.sender.during, b.sender.script = func(channels.Outgoing) { c.during(b) }, []error{c.err}
			b.deliver(true)
			b.is("01", c.want, 1)
		})
	}
}

// Erased while it was on its way: there is nothing to record, and no harm.
func TestErasedDuringTheCall(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.sender.during = func(channels.Outgoing) {
		b.update(func(tx casework.Tx) error { return tx.Shred("key") })
	}
	b.deliver(true)
	b.deliver(false)
}
