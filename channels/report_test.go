package channels_test

import (
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
)

// report records a status report of the first message.
func (b *bench) report(r channels.Report) {
	b.t.Helper()
	r.Team = testTeam
	if r.Message == "" {
		r.Message, r.Attempt, r.ProviderID = "conv/01", 1, "SM1"
	}
	if err := b.delivery.Report(b.t.Context(), r); err != nil {
		b.t.Fatal(err)
	}
}

// Whatever the order of the reports, the end is the same, and no report takes
// back what an earlier one proved (I25, B51).
func TestReportsInAnyOrder(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		words []string
		want  string
	}{
		"as they happen":             {[]string{"queued", "sent", "delivered"}, "delivered"},
		"a failure that was none":    {[]string{"sent", "undelivered", "delivered"}, "delivered"},
		"read":                       {[]string{"sent", "delivered", "read"}, "read"},
		"lost":                       {[]string{"accepted", "sending", "undelivered"}, "undelivered"},
		"failed at once":             {[]string{"queued", "failed", "failed"}, "failed"},
		"a word of tomorrow between": {[]string{"sent", "teleported", "delivered"}, "delivered"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, order := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
				b := newBench(t)
				b.plan("01", nil)
				b.deliver(true)
				for _, i := range order {
					b.report(channels.Report{Carrier: c.words[i]})
				}
				if got := b.message("01").Carrier; got != c.want {
					t.Errorf("order %v ends %s, want %s", order, got, c.want)
				}
				b.is("01", casework.Accepted, 1)
			}
		})
	}
}

// A report is proof that the provider has the message, whatever we thought.
func TestReportProves(t *testing.T) {
	t.Parallel()
	states := map[casework.DeliveryState]casework.DeliveryState{
		casework.Planned:    casework.Accepted, // an attempt that seemed not to have left
		casework.Attempting: casework.Accepted, // our call has not returned yet
		casework.Unknown:    casework.Accepted,
		casework.Accepted:   casework.Accepted,
		casework.Rejected:   casework.Rejected, // kept, with the report beside it
		casework.Suppressed: casework.Suppressed,
	}
	for before, want := range states {
		for _, class := range []casework.DeliveryClass{casework.ClassWorker, casework.ClassAnswer} {
			t.Run(string(before)+" "+string(class), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				b.plan("01", func(m *casework.Message) { m.Delivery.State, m.Delivery.Class = before, class })
				b.report(channels.Report{Carrier: "sent"})
				b.is("01", want, 0)
				if d := b.message("01"); d.ProviderID != "SM1" || d.Carrier != "sent" {
					t.Errorf("provider id %q, carrier %q, want SM1, sent", d.ProviderID, d.Carrier)
				}
				b.deliver(false)
				b.now = b.now.Add(time.Hour)
				b.sweep()
				b.is("01", want, 0)
			})
		}
	}
}

// A text that the carrier has lost is told to a person once, and teaches what
// a refusal would have taught.
func TestReportOfALostText(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		report channels.Report
		state  casework.ContactState
		task   casework.TaskKind
	}{
		"kept out":    {channels.Report{Carrier: "undelivered", Code: 30004, Reaction: channels.Objected}, casework.ContactActive, casework.TaskUndeliver},
		"dead number": {channels.Report{Carrier: "undelivered", Code: 30005, Reaction: channels.Reassigned}, casework.ContactActive, casework.TaskUndeliver},
		"opted out":   {channels.Report{Carrier: "failed", Code: 21610, Reaction: channels.Stopped}, casework.ContactBlocked, casework.TaskOptedOut},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", nil)
			b.deliver(true)
			b.report(c.report)
			b.report(c.report)
			if got := b.message("01").Code; got != c.report.Code {
				t.Errorf("code = %d, want %d", got, c.report.Code)
			}
			if got := b.contact().State; got != c.state {
				t.Errorf("contact point is %s, want %s", got, c.state)
			}
			if task := b.task("01"); task == nil || task.Kind != c.task {
				t.Errorf("task = %v, want one of kind %s", task, c.task)
			}
		})
	}
}

// A report of nothing we know changes nothing and is no error: hearing it
// again would not help.
func TestReportOfNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.deliver(true)
	before := *b.message("01")
	b.report(channels.Report{Carrier: "teleported"})
	b.report(channels.Report{Carrier: ""})
	b.report(channels.Report{Message: "conv/99", Carrier: "sent"})
	if err := b.delivery.Report(t.Context(), channels.Report{Team: "elm", Message: "conv/01", Carrier: "delivered"}); err != nil {
		t.Errorf("report of another team's message: %v", err)
	}
	if got := *b.message("01"); got != before {
		t.Errorf("the message has changed: %+v, want %+v", got, before)
	}
}

// That the attempt which seemed lost has failed is no reason to give up a text
// that must not be lost: it waits to be sent again.
func TestAFailedAttemptIsSentAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", class(casework.ClassDuty))
	b.sender.script = []error{&channels.SendError{Outcome: channels.Unknown}}
	b.deliver(true)
	b.is("01", casework.Planned, 1)
	b.report(channels.Report{Carrier: "failed", Code: 30008})
	b.is("01", casework.Planned, 1)
	b.now = b.now.Add(time.Minute)
	b.deliver(true)
	b.is("01", casework.Accepted, 2)
	b.report(channels.Report{Attempt: 2, Carrier: "delivered"})
	if got := b.message("01").Carrier; got != "delivered" {
		t.Errorf("carrier = %q", got)
	}
}

// A late report of a block says nothing of a number that has texted START
// since: she would never be answered again.
func TestALateReportDoesNotUndoAStart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", nil)
	b.deliver(true)
	b.changeContact(func(cp *casework.ContactPoint) {
		cp.State, cp.StateAt, cp.StateFrom = casework.ContactActive, b.now.Add(time.Second), "word"
	})
	b.report(channels.Report{Carrier: "failed", Code: 21610, Reaction: channels.Stopped})
	if got := b.contact().State; got != casework.ContactActive {
		t.Errorf("contact point is %s", got)
	}
}
