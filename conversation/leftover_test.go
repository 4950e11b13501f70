package conversation_test

import (
	"testing"
	"time"

	"linkline/conversation/casework"
)

// What falls into a pause she asked for leaves after it, and at once when she
// ends it herself.
func TestWhatFallsIntoAPauseLeavesAfterIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		breaks bool
		day    int
	}{"the pause ends": {false, 6}, "she texts before": {true, 4}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, id := followed(t)
			at := time.Date(2026, 3, 3, 11, 0, 0, 0, time.UTC)
			p.want = plannerOf(casework.Wanted{
				Kind: "x", Send: "measure", DueAt: at, NotAfter: at.AddDate(0, 0, 20),
				About: casework.About{Kind: casework.AboutMeasure, ID: "baseline"},
			})
			p.act(t, id, "ending 2026-12-01")
			p.say(t, "pause until 6 march")
			p.heard()
			p.at(t, 4, 9, 30)
			p.hearsNothing(t)
			if c.breaks {
				p.say(t, "hello")
				p.heard()
			}
			p.at(t, c.day, 12, 0)
			p.hears(t, "how you are")
		})
	}
}

// Closing a case calls off what is still booked, and somebody tells her.
func TestClosingCallsOffWhatIsBooked(t *testing.T) {
	t.Parallel()
	for reason, told := range map[string]bool{"goals_met": true, "died": false} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			p, id := followed(t)
			p.act(t, id, "book review 2026-03-12 10:45 at the library")
			p.act(t, id, "close "+reason)
			a := p.theCourse(t, id).Appointments[0]
			if a.State != casework.CancelledByUs {
				t.Errorf("the appointment of a closed case is %s", a.State)
			}
			if got := p.hasTask(t, casework.TaskRing); got != told {
				t.Errorf("a task to ring: %v, want %v", got, told)
			}
		})
	}
}

// Of somebody who wants nothing of us nothing is kept but what became of it.
func TestADeclinedInvitationKeepsNobody(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.invite(t, "Maureen from your housing officer")
	p.say(t, "3")
	var kept []*casework.Invitation
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		kept, _, err = casework.Invitations.Range(tx, casework.Span{})
		return err
	})
	if err != nil || len(kept) != 1 {
		t.Fatalf("%d invitations, %v", len(kept), err)
	}
	if in := kept[0]; in.Name != "" || in.Phone != "" || in.Reason != "" || in.State != casework.InvitationDeclined {
		t.Errorf("a declined invitation keeps who it was, and is %s", in.State)
	}
}
