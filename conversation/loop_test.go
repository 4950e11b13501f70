package conversation_test

import (
	"slices"
	"testing"

	"linkline/conversation"
)

func TestRecentTextsAreFew(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	for range 200 {
		p.say(t, "spam spam")
	}
	c, _ := p.records(t)
	if len(c.Recent) > 8 {
		t.Errorf("%d recent texts are kept in the conversation", len(c.Recent))
	}
}

func TestARuleIsNotedOnceOnACase(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	for range 60 {
		p.say(t, "i want to kill myself")
	}
	noted := map[string]int{}
	for _, fired := range p.one(t).Fired {
		noted[fired.Rule]++
	}
	for rule, times := range noted {
		if times > 1 {
			t.Errorf("rule %s is noted %d times", rule, times)
		}
	}
	if len(noted) == 0 {
		t.Error("no rule is noted")
	}
}

func TestTwoMachinesDoNotTalkForEver(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	n := 0
	for range 60 {
		if p.say(t, "I am driving and will see your message later. Sent from Do Not Disturb") != "" {
			n++
		}
	}
	if n > 4 {
		t.Errorf("%d replies to 60 equal texts of a machine", n)
	}
}

func TestMenusDoNotPileUp(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	for range 20 {
		p.say(t, "MENU", "2", "1")
	}
	c, _ := p.records(t)
	if len(c.Stack) > 12 {
		t.Errorf("%d frames", len(c.Stack))
	}
}

func TestBackKeepsThePlace(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "Maureen")
	p.say(t, "MENU")
	p.say(t, "2")
	p.say(t, "BACK")
	p.say(t, "BACK")
	p.say(t, "BACK")
	got := p.say(t, "1")
	c, _ := p.records(t)
	if c.Prompt == nil {
		t.Errorf("her place is lost: stack %+v, reply %q", c.Stack, got)
	}
}

func TestAButtonOfNoQuestionIsNoAnswer(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "hello")
	p.in(t, conversation.Inbound{Option: "nonsense"})
	p.say(t, "1", "1", "1", "1")
	p.in(t, conversation.Inbound{Option: "maybe"})
	if _, k := p.records(t); k != nil {
		t.Error("an unknown button opened a case")
	}
}

func TestBackAfterADetourStaysOnTheWay(t *testing.T) {
	t.Parallel()
	ways := map[string][]string{
		"carry on from the menu":     {"Maureen", "MENU", "1", "BACK"},
		"change an answer at a step": {"Maureen", "to get out", "1", "CHANGE", "1", "Mo", "BACK"},
		"change at the play-back":    {"Maureen", "to get out", "1", "3", "2", "1", "Mo", "BACK"},
		"twenty times back":          append([]string{"Maureen", "MENU", "2"}, slices.Repeat([]string{"BACK"}, 20)...),
	}
	for name, texts := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, loadLibrary(t), monday)
			p.agree(t)
			p.say(t, texts...)
			if c, _ := p.records(t); c.Prompt == nil || c.Stack[0].Flow != "referral" {
				t.Errorf("her place in the request is lost: %+v", c.Stack)
			}
		})
	}
}
