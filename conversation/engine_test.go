package conversation_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
	"linkline/flows/library"
)

// again is a second engine on the store of a play, with the same randomness.
func (p *play) again(t *testing.T, lib *flows.Library, planned func()) (*conversation.Engine, error) {
	t.Helper()
	scanner, err := safety.New()
	if err != nil {
		t.Fatal(err)
	}
	return conversation.New(conversation.Config{
		Store: p.store, Library: lib, Scanner: scanner, Teams: []*conversation.Team{p.team},
		Render: channels.Render, Now: p.clock.Now, Random: seeded(1), Planned: planned,
	})
}

// One in a few thousand of a large service's cases draws a reference that is
// taken; an error would be answered with 503.
func TestAReferenceThatIsTakenIsDrawnAgain(t *testing.T) {
	t.Parallel()
	lib := loadLibrary(t)
	p := newPlay(t, lib, monday)
	same, err := p.again(t, lib, nil)
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"hello", "1", "1", "1", "1", "1"}
	p.say(t, texts...)
	for i, text := range texts {
		_, err := same.Receive(t.Context(), conversation.Inbound{
			Team: "demo", Channel: casework.SMS, From: "+447700900777", ID: fmt.Sprint("other", i), Text: casework.Private(text),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A text that cannot be filled would be refused for ever to whoever comes to it.
func TestATextThatCannotBeFilledIsFoundAtTheStart(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	lib, err := flows.Load(edited(t, "change.yaml", "We have changed that.", "We have changed that by {slot1}."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.again(t, lib, nil); err == nil || !strings.Contains(err.Error(), "slot1") {
		t.Errorf("the engine begins with a text it cannot say: %v", err)
	}
}

// edited is the library with some words of one file replaced by others.
func edited(t *testing.T, name string, words ...string) fs.FS {
	t.Helper()
	files, changed := fstest.MapFS{}, false
	replace := strings.NewReplacer(words...)
	err := fs.WalkDir(library.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(library.Files(), path)
		if by := replace.Replace(string(data)); strings.HasSuffix(path, name) && by != string(data) {
			data, changed = []byte(by), true
		}
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil || !changed {
		t.Fatalf("edit %s: changed %t, %v", name, changed, err)
	}
	return files
}

// An alert by an answer waits for delivery no longer than one by words.
func TestAnAlertByAnAnswerIsSentAtOnce(t *testing.T) {
	t.Parallel()
	lib := loadLibrary(t)
	p := newPlay(t, lib, monday)
	planned := 0
	var err error
	if p.engine, err = p.again(t, lib, func() { planned++ }); err != nil {
		t.Fatal(err)
	}
	p.agree(t)
	p.say(t, "Maureen", "to get out more")
	before := planned
	p.say(t, "3")
	if planned == before || len(p.toDuty(t)) != 1 {
		t.Errorf("delivery was told %d times of %d texts", planned-before, len(p.toDuty(t)))
	}
}
