package conversation_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

var priya = conversation.Actor{Team: "demo", User: "priya"}

// held is a case that Amy has, with an appointment to come and one that is over.
func held(t *testing.T) (*play, casework.CaseID) {
	t.Helper()
	p, id := referred(t)
	p.hireAs(t, "priya")
	for _, act := range []string{
		"pick up", "reply Hello Maureen", "book assessment 2026-03-10 10:45 at the library", "call off",
		"book phone_checkin 2026-03-17 10:45",
	} {
		if err := p.deed(t, id, act); err != nil {
			t.Fatalf("%s: %v", act, err)
		}
	}
	return p, id
}

func TestTakeOverGivesTheCaseAndWhatIsToCome(t *testing.T) {
	t.Parallel()
	p, id := held(t)
	p.deliver(t)
	p.replies = nil
	for range 2 { // a double click
		if err := p.engine.TakeOver(t.Context(), priya, id, "colleague_away"); err != nil {
			t.Fatal(err)
		}
	}
	conv, k := p.records(t)
	if k.Worker != "priya" || conv.Holder != "priya" {
		t.Errorf("the case is %s's and the conversation %s's, want both priya's", k.Worker, conv.Holder)
	}
	all := p.theCourse(t, id).Appointments
	if all[0].Worker != "amy" || all[1].Worker != "priya" {
		t.Errorf("the visit called off is %s's and the call to come %s's, want amy's and priya's", all[0].Worker, all[1].Worker)
	}
	if got := p.audits(t); strings.Count(got, "priya case taken over from amy") != 1 {
		t.Errorf("the audit says %q, want the taking over once", got)
	}
	p.deliver(t)
	if len(p.replies) != 0 {
		t.Errorf("the person was texted %q", p.replies)
	}
	if err := p.deed(t, id, "ending 2026-07-20"); !errors.Is(err, casework.ErrClaimed) {
		t.Errorf("Amy acts on it still: %v, want ErrClaimed", err)
	}
	p.clock.advance(25 * time.Hour)
	p.wake(t)
	if conv, _ := p.records(t); conv.Holder != "" {
		t.Error("a day later the bot does not speak again (decision 19)")
	}
}

func TestTakeOverLeavesAConversationThatTheBotHolds(t *testing.T) {
	t.Parallel()
	p, id := held(t)
	if err := p.deed(t, id, "give back"); err != nil {
		t.Fatal(err)
	}
	if err := p.engine.TakeOver(t.Context(), priya, id, "moved_to_me"); err != nil {
		t.Fatal(err)
	}
	if conv, _ := p.records(t); conv.Holder != "" {
		t.Errorf("taking the case took the conversation for %s", conv.Holder)
	}
}

func TestTakeOverIsRefused(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.hireAs(t, "priya")
	take := func(reason string) error { return p.engine.TakeOver(t.Context(), priya, id, reason) }
	if err := take("because"); !errors.Is(err, conversation.ErrTakeOver) {
		t.Errorf("a reason of one's own: %v, want ErrTakeOver", err)
	}
	if err := take("cannot_wait"); !errors.Is(err, casework.ErrNotAllowed) {
		t.Errorf("a case that nobody has: %v, want ErrNotAllowed", err)
	}
	for _, act := range []string{"pick up", "close moved"} {
		if err := p.deed(t, id, act); err != nil {
			t.Fatal(err)
		}
	}
	if err := take("cannot_wait"); !errors.Is(err, casework.ErrNotAllowed) {
		t.Errorf("a closed case: %v, want ErrNotAllowed", err)
	}
	other := conversation.Actor{Team: "elsewhere", User: "priya"}
	if err := p.engine.TakeOver(t.Context(), other, id, "cannot_wait"); !errors.Is(err, conversation.ErrNoTeam) {
		t.Errorf("another team: %v, want ErrNoTeam", err)
	}
}

func TestOnAColleaguesCaseOnlyAContactIsNoted(t *testing.T) {
	t.Parallel()
	p, id := held(t)
	ctx := t.Context()
	call := p.theCourse(t, id).Appointments[1].ID
	for name, act := range map[string]func() error{
		"a plan": func() error {
			return p.engine.WritePlan(ctx, priya, id, 0, casework.Plan{Goals: []casework.Goal{{Text: "choir"}}})
		},
		"an ending":   func() error { return p.engine.SayEnding(ctx, priya, id, "2026-07-20") },
		"unmet need":  func() error { return p.engine.NoteUnmet(ctx, priya, id, casework.UnmetNeed{Need: "money"}, "u") },
		"a signpost":  func() error { return p.engine.Suggest(ctx, priya, id, casework.Signpost{ID: "s", Org: "Age UK"}) },
		"calling off": func() error { return p.engine.CallOff(ctx, priya, id, call) },
	} {
		if err := act(); !errors.Is(err, casework.ErrClaimed) {
			t.Errorf("%s: %v, want ErrClaimed", name, err)
		}
	}
	if err := p.engine.LogContact(ctx, priya, id, casework.Contact{Way: casework.ByPhone, Reached: true}, "c"); err != nil {
		t.Errorf("a contact: %v", err)
	}
}

func TestRingAgainIsOneTask(t *testing.T) {
	t.Parallel()
	p, id := held(t)
	at := p.clock.Now().Add(22 * time.Hour)
	for range 2 { // a double click
		if err := p.engine.RingAgain(t.Context(), amy, id, at); err != nil {
			t.Fatal(err)
		}
	}
	var rings []*casework.Task
	for _, task := range p.tasks(t) {
		if task.Kind == casework.TaskRing {
			rings = append(rings, task)
		}
	}
	if len(rings) != 1 || !rings[0].DueAt.Equal(at) || rings[0].Case != id || rings[0].Name != "Maureen" {
		t.Errorf("got tasks %+v, want one call, then", rings)
	}
	if err := p.engine.RingAgain(t.Context(), amy, id, p.clock.Now().Add(-time.Minute)); !errors.Is(err, conversation.ErrPast) {
		t.Errorf("a moment that is over: %v, want ErrPast", err)
	}
	if err := p.engine.RingAgain(t.Context(), amy, id, p.clock.Now().Add(91*24*time.Hour)); !errors.Is(err, conversation.ErrTooFar) {
		t.Errorf("next season: %v, want ErrTooFar", err)
	}
}
