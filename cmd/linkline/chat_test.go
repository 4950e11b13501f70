package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linkline/flows"
)

// newPipe is a terminal where nobody types.
func newPipe(t *testing.T) (io.Reader, io.Writer) {
	t.Helper()
	r, w := io.Pipe()
	t.Cleanup(func() { w.Close() })
	return r, w
}

func TestChatExplainsSilence(t *testing.T) {
	t.Parallel()
	got := command{args: []string{"chat"}, in: "Hello\nHELP\nstop\nok\n"}.run(t)
	_, after, _ := strings.Cut(got.out, "part of my job.\n")
	const network = "  (no answer: the mobile network answers this word by itself)\n"
	if want := "\n" + network + network + "  (no answer)\n"; after != want {
		t.Errorf("got %q, want %q", after, want)
	}
}

func TestChatPlaysARequest(t *testing.T) {
	t.Parallel()
	record := filepath.Join(t.TempDir(), "played.txt")
	got := command{
		args: []string{"chat", "--at", "2026-03-03T09:00", "--record", record},
		in:   strings.Join([]string{"Hello", "1", "1", "1", "1", "1", "Maureen", "+ 25h", "[photo]", "company"}, "\n"),
		at:   time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
	}.run(t)
	if got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	for _, want := range []string{"You are texting Fen Wellbeing", "< Hello, this is Fen Wellbeing", "(Wed 4 Mar 2026, 10:00)"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is missing in\n%s", want, got.out)
		}
	}
	text, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	script, err := flows.ParseScript(record, string(text))
	if err != nil {
		t.Fatalf("the record is no transcript: %v", err)
	}
	kinds := map[flows.LineKind]int{}
	for _, l := range script.Lines {
		kinds[l.Kind]++
		if l.Kind == flows.LineService && l.Text == "" {
			t.Errorf("line %d: a text was not answered", l.Line)
		}
	}
	if kinds[flows.LinePerson] != 9 || kinds[flows.LineService] < 9 || kinds[flows.LineClock] != 1 {
		t.Errorf("recorded %v", kinds)
	}
	if want := "2026-03-03T09:00"; script.At.Format("2006-01-02T15:04") != want {
		t.Errorf("begins at %s, want %s", script.At, want)
	}
}

func TestChatRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"a time that is none", []string{"--at", "tomorrow"}, `linkline: --at "tomorrow" is not like 2026-03-03T09:00` + "\n"},
		{"a team that is none", []string{"--team", "moor"}, `linkline: no team "moor" in the settings` + "\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := command{args: append([]string{"chat"}, test.args...)}.run(t)
			if got.code != exitFailed || got.err != test.want {
				t.Errorf("got %+v, want %q", got, test.want)
			}
		})
	}
}
