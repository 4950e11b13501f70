package conversation_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// referred plays a whole referral and returns its case.
func referred(t *testing.T) (*play, casework.CaseID) {
	t.Helper()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "Maureen", "to get out on a Thursday again", "1", "3", "1", "2")
	_, k := p.records(t)
	if k == nil || k.State != casework.CaseSubmitted {
		t.Fatalf("the case was not sent: %+v", k)
	}
	return p, k.ID
}

func (p *play) one(t *testing.T) *casework.Case {
	t.Helper()
	_, k := p.records(t)
	return k
}

func TestPickUpTellsThePersonWho(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	if err := p.deed(t, id, "pick up 2026-03-05 14:30"); err != nil {
		t.Fatal(err)
	}
	p.deliver(t)
	if len(p.replies) != 2 || !strings.Contains(p.replies[1], "Amy Reid") || !strings.Contains(p.replies[1], "Thursday 5 March at 14:30") {
		t.Errorf("she was told %q", p.replies)
	}
	k := p.one(t)
	if k.Worker != "amy" || k.State != casework.CaseAssigned {
		t.Errorf("the case is %s with %s", k.State, k.Worker)
	}
	if c, _ := p.records(t); c.Holder != "" {
		t.Error("picking up took the conversation; the first reply does that (decision 19)")
	}
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Errorf("the same form again: %v", err)
	}
	other := conversation.Actor{Team: "demo", User: "priya"}
	p.hireAs(t, "priya")
	if err := p.engine.PickUp(t.Context(), other, id, conversation.Meeting{}); !errors.Is(err, casework.ErrClaimed) {
		t.Errorf("somebody else picks it up: %v, want ErrClaimed", err)
	}
}

