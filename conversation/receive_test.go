package conversation_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// monday is a working morning.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// say sends texts one after the other and returns the last reply.
func (p *play) say(t testing.TB, texts ...string) string {
	t.Helper()
	for _, text := range texts {
		p.replies = nil
		p.text(t, &flows.ScriptLine{Text: text})
	}
	if len(p.replies) == 0 {
		return ""
	}
	return p.replies[len(p.replies)-1]
}

// agree plays to the point where permission has just been given.
func (p *play) agree(t testing.TB) {
	t.Helper()
	p.say(t, "hello", "1", "1", "1", "1", "1")
	if c, k := p.records(t); k == nil {
		t.Fatalf("no case after permission; the open question is %+v", c.Prompt)
	}
}

func TestReceiveRepeatsTheStoredReply(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	in := conversation.Inbound{Team: "demo", Channel: casework.SMS, From: phone, ID: "SM1", Text: "hello"}
	first, err := p.engine.Receive(t.Context(), in)
	if err != nil || first.Text == "" || first.Repeat {
		t.Fatalf("first time: %+v, %v", first, err)
	}
	before := p.dump(t)
	p.clock.advance(366 * 24 * time.Hour)
	in.Text = "something else under the same id"
	again, err := p.engine.Receive(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if !again.Repeat || again.Text != first.Text || again.Message != first.Message {
		t.Errorf("a year later: %+v, want the stored reply %+v", again, first)
	}
	if after := p.dump(t); after != before {
		t.Errorf("the repeat changed the records:\n%s\nbefore:\n%s", after, before)
	}
}

// dump lists the keys and versions of all records.
func (p *play) dump(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	err := p.store.View(t.Context(), "", func(tx casework.Tx) error {
		for _, kind := range casework.Kinds() {
			page, err := tx.Range(kind, casework.Span{Limit: 1000})
			if err != nil {
				return err
			}
			for _, r := range page.Records {
				fmt.Fprintf(&b, "%s %s v%d\n", kind.Name, kind.Key(r), r.Stamped().Version)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNoForgetsAllThatWasSaid(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "my husband died and I am on my own", "1", "1", "1", "1")
	if reply := p.say(t, "2"); !strings.Contains(reply, "not keep") {
		t.Errorf("the reply to no: %q", reply)
	}
	got := p.dump(t)
	for _, kind := range []string{"conversation ", "message ", "person ", "case ", "permission ", "contact_point ", "job "} {
		for line := range strings.Lines(got) {
			if strings.HasPrefix(line, kind) {
				t.Errorf("kept after a no: %s", line)
			}
		}
	}
	if reply := p.say(t, "hello"); !strings.Contains(reply, "Fen Wellbeing") {
		t.Errorf("she comes back and hears %q", reply)
	}
}

func TestNothingSaidIsKeptBeforePermission(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "zanzibar is what I said first", "1", "1")
	p.each(t, func(m *casework.Message) {
		if m.Way == casework.In && m.Text != "" {
			t.Errorf("message %s keeps its text before permission", m.ID)
		}
	})
}

// each visits the messages of the phone, in order.
func (p *play) each(t testing.TB, visit func(*casework.Message)) {
	t.Helper()
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		id := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		messages, _, err := casework.Messages.Range(tx, casework.Span{Prefix: casework.MessagePrefix(id), Limit: 1000})
		for _, m := range messages {
			visit(m)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWithoutAnAnswerAllIsForgottenAfter72Hours(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "hello", "1")
	p.clock.advance(71 * time.Hour)
	p.wake(t)
	if c, _ := p.records(t); c == nil {
		t.Fatal("forgotten an hour early")
	}
	p.clock.advance(2 * time.Hour)
	p.wake(t)
	if c, _ := p.records(t); c != nil {
		t.Error("still there after 73 hours")
	}
}

func TestTextsInARowAreEachKeptInOrder(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	want := []string{"Maureen", "my name is too long", "for one text", "1"}
	p.say(t, want...)
	var got []string
	p.each(t, func(m *casework.Message) {
		if m.Way == casework.In && m.Text != "" {
			got = append(got, m.Text.Reveal())
		}
	})
	if tail := got[len(got)-len(want):]; strings.Join(tail, "|") != strings.Join(want, "|") {
		t.Errorf("kept %q, want %q", tail, want)
	}
}

func TestACryForHelpIsAnsweredInEveryState(t *testing.T) {
	t.Parallel()
	states := map[string][]string{
		"never heard of":   nil,
		"before an answer": {"hello"},
		"opted out":        {"hello", "STOP"},
		"name asked":       {"hello", "1", "1", "1", "1", "1"},
		"paused":           {"hello", "1", "1", "1", "1", "1", "Maureen", "to get out more", "1", "PAUSE"},
	}
	for name, before := range states {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, loadLibrary(t), monday)
			p.say(t, before...)
			reply := p.say(t, "i want to kill myself")
			if !strings.Contains(reply, "999") || !strings.Contains(reply, "116 123") {
				t.Errorf("the reply is %q", reply)
			}
			alerts := p.alerts(t)
			if len(alerts) != 1 || alerts[0].Class != "A" {
				t.Fatalf("alerts: %+v", alerts)
			}
			if got := p.toDuty(t); len(got) != 1 || strings.Contains(got[0], phone.Reveal()) {
				t.Errorf("the duty number was told %q", got)
			}
		})
	}
}

func (p *play) alerts(t testing.TB) (alerts []*casework.Alert) {
	t.Helper()
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		alerts, _, err = casework.Alerts.Range(tx, casework.Span{Index: "open"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return alerts
}

// toDuty are the texts planned for the duty number.
func (p *play) toDuty(t testing.TB) (texts []string) {
	t.Helper()
	err := p.store.View(t.Context(), "", func(tx casework.Tx) error {
		messages, _, err := casework.Messages.Range(tx, casework.Span{Index: "outbox"})
		for _, m := range messages {
			if m.Delivery.Class == casework.ClassDuty {
				texts = append(texts, m.Text.Reveal())
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestReceiveSaysWhichQuestionWasMissed(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "hello")
	want := []string{"who", "who", "", "adult"} // two misses, then the way out, then another question
	for i, text := range []string{"purple", "green", "1", "maybe so"} {
		if i == 3 {
			p.say(t, "1", "1", "2")
		}
		reply, err := p.engine.Receive(t.Context(), conversation.Inbound{
			Team: "demo", Channel: casework.SMS, From: phone, ID: fmt.Sprint("miss", i), Text: casework.Private(text),
		})
		if err != nil {
			t.Fatal(err)
		}
		if reply.Missed.Step != want[i] {
			t.Errorf("after %q: missed %q, want %q", text, reply.Missed.Step, want[i])
		}
	}
}

func TestARequestAboutHerDataIsATaskWithADate(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"what do you hold on me", "delete my data", "i want to make a complaint"} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			p, _ := referred(t)
			reply := p.say(t, text)
			if !strings.Contains(reply, "Wednesday 1 April") {
				t.Errorf("the reply names no day within 30 days: %q", reply)
			}
			if !p.hasTask(t, casework.TaskRequest) {
				t.Error("nobody was asked to see to it (B33)")
			}
		})
	}
}

func (p *play) hasTask(t *testing.T, kind casework.TaskKind) bool {
	t.Helper()
	found := false
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		tasks, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open"})
		for _, task := range tasks {
			found = found || task.Kind == kind
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheDeathOfThePersonStopsTexts(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.clock.advance(time.Hour)
	p.say(t, "he passed away in May")
	if !p.hasTask(t, casework.TaskDeceased) {
		t.Error("nobody was asked to look")
	}
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	err := p.engine.Answer(t.Context(), amy, id, conversation.Writing{Text: "Hello", Once: "f"})
	if !errors.Is(err, conversation.ErrCannotText) {
		t.Errorf("a text to somebody who has died: %v, want ErrCannotText", err)
	}
}

func TestADeathInHerStoryIsHerStory(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "Maureen", "my husband passed away in May and im on my own")
	if p.hasTask(t, casework.TaskDeceased) {
		t.Error("what matters to her was taken for her death")
	}
	if k := p.one(t); len(k.WhatMatters) != 1 {
		t.Errorf("her words were not kept: %+v", k.WhatMatters)
	}
}
