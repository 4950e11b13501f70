package conversation_test

import (
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

func (p *play) lastIn(t testing.TB) (m *casework.Message) {
	p.each(t, func(x *casework.Message) {
		if x.Way == casework.In {
			m = x
		}
	})
	return m
}

func (p *play) openTasks(t testing.TB) (out []*casework.Task) {
	_ = p.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		out, _, err = casework.Tasks.Range(tx, casework.Span{Index: "open"})
		return err
	})
	return out
}

func TestCallCountsWhereNoQuestionIsOpen(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "PAUSE")
	p.say(t, "4 May")
	if got := p.say(t, "CALL"); !strings.Contains(got, "ring") {
		t.Errorf("CALL after a pause: %q", got)
	}
}

func TestWhatWasMeantForTheWorkerIsNoAnswer(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t) // name is open
	k := p.one(t)
	for _, act := range []string{"pick up", "reply Hello, it is Amy. Shall we talk at two?"} {
		if err := p.deed(t, k.ID, act); err != nil {
			t.Fatal(err)
		}
	}
	p.say(t, "yes ok")
	if err := p.deed(t, k.ID, "give back"); err != nil {
		t.Fatal(err)
	}
	got := p.say(t, "see you")
	k = p.one(t)
	if n := k.Answers["name"].Values; len(n) > 0 {
		t.Errorf("what she said to Amy became her name: %v, reply %q", n, got)
	}
	if m := p.lastIn(t); !m.Unread {
		t.Error("her text is neither an answer nor unread")
	}
}

func TestATextAfterAPauseIsUnread(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "PAUSE", "4 May")
	p.clock.advance(30 * time.Hour)
	got := p.say(t, "my landlord wants me out and i do not know what to do")
	if m := p.lastIn(t); !m.Unread {
		t.Errorf("her text is neither an answer nor unread; reply %q", got)
	}
}

func TestATextToAClosedCaseIsATask(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{"waiting": "i want to kill myself", "stopped": "STOP"} {
		t.Run(name, func(t *testing.T) {
			p, id := referred(t)
			p.say(t, before)
			if err := p.deed(t, id, "pick up"); err != nil {
				t.Fatal(err)
			}
			if err := p.deed(t, id, "close goals_met"); err != nil {
				t.Fatal(err)
			}
			p.clock.advance(24 * time.Hour)
			got := p.say(t, "please can someone help me with my rent")
			k := p.one(t)
			n := 0
			for _, x := range p.openTasks(t) {
				if x.Kind == casework.TaskRead {
					n++
				}
			}
			if k.Section() == casework.SectionClosed && n == 0 && !strings.Contains(got, "Text 1") {
				t.Errorf("unread on a closed case, no task; reply %q", got)
			}
		})
	}
}

func TestAPhotoIsUnread(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.in(t, conversation.Inbound{Media: 1})
	if m := p.lastIn(t); !m.Unread {
		t.Error("a photo is not unread")
	}
}

func TestATextFromAnUnsafeNumberIsUnread(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	_ = p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) (err error) {
		cid := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		cp, _ := casework.ContactPoints.Find(tx, casework.ContactPointKey(cid))
		cp.Safe = casework.SafeNo
		return casework.ContactPoints.Put(tx, cp)
	})
	p.say(t, "he has gone, please ring my sister about the flat")
	m := p.lastIn(t)
	words := false
	for _, x := range p.openTasks(t) {
		words = words || x.Words != ""
	}
	if !m.Unread && !words {
		t.Error("a text from an unsafe number is neither unread nor in the task")
	}
}

func TestAClosedCaseAndAGreetingMakeNoTask(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	if err := p.deed(t, id, "close goals_met"); err != nil {
		t.Fatal(err)
	}
	if got := p.say(t, "hello"); !strings.Contains(got, "Text 1") {
		t.Errorf("the reply is %q", got)
	}
	if got := p.openTasks(t); len(got) != 0 {
		t.Errorf("tasks: %+v", got)
	}
}

func (p *play) in(t testing.TB, in conversation.Inbound) string {
	t.Helper()
	p.texts++
	in.Team, in.Channel, in.From = "demo", casework.SMS, phone
	if in.ID == "" {
		in.ID = "SMX" + strings.Repeat("0", p.texts)
	}
	r, err := p.engine.Receive(t.Context(), in)
	if err != nil {
		t.Fatalf("receive %q: %v", in.Text.Reveal(), err)
	}
	return r.Text
}

func TestASentenceThatAnswersNothingIsUnread(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.agree(t)
	p.say(t, "Maureen", "to get out more", "1", "3")
	p.say(t, "hang on there is more, the boiler broke and nobody comes")
	if m := p.lastIn(t); !m.Unread {
		t.Error("what she says beside the question is neither an answer nor unread")
	}
	p.say(t, "wot")
	if m := p.lastIn(t); m.Unread {
		t.Error("a slip of the thumb is for the bot to ask about again")
	}
}

// Grief comes in several texts. The second must not silence her number.
func TestADeathInTheMiddleOfAStoryIsPartOfIt(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.clock.advance(time.Hour)
	p.say(t, "there is something else about my husband", "he passed away in May")
	if cp, m := p.contactPoint(t), p.lastIn(t); cp.Safe == casework.SafeNo || !m.Unread {
		t.Errorf("her number is marked %q and her text unread: %t", cp.Safe, m.Unread)
	}
	p.clock.advance(time.Hour)
	p.say(t, "he passed away in May")
	if cp := p.contactPoint(t); cp.Safe != casework.SafeNo {
		t.Errorf("said alone, it leaves the number %q", cp.Safe)
	}
}

// A flow may hand her over to whoever of the team has time. If nobody has, the
// bot speaks again a day later (decision 19).
func TestATeamThatDoesNotTakeOverGivesBack(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	lib, err := flows.Load(edited(t, "again.yaml", "do: [append]", "do: [append, hand_over]"))
	if err != nil {
		t.Fatal(err)
	}
	if p.engine, err = p.again(t, lib, nil); err != nil {
		t.Fatal(err)
	}
	p.say(t, "HELLO", "1", "i use a wheelchair")
	if c, _ := p.records(t); c.Holder != casework.HeldByTeam {
		t.Fatalf("held by %q", c.Holder)
	}
	p.clock.advance(25 * time.Hour)
	p.wake(t)
	if c, _ := p.records(t); c.Holder != "" {
		t.Errorf("a day later it is held by %q", c.Holder)
	}
}
