package channels_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
)

func TestDeliver(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.deliver(false)
	b.plan("01", nil)
	b.deliver(true)
	b.is("01", casework.Accepted, 1)
	out := b.sender.sent[0]
	if out.Message != "conv/01" || out.Attempt != 1 || out.To.Reveal() != channeltest.Canaries[0] || out.Text.Reveal() != "canary words" {
		t.Errorf("sent message %q, attempt %d, want conv/01, 1, with its address and text", out.Message, out.Attempt)
	}
	d := b.message("01")
	if d.ProviderID != "SM1" || d.Carrier != channels.CarrierQueued || !d.SettledAt.Equal(b.now) {
		t.Errorf("provider id %q, carrier %q, settled %s", d.ProviderID, d.Carrier, d.SettledAt)
	}
	b.deliver(false)
}

func TestDeliverWaitsForItsTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", func(m *casework.Message) { m.Delivery.NotBefore = b.now.Add(time.Minute) })
	b.deliver(false)
	b.now = b.now.Add(time.Minute)
	b.deliver(true)
	b.is("01", casework.Accepted, 1)
}

// The claim is committed before the call: whoever looks during the call finds
// the attempt, and cannot send it a second time.
func TestClaimStandsBeforeTheCall(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.sender.during = func(channels.Outgoing) {
		d := b.message("01")
		if d.State != casework.Attempting || d.Fence != 1 || d.Attempt != 1 || !d.Deadline.After(b.now) {
			t.Errorf("during the call the message is %s, fence %d, attempt %d", d.State, d.Fence, d.Attempt)
		}
		if _, err := b.delivery.Sweep(t.Context()); err != nil {
			t.Error(err)
		}
		worked, err := b.delivery.Deliver(t.Context())
		if err != nil || worked {
			t.Errorf("a second Deliver during the call: %t, %v, want nothing to do", worked, err)
		}
	}
	b.deliver(true)
	b.is("01", casework.Accepted, 1)
}

func TestDeliverSuppresses(t *testing.T) {
	t.Parallel()
	state := func(s casework.ContactState) func(*bench) {
		return func(b *bench) { b.changeContact(func(cp *casework.ContactPoint) { cp.State = s }) }
	}
	cases := map[string]struct {
		class  casework.DeliveryClass
		before func(*bench)
		reason string
		task   casework.TaskKind // empty for none
	}{
		"opted out, worker":     {casework.ClassWorker, state(casework.ContactOptedOut), "opted_out", casework.TaskUndeliver},
		"opted out, notice":     {casework.ClassNotice, state(casework.ContactOptedOut), "opted_out", ""},
		"blocked, worker":       {casework.ClassWorker, state(casework.ContactBlocked), "blocked", casework.TaskOptedOut},
		"blocked, safety":       {casework.ClassSafety, state(casework.ContactBlocked), "blocked", casework.TaskOptedOut},
		"undeliverable, notice": {casework.ClassNotice, state(casework.ContactUndeliverable), "undeliverable", casework.TaskUndeliver},
		"unsafe, worker": {casework.ClassWorker, func(b *bench) {
			b.changeContact(func(cp *casework.ContactPoint) { cp.Safe = casework.SafeNo })
		}, "unsafe", casework.TaskUndeliver},
		"too late, staff": {casework.ClassStaff, func(b *bench) { b.now = b.now.Add(25 * time.Hour) }, "expired", ""},
		"too late, duty":  {casework.ClassDuty, func(b *bench) { b.now = b.now.Add(25 * time.Hour) }, "expired", casework.TaskUndeliver},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", class(c.class))
			c.before(b)
			b.deliver(true)
			b.is("01", casework.Suppressed, 0)
			if got := b.message("01").Reason; got != c.reason {
				t.Errorf("reason = %q, want %q", got, c.reason)
			}
			task := b.task("01")
			switch {
			case c.task == "" && task != nil:
				t.Errorf("a task was made: %s", task.Kind)
			case c.task != "" && (task == nil || task.Kind != c.task || task.Case != "case"):
				t.Errorf("task = %+v, want one of kind %s for the case", task, c.task)
			}
			b.deliver(false)
		})
	}
}

// What became of each attempt: the state it leaves the message in, and whether
// anybody is told.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		class casework.DeliveryClass
		err   error
		state casework.DeliveryState
		task  bool
	}{
		"rejected":         {casework.ClassWorker, &channels.SendError{Outcome: channels.Rejected, Code: 21612}, casework.Rejected, true},
		"throttled":        {casework.ClassWorker, &channels.SendError{Outcome: channels.Throttled}, casework.Planned, false},
		"not sent":         {casework.ClassWorker, &channels.SendError{Outcome: channels.NotSent}, casework.Planned, false},
		"our account":      {casework.ClassWorker, &channels.SendError{Outcome: channels.Config, Code: 20003}, casework.Planned, false},
		"unknown":          {casework.ClassWorker, &channels.SendError{Outcome: channels.Unknown}, casework.Unknown, true},
		"any other error":  {casework.ClassNotice, errors.New("broken pipe"), casework.Unknown, true},
		"error of success": {casework.ClassWorker, &channels.SendError{Outcome: channels.Accepted}, casework.Unknown, true},
		"unknown, duty":    {casework.ClassDuty, &channels.SendError{Outcome: channels.Unknown}, casework.Planned, false},
		"rejected, staff":  {casework.ClassStaff, &channels.SendError{Outcome: channels.Rejected, Code: 21612}, casework.Rejected, false},
		"unknown, staff":   {casework.ClassStaff, &channels.SendError{Outcome: channels.Unknown}, casework.Unknown, false},
		"unknown, safety":  {casework.ClassSafety, &channels.SendError{Outcome: channels.Unknown}, casework.Planned, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", class(c.class))
			b.sender.script = []error{c.err}
			b.deliver(true)
			b.is("01", c.state, 1)
			if got := b.task("01") != nil; got != c.task {
				t.Errorf("a task was made: %t, want %t", got, c.task)
			}
			b.deliver(false) // never at once
		})
	}
}

