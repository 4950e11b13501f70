package conversation_test

import (
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
)

// I21: what a worker planned in the evening does not leave in the morning when
// the case was closed in between, least of all to somebody who has died.
func TestNothingPlannedLeavesAfterClosing(t *testing.T) {
	t.Parallel()
	for _, act := range []string{
		"book assessment 2026-03-12 10:45 at the library",
		"offer assessment 2026-03-12 10:45, 2026-03-13 10:45 at the library",
		"suggest Citizens Advice; help with bills; It is free; 01632 960001",
		"refer money to Citizens Advice",
		"reply I will ring you soon",
	} {
		t.Run(act, func(t *testing.T) {
			t.Parallel()
			p, id := followed(t)
			p.at(t, 3, 21, 0)
			p.heard()
			p.act(t, id, act)
			p.hearsNothing(t)
			p.act(t, id, closing(act))
			p.at(t, 6, 12, 0)
			p.hearsNothing(t)
			if c, _ := p.records(t); c.Prompt != nil {
				t.Errorf("a question is open in a closed case: %v", c.Prompt.Place)
			}
		})
	}
}

// closing closes a case: a worker's last words leave all the same, but not to
// somebody who has died.
func closing(act string) string {
	if strings.HasPrefix(act, "reply") {
		return "close died"
	}
	return "close moved"
}

// Who she is (Q2) is not told to somebody whose case was closed before it left.
func TestNobodyIntroducesHerselfAfterClosing(t *testing.T) {
	t.Parallel()
	p, id := submitted(t)
	p.at(t, 2, 21, 0)
	p.act(t, id, "pick up")
	p.act(t, id, "close died")
	p.heard()
	p.at(t, 6, 12, 0)
	p.hearsNothing(t)
}

// Q1: "we are busy" is not said after a worker has picked the case up or closed
// it, however long it stood in the outbox.
func TestBusyIsNotSaidAfterPickUp(t *testing.T) {
	t.Parallel()
	for _, act := range []string{"pick up", "close died"} {
		t.Run(act, func(t *testing.T) {
			t.Parallel()
			p, id := submitted(t)
			p.capToday(t)
			p.clock.to(time.Date(2026, 3, 6, 10, 30, 0, 0, time.UTC))
			p.capToday(t)
			if _, err := p.jobs.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			p.deliver(t)
			p.heard()
			p.act(t, id, act)
			p.heard()
			p.at(t, 12, 12, 0)
			for _, text := range p.heard() {
				t.Errorf("after %s: %q", act, text)
			}
		})
	}
}

// submitted is a person whose request waits in the queue, on Monday morning.
func submitted(t *testing.T) (*play, casework.CaseID) {
	t.Helper()
	p := newPlay(t, loadLibrary(t), monday)
	p.planAsShipped(t)
	p.agree(t)
	p.say(t, "Maureen", "to get out on a Thursday again", "1", "3", "1", "2")
	_, k := p.records(t)
	p.heard()
	return p, k.ID
}

// capToday makes the phone have had its notice of the day.
func (p *play) capToday(t *testing.T) {
	t.Helper()
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		id := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		c, err := casework.Conversations.Get(tx, string(id))
		if err != nil {
			return err
		}
		c.Notices = append(c.Notices, p.clock.shows())
		return casework.Conversations.Put(tx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
}
