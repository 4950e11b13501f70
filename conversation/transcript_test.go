package conversation_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"linkline/conversation"
	"linkline/flows"
	"linkline/flows/library"
)

var update = flag.Bool("update", false, "rewrite the service's lines of the transcripts")

const transcripts = "../flows/library/transcripts"

// walks collects the transitions that the transcripts walk.
type walks struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (w *walks) walk(f *flows.Flow, step, outcome string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen[f.ID+"."+step+" --"+outcome+"-->"] = true
}

// TestTranscripts plays every transcript on a phone that texts, and fails on a
// transition of a shipped flow that none of them walks.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(transcripts + "/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts in %s: %v", transcripts, err)
	}
	lib := loadLibrary(t)
	w := &walks{seen: map[string]bool{}}
	t.Run("play", func(t *testing.T) {
		for _, file := range files {
			name, _ := filepath.Rel(transcripts, file)
			t.Run(strings.TrimSuffix(name, ".txt"), func(t *testing.T) {
				t.Parallel()
				playFile(t, lib, file, w)
			})
		}
	})
	for _, f := range lib.Flows() {
		for _, s := range f.Steps {
			for _, outcome := range s.Outcomes() {
				key := f.ID + "." + s.ID + " --" + outcome + "-->"
				if conversation.Target(s, outcome) != "" && !w.seen[key] {
					t.Errorf("no transcript walks %s %s", key, conversation.Target(s, outcome))
				}
			}
		}
	}
}

func loadLibrary(t *testing.T) *flows.Library {
	t.Helper()
	lib, err := flows.Load(library.Files())
	if err != nil {
		t.Fatalf("load the shipped flows: %v", err)
	}
	return lib
}

