package conversation_test

import (
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
)

func TestADeadlineBringsTheCaseForward(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "Maureen", "to get out", "1", "1", "1", "1")
	before := p.one(t).DueAt
	p.say(t, "1", "they put me out this week")
	k := p.one(t)
	if !k.DueAt.Before(before) {
		t.Errorf("a deadline leaves the case due %s as before (%s), fired %v", k.DueAt, before, k.Fired)
	}
}

func TestNoDayThatIsGoneIsPromised(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	for _, act := range []string{"pick up", "reply hello"} {
		if err := p.deed(t, id, act); err != nil {
			t.Fatal(err)
		}
	}
	p.clock.advance(21*24*time.Hour + 11*time.Hour)
	got := p.say(t, "are you there")
	if strings.Contains(got, "9 March") || !strings.Contains(got, "24 March") {
		t.Errorf("promises a day that is gone: %q", got)
	}
}

func TestNobodyIsSaidToReadWhatIsNotKept(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "i want to kill myself")
	got := p.say(t, "my name is jo and i live in leeds and i am so alone")
	m := p.lastIn(t)
	if strings.Contains(got, "will read this") && m.Text == "" {
		t.Errorf("says %q but keeps nothing of it", got)
	}
}

func TestAnAnswerNamesItsWording(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "Maureen")
	k := p.one(t)
	if k.Answers["name"].Wording == 0 {
		t.Error("an answer does not say which wording it answered")
	}
}

func TestADateOfBirthUnder18LeadsToThatPath(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.ask(t, "more", "date_of_birth")
	if got := p.say(t, "14 sept 2014"); !strings.Contains(got, "0800 1111") {
		t.Errorf("a date of birth of a child gets %q", got)
	}
	kinds := map[casework.TaskKind]bool{}
	for _, task := range p.openTasks(t) {
		kinds[task.Kind] = true
	}
	if k := p.one(t); !kinds[casework.TaskUnder18] || k.Unread == 0 {
		t.Errorf("tasks %v, %d unread", kinds, k.Unread)
	}
}

// ask opens a question as if the flow had come to it.
func (p *play) ask(t testing.TB, flow, step string) {
	t.Helper()
	place := casework.Place{Flow: flow, Version: 1, Step: step}
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		id := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		c, err := casework.Conversations.Get(tx, string(id))
		if err != nil {
			return err
		}
		c.Stack = []casework.Frame{{Place: place}}
		c.Prompt = &casework.OpenPrompt{ID: "test", Place: place, AskedAt: c.LastInAt}
		return casework.Conversations.Put(tx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// She has nobody else to hear from: until she has agreed that we keep her words
// no worker sees them.
func TestAfterACryBeforePermissionSilenceIsShort(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "i want to kill myself", "ok")
	p.clock.advance(31 * time.Minute)
	if got := p.say(t, "can someone help me"); !strings.Contains(got, "999") {
		t.Errorf("half an hour later she hears %q", got)
	}
}

func TestNoFoodIsDueTheSameDay(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.clock.advance(7 * time.Hour) // an hour before closing
	p.say(t, "we have no food")
	alerts := p.alerts(t)
	if len(alerts) != 1 {
		t.Fatalf("%d alerts", len(alerts))
	}
	if got, want := alerts[0].DueAt, time.Date(2026, 3, 2, 17, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("due at %s, want by closing time, %s (decision 25)", got, want)
	}
}

func TestAHomeThatIsNotSafeMakesThePhoneNeutral(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.say(t, "he hits me")
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	p.replies = nil
	p.deliver(t)
	for _, text := range p.replies {
		if strings.Contains(text, "Fen Wellbeing") || strings.Contains(text, "link worker") {
			t.Errorf("the text that tells who picked her up says who we are: %q", text)
		}
	}
}
