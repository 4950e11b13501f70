package flows

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const sampleScript = `# A widow asks for company.
channel: sms
team: demo
language: en
at: 2026-03-28T23:30 Europe/London

> hi
< Hello.\nWho needs help?
> [photo]
< *typed words*
> [voice note] for mum
> [sorry
>
<
+ 72h
+ 2d
* pick up Amy
< ...
= case.state: picked_up
! alert H
`

func TestParseScript(t *testing.T) {
	t.Parallel()
	s, err := ParseScript("widow.txt", sampleScript)
	if err != nil {
		t.Fatal(err)
	}
	want := []ScriptLine{
		{Kind: LinePerson, Line: 7, Text: "hi"},
		{Kind: LineService, Line: 8, Text: "Hello.\nWho needs help?"},
		{Kind: LinePerson, Line: 9, Media: "photo"},
		{Kind: LineService, Line: 10, Text: "*typed words*"},
		{Kind: LinePerson, Line: 11, Media: "voice note", Text: "for mum"},
		{Kind: LinePerson, Line: 12, Text: "[sorry"},
		{Kind: LinePerson, Line: 13},
		{Kind: LineService, Line: 14},
		{Kind: LineClock, Line: 15, Text: "72h", Wait: 72 * time.Hour},
		{Kind: LineClock, Line: 16, Text: "2d", Wait: 48 * time.Hour},
		{Kind: LineWorker, Line: 17, Text: "pick up Amy"},
		{Kind: LineService, Line: 18, Text: "..."},
		{Kind: LineState, Line: 19, Text: "case.state: picked_up", Key: "case.state", Value: "picked_up"},
		{Kind: LineEffect, Line: 20, Text: "alert H"},
	}
	if diff := cmp.Diff(s.Lines[6:], want); diff != "" {
		t.Errorf("lines (-got +want):\n%s", diff)
	}
	if s.Channel != "sms" || s.Team != "demo" || s.Language != "en" {
		t.Errorf("got settings %q, %q, %q", s.Channel, s.Team, s.Language)
	}
	if at := s.At.UTC().Format(time.RFC3339); at != "2026-03-28T23:30:00Z" {
		t.Errorf("begins at %s", at)
	}
	if diff := cmp.Diff(s.String(), sampleScript); diff != "" {
		t.Errorf("written again (-got +want):\n%s", diff)
	}
}

func TestScriptLineMatches(t *testing.T) {
	t.Parallel()
	tests := []struct {
		line, reply string
		want        bool
	}{
		{"Hello.", "Hello.", true},
		{"Hello.", "Hello", false},
		{"", "", true},
		{"", "Hello.", false},
		{"...", "Hello.", true},
		{"...", "", false},
		{"*ell*", "Hello.", true},
		{"*ell*", "Good day.", false},
		{"*ell", "*ell", true},
		{"**", "Hello.", false},
		{"*", "*", true},
	}
	for _, tt := range tests {
		if got := (ScriptLine{Kind: LineService, Text: tt.line}).Matches(tt.reply); got != tt.want {
			t.Errorf("%q matches %q: got %v, want %v", tt.line, tt.reply, got, tt.want)
		}
	}
}

func TestParseScriptTellsEveryLine(t *testing.T) {
	t.Parallel()
	_, err := ParseScript("bad.txt", strings.Join([]string{
		"chanel: sms", "+ soon", "+ -3h", "+ 0d", "hello", "= state", "at: 3 March",
	}, "\n"))
	if err == nil {
		t.Fatal("no problem was found")
	}
	want := strings.Join([]string{
		`bad.txt:1: "chanel" is not a setting, did you mean "channel"?`,
		`bad.txt:2: "soon" is not a time to wait, such as 72h or 3d`,
		`bad.txt:3: "-3h" is not a time to wait, such as 72h or 3d`,
		`bad.txt:4: "0d" is not a number of days`,
		`bad.txt:5: "hello" has no sign and no colon`,
		`bad.txt:6: "state" has no sign and no colon`,
		`bad.txt:7: read time zone: unknown time zone March`,
		`bad.txt:1: no line says when it begins (at: 2026-03-03T09:00 Europe/London)`,
	}, "\n")
	if diff := cmp.Diff(err.Error(), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

// FuzzParseScript looks for a script that changes when it is written again.
func FuzzParseScript(f *testing.F) {
	f.Add(sampleScript)
	f.Add("> [a] [b]\n>[x]\n< \\n\n=:\n:\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseScript("fuzz.txt", text)
		if err != nil {
			return
		}
		once := s.String()
		again, err := ParseScript("fuzz.txt", once)
		if err != nil {
			t.Fatalf("%v in\n%s", err, once)
		}
		if diff := cmp.Diff(again.Lines, s.Lines); diff != "" {
			t.Errorf("(-got +want):\n%s", diff)
		}
	})
}
