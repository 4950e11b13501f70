package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var checkedAt = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestCheckFindsNothing(t *testing.T) {
	t.Parallel()
	got := command{args: []string{"check", "--data", t.TempDir()}, at: checkedAt}.run(t)
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if got.code != exitOK || lines[0] != "settings: no file, so the demo team, 1 team" || lines[len(lines)-1] != "no problem found" {
		t.Errorf("got %+v", got)
	}
	for _, want := range []string{"drafts: safety phrases in ", "until the clinical safety officer has approved them"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("check does not say %q:\n%s", want, got.out)
		}
	}
}

func TestCheckTellsEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "linkline.yaml")
	text := "lisen: x\nteams:\n  - id: fen\n    name: Fen Wellbeing\n    nation: england\n" +
		"    hours: {open: \"09:00\", close: \"17:00\"}\n    phone: 12\n    demo: true\n" +
		"    privacy_url: https://example.org/privacy\n    numbers: [\"+447700900000\"]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got := command{args: []string{"check", "--data", dir}, environ: []string{"LINKLINE_KEYS=1"}, at: checkedAt}.run(t)
	want := strings.ReplaceAll(`FILE:1: "lisen" is not a setting. Fix: did you mean "listen"?
FILE:7: "12" is not a number people can ring. Fix: write a whole number, such as 01632 960001
environment: LINKLINE_KEYS is not a setting. Fix: did you mean "LINKLINE_KEY"?

3 problems
`, "FILE", file)
	if got.out != want || got.code != exitFailed || got.err != "" {
		t.Errorf("got %+v, want %q", got, want)
	}
}

// Helplines that nobody has checked for a year fail the check; the service
// starts with them all the same (decision 28).
func TestCheckTellsOfOldHelplines(t *testing.T) {
	t.Parallel()
	got := command{args: []string{"check", "--data", t.TempDir()}, at: checkedAt.AddDate(3, 0, 0)}.run(t)
	if got.code != exitFailed || !strings.Contains(got.out, "more than 365 days ago") {
		t.Errorf("got %+v", got)
	}
}

// What a team writes into every text is measured too.
func TestCheckTellsWhatDoesNotFitIntoATextAndThatNobodyIsOnDuty(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "linkline.yaml")
	text := "public_url: https://texts.example.org\nteams:\n" +
		"  - id: ty\n    name: Tŷ Iechyd a Lles Gogledd Ddwyrain Cymru\n    nation: wales\n" +
		"    hours: {open: \"09:00\", close: \"17:00\"}\n    phone: 029 2018 0001\n" +
		"    privacy_url: https://example.org/privacy\n    numbers: [\"60006\"]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	account := []string{"LINKLINE_TEAM_TY_TWILIO_ACCOUNT_SID=AC1", "LINKLINE_TEAM_TY_TWILIO_AUTH_TOKEN=0123456789abcdef"}
	got := command{args: []string{"check", "--data", dir}, environ: account, at: checkedAt}.run(t)
	want := strings.ReplaceAll(`FILE: team "ty": its name has 39 characters, and texts have room for 33. Fix: shorten it
FILE: team "ty": its name has a letter that makes every text more than twice as long. Fix: write it with plain letters
FILE: team "ty": nobody is told at once of a text that cannot wait. Fix: add a mobile number under duty:

3 problems
`, "FILE", file)
	if got.out != want || got.code != exitFailed {
		t.Errorf("got %+v, want %q", got, want)
	}
}

func TestCheckTellsOfALanguageWithoutWords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := "teams:\n  - id: fen\n    name: Fen Wellbeing\n    nation: england\n" +
		"    hours: {open: \"09:00\", close: \"17:00\"}\n    phone: 01632 960001\n    demo: true\n" +
		"    privacy_url: https://example.org/privacy\n    numbers: [\"+447700900000\"]\n    languages: [en, xx]\n"
	file := filepath.Join(dir, "linkline.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got := command{args: []string{"check", "--data", dir}, at: checkedAt}.run(t)
	want := file + `: team "fen" speaks "xx", and the flows are not written in it. Fix: use en` + "\n\n1 problem\n"
	if got.out != want || got.code != exitFailed {
		t.Errorf("got %+v, want %q", got, want)
	}
}
