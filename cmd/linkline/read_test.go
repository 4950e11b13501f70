package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readAt is the moment of every reply here: a Monday.
const readAt = "2026-03-02T09:00:00Z"

// TestRead gives a reply to each type and compares the outcome, the values and
// the candidates.
func TestRead(t *testing.T) {
	t.Parallel()
	tests := []struct{ args, text, want string }{
		{"--as yes-no", "yeah go on then", "value yes ?"},
		{"--as yes-no --strict", "no problem, yes", "unclear  ?yes"},
		{"--as yes-no", "STOP", "opt-out  ?"},
		{"--as yes-no", "UNSTOP", "opt-in  ?"},
		{"--as choice --options needs", "cant pay my leccy", "unclear  ?food_fuel money"},
		{"--as choice --options needs", "6", "value more ?"},
		{"--as choice --options needs", "1 and 3", "several  ?money loneliness"},
		{"--as choices --options needs", "1 and 3", "value money loneliness ?"},
		{"--as choices --options needs", "my husband died and im on my own", "unclear  ?bereavement loneliness"},
		{"--as choices --options referral.needs", "1 4", "value money mood_stress ?"},
		{"--as choice --options referral.safe_now", "i suppose so", "unclear  ?"},
		{"--as name", "its Maureen x", "value Maureen ?"},
		{"--as date-of-birth", "3/4/56", "value 1956-04-03 ?"},
		{"--as date-of-birth", "im 67", "unclear  ?1958 1959"},
		{"--as date-of-birth", "4/5/2012", "under-age  ?2012-05-04"},
		{"--as date", "the 24th", "value 2026-03-24 ?"},
		{"--as time", "half 2", "value 14:30 ?"},
		{"--as datetime", "tomorrow morning", "value 2026-03-03 morning ?"},
		{"--as datetime", "29 march 1:30am", "unclear  ?2026-03-29T02:30"},
		{"--as scale", "about 6 or 7", "unclear  ?6 7"},
		{"--as number", "two kids", "value 2 ?"},
		{"--as postcode", "SW1A OAA", "value SW1A 0AA ?"},
		{"--as phone", "07700 900123", "value +447700900123 ?"},
		{"--as nhs-number", "943 476 5919", "value 9434765919 ?"},
		{"--as practice", "im with Riverside surgery", "value Riverside surgery ?"},
		{"--as name", "can someone ring me", "person  ?"},
		{"--as intent", "he passed away in May", "deceased deceased ?"},
		{"--as intent", "bus stop", "none  ?"},
	}
	for _, test := range tests {
		t.Run(test.args+" "+test.text, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"read", "--now", readAt}, strings.Fields(test.args)...)
			r := (command{args: args, in: test.text + "\n"}).run(t)
			if r.code != exitOK || r.err != "" {
				t.Fatalf("left with %d: %s", r.code, r.err)
			}
			var line readLine
			if err := json.Unmarshal([]byte(r.out), &line); err != nil {
				t.Fatal(err)
			}
			got := line.Outcome + " " + strings.Join(line.Values, " ") + " ?" + strings.Join(line.Candidates, " ")
			if got != test.want || line.Text != test.text {
				t.Errorf("got %q for %q by %s, want %q for %q", got, line.Text, line.Rule, test.want, test.text)
			}
		})
	}
}

// TestReadPrintsEveryField: a program that reads the lines finds every field in
// each, also in the last without a line break.
func TestReadPrintsEveryField(t *testing.T) {
	t.Parallel()
	got := (command{args: []string{"read", "--as", "yes-no"}, in: "yes & <no>\r\n\nyes"}).run(t)
	want := `{"text":"yes & <no>","outcome":"unclear","value":"","values":[],"echo":"","rule":"yes-no.unsure","candidates":[]}
{"text":"","outcome":"unclear","value":"","values":[],"echo":"","rule":"empty","candidates":[]}
{"text":"yes","outcome":"value","value":"yes","values":["yes"],"echo":"yes","rule":"yes-no.word","candidates":[]}
`
	if diff := cmp.Diff(want, got.out); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestReadOptionsFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "surgeries.yaml")
	list := "- {id: P1, label: Riverside Surgery, also: [riverside medical]}\n- {id: P2, label: Park Lane Medical Centre}\n"
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	got := (command{args: []string{"read", "--as", "practice", "--options", file}, in: "rivreside\n"}).run(t)
	if !strings.Contains(got.out, `"value":"P1"`) {
		t.Errorf("got %q %q, want P1", got.out, got.err)
	}
}

func TestReadSafety(t *testing.T) {
	t.Parallel()
	got := (command{args: []string{"read", "--as", "safety"}, in: "i want to kill myself\nthe bus stop\n"}).run(t)
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"classes":["A"`) || lines[1] != `{"text":"the bus stop","classes":[],"matches":[]}` {
		t.Errorf("got %q", got.out)
	}
}

func TestReadList(t *testing.T) {
	t.Parallel()
	got := (command{args: []string{"read", "--list"}}).run(t)
	for _, name := range typeNames() {
		if !strings.Contains(got.out, "\n"+name+" ") && !strings.HasPrefix(got.out, name+" ") {
			t.Errorf("the list does not tell of %s:\n%s", name, got.out)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ args, want string }{
		{"--as vibe", "--as must be one of yes-no"},
		{"--as choice", "--as choice needs --options"},
		{"--as choice --options nowhere.step", "is no file and no FLOW.STEP"},
		{"--as choice --options referral.nowhere", "has no step"},
		{"--as date --now monday", "--now must be like"},
	}
	for _, test := range tests {
		got := (command{args: append([]string{"read"}, strings.Fields(test.args)...)}).run(t)
		if got.code != exitFailed || !strings.Contains(got.err, test.want) {
			t.Errorf("%s: left with %d, %q, want %q", test.args, got.code, got.err, test.want)
		}
	}
}
