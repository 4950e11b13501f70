package conversation_test

import (
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
)

// comesBack closes her case and lets her send another request.
func (p *play) comesBack(t *testing.T, id casework.CaseID) casework.CaseID {
	t.Helper()
	p.act(t, id, "close goals_met")
	p.say(t, "Hello", "1", "1", "1", "2", "1", "1", "Maureen", "to get out on a Thursday again", "1", "3", "1", "2")
	_, k := p.records(t)
	if k.ID == id {
		t.Fatalf("no second case: %q", p.heard())
	}
	p.heard()
	return k.ID
}

// Somebody who comes back has a second case in the same conversation. Its first
// plan and its first measures are called as those of the first case were, and
// are not mistaken for them.
func TestASecondCaseIsPlannedAnew(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "plan join the choir")
	p.at(t, 4, 12, 0)
	second := p.comesBack(t, id)
	p.act(t, second, "pick up")
	p.act(t, second, "plan see the housing team")
	p.heard()
	p.pass(t, p.clock.shows().Add(49*time.Hour))
	got := strings.Join(p.heard(), "\n")
	if !strings.Contains(got, "see the housing team") || strings.Contains(got, "choir") {
		t.Errorf("she is asked about the plan of her second case: %q", got)
	}
}
