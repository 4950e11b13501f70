package channels_test

import (
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
)

// answer gives the first message as the answer to a text of so long ago.
func (b *bench) answer(ago time.Duration) {
	b.t.Helper()
	err := b.delivery.Answer(b.t.Context(), channels.Carried{
		Team: testTeam, Message: "conv/01", To: casework.Private(channeltest.Canaries[0]), At: b.now.Add(-ago),
		Route: channels.Route{Team: testTeam, Channel: casework.SMS},
	}, "canary words")
	if err != nil {
		b.t.Fatal(err)
	}
}

// An answer to what she wrote just now is held up by nothing, not by the STOP
// that it confirms; a late one leaves as any answer that is carried.
func TestAnswer(t *testing.T) {
	t.Parallel()
	stopped := func(b *bench) {
		b.changeContact(func(cp *casework.ContactPoint) { cp.State = casework.ContactOptedOut })
	}
	cases := map[string]struct {
		ago    time.Duration
		before func(*bench)
		state  casework.DeliveryState
		sent   int
	}{
		"just now":             {time.Minute, func(*bench) {}, casework.Accepted, 1},
		"confirms a stop":      {time.Minute, stopped, casework.Accepted, 1},
		"long after the stop":  {time.Hour, stopped, casework.Suppressed, 0},
		"long after her words": {time.Hour, func(*bench) {}, casework.Planned, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.plan("01", answered)
			c.before(b)
			b.answer(c.ago)
			b.is("01", c.state, c.sent)
		})
	}
}

// The same answer again, as after a crash: what has left, or may have, is not
// sent a second time.
func TestAnswerTwice(t *testing.T) {
	t.Parallel()
	for _, outcome := range []error{nil, &channels.SendError{Outcome: channels.Unknown}} {
		b := newBench(t)
		b.plan("01", answered)
		b.sender.script = []error{outcome}
		b.answer(time.Minute)
		b.answer(time.Minute)
		if got := len(b.sender.sent); got != 1 {
			t.Errorf("after %v: sent %d times, want once", outcome, got)
		}
	}
}

// The buttons travel with the text, and her address is not kept for it
// (decision 14).
func TestAnswerCarriesButtons(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.talk(func(c *casework.Conversation) { c.Address = "" })
	b.plan("01", func(m *casework.Message) {
		answered(m)
		m.Asks = &casework.Asking{Prompt: "p", Options: []casework.Button{{Option: "yes", Label: "Yes"}}}
	})
	b.sender.during = func(channels.Outgoing) {
		if to := b.message("01").To; to != "" {
			t.Errorf("%d bytes of an address are kept", len(to))
		}
	}
	b.answer(0)
	asks := b.sender.sent[0].Asks
	if asks == nil || asks.Prompt != "p" || len(asks.Options) != 1 || asks.Options[0].Option != "yes" {
		t.Errorf("buttons = %+v, want those of the message", asks)
	}
}

// What she asked us to forget is gone with its record; she still hears that it is.
func TestAnswerOfWhatWasErased(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answer(0)
	if len(b.sender.sent) != 1 || b.sender.sent[0].Text != "canary words" {
		t.Errorf("sent %d texts, want the reply's own words once", len(b.sender.sent))
	}
}
