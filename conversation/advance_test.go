package conversation_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/flows/library"
)

func TestAdvanceIsPure(t *testing.T) {
	t.Parallel()
	lib := loadLibrary(t)
	f := conversation.Compile(lib)
	c, facts := openingOf(t, lib)
	before, _ := json.Marshal(c)
	in := conversation.Texted{Text: "1"}
	one, effects, err := conversation.Advance(f, c, facts, in, monday)
	if err != nil {
		t.Fatal(err)
	}
	two, again, err := conversation.Advance(f, c, facts, in, monday)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("the same input gives another conversation:\n%s", diff)
	}
	if diff := cmp.Diff(effects, again); diff != "" {
		t.Errorf("the same input gives other effects:\n%s", diff)
	}
	if after, _ := json.Marshal(c); string(after) != string(before) {
		t.Errorf("the conversation passed in was changed:\n%s\nbefore:\n%s", after, before)
	}
}

// openingOf is a conversation that has been asked who needs help.
func openingOf(t testing.TB, lib *flows.Library) (casework.Conversation, conversation.Facts) {
	t.Helper()
	facts := conversation.Facts{
		Team: demoTeam(t), Contact: casework.ContactPoint{State: casework.ContactActive},
		Reference: "2345AB", Prompt: "p1", New: true,
	}
	c := casework.Conversation{ID: "c1", Team: "demo", Channel: casework.SMS, Language: "en", FirstInAt: monday}
	next, _, err := conversation.Advance(conversation.Compile(lib), c, facts, conversation.Texted{Text: "hello"}, monday)
	if err != nil {
		t.Fatal(err)
	}
	facts.New = false
	return next, facts
}

// An error here would be answered with 503 for ever, and her texts be lost.
func TestAStateThatNoFlowHasIsGivenUp(t *testing.T) {
	t.Parallel()
	lib := loadLibrary(t)
	for name, spoil := range map[string]func(*casework.Frame){
		"step":    func(f *casework.Frame) { f.Step = "gone" },
		"flow":    func(f *casework.Frame) { f.Flow = "gone" },
		"version": func(f *casework.Frame) { f.Version = 99 },
	} {
		c, facts := openingOf(t, lib)
		spoil(&c.Stack[0])
		next, _, err := conversation.Advance(conversation.Compile(lib), c, facts, conversation.Texted{Text: "1"}, monday)
		want := "who" // the first question again
		if name == "version" {
			want = "safe" // the newest version goes on where the old one stood
		}
		if err != nil || next.Prompt == nil || next.Prompt.Place.Step != want {
			t.Errorf("%s gone: %+v, %v, want the question %s", name, next.Prompt, err, want)
		}
	}
}

func TestReferenceFindsOneWrongCharacter(t *testing.T) {
	t.Parallel()
	code, err := conversation.DrawReference(seeded(3))
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := conversation.ValidReference(" " + code[:3] + "-" + code[3:]); !ok || got != code {
		t.Errorf("%q is not taken for %q", got, code)
	}
	for i := range code {
		for _, r := range "23456789ABCDEFGHJKMNPQRSTUVWXYZ" {
			wrong := code[:i] + string(r) + code[i+1:]
			if _, ok := conversation.ValidReference(wrong); ok && wrong != code {
				t.Errorf("%q passes for %q", wrong, code)
			}
		}
	}
	for i := range len(code) - 1 {
		swapped := code[:i] + code[i+1:i+2] + code[i:i+1] + code[i+2:]
		if _, ok := conversation.ValidReference(swapped); ok && swapped != code {
			t.Errorf("%q passes for %q", swapped, code)
		}
	}
}

// BenchmarkAdvance is the pure step alone: one answer to one question.
func BenchmarkAdvance(b *testing.B) {
	lib, err := flows.Load(library.Files())
	if err != nil {
		b.Fatal(err)
	}
	f := conversation.Compile(lib)
	c, facts := openingOf(b, lib)
	in := conversation.Texted{Text: "1"}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := conversation.Advance(f, c, facts, in, monday); err != nil {
			b.Fatal(err)
		}
	}
}
