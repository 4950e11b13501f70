package conversation

import (
	"linkline/conversation/casework"
	"linkline/conversation/reading"
	"linkline/flows"
)

// endInvitation gives an invitation up that reached somebody else, so that it is
// not sent once more; whoever suggested it is told (F19). It reports whether
// there was one.
func (t *turn) endInvitation() bool {
	in := t.facts.Invitation
	if in == nil || in.State != casework.Invited {
		return false
	}
	t.do(Fire{About: in.Subject(), Event: "give_up"})
	t.c.Stack, t.c.Prompt, t.c.Trail = nil, nil, nil
	return true
}

// herFamily reports whether a text about a death answers a question of ours that
// is none of her story: one that takes no words of hers, or is about a visit.
func (t *turn) herFamily(read reading.Reading) bool {
	frame := t.top()
	wordsOfHers := read.Outcome == reading.Value && frame.About.Kind != casework.AboutAppointment
	return frame.Ours && !wordsOfHers && len(t.c.Recent) == 1
}

// diedSince answers that she has died to such a question: her family reads our
// texts, and nothing more is to leave.
// Before there is a case no words are kept for a task: the invitation's says it.
func (t *turn) diedSince() error {
	if !t.endInvitation() {
		return t.died()
	}
	t.do(Contact{Mark: "unsafe"})
	return t.say(flows.TextTold)
}
