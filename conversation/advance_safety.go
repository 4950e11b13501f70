package conversation

import (
	"strings"
	"time"

	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
)

// Gaps between safety replies to one person (messaging-safety 2.4): the same
// class once in ten minutes, and a short line at most every thirty.
const (
	sameReply  = 10 * time.Minute
	stillReply = 30 * time.Minute
)

// safetyFirst raises the alert and gives the fixed reply for what package
// safety read. It reports whether the text was a cry for help, which no flow
// then takes for an answer (B16).
func (t *turn) safetyFirst(in Texted) (cry bool, err error) {
	if len(in.Matches) == 0 {
		return false, nil
	}
	worst := in.Matches[0]
	alert := Alert{
		Class: string(worst.Class), Text: in.Text, Softened: true,
		DueAt:         alertDue(t.facts.Team, worst.Class, t.now),
		CouldNotReply: t.unreachable(),
	}
	var words []string
	for _, m := range in.Matches {
		alert.Rules = append(alert.Rules, m.Rule)
		alert.Softened = alert.Softened && m.Softened
		words = append(words, m.Words)
	}
	alert.Matched = casework.Private(strings.Join(words, "; "))
	t.do(alert)
	if worst.Class == safety.Abuse {
		t.do(Contact{Mark: "neutral"}) // whoever harms her may read what comes next (HZ05)
	}
	if err := t.safetyReply(worst); err != nil {
		return true, err
	}
	if worst.Class == safety.Essentials {
		return false, nil // urgent, but no cry for help: the flow goes on (decision 25)
	}
	t.c.Waiting, t.c.Prompt = true, nil
	t.unread()
	return true, nil
}

// alertByAnswer is the alert that an answer raises (S1), with the words of
// class A (decision 25).
func (t *turn) alertByAnswer(rule string) error {
	t.do(Alert{
		Class: "answer", Rules: []string{"answer." + rule}, Text: t.text, Matched: t.text,
		DueAt: alertDue(t.facts.Team, safety.Explicit, t.now), CouldNotReply: t.unreachable(),
	})
	if err := t.safetyReply(safety.Match{Class: safety.Explicit}); err != nil {
		return err
	}
	t.c.Waiting, t.c.Prompt = true, nil
	return nil
}

// unreachable reports whether a reply cannot arrive: the carrier has blocked
// the number, so somebody must ring (messaging-safety finding 2).
func (t *turn) unreachable() bool {
	switch t.facts.Contact.State {
	case casework.ContactBlocked, casework.ContactUndeliverable:
		return true
	case casework.ContactOptedOut:
		return t.facts.Contact.StateFrom != "phrase"
	case casework.ContactActive:
	}
	return false
}

// safetyReply gives the fixed reply of a class, or the short one when the same
// was sent a moment ago (I13, decision 26).
func (t *turn) safetyReply(m safety.Match) error {
	key, class := safetyText(m), string(m.Class)
	if last, ok := t.c.SafetyAt[class]; ok && t.now.Sub(last) < sameReply {
		if m.Class == safety.Essentials {
			return nil // the flow goes on and answers
		}
		return t.safetyStill()
	}
	t.safetySent(class)
	if err := t.say(key); err != nil {
		return err
	}
	if len(t.facts.Team.Duty) == 0 && m.Class != safety.Essentials {
		return t.say(flows.TextSafetyNoDuty)
	}
	return nil
}

// safetyStill says once in a while that no one is reading, and whom to call.
func (t *turn) safetyStill() error {
	if t.now.Sub(t.c.SafetyAt["still"]) < stillReply {
		return nil
	}
	t.safetySent("still")
	return t.say(flows.TextSafetyStill)
}

func (t *turn) safetySent(class string) {
	if t.c.SafetyAt == nil {
		t.c.SafetyAt = map[string]time.Time{}
	}
	t.c.SafetyAt[class] = t.now
}

// safetyText is the fixed text of a class (messaging-safety 2.4, decision 25).
func safetyText(m safety.Match) string {
	if m.AboutOther && m.Class != safety.ChildAtRisk && m.Class != safety.HarmToOthers {
		return flows.TextSafetyOther
	}
	switch m.Class {
	case safety.ActiveHarm:
		return flows.TextSafetyB
	case safety.HarmToOthers:
		return flows.TextSafetyD
	case safety.Abuse:
		return flows.TextSafetyE
	case safety.ChildAtRisk:
		return flows.TextSafetyF
	case safety.Medical:
		return flows.TextSafetyG
	case safety.Essentials:
		return flows.TextSafetyI
	case safety.Explicit, safety.Indirect, safety.SelfDeclared:
	}
	return flows.TextSafetyA
}
