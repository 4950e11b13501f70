package conversation_test

import (
	"fmt"
	"testing"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// bot is a chat on a channel with buttons.
type bot struct {
	*play
	n int
}

func (b *bot) receive(t *testing.T, in conversation.Inbound) conversation.Reply {
	t.Helper()
	b.n++
	in.Team, in.Channel, in.From, in.ID = "demo", casework.Telegram, "7700900123", fmt.Sprint("bot/", b.n)
	reply, err := b.engine.Receive(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// asks are the buttons of a reply.
func (b *bot) asks(t *testing.T, r conversation.Reply) (asks *casework.Asking) {
	t.Helper()
	err := b.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		m, err := casework.Messages.Find(tx, r.Message)
		if err == nil && m != nil {
			asks = m.Asks
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if asks == nil || asks.Prompt == "" || len(asks.Options) == 0 {
		t.Fatalf("no buttons under %q", r.Text)
	}
	return asks
}

// A button answers the question that it belongs to, and no newer one (HZ15).
func TestButtonsAnswerTheirOwnQuestion(t *testing.T) {
	t.Parallel()
	b := &bot{play: newPlay(t, loadLibrary(t), monday)}
	first := b.asks(t, b.receive(t, conversation.Inbound{Text: "hello"}))
	press := conversation.Inbound{Text: first.Options[0].Label, Prompt: first.Prompt, Option: first.Options[0].Option}
	second := b.receive(t, press)
	if !second.Pressed || second.Missed.Flow != "" {
		t.Fatalf("a button of the open question was not taken: %+v", second)
	}
	late := b.receive(t, press)
	if late.Pressed || b.asks(t, late).Prompt == first.Prompt {
		t.Errorf("a button of an older question was taken: %q", late.Text)
	}
	if got := b.asks(t, late).Options[0]; got.Option == "" || got.Label == "" {
		t.Error("the question is not put again with its buttons")
	}
}

// A label is our own words: neither a STOP in it nor a word of danger counts.
func TestTheWordsOfAButtonAreNotRead(t *testing.T) {
	t.Parallel()
	for _, label := range []casework.Private{"stop", "I want to die"} {
		b := &bot{play: newPlay(t, loadLibrary(t), monday)}
		asks := b.asks(t, b.receive(t, conversation.Inbound{Text: "hello"}))
		reply := b.receive(t, conversation.Inbound{Text: label, Prompt: asks.Prompt, Option: asks.Options[0].Option})
		if !reply.Pressed {
			t.Errorf("a button labelled %q was read as a text: %q", label.Reveal(), reply.Text)
		}
	}
}

// Whoever blocks a bot has opted out, and is not told so; a STOP is confirmed.
func TestBlockedIsAnOptOut(t *testing.T) {
	t.Parallel()
	for optOut, confirmed := range map[string]bool{conversation.Blocked: false, "STOP": true} {
		b := &bot{play: newPlay(t, loadLibrary(t), monday)}
		b.receive(t, conversation.Inbound{Text: "hello"})
		if reply := b.receive(t, conversation.Inbound{OptOut: optOut}); (reply.Text != "") != confirmed {
			t.Errorf("%s: replied %q", optOut, reply.Text)
		}
		if reply := b.receive(t, conversation.Inbound{Text: "hello"}); reply.Text != "" {
			t.Errorf("%s: texted on with %q", optOut, reply.Text)
		}
	}
}
