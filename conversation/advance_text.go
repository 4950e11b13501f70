package conversation

import (
	"fmt"
	"strings"
	"time"

	"linkline/conversation/casework"
	"linkline/conversation/reading"
	"linkline/flows"
)

// texted handles one text, in the order that keeps people safe: what cannot
// wait, then opting out, then the open question, then the words that always
// count, then everything else (domain 5.2, decision 17).
func (t *turn) texted(in Texted) error {
	gap := t.now.Sub(t.c.LastInAt)
	t.text = in.Text
	typed := in.Text
	if in.Option != "" {
		typed = "" // a label such as "stop" on a button of ours asks for nothing by itself
	}
	t.remember(typed)
	if t.facts.New {
		t.do(Schedule{Kind: casework.JobForget, DueAt: t.now.Add(forgetAfter)})
	}
	asked := reading.IntentOf(typed.Reveal(), t.c.Language, t.today(), t.facts.Team.Languages...)
	if t.facts.Contact.State == casework.ContactUndeliverable {
		t.do(Contact{Mark: "reached"})
	}
	cry, err := t.safetyFirst(in)
	if err != nil {
		return err
	}
	if out, err := t.optOuts(in, asked.Intent, cry); out || err != nil {
		return err
	}
	if cry {
		return nil
	}
	t.mend()
	t.expire()
	if t.c.Stopped {
		return t.stopped(asked.Intent == reading.OptIn || in.OptOut == "START")
	}
	if t.c.Pause != "" {
		t.c.Pause = ""
		t.do(Cancel{Kind: casework.JobUnpause})
	}
	return t.heard(in, asked, gap)
}

// heard gives a text to whoever it is for: the worker who holds the
// conversation, the question that is open, or the words that always count.
func (t *turn) heard(in Texted, asked reading.Asked, gap time.Duration) error {
	switch {
	case t.loops():
		t.unread()
		return nil
	case t.c.Holder != "" && !t.answersHers(in):
		return t.forWorker(asked)
	case t.rung(asked.Intent):
		t.do(Task{Kind: casework.TaskUnsafe})
		t.unread()
		return nil
	case t.c.Waiting:
		return t.whileWaiting(asked.Intent)
	case in.Media > 0 && strings.TrimSpace(in.Text.Reveal()) == "":
		return t.typedOnly()
	case t.c.Prompt != nil:
		return t.answered(in, asked, gap)
	case len(t.c.Stack) > 0:
		return t.interrupted(asked)
	}
	return t.outOfTheBlue(in, asked)
}

// rung reports whether this is a number that is not to be texted, and the text
// does not ask us to begin again: then somebody rings, and nothing is shown on
// a phone that others may see.
func (t *turn) rung(intent reading.Intent) bool {
	if t.facts.Contact.Safe != casework.SafeNo || len(t.c.Stack) > 0 || t.saidSafe() {
		return false
	}
	return intent != reading.Hello && intent != reading.OptIn && intent != reading.Person
}

// saidSafe reports whether she herself said that this number is safe (W4). Then
// it was given up for another reason, a wrong number or a death, and whoever
// texts from it is answered.
func (t *turn) saidSafe() bool { return first(t.known["safe"].Values) == "yes" }

// gone reports whether the permission to keep was taken back: nothing more is
// kept until she gives it again.
func (t *turn) gone() bool {
	return t.permitted[casework.PurposeKeep] == casework.PermissionWithdrawn
}

// optOuts acts on a text that asks us to stop; out is set when it did.
func (t *turn) optOuts(in Texted, intent reading.Intent, cry bool) (out bool, err error) {
	switch {
	case in.OptOut == "STOP", in.OptOut == Blocked, intent == reading.OptOutWord:
		if t.c.Stopped {
			t.blockedToo()
			return true, nil
		}
		t.optOut("word")
		if t.carrierConfirms() || cry || in.OptOut == Blocked {
			return true, nil // the carrier sends the confirmation itself (decision 21)
		}
	case intent == reading.OptOutPhrase:
		if t.c.Stopped {
			return true, nil
		}
		t.optOut("phrase")
		if cry {
			return true, nil // the safety reply is the text of the turn
		}
	default:
		return false, nil
	}
	return true, t.say(flows.TextStopped)
}

// blockedToo notes that after an opt-out in words the carrier stops us as well:
// from now on not even a safety reply arrives, and an alert has to say so.
func (t *turn) blockedToo() {
	if t.facts.Contact.State == casework.ContactOptedOut && t.facts.Contact.StateFrom == "phrase" {
		t.do(OptOut{From: "word"})
	}
}

// carrierConfirms reports whether the channel answers STOP by itself.
func (t *turn) carrierConfirms() bool {
	return t.c.Channel == casework.SMS || t.c.Channel == casework.WhatsApp
}

// stopped handles a text from somebody who opted out: START opens the door
// again and asks for permission; anything else is kept for a person to read.
func (t *turn) stopped(again bool) error {
	if again {
		t.optIn()
		if t.facts.Contact.Safe == casework.SafeNo && t.saidSafe() {
			t.do(Contact{Mark: "safe"})
		}
		t.givenBack() // the answer to C1 is for the bot to read
		t.c.Stack, t.c.Trail, t.c.Waiting, t.c.Pause = nil, nil, false, ""
		return t.begin(flows.StartOptIn)
	}
	t.unread()
	return nil
}

// unread keeps a text that no question took for a person to read, where there
// is a case to read it in: nothing is a dead letter (decision 14, I15).
func (t *turn) unread() {
	if t.caseState != "none" {
		t.do(Case{Event: CaseAdd})
	}
}

