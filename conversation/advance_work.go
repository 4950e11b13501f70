package conversation

import (
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
)

// heldFor is how long a worker holds a conversation after she last wrote
// (decision 19).
const heldFor = 24 * time.Hour

// pickedUp tells the person who has taken her case (Q2). It does not take the
// conversation: the worker's first reply does (decision 19).
func (t *turn) pickedUp(in PickedUp) error {
	t.do(Case{Event: CasePickUp, By: in.By})
	if t.c.Withdrawn {
		return nil // nothing is sent to her any more (I10)
	}
	t.promiseToRing(in)
	t.extra = map[string]string{"lw": in.Name.Reveal()}
	timed, untimed := flows.TextPickedUp, flows.TextPickedUpOnly
	if t.facts.Contact.Neutral {
		timed, untimed = flows.TextPickedUpNeutral, flows.TextPickedUpOnlyNeutral
	}
	if in.Meeting.On.IsZero() {
		return t.say(untimed)
	}
	t.extra["date"], t.extra["time"] = t.date(in.Meeting.On), in.Meeting.At
	return t.say(timed)
}

// promiseToRing makes a task of a call that is promised in the text, and of one
// that has to stand in for the text because the number cannot be texted: a
// promise that only stands in a text is watched by nobody.
func (t *turn) promiseToRing(in PickedUp) {
	task := Task{Kind: casework.TaskRing, Name: casework.Private(t.name())}
	switch {
	case !in.Meeting.On.IsZero():
		minutes, _ := calendar.Clock(in.Meeting.At).Minutes()
		task.DueAt = in.Meeting.On.Time(minutes/60, minutes%60, t.facts.Team.location())
	case t.facts.Contact.State == casework.ContactActive && t.facts.Contact.Safe != casework.SafeNo && t.c.Pause == "":
		return
	}
	t.do(task)
}

// wrote sends a worker's text and gives her the conversation.
func (t *turn) wrote(in Wrote) {
	if t.c.Holder != in.By.User {
		t.do(HandOver{To: in.By.User})
	}
	t.c.Holder, t.c.HeldAt, t.c.Waiting = in.By.User, t.now, false
	t.do(Case{Event: CaseContact, By: in.By})
	t.do(Schedule{Kind: casework.JobGiveBack, DueAt: t.now.Add(heldFor)})
	t.do(Say{flows.Said{Text: in.Text.Reveal()}})
}

// givenBack lets the bot speak again. The question that was open is closed: she
// has talked of other things since, and what she writes next may be meant for
// the worker. The flow puts it again then; nothing is sent by itself.
func (t *turn) givenBack() {
	if t.c.Holder == "" {
		return
	}
	t.c.Holder, t.c.HeldAt, t.c.Prompt = "", time.Time{}, nil
	t.do(Cancel{Kind: casework.JobGiveBack})
	t.do(HandOver{})
}

// woken handles a job that is due.
func (t *turn) woken(in Woken) error {
	switch in.Kind {
	case casework.JobForget:
		if t.caseState == "none" {
			t.do(Withdraw{Purpose: casework.PurposeKeep, Forget: true})
		}
	case casework.JobGiveBack:
		t.givenBack()
	case casework.JobUnpause:
		t.c.Pause = ""
	default:
		return t.followed(in.Wanted)
	}
	return nil
}