// An unknown outcome is not repeated, however long we wait; a text that must
// not be lost is, three times in all, and then somebody is told.
func TestUnknownIsNotRepeatedBlindly(t *testing.T) {
	t.Parallel()
	for class, sent := range map[casework.DeliveryClass]int{
		casework.ClassWorker: 1, casework.ClassNotice: 1, casework.ClassDuty: 3, casework.ClassSafety: 3,
	} {
		t.Run(string(class), func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", func(m *casework.Message) { m.Delivery.Class = class })
			lost := &channels.SendError{Outcome: channels.Unknown}
			b.sender.script = []error{lost, lost, lost, lost, lost}
			for range 200 {
				if _, err := b.delivery.Deliver(t.Context()); err != nil {
					t.Fatal(err)
				}
				b.now = b.now.Add(5 * time.Minute)
			}
			b.is("01", casework.Unknown, sent)
			if b.task("01") == nil {
				t.Error("nobody was told")
			}
		})
	}
}

func TestThrottledWaits(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		asked, want time.Duration
	}{
		"nothing asked": {0, time.Second},
		"asked":         {17 * time.Second, 17 * time.Second},
		"negative":      {-time.Hour, time.Second},
		"huge":          {1000 * time.Hour, time.Hour},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", nil)
			b.sender.script = []error{&channels.SendError{Outcome: channels.Throttled, RetryAfter: c.asked}}
			b.deliver(true)
			got := b.message("01").NotBefore.Sub(b.now)
			if got < c.want || got > c.want+500*time.Millisecond {
				t.Errorf("waits %s, want %s and up to half a second", got, c.want)
			}
			b.now = b.now.Add(c.want - time.Millisecond)
			b.deliver(false)
			b.now = b.now.Add(time.Second)
			b.deliver(true)
			b.is("01", casework.Accepted, 2)
			if got := b.sender.sent[1].Attempt; got != 2 {
				t.Errorf("attempt = %d, want 2", got)
			}
		})
	}
}

// The wait grows with each attempt up to its bound, and ends when it is too
// late for the message.
func TestWaitGrowsAndEnds(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	for range 600 {
		b.sender.script = append(b.sender.script, &channels.SendError{Outcome: channels.Throttled})
	}
	base, longest := time.Duration(0), time.Duration(0)
	for range 1000 {
		if b.message("01").State != casework.Planned {
			break
		}
		b.deliver(true)
		if w := b.message("01").NotBefore.Sub(b.now); w > 0 && b.now.Add(w).Before(b.message("01").NotAfter) {
			if w < base {
				t.Fatalf("waits %s, less than %s", w, base)
			}
			base, longest = min(max(2*base, time.Second), 5*time.Minute), max(longest, w)
		}
		b.now = b.message("01").NotBefore
	}
	if longest < 5*time.Minute || longest > 5*time.Minute+5*time.Minute/2 {
		t.Errorf("longest wait = %s, want 5m and up to half as much", longest)
	}
	if d := b.message("01"); d.State != casework.Suppressed || d.Reason != "expired" || b.task("01") == nil {
		t.Errorf("ends %s (%s), want suppressed (expired) and a task", d.State, d.Reason)
	}
}

// A message without a way out waits and is found in the log; it is not lost
// when its time runs out.
func TestNoSender(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", func(m *casework.Message) { m.Team = "elm" })
	b.deliver(true)
	b.is("01", casework.Planned, 0)
	b.now = b.now.Add(25 * time.Hour)
	b.deliver(true)
	b.is("01", casework.Suppressed, 0)
	if b.task("01") == nil {
		t.Error("nobody was told")
	}
}

func TestLoopback(t *testing.T) {
	t.Parallel()
	sent, err := channels.Loopback{}.Send(t.Context(), channels.Outgoing{Message: "conv/01"})
	if err != nil || sent.Carrier != channels.CarrierDelivered {
		t.Errorf("Send = %+v, %v, want delivered", sent, err)
	}
}

// Several workers of two processes send each message once (I23).
func TestDeliverAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	log, _ := channeltest.Log(t)
	other := channels.NewDelivery(channels.DeliveryConfig{
		Store: b.store, Senders: map[channels.Route]channels.Sender{{Team: testTeam, Channel: casework.SMS}: b.sender},
		Now: func() time.Time { return b.now }, Random: rand.NewChaCha8([32]byte{8}), Log: log,
	})
	const messages, workers = 40, 4
	for i := range messages {
		b.plan(fmt.Sprintf("%02d", i), nil)
	}
	var done sync.WaitGroup
	for i := range workers {
		process := []*channels.Delivery{b.delivery, other}[i%2]
		done.Go(func() {
			for {
				worked, err := process.Deliver(t.Context())
				if err != nil {
					t.Error(err)
				}
				if !worked {
					return
				}
			}
		})
	}
	done.Wait()
	times := map[string]int{}
	for _, out := range b.sender.sent {
		times[out.Message]++
	}
	if len(times) != messages || len(b.sender.sent) != messages {
		t.Errorf("%d messages sent in %d calls, want %d each once", len(times), len(b.sender.sent), messages)
	}
	b.is("00", casework.Accepted, messages)
}
