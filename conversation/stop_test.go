package conversation_test

import (
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

func (p *play) contactPoint(t testing.TB) (cp *casework.ContactPoint) {
	_ = p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		id := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		cp, err = casework.ContactPoints.Find(tx, casework.ContactPointKey(id))
		return err
	})
	return cp
}

func (p *play) setContact(t testing.TB, s casework.ContactState, from string) {
	t.Helper()
	p.changeContact(t, func(cp *casework.ContactPoint) { cp.State, cp.StateFrom = s, from })
}

func (p *play) changeContact(t testing.TB, change func(*casework.ContactPoint)) {
	t.Helper()
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		id := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		cp, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(id))
		if err != nil {
			return err
		}
		change(cp)
		return casework.ContactPoints.Put(tx, cp)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAStopOutlivesTheConversation(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "hello", "STOP")
	p.clock.advance(73 * time.Hour)
	p.wake(t)
	if got := p.say(t, "i need help with rent"); got != "" {
		t.Errorf("sent after STOP: %q", got)
	}
	if got := p.say(t, "START"); got == "" {
		t.Errorf("START after that gets nothing")
	}
}

func TestACarrierThatStopsUsAfterWordsIsNoted(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "please stop texting me", "STOP", "i want to kill myself")
	if a := p.alerts(t); len(a) != 1 || !a[0].CouldNotReply {
		t.Errorf("the carrier blocks the reply and the alert does not say so: %+v", a)
	}
}

func TestStartOpensANumberTheProviderBlocked(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.setContact(t, casework.ContactBlocked, "provider")
	p.say(t, "START", "1")
	if cp := p.contactPoint(t); cp.State != casework.ContactActive {
		t.Errorf("START and a yes leave the contact point %s", cp.State)
	}
}

func TestANumberGivenUpIsTakenUpAgainWhenItTexts(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.setContact(t, casework.ContactUndeliverable, "provider")
	p.say(t, "hello i am here")
	if cp := p.contactPoint(t); cp.State != casework.ContactActive {
		t.Errorf("she texts us and her number stays %s", cp.State)
	}
}

func TestStartIsAnsweredByTheBotThoughAWorkerHolds(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	for _, act := range []string{"pick up", "reply hello"} {
		if err := p.deed(t, id, act); err != nil {
			t.Fatal(err)
		}
	}
	p.say(t, "STOP")
	ask := p.say(t, "START")
	got := p.say(t, "1")
	if !strings.Contains(ask, "Is that OK") || got == "" {
		t.Errorf("START says %q, then 1 says %q", ask, got)
	}
}

// To Twilio YES is a START too: it tells her that she is back, so we must not
// stay silent. It is no permission: that is asked (I11).
func TestAStartInTheCarriersWordsAsksAgain(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.in(t, conversation.Inbound{Text: "STOP", OptOut: "STOP"})
	if got := p.in(t, conversation.Inbound{Text: "Yes", OptOut: "START"}); !strings.Contains(got, "Is that OK?") {
		t.Errorf("the carrier says she is back and she hears %q", got)
	}
}

// "Wrong number" by a slip, or by somebody who had her phone for a moment, must
// not leave her without an answer for good.
func TestStartEndsAWrongNumber(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.say(t, "wrong number", "START", "1")
	if got := p.say(t, "can you still help me with the rent"); got == "" {
		t.Error("she started again and hears nothing")
	}
	for _, act := range []string{"pick up", "reply Hello Maureen"} {
		if err := p.deed(t, id, act); err != nil {
			t.Errorf("%s: %v", act, err)
		}
	}
}

func TestWhoTextsAfterADeathIsAnswered(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.clock.advance(time.Hour)
	p.say(t, "he passed away in May")
	if got := p.say(t, "who can i ask about the funeral"); got == "" || !p.lastIn(t).Unread {
		t.Errorf("the reply is %q, unread %t", got, p.lastIn(t).Unread)
	}
}
