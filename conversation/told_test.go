package conversation_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// An appointment that is made while she has a break from texts is told her by
// somebody who rings: the text would be dropped, and nobody would know.
func TestABookingInABreakIsToldByHand(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.say(t, "PAUSE", "1")
	if c, _ := p.records(t); c.Pause == "" {
		t.Fatalf("no break: %q", p.heard())
	}
	p.heard()
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 3, 12, 0)
	p.hearsNothing(t)
	if !p.hasTask(t, casework.TaskRing) {
		t.Error("nobody is asked to tell her of the appointment")
	}
}

// A time that is over can no longer be chosen of an offer; the others can.
func TestATimeThatIsOverIsNotBooked(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.want = nil // nothing else is asked of her
	p.act(t, id, "offer assessment 2026-03-04 10:00, 2026-03-12 10:45 at the library")
	p.at(t, 5, 12, 0)
	p.heard()
	reply := p.say(t, "1")
	if a := p.theCourse(t, id).Appointments[0]; a.State == casework.Booked {
		t.Fatalf("booked for %v on the 5th: %q", a.Start, reply)
	}
	if strings.Contains(reply, "4 Mar") {
		t.Errorf("a time that is over is offered again: %q", reply)
	}
	p.say(t, "2")
	if a := p.theCourse(t, id).Appointments[0]; a.State != casework.Booked || a.Start.Day() != 12 {
		t.Errorf("%s for %v, want booked for the 12th", a.State, a.Start)
	}
}

// "Is this still you?" waits, as every question of ours, while a worker speaks,
// and is not asked of somebody who has just texted.
func TestWhetherItIsStillHerWaitsToo(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-07-16 10:45 at the library")
	p.heard()
	p.clock.to(time.Date(2026, 7, 13, 10, 0, 0, 0, time.UTC))
	if _, err := p.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := p.delivery.Deliver(t.Context()); err != nil { // the reminder waits, the question is planned
		t.Fatal(err)
	}
	p.say(t, "hello are you there")
	p.heard()
	p.pass(t, p.clock.shows().Add(time.Hour))
	for _, text := range p.heard() {
		if strings.Contains(text, "still want texts") {
			t.Errorf("after she has texted: %q", text)
		}
	}
}

// A worker's text to a number that has been silent waits for "is this still
// you?", which then does not wait for the worker.
func TestAWorkersTextToASilentNumberIsNotStuck(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.at(t, 130, 10, 0)
	p.heard()
	p.act(t, id, "reply are you well")
	p.hears(t, "still want texts")
	p.say(t, "1")
	p.heard()
	p.pass(t, p.clock.shows().Add(time.Hour))
	p.hears(t, "are you well")
}

// Nobody is missed before the time: half an hour later she would be told so.
func TestAVisitIsNotMissedBeforeItsTime(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-04 10:45 at the library")
	if err := p.deed(t, id, "missed"); !errors.Is(err, conversation.ErrNotYet) {
		t.Errorf("missed two days before: %v, want ErrNotYet", err)
	}
	p.at(t, 4, 10, 46)
	if err := p.deed(t, id, "missed"); err != nil {
		t.Error(err)
	}
}

// An invitation that reached somebody else, or her family, is not sent again.
func TestAnInvitationIsNotRepeatedToSomebodyElse(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"wrong number", "she has died"} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, loadLibrary(t), monday)
			p.invite(t, "Maureen from your housing officer")
			p.heard()
			if got := p.say(t, text); strings.Contains(got, "Maureen") {
				t.Errorf("answered with %q", got)
			}
			p.heard()
			p.at(t, 13, 12, 0)
			p.hearsNothing(t)
			if !p.hasTask(t, casework.TaskInvitation) {
				t.Error("nobody tells whoever suggested it")
			}
		})
	}
}

// Her family answers a reminder: nothing more is asked of her, and nothing
// leaves (B24).
func TestAReminderAnsweredByHerFamilyIsTheLast(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 10, 1)
	p.heard()
	if got := p.say(t, "she has died"); strings.Contains(got, "12 March") {
		t.Errorf("asked once more: %q", got)
	}
	p.heard()
	p.at(t, 25, 12, 0)
	p.hearsNothing(t)
	if !p.hasTask(t, casework.TaskDeceased) {
		t.Error("nobody is told")
	}
}
