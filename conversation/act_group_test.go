package conversation_test

import (
	"errors"
	"testing"

	"linkline/conversation"
)

// F13: no more than she was told there would be, and none after a no.
func TestGroupsAreCapped(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "ask group 2026-03-20 10:00 at the park; called walking")
	p.say(t, "1", "1")
	p.act(t, id, "ask group 2026-03-21 10:00 at the hall; called singing")
	if err := p.deed(t, id, "ask group 2026-03-22 10:00 at the hall; called chess"); !errors.Is(err, conversation.ErrEnough) {
		t.Errorf("a third invitation in a month answers %v", err)
	}
	p.at(t, 36, 10, 0)
	if err := p.deed(t, id, "ask group 2026-04-22 10:00 at the hall; called chess"); err != nil {
		t.Errorf("a month later it answers %v", err)
	}
}

func TestNobodyIsInvitedAfterANo(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "ask group 2026-03-20 10:00 at the park; called walking")
	p.say(t, "2")
	if err := p.deed(t, id, "ask group 2026-03-21 10:00 at the hall; called singing"); !errors.Is(err, conversation.ErrNoPermission) {
		t.Errorf("after her no it answers %v", err)
	}
}
