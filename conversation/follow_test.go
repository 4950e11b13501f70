package conversation_test

import (
	"slices"
	"strings"
	"testing"

	"linkline/conversation/casework"
)

// A question of ours that she passes over is put again once, after the next
// reminder she answers, and then no more.
func TestAQuestionPassedOverIsPutAgainOnce(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.at(t, 3, 11, 1)
	p.hears(t, "how you are")
	const asked = "how you are"
	for i, want := range []bool{true, false} {
		p.act(t, id, "book review 2026-03-1"+string(rune('2'+i))+" 10:45 at the library")
		p.heard()
		p.act(t, id, "ask group 2026-03-2"+string(rune('0'+i))+" 10:00 at the park; called walking")
		p.heard()
		if got := p.say(t, "2"); strings.Contains(got, asked) != want {
			t.Errorf("after answer %d the question is put again: %v, want %v: %q", i+1, !want, want, got)
		}
		p.forgetGroups(t)
	}
}

// forgetGroups lets her be asked about groups again.
func (p *play) forgetGroups(t *testing.T) {
	t.Helper()
	c, _ := p.records(t)
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		c, err := casework.Conversations.Get(tx, string(c.ID))
		if err != nil {
			return err
		}
		delete(c.Permitted, casework.PurposeGroups)
		return casework.Conversations.Put(tx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// K3: what kept her from going becomes one of her needs, once.
func TestWhatKeptHerAwayIsANeed(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "refer money to Citizens Advice")
	p.say(t, "1")
	p.act(t, id, "book onward 2026-03-10 11:00 at Citizens Advice; onward money")
	p.at(t, 11, 11, 1)
	p.heard()
	p.say(t, "2", "4")
	needs := p.one(t).Needs
	if got := slices.Index(needs, "travel"); got < 0 || !slices.Contains(needs, "loneliness") {
		t.Errorf("her needs are %v, want travel among them", needs)
	}
}
