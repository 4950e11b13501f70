package casework

import (
	"testing"
	"time"
)

func TestMaySend(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	type given struct {
		cp *ContactPoint
		c  *Conversation
		d  Delivery
	}
	state := func(s ContactState) func(*given) { return func(g *given) { g.cp.State = s } }
	// The columns are the reasons for a worker's text, a safety text and a duty
	// text; a notice is held back exactly as a worker's text is, and what goes to
	// another colleague as a duty text.
	cases := map[string]struct {
		change               func(*given)
		worker, safety, duty string
	}{
		"nothing in the way":       {func(*given) {}, "", "", ""},
		"opted out":                {state(ContactOptedOut), ReasonOptedOut, "", ""},
		"blocked":                  {state(ContactBlocked), ReasonBlocked, ReasonBlocked, ""},
		"undeliverable":            {state(ContactUndeliverable), ReasonUndeliverable, "", ""},
		"unsafe number":            {func(g *given) { g.cp.Safe = SafeNo }, ReasonUnsafe, "", ""},
		"safe at times":            {func(g *given) { g.cp.Safe = SafeLimited }, "", "", ""},
		"paused until tomorrow":    {func(g *given) { g.c.Pause = "2026-11-24" }, ReasonPaused, "", ""},
		"pause ends today":         {func(g *given) { g.c.Pause = "2026-11-23" }, "", "", ""},
		"permission taken back":    {func(g *given) { g.c.Withdrawn = true }, ReasonWithdrawn, "", ""},
		"too late":                 {func(g *given) { g.d.NotAfter = now.Add(-1) }, ReasonExpired, ReasonExpired, ReasonExpired},
		"just in time":             {func(g *given) { g.d.NotAfter = now }, "", "", ""},
		"no address":               {func(g *given) { g.d.To = "" }, ReasonNoAddress, ReasonNoAddress, ReasonNoAddress},
		"conversation erased":      {func(g *given) { g.c = nil }, ReasonErased, "", ""},
		"no contact point":         {func(g *given) { g.cp = nil }, "", "", ""},
		"all gone but the message": {func(g *given) { g.cp, g.c = nil, nil }, ReasonErased, "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wants := map[DeliveryClass]string{
				ClassWorker: c.worker, ClassNotice: c.worker, ClassSafety: c.safety, ClassDuty: c.duty,
				ClassStaff: c.duty, ClassReminder: c.worker,
			}
			for class, want := range wants {
				g := given{
					cp: &ContactPoint{State: ContactActive}, c: &Conversation{},
					d: Delivery{Class: class, To: "+447700900123"},
				}
				c.change(&g)
				if got := MaySend(&Message{Delivery: &g.d}, g.cp, g.c, now); got != want {
					t.Errorf("%s: %q, want %q", class, got, want)
				}
			}
		})
	}
}

func TestNeedsHand(t *testing.T) {
	t.Parallel()
	cases := []struct {
		class  DeliveryClass
		reason string
		want   bool
	}{
		{ClassWorker, ReasonOptedOut, true},
		{ClassNotice, ReasonOptedOut, false},
		{ClassNotice, ReasonPaused, false},
		{ClassNotice, ReasonWithdrawn, false},
		{ClassWorker, ReasonWithdrawn, true},
		{ClassNotice, ReasonExpired, true},
		{ClassNotice, "", true},
		{ClassSafety, ReasonBlocked, true},
		{ClassDuty, ReasonExpired, true},
		{ClassStaff, ReasonExpired, false},
		{ClassStaff, "", false},
		{ClassWorker, ReasonErased, false},
		{ClassNotice, ReasonErased, false},
	}
	for _, c := range cases {
		if got := NeedsHand(&Message{Delivery: &Delivery{Class: c.class}}, c.reason); got != c.want {
			t.Errorf("%s not sent (%s): %t, want %t", c.class, c.reason, got, c.want)
		}
	}
}

func TestSendsAgain(t *testing.T) {
	t.Parallel()
	for class, want := range map[DeliveryClass][4]bool{
		ClassDuty:   {true, true, true, false},
		ClassSafety: {true, true, true, false},
		ClassWorker: {}, ClassNotice: {}, ClassAnswer: {}, ClassReminder: {}, ClassStaff: {},
	} {
		for attempt, want := range want {
			if got := SendsAgain(&Message{Delivery: &Delivery{Class: class, Attempt: attempt}}); got != want {
				t.Errorf("%s after attempt %d: %t, want %t", class, attempt, got, want)
			}
		}
	}
}
