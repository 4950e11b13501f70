package conversation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
)

const (
	firstOnDuty  = "+447700900001"
	secondOnDuty = "+447700900002"
)

// onDuty is a conversation in which somebody has cried for help, with a rota of
// two.
func onDuty(t *testing.T) *play {
	t.Helper()
	p, _ := referred(t)
	p.team.Duty = []casework.Private{firstOnDuty, secondOnDuty}
	p.say(t, "i want to kill myself")
	p.deliver(t)
	return p
}

// Decision 27: an alert that nobody takes goes to the next by its timer.
func TestAnAlertThatNobodyTakesGoesToTheNext(t *testing.T) {
	t.Parallel()
	p := onDuty(t)
	if diff := cmp.Diff(p.others, []string{firstOnDuty}); diff != "" {
		t.Fatalf("told at once (-got +want):\n%s", diff)
	}
	start := p.clock.shows()
	p.pass(t, start.Add(59*time.Minute))
	if got := len(p.others); got != 1 {
		t.Fatalf("before its time the rota was told %d times", got)
	}
	p.pass(t, start.Add(2*time.Hour+10*time.Minute))
	if diff := cmp.Diff(p.others, []string{firstOnDuty, secondOnDuty, firstOnDuty}); diff != "" {
		t.Errorf("two hours later (-got +want):\n%s", diff)
	}
}

func TestAnAlertThatIsTakenGoesNoFurther(t *testing.T) {
	t.Parallel()
	p := onDuty(t)
	a := p.alerts(t)[0]
	if err := p.engine.TakeAlert(t.Context(), amy, a.ID); err != nil {
		t.Fatal(err)
	}
	p.pass(t, p.clock.shows().AddDate(0, 0, 3))
	if got := len(p.others); got != 1 {
		t.Errorf("the rota was told %d times of an alert that Amy has taken", got)
	}
}

// Her conversation may be forgotten; the alert is not (I14).
func TestAnAlertOutlivesTheConversation(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.team.Duty = []casework.Private{firstOnDuty, secondOnDuty}
	p.say(t, "hello", "1", "1", "i want to kill myself", "menu", "no")
	p.pass(t, monday.Add(73*time.Hour))
	if c, _ := p.records(t); c != nil {
		t.Fatal("the conversation is still there")
	}
	if got := len(p.others); got < 2 {
		t.Errorf("the rota was told %d times, want it told again", got)
	}
}

// Sixty cries of one person are one call for the rota, also when they wait.
func TestManyCriesAreOneCall(t *testing.T) {
	t.Parallel()
	p := onDuty(t)
	for range 4 {
		p.clock.advance(time.Minute)
		p.say(t, "i want to kill myself")
	}
	p.pass(t, p.clock.shows().Add(65*time.Minute))
	if diff := cmp.Diff(p.others, []string{firstOnDuty, secondOnDuty}); diff != "" {
		t.Errorf("told (-got +want):\n%s", diff)
	}
}

// An alert that nobody takes for days is told once a working day, not for ever
// every hour.
func TestTheRotaIsNotWornOut(t *testing.T) {
	t.Parallel()
	p := onDuty(t)
	p.pass(t, monday.AddDate(0, 0, 7))
	if got := len(p.others); got < 9 || got > 14 {
		t.Errorf("in a week the rota was told %d times, want three rounds and once a working day", got)
	}
}

func TestNobodyOnDutyIsNotTold(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.team.Duty = nil
	p.say(t, "i want to kill myself")
	p.pass(t, monday.AddDate(0, 0, 2))
	if got := len(p.others); got != 0 {
		t.Errorf("%d texts to nobody", got)
	}
	if err := p.engine.TakeAlert(t.Context(), amy, p.alerts(t)[0].ID); err != nil {
		t.Error(err)
	}
}
