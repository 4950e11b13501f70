package channels_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
)

// What each failure of a text that the provider had taken comes to: whether it
// is tried again and when, what is learnt, and who is told.
func TestReactions(t *testing.T) {
	t.Parallel()
	cases := map[channels.Reaction]struct {
		again   int
		after   time.Duration
		contact casework.ContactState
		doubted bool
		ops     bool
	}{
		channels.NoReaction:    {},
		channels.Stopped:       {contact: casework.ContactBlocked},
		channels.BadNumber:     {contact: casework.ContactUndeliverable},
		channels.NotMobile:     {contact: casework.ContactUndeliverable},
		channels.Reassigned:    {doubted: true},
		channels.Objected:      {},
		channels.HandsetOff:    {again: 2, after: time.Hour},
		channels.Unclear:       {again: 1, after: 10 * time.Minute},
		channels.OutOfTime:     {again: 3},
		channels.Busy:          {again: 5, after: time.Minute},
		channels.OurAccount:    {again: 1000, after: 15 * time.Minute, ops: true},
		channels.Filtered:      {},
		channels.Abuse:         {ops: true},
		channels.Region:        {ops: true},
		channels.Unrouted:      {},
		channels.OutsideWindow: {},
		channels.Template:      {ops: true},
		channels.OurBug:        {ops: true},
	}
	for _, r := range channels.Reactions() {
		want, ok := cases[r]
		if !ok {
			t.Errorf("reaction %q is not tested", r)
		}
		t.Run(string(r), func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", nil)
			b.deliver(true)
			tries := 0
			for ; tries < 7; tries++ { // it fails each time
				d := b.message("01")
				b.report(channels.Report{Message: "conv/01", Attempt: d.Attempt, Carrier: "undelivered", Code: 30000, Reaction: r})
				if d = b.message("01"); d.State != casework.Planned {
					break
				}
				if got := d.NotBefore.Sub(b.now); got < want.after || got > want.after+want.after/8 {
					t.Fatalf("tried again after %s, want %s", got, want.after)
				}
				b.now = d.NotBefore.Add(time.Millisecond)
				b.deliver(true)
			}
			if tries != min(want.again, 7) {
				t.Errorf("tried %d times more, want %d", tries, want.again)
			}
			if told := b.task("01") != nil; told != (want.again < 7) {
				t.Errorf("somebody told: %t", told)
			}
			b.learnt(want.contact, want.doubted)
			if ops := strings.Contains(b.written(), "an operator must act"); ops != want.ops {
				t.Errorf("an operator was told: %t, want %t", ops, want.ops)
			}
			if r != channels.NoReaction && len(b.noted) == 0 {
				t.Error("nothing was counted")
			}
		})
	}
}

// learnt checks the contact point.
func (b *bench) learnt(state casework.ContactState, doubted bool) {
	b.t.Helper()
	cp := b.contact()
	if state == "" {
		state = casework.ContactActive
	}
	if cp.State != state || cp.DoubtedAt.IsZero() == doubted {
		b.t.Errorf("contact point is %s, doubted at %s, want %s, %t", cp.State, cp.DoubtedAt, state, doubted)
	}
}

// A phone that was off is tried again within the time of the text, and not
// after.
func TestNotTriedAgainTooLate(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", func(m *casework.Message) { m.Delivery.NotAfter = b.now.Add(59 * time.Minute) })
	b.deliver(true)
	b.report(channels.Report{Carrier: "undelivered", Code: 30003, Reaction: channels.HandsetOff})
	b.is("01", casework.Accepted, 1)
	if d := b.message("01"); d.Carrier != "undelivered" || b.task("01") == nil {
		t.Errorf("carrier %q, want undelivered and a task", d.Carrier)
	}
}

// An answer rode back on the webhook's own answer: there is no sending it
// again, so somebody is told.
func TestALostAnswerIsTold(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", answered)
	b.report(channels.Report{Carrier: "undelivered", Code: 30003, Reaction: channels.HandsetOff})
	if b.message("01").State == casework.Planned || b.task("01") == nil {
		t.Error("the answer is planned, or nobody is told")
	}
}

// answered makes a message the answer to a text.
func answered(m *casework.Message) {
	m.By, m.Delivery.Class, m.Delivery.State, m.Delivery.To = casework.ByService, casework.ClassAnswer, casework.Attempting, ""
}

// What is urgent is tried again and told: nobody waits an hour to hear that the
// colleague on duty has her phone off.
func TestALostDutyTextIsToldAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", class(casework.ClassDuty))
	b.deliver(true)
	b.report(channels.Report{Carrier: "undelivered", Code: 30003, Reaction: channels.HandsetOff})
	b.is("01", casework.Planned, 1)
	if b.task("01") == nil {
		t.Error("nobody was told")
	}
}