func playFile(t *testing.T, lib *flows.Library, file string, w *walks) {
	t.Helper()
	script := readScript(t, file)
	p := playScript(t, lib, script, w)
	p.unanswered(t)
	if *update && !t.Failed() {
		if err := os.WriteFile(file, []byte(script.String()), fs.FileMode(0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

func readScript(t *testing.T, file string) *flows.Script {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	script, err := flows.ParseScript(file, string(text))
	if err != nil {
		t.Fatal(err)
	}
	return script
}

// playScript plays a script, after the one that it says comes before it.
func playScript(t *testing.T, lib *flows.Library, script *flows.Script, w *walks) *play {
	t.Helper()
	var p *play
	if script.After == "" {
		p = newPlay(t, lib, script.At)
		if script.Plan {
			p.planAsShipped(t)
		}
	} else {
		before := readScript(t, filepath.Join(transcripts, script.After))
		before.Plan = before.Plan || script.Plan
		p = playScript(t, lib, before, w)
		p.unanswered(t)
		p.pass(t, script.At)
	}
	p.engine.Watch(w.walk, p.trace)
	var lines []flows.ScriptLine
	begun := false // what comes before the first line stands above that line
	for _, l := range script.Lines {
		begun = begun || l.Kind != flows.LineNote && l.Kind != flows.LineSetting
		said := l.Kind == flows.LineService || l.Kind == flows.LineEffect || l.Kind == flows.LineState
		if *update && begun && !said {
			lines = append(lines, p.unmentioned()...)
		}
		p.line(t, &l)
		lines = append(lines, l)
	}
	if *update {
		lines = append(lines, p.unmentioned()...)
	}
	script.Lines = lines
	return p
}

// unmentioned are the lines that a script lacks of what was said.
func (p *play) unmentioned() (lines []flows.ScriptLine) {
	for _, r := range p.replies {
		lines = append(lines, flows.ScriptLine{Kind: flows.LineService, Text: r})
	}
	p.replies = nil
	return lines
}

// line plays one line of a script.
func (p *play) line(t *testing.T, l *flows.ScriptLine) {
	t.Helper()
	switch l.Kind {
	case flows.LinePerson:
		p.unanswered(t)
		p.effects = nil
		p.text(t, l)
	case flows.LineService:
		p.answer(t, l)
	case flows.LineClock:
		p.unanswered(t)
		p.effects = nil
		until := l.Until
		if until.IsZero() {
			until = p.clock.shows().Add(l.Wait)
		}
		p.pass(t, until)
	case flows.LineState:
		if got := p.state(t, l.Key); got != l.Value {
			t.Errorf("line %d: %s is %q, want %q", l.Line, l.Key, got, l.Value)
		}
	case flows.LineEffect:
		if !slices.Contains(p.effects, l.Text) {
			t.Errorf("line %d: no effect %q among %q", l.Line, l.Text, p.effects)
		}
	case flows.LineWorker:
		p.unanswered(t)
		p.effects = nil
		p.work(t, l)
	case flows.LineNote, flows.LineSetting:
	}
}

// answer holds the reply that waits against the script's line.
func (p *play) answer(t *testing.T, l *flows.ScriptLine) {
	t.Helper()
	got := ""
	if len(p.replies) > 0 {
		got, p.replies = p.replies[0], p.replies[1:]
	}
	if l.Matches(got) {
		return
	}
	if *update {
		l.Text = got
		return
	}
	t.Errorf("line %d: the service says\n%q\nwant\n%q", l.Line, got, l.Text)
}

// unanswered fails on a reply that the script does not mention.
func (p *play) unanswered(t *testing.T) {
	t.Helper()
	for _, r := range p.replies {
		t.Errorf("the script does not mention the reply %q", r)
	}
	p.replies = nil
}

// trace keeps the effects of a turn, in the words of a script.
func (p *play) trace(effects []conversation.Effect) {
	for _, e := range effects {
		if s := describe(e); s != "" {
			p.effects = append(p.effects, s)
			if p.stamps {
				p.effects = append(p.effects, p.stamp()+s)
			}
		}
	}
}

// describe is an effect as a script writes it.
func describe(e conversation.Effect) string {
	switch e := e.(type) {
	case conversation.Alert:
		return "alert " + e.Class
	case conversation.Task:
		return "task " + string(e.Kind)
	case conversation.Permit:
		return fmt.Sprintf("permit %s %s", e.Purpose, e.Value)
	case conversation.Withdraw:
		if e.Forget {
			return "forget"
		}
		return "withdraw " + string(e.Purpose)
	case conversation.Case:
		return strings.ReplaceAll(string(e.Event), "_", " ")
	case conversation.OptOut:
		return "opt out"
	case conversation.OptIn:
		return "opt in"
	case conversation.Contact:
		return "mark " + e.Mark
	case conversation.Schedule:
		return "schedule " + string(e.Kind)
	case conversation.Cancel:
		return "cancel " + string(e.Kind)
	case conversation.HandOver:
		return "hand over"
	case conversation.Record:
		return "record " + e.Fact
	case conversation.Fire:
		return "fire " + e.Event
	}
	return ""
}

// state is a fact of the conversation or its case, as a script asks for it.
func (p *play) state(t *testing.T, key string) string {
	t.Helper()
	c, k := p.records(t)
	switch {
	case key == "step":
		if c == nil || c.Prompt == nil {
			return "none"
		}
		return c.Prompt.Place.Flow + "." + c.Prompt.Place.Step
	case key == "case":
		if k == nil {
			return "none"
		}
		return string(k.State)
	case key == "section" && k != nil:
		return k.Section()
	case key == "holder":
		if c == nil || c.Holder == "" {
			return "bot"
		}
		return string(c.Holder)
	case key == "waiting":
		return fmt.Sprint(c != nil && c.Waiting)
	case key == "stopped":
		return fmt.Sprint(c != nil && c.Stopped)
	case key == "kept":
		return fmt.Sprint(c != nil)
	case key == "cannot_wait":
		return fmt.Sprint(k != nil && k.CannotWait)
	case strings.HasPrefix(key, "answer.") && k != nil:
		return strings.Join(k.Answers[strings.TrimPrefix(key, "answer.")].Values, " ")
	case key == "words" && k != nil && len(k.WhatMatters) > 0:
		return k.WhatMatters[len(k.WhatMatters)-1].Words.Reveal()
	case key == "tasks":
		kinds := []string{}
		for _, task := range p.openTasks(t) {
			kinds = append(kinds, string(task.Kind))
		}
		slices.Sort(kinds)
		return strings.Join(kinds, " ")
	case key == "unread" && k != nil:
		return fmt.Sprint(k.Unread)
	}
	return ""
}
