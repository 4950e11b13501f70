package channels_test

import (
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
)

// carry carries the first message as the answer to a text of so long ago.
func (b *bench) carry(ago time.Duration) {
	b.t.Helper()
	err := b.delivery.Carry(b.t.Context(), channels.Carried{
		Team: testTeam, Message: "conv/01", To: casework.Private(channeltest.Canaries[0]), At: b.now.Add(-ago),
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// talk changes the conversation.
func (b *bench) talk(change func(*casework.Conversation)) {
	b.t.Helper()
	b.update(func(tx casework.Tx) error {
		c, err := casework.Conversations.Get(tx, string(testConv))
		if err != nil {
			return err
		}
		change(c)
		return casework.Conversations.Put(tx, c)
	})
}

// An answer that no webhook waits for: at once when she wrote just now or is in
// danger, in the window when it is late, and never to an address that we may
// not keep.
func TestCarry(t *testing.T) {
	t.Parallel()
	unknown := func(b *bench) { b.talk(func(c *casework.Conversation) { c.Address = "" }) }
	night := func(b *bench) { b.now = b.now.Add(9 * time.Hour) } // 23:00
	danger := func(b *bench) {
		b.talk(func(c *casework.Conversation) { c.SafetyAt = map[string]time.Time{"A": b.planned} })
	}
	stopped := func(b *bench) {
		b.changeContact(func(cp *casework.ContactPoint) { cp.State = casework.ContactOptedOut })
	}
	cases := map[string]struct {
		ago    time.Duration
		before []func(*bench)
		state  casework.DeliveryState
		class  casework.DeliveryClass
		sent   int
		told   bool
	}{
		"just now":                      {time.Minute, nil, casework.Accepted, casework.ClassAnswer, 1, false},
		"just now, in the night":        {time.Minute, []func(*bench){night}, casework.Accepted, casework.ClassAnswer, 1, false},
		"just now, not known":           {time.Minute, []func(*bench){unknown}, casework.Accepted, casework.ClassAnswer, 1, false},
		"late":                          {time.Hour, nil, casework.Planned, casework.ClassNotice, 0, false},
		"late, not known":               {time.Hour, []func(*bench){unknown}, casework.Accepted, casework.ClassAnswer, 1, false},
		"late, not known, at night":     {time.Hour, []func(*bench){unknown, night}, casework.Suppressed, casework.ClassAnswer, 0, true},
		"late, in danger":               {time.Hour, []func(*bench){danger}, casework.Accepted, casework.ClassSafety, 1, false},
		"late, in danger, at night":     {time.Hour, []func(*bench){danger, night}, casework.Accepted, casework.ClassSafety, 1, false},
		"in danger, though she stopped": {time.Minute, []func(*bench){danger, stopped}, casework.Accepted, casework.ClassSafety, 1, false},
		"she stopped meanwhile":         {time.Minute, []func(*bench){stopped}, casework.Suppressed, casework.ClassAnswer, 0, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", answered)
			for _, fn := range c.before {
				fn(b)
			}
			b.carry(c.ago)
			b.is("01", c.state, c.sent)
			if got := b.message("01").Class; got != c.class {
				t.Errorf("class %s, want %s", got, c.class)
			}
			if told := b.task("01") != nil; told != c.told {
				t.Errorf("somebody told: %t, want %t", told, c.told)
			}
			b.carry(c.ago)
			b.is("01", c.state, c.sent) // once
		})
	}
}

// Her address is not written down for it (decision 14, I2).
func TestCarryKeepsNoAddress(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.talk(func(c *casework.Conversation) { c.Address = "" })
	b.plan("01", answered)
	b.sender.during = func(out channels.Outgoing) {
		if out.To.Reveal() != channeltest.Canaries[0] {
			t.Error("sent to another address")
		}
		if d := b.message("01"); d.To != "" || d.State != casework.Attempting {
			t.Errorf("kept %d bytes of an address, %s", len(d.To), d.State)
		}
	}
	b.sender.script = []error{&channels.SendError{Outcome: channels.NotSent}}
	b.carry(time.Minute)
	b.is("01", casework.Planned, 1)
	b.now = b.now.Add(time.Minute)
	b.deliver(true)
	b.is("01", casework.Suppressed, 1)
	if b.message("01").Reason != casework.ReasonNoAddress || b.task("01") == nil {
		t.Error("nobody is told that it did not leave")
	}
}

// An answer of which something was heard had its webhook after all.
func TestCarryOfAReportedAnswer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", answered)
	b.report(channels.Report{Carrier: "sent"})
	b.carry(time.Minute)
	b.is("01", casework.Accepted, 0)
	b.plan("02", nil)
	if err := b.delivery.Carry(t.Context(), channels.Carried{Team: testTeam, Message: "conv/99"}); err != nil {
		t.Errorf("an answer that is gone: %v", err)
	}
}

func TestBegan(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if at, err := b.delivery.Began(t.Context(), testTeam); err != nil || !at.IsZero() {
		t.Errorf("Began = %s, %v, want never", at, err)
	}
	for i, id := range []string{"01", "02"} {
		b.update(func(tx casework.Tx) error {
			return casework.Audits.Put(tx, &casework.Audit{ID: id, Team: testTeam, At: b.now.Add(time.Duration(i) * time.Hour)})
		})
	}
	if at, err := b.delivery.Began(t.Context(), testTeam); err != nil || !at.Equal(b.now) {
		t.Errorf("Began = %s, %v, want %s", at, err, b.now)
	}
	if at, err := b.delivery.Began(t.Context(), "elm"); err != nil || !at.IsZero() {
		t.Errorf("Began of another team = %s, %v", at, err)
	}
}
