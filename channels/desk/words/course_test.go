package words

import (
	"strings"
	"testing"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// spoken fails the test for a code that has no words of its own.
func spoken[S ~string](t *testing.T, all []S, say func(S) string) {
	t.Helper()
	seen := map[string]S{}
	for _, code := range all {
		got := say(code)
		if strings.Contains(got, "_") || got == "" {
			t.Errorf("%s: got %q, want words", code, got)
		}
		if before, twice := seen[got]; twice {
			t.Errorf("%s and %s are both %q", before, code, got)
		}
		seen[got] = code
	}
}

func TestEverythingInACourseHasWords(t *testing.T) {
	t.Parallel()
	spoken(t, casework.AppointmentTypes(), Appointment)
	spoken(t, []casework.AppointmentState{
		casework.Offered, casework.Booked, casework.Confirmed, casework.ChangeAsked, casework.Declined, casework.Attended,
		casework.DidNotAttend, casework.CancelledByUs, casework.NoneOfTheTimes,
	}, AppointmentState)
	spoken(t, []casework.OnwardState{
		casework.OnwardAsked, casework.OnwardRefused, casework.OnwardRequested, casework.OnwardReceived, casework.OnwardAccepted,
		casework.OnwardRejected, casework.OnwardWaiting, casework.OnwardStarted, casework.OnwardCompleted, casework.OnwardNotStarted,
	}, Onward)
	spoken(t, casework.Events(casework.AboutOnward), OnwardEvent)
	spoken(t, []casework.SignpostState{
		casework.SignpostGiven, casework.SignpostHelps, casework.SignpostOther, casework.SignpostReached, casework.SignpostPerson,
	}, Signpost)
	spoken(t, []casework.PlanState{casework.PlanProposed, casework.PlanAgreed, casework.PlanDisputed, casework.PlanDone}, PlanState)
	spoken(t, []casework.MeasurePoint{casework.Baseline, casework.ThreeMonths, casework.SixMonths, casework.AtClosing}, MeasurePoint)
	spoken(t, casework.ContactWays(), ContactWay)
	spoken(t, casework.UnmetReasons(), UnmetReason)
	spoken(t, conversation.TakeOverReasons(), TakeOver)
	spoken(t, GoalWhos(), GoalWho)
	spoken(t, flows.Sends(), func(s flows.Start) string { return Send(string(s)) })
	spoken(t, []casework.JobKind{casework.JobGiveBack, casework.JobUnpause}, JobKind)
	for say, want := range map[string]string{
		Appointment("new_kind"): "New kind", Onward("new_kind"): "New kind", Send("new_kind"): "New kind", JobKind("new_kind"): "New kind",
		UnmetReason("new_kind"): "New kind", ContactWay("new_kind"): "New kind", GoalWho("new_kind"): "New kind", TakeOver("new_kind"): "New kind",
	} {
		if say != want {
			t.Errorf("what has no words yet: got %q, want %q", say, want)
		}
	}
}

func TestComing(t *testing.T) {
	t.Parallel()
	c := at(t, "2026-10-24 10:00") // the day before the clocks go back
	for moment, want := range map[string]string{
		"2026-10-24 14:30": "Today at 2:30pm", "2026-10-25 09:00": "Tomorrow at 9am", "2026-10-26 09:00": "Monday 26 October at 9am",
		"2027-01-04 12:00": "4 January 2027 at 12pm", "2026-10-23 09:00": "Yesterday at 9am",
	} {
		if got := c.Coming(london(t, c.Calendar, moment)); got != want {
			t.Errorf("%s: got %q, want %q", moment, got, want)
		}
	}
}