// interrupted goes on with a flow that has no question open. What she writes is
// no answer to anything, so a person reads it; the words that always count do.
func (t *turn) interrupted(asked reading.Asked) error {
	if asked.Intent == reading.Hello || asked.Intent == reading.OptIn {
		return t.run()
	}
	if handled, err := t.always(asked); handled || err != nil {
		return err
	}
	t.unread()
	return t.run()
}

// forWorker keeps a text for the worker who holds the conversation. The bot
// says nothing but, out of hours, once, when it will be read.
func (t *turn) forWorker(asked reading.Asked) error {
	t.do(Case{Event: CaseAdd})
	if asked.Intent == reading.Withdraw && t.keeping() {
		t.givenBack() // what she takes back is taken from the worker too
		_, err := t.takeBack()
		return err
	}
	if t.facts.Team.Calendar.OpenAt(t.now) {
		return nil
	}
	return t.acknowledge(flows.TextForWorkerLate)
}

// answersHers reports whether a text answers a question that the worker has put
// by the desk while she holds the conversation: times to choose from, a service
// to agree to. Anything else is for her to read.
func (t *turn) answersHers(in Texted) bool {
	frame := t.top()
	if frame == nil || !frame.Ours || t.c.Prompt == nil || t.c.Prompt.AskedAt.Before(t.c.HeldAt) {
		return false
	}
	f, s, err := t.step(frame.Place)
	return err == nil && len(s.Options) > 0 && t.read(f, s, in).Outcome == reading.Value
}

// acknowledgeEvery is how often a text that waits for a person is answered by
// the bot: once an evening, not once a text (messaging-safety 2.5).
const acknowledgeEvery = 8 * time.Hour

func (t *turn) acknowledge(key string) error {
	if !t.c.AcknowledgedAt.IsZero() && t.now.Sub(t.c.AcknowledgedAt) < acknowledgeEvery {
		return nil
	}
	t.c.AcknowledgedAt = t.now
	return t.say(key)
}

// whileWaiting handles a text after a safety reply: no question is asked until
// the person asks for the menu or a worker resumes (I17).
func (t *turn) whileWaiting(intent reading.Intent) error {
	switch intent {
	case reading.Menu, reading.Hello:
		t.c.Waiting = false
		return t.begin(flows.StartSafety)
	case reading.Person:
		return t.callHushed()
	default:
	}
	if !t.keeping() {
		return t.safetyStill() // nobody will read what is not kept
	}
	t.unread()
	return t.acknowledge(t.workerText())
}

// callHushed arranges a call after a safety reply, without going on with the
// questions afterwards.
func (t *turn) callHushed() error {
	call, ok := t.flows.Start(flows.StartCall)
	if !ok {
		return fmt.Errorf("no flow starts at %q", flows.StartCall)
	}
	t.c.Waiting = false
	t.dropTo(call)
	t.push(call, call.First().ID, false)
	t.top().Hush = true
	return t.run()
}

// workerText is what a person is told when her text waits for a worker.
func (t *turn) workerText() string {
	if t.facts.Team.Calendar.OpenAt(t.now) {
		return flows.TextForWorker
	}
	return flows.TextForWorkerLate
}

// typedOnly answers a photo, a voice note or a file (G4).
func (t *turn) typedOnly() error {
	t.unread()
	if err := t.say(flows.TextTypedOnly); err != nil {
		return err
	}
	if t.c.Prompt == nil {
		if len(t.c.Stack) == 0 && t.caseState == "none" {
			return t.first(Texted{})
		}
		return nil
	}
	return t.askOpen()
}

// outOfTheBlue handles a text when nothing was asked.
func (t *turn) outOfTheBlue(in Texted, asked reading.Asked) error {
	if t.caseState == "none" && asked.Intent != reading.Person {
		return t.first(in)
	}
	if handled, err := t.always(asked); handled || err != nil {
		return err
	}
	if asked.Intent == reading.Deceased && len(t.c.Recent) == 1 {
		return t.died() // in answer to a question, or behind another text, it is her story
	}
	switch t.caseState {
	case "none":
		return t.first(in)
	case "closed":
		if asked.Intent != reading.Hello && asked.Intent != reading.OptIn {
			t.unread()
		}
		return t.begin(flows.StartReturn)
	}
	if t.gone() {
		return t.acknowledge(flows.TextGoneAgain) // HELLO asks again, as we said
	}
	t.unread()
	if t.caseState == "picked_up" {
		return t.acknowledge(t.workerText())
	}
	return t.acknowledge(flows.TextNoted)
}

// first begins with somebody nobody has heard of. What she wrote first is kept
// for five minutes' work at M1, unless it is only a greeting (decision 14).
func (t *turn) first(in Texted) error {
	if t.foreign(in.Text.Reveal()) {
		return t.begin(flows.StartUnknown)
	}
	if words := strings.TrimSpace(in.Text.Reveal()); len(strings.Fields(words)) >= 3 && t.caseState == "none" {
		if t.c.Known == nil {
			t.c.Known = map[string]casework.Answer{}
		}
		answer := casework.Answer{Values: []string{"yes"}, Words: in.Text, At: t.now}
		t.c.Known[flows.FactFirstText], t.known[flows.FactFirstText] = answer, answer
	}
	return t.begin(flows.StartFirst)
}

// foreign reports whether a text is in a script that no language of the team
// is written in: most of its letters are not Latin.
func (t *turn) foreign(text string) bool {
	var latin, other int
	for _, r := range text {
		switch {
		case r < 0x250 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0):
			latin++
		case isLetter(r):
			other++
		}
	}
	return other > latin && other > 2
}