func (p *play) hireAs(t *testing.T, id casework.UserID) {
	t.Helper()
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		return casework.Users.Put(tx, &casework.User{ID: id, Team: "demo", Login: string(id), Name: "Priya Shah"})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnswerTakesTheConversationAndSendsOnce(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	p.deliver(t)
	p.replies = nil
	w := conversation.Writing{Text: "Hello Maureen, is Thursday good?", Once: "form-1"}
	for range 2 {
		if err := p.engine.Answer(t.Context(), amy, id, w); err != nil {
			t.Fatal(err)
		}
	}
	p.deliver(t)
	if len(p.replies) != 1 || p.replies[0] != w.Text.Reveal() {
		t.Errorf("a double click sent %q", p.replies)
	}
	if c, _ := p.records(t); c.Holder != "amy" {
		t.Errorf("the conversation is held by %q", c.Holder)
	}
	if reply := p.say(t, "yes that is lovely"); reply != "" {
		t.Errorf("the bot spoke while Amy holds the conversation: %q", reply)
	}
	if k := p.one(t); !k.NeedsReply || k.Unread != 1 || k.Section() != casework.SectionReply {
		t.Errorf("her answer does not wait to be read: %+v", k)
	}
	p.clock.advance(25 * time.Hour)
	p.wake(t)
	if c, _ := p.records(t); c.Holder != "" {
		t.Error("after 24 hours the bot does not speak again (decision 19)")
	}
}

func TestAnswerSaysWhyItCannotBeSent(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	w := conversation.Writing{Text: "Hello", Once: "f"}
	if err := p.engine.Answer(t.Context(), amy, id, w); !errors.Is(err, casework.ErrClaimed) {
		t.Errorf("before picking it up: %v, want ErrClaimed", err)
	}
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	if err := p.engine.Answer(t.Context(), amy, id, conversation.Writing{Text: " ", Once: "f"}); !errors.Is(err, conversation.ErrEmpty) {
		t.Errorf("nothing written: %v", err)
	}
	long := casework.Private(strings.Repeat("a", conversation.LongestText+1))
	if err := p.engine.Answer(t.Context(), amy, id, conversation.Writing{Text: long, Once: "f"}); !errors.Is(err, conversation.ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
	p.say(t, "pause until 1 April")
	if err := p.engine.Answer(t.Context(), amy, id, w); !errors.Is(err, conversation.ErrCannotText) {
		t.Errorf("during a break from texts: %v, want ErrCannotText", err)
	}
	p.say(t, "STOP")
	if err := p.engine.Answer(t.Context(), amy, id, w); !errors.Is(err, conversation.ErrCannotText) {
		t.Errorf("after STOP: %v, want ErrCannotText", err)
	}
	other := conversation.Actor{Team: "elsewhere", User: "amy"}
	if err := p.engine.Answer(t.Context(), other, id, w); !errors.Is(err, conversation.ErrNoTeam) {
		t.Errorf("another team: %v", err)
	}
}

func TestReadMarksTextsAsReadAndLeavesATrace(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.say(t, "and one more thing", "and another")
	if k := p.one(t); k.Unread != 2 {
		t.Fatalf("%d texts unread, want 2", k.Unread)
	}
	if err := p.engine.Read(t.Context(), amy, id); err != nil {
		t.Fatal(err)
	}
	if k := p.one(t); k.Unread != 0 || !k.NeedsReply {
		t.Errorf("after reading: %d unread, needs reply %t", k.Unread, k.NeedsReply)
	}
	p.each(t, func(m *casework.Message) {
		if m.Unread {
			t.Errorf("message %s is still unread", m.ID)
		}
	})
	if !strings.Contains(p.audits(t), "amy case opened by a worker") {
		t.Error("the view left no trace")
	}
}

// audits lists who did what.
func (p *play) audits(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		all, _, err := casework.Audits.Range(tx, casework.Span{Limit: 1000})
		for _, a := range all {
			b.WriteString(string(a.Actor) + " " + a.Action + "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCloseNeedsAReasonAndComingBackOpensAnew(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	p.deliver(t)
	if err := p.deed(t, id, "close because"); !errors.Is(err, conversation.ErrReason) {
		t.Errorf("a reason of one's own: %v, want ErrReason", err)
	}
	if err := p.deed(t, id, "close goals_met"); err != nil {
		t.Fatal(err)
	}
	if k := p.one(t); k.State != casework.CaseClosed || k.Close != "goals_met" || k.Section() != casework.SectionClosed {
		t.Errorf("the case is %+v", k)
	}
	if reply := p.say(t, "hello again"); reply == "" {
		t.Error("she comes back and hears nothing")
	}
}

func TestAlertsAreClosedByAPersonWithAnOutcome(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.say(t, "i want to kill myself")
	alerts := p.alerts(t)
	if len(alerts) != 1 {
		t.Fatalf("%d alerts", len(alerts))
	}
	ctx, id := t.Context(), alerts[0].ID
	if err := p.engine.CloseAlert(ctx, amy, id, conversation.Outcome{Action: "shrugged"}); !errors.Is(err, conversation.ErrAction) {
		t.Errorf("an action of one's own: %v", err)
	}
	if err := p.engine.CloseAlert(ctx, amy, id, conversation.Outcome{Action: "no_action_with_reason"}); !errors.Is(err, conversation.ErrAction) {
		t.Errorf("no action without a reason: %v", err)
	}
	if err := p.engine.TakeAlert(ctx, amy, id); err != nil {
		t.Fatal(err)
	}
	if err := p.engine.CloseAlert(ctx, amy, id, conversation.Outcome{Action: "rang", Note: "She is with her sister."}); err != nil {
		t.Fatal(err)
	}
	if open := p.alerts(t); len(open) != 0 {
		t.Errorf("still open: %+v", open)
	}
	if k := p.one(t); !k.CannotWait {
		t.Error("closing the alert took the case back in the queue")
	}
}

func TestNotesAndTasks(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	w := conversation.Writing{Text: "Prefers mornings.", Once: "n1"}
	for range 2 {
		if err := p.engine.AddNote(t.Context(), amy, id, w); err != nil {
			t.Fatal(err)
		}
	}
	p.say(t, "call", "1", "1")
	var notes []*casework.Note
	var tasks []*casework.Task
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		if notes, _, err = casework.Notes.Range(tx, casework.Span{Prefix: string(id) + "/"}); err != nil {
			return err
		}
		tasks, _, err = casework.Tasks.Range(tx, casework.Span{Index: "open"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(notes) != 1 {
		t.Errorf("a double click added %d notes", len(notes))
	}
	if len(tasks) != 1 || tasks[0].Kind != casework.TaskRing || tasks[0].Address != phone {
		t.Fatalf("tasks: %+v", tasks)
	}
	if err := p.engine.FinishTask(t.Context(), amy, tasks[0].ID, conversation.Outcome{Note: "rang"}); err != nil {
		t.Fatal(err)
	}
	if err := p.engine.FinishTask(t.Context(), amy, "no such task", conversation.Outcome{}); !errors.Is(err, casework.ErrNotFound) {
		t.Errorf("no such task: %v", err)
	}
}

func TestOneTaskOfAKindIsEnough(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.say(t, "call", "1", "1", "call", "2", "07700 900456", "2")
	var tasks []*casework.Task
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		tasks, _, err = casework.Tasks.Range(tx, casework.Span{Index: "open"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(tasks) != 1 || tasks[0].Address != "+447700900456" {
		t.Errorf("%d tasks, the first to ring %s; want one with the number she gave last", len(tasks), tasks[0].Address.Reveal())
	}
}

// What a second worker writes of a thing that is over is not taken and dropped.
func TestWhatIsOverIsNotDoneTwice(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.hireAs(t, "priya")
	priya := conversation.Actor{Team: "demo", User: "priya"}
	p.say(t, "i want to kill myself", "CALL", "1", "1")
	alert, task := p.alerts(t)[0].ID, p.openTasks(t)[0].ID
	rang := conversation.Outcome{Action: "rang", Note: "safe with her sister"}
	left := conversation.Outcome{Action: "left_message", Note: "no answer"}
	acts := []struct {
		name         string
		first, other func() error
	}{
		{"take", func() error { return p.engine.TakeAlert(t.Context(), amy, alert) }, func() error { return p.engine.TakeAlert(t.Context(), priya, alert) }},
		{"close alert", func() error { return p.engine.CloseAlert(t.Context(), amy, alert, rang) }, func() error { return p.engine.CloseAlert(t.Context(), priya, alert, left) }},
		{"finish", func() error { return p.engine.FinishTask(t.Context(), amy, task, rang) }, func() error { return p.engine.FinishTask(t.Context(), priya, task, left) }},
		{
			"close", func() error {
				return p.engine.Close(t.Context(), amy, id, conversation.Closing{Reason: "goals_met"})
			},
			func() error {
				return p.engine.Close(t.Context(), priya, id, conversation.Closing{Reason: "declined", Note: "she said no"})
			},
		},
	}
	for _, act := range acts {
		for range 2 {
			if err := act.first(); err != nil {
				t.Errorf("%s, and the same form again: %v", act.name, err)
			}
		}
		if err := act.other(); !errors.Is(err, casework.ErrNotAllowed) {
			t.Errorf("%s by a second worker: %v, want ErrNotAllowed", act.name, err)
		}
	}
}

// The duty worker may try the service from her own phone.
func TestForgettingADutyPhoneKeepsItsAlerts(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.team.Duty = []casework.Private{phone}
	_, err := p.engine.Receive(t.Context(), conversation.Inbound{
		Team: "demo", Channel: casework.SMS, From: "+447700900777", ID: "SM-other", Text: "i want to kill myself",
	})
	if err != nil {
		t.Fatal(err)
	}
	p.say(t, "hello", "1", "1", "1", "1", "2")
	if got := p.toDuty(t); len(got) != 1 {
		t.Errorf("%d texts wait for the duty number, want 1", len(got))
	}
}

func TestAPromisedCallIsATaskAtItsTime(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	if err := p.deed(t, id, "pick up 2026-03-05 14:30"); err != nil {
		t.Fatal(err)
	}
	tasks := p.tasks(t)
	want := time.Date(2026, 3, 5, 14, 30, 0, 0, time.UTC)
	if len(tasks) != 1 || tasks[0].Kind != casework.TaskRing || !tasks[0].DueAt.Equal(want) {
		t.Errorf("tasks %+v, want one to ring at %s", tasks, want)
	}
}

func TestPickingUpWhomNobodyCanTextAsksForACall(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.say(t, "STOP")
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	for _, task := range p.tasks(t) {
		if task.Kind == casework.TaskRing {
			return
		}
	}
	t.Error("she cannot be texted and nobody was asked to ring")
}

func TestATaskToRingSaysWhenInWords(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.say(t, "call", "1", "2")
	if tasks := p.tasks(t); len(tasks) != 1 || !strings.Contains(tasks[0].Words.Reveal(), "afternoon") {
		t.Errorf("tasks %+v, want one for the afternoon", tasks)
	}
}

func (p *play) tasks(t *testing.T) (tasks []*casework.Task) {
	t.Helper()
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		tasks, _, err = casework.Tasks.Range(tx, casework.Span{Index: "open"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tasks
}

func TestManyCriesTellTheDutyNumberOnce(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	for range 5 {
		p.say(t, "i want to kill myself")
		p.clock.advance(time.Minute)
	}
	if got := p.toDuty(t); len(got) != 1 {
		t.Errorf("the duty number was told %d times", len(got))
	}
	if got := p.alerts(t); len(got) != 5 {
		t.Errorf("%d alerts, want each cry at the desk", len(got))
	}
	p.clock.advance(time.Hour)
	p.say(t, "i want to kill myself")
	if got := p.toDuty(t); len(got) != 2 {
		t.Errorf("an hour later the duty number had been told %d times, want 2", len(got))
	}
}

func TestWhoAreYouIsNoWrongNumberFromWhoWroteFirst(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	for _, text := range []string{"who is this", "who are you"} {
		if got := p.say(t, text); !strings.Contains(got, "Fen Wellbeing") {
			t.Errorf("%q is answered with %q", text, got)
		}
	}
}