// What cannot wait and does not leave is tried on, and somebody hears of it long
// before it is too late.
func TestUrgentThatDoesNotLeaveIsTold(t *testing.T) {
	t.Parallel()
	for _, class := range []casework.DeliveryClass{casework.ClassDuty, casework.ClassWorker} {
		b := newBench(t)
		b.plan("01", func(m *casework.Message) { m.Delivery.Class = class })
		for range 5 {
			b.sender.script = append(b.sender.script, &channels.SendError{Outcome: channels.Throttled})
		}
		for i := range 5 {
			b.deliver(true)
			if told := b.task("01") != nil; told != (class == casework.ClassDuty && i >= 2) {
				t.Errorf("%s after %d tries: somebody told %t", class, i+1, told)
			}
			b.now = b.message("01").NotBefore
		}
		b.deliver(true)
		b.is("01", casework.Accepted, 6)
	}
}

// What is still said of an attempt that was followed by another changes
// nothing, unless it says that she has the text: then it is not sent again.
func TestReportsOfAnEarlierAttempt(t *testing.T) {
	t.Parallel()
	off := channels.Report{Message: "conv/01", Attempt: 1, Carrier: "undelivered", Code: 30003, Reaction: channels.HandsetOff}
	of := func(carrier string) channels.Report {
		return channels.Report{Message: "conv/01", Attempt: 1, Carrier: carrier, Code: 30003, Reaction: channels.HandsetOff}
	}
	cases := map[string]struct {
		before  func(*bench) // between the two reports
		report  channels.Report
		state   casework.DeliveryState
		carrier string
		sent    int
	}{
		"again":                    {nil, off, casework.Planned, "", 1},
		"sent, late":               {nil, of("sent"), casework.Planned, "", 1},
		"it has arrived after all": {nil, of("delivered"), casework.Accepted, "delivered", 1},
		"again, on its way anew":   {(*bench).anHour, off, casework.Accepted, "queued", 2},
		"sent, on its way anew":    {(*bench).anHour, of("sent"), casework.Accepted, "queued", 2},
		"arrived, on its way anew": {(*bench).anHour, of("read"), casework.Accepted, "read", 2},
		"the second is lost as well": {(*bench).anHour, channels.Report{
			Message: "conv/01", Attempt: 2, Carrier: "undelivered", Code: 30005, Reaction: channels.Reassigned,
		}, casework.Accepted, "undelivered", 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", nil)
			b.deliver(true)
			b.report(off)
			if c.before != nil {
				c.before(b)
			}
			b.report(c.report)
			b.is("01", c.state, c.sent)
			if d := b.message("01"); d.Carrier != c.carrier || d.Retries != 1 {
				t.Errorf("carrier %q after %d retries, want %q after 1", d.Carrier, d.Retries, c.carrier)
			}
		})
	}
}

// anHour goes by, and delivery works.
func (b *bench) anHour() {
	b.now = b.now.Add(70 * time.Minute)
	b.deliver(true)
}

// Three filtered texts of a team in 72 hours are told to the operator, once an
// hour at most; two, or three in a week, are not.
func TestFilteredTexts(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		gap    time.Duration
		n      int
		alarms int
	}{
		"two":           {time.Hour, 2, 0},
		"three":         {10 * time.Hour, 3, 1},
		"three at once": {0, 3, 1},
		"six at once":   {0, 6, 1},
		"three a week":  {48 * time.Hour, 3, 0},
		"one a day":     {24 * time.Hour, 5, 3},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			for i := range c.n {
				id := fmt.Sprintf("%02d", i)
				b.plan(id, nil)
				b.deliver(true)
				b.report(channels.Report{Message: "conv/" + id, Attempt: 1, Carrier: "undelivered", Code: 30007, Reaction: channels.Filtered})
				b.now = b.now.Add(c.gap)
			}
			if got := strings.Count(b.written(), "an operator must act"); got != c.alarms {
				t.Errorf("%d alarms, want %d", got, c.alarms)
			}
			if got := len(b.noted); got != c.n {
				t.Errorf("%d counted, want %d", got, c.n)
			}
		})
	}
}

// A registration that lapses is heard of in reports: nothing more is burnt.
func TestAReportOpensTheCircuit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.deliver(true)
	b.report(channels.Report{Carrier: "undelivered", Code: 30034, Reaction: channels.OurAccount})
	b.plan("02", nil)
	b.deliver(false)
}
