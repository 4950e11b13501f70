package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// safeBuffer is written by a command and read by its test.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// ran is what came of a command.
type ran struct {
	code     int
	out, err string
}

// command is one run of the program with its own environment.
type command struct {
	args    []string
	environ []string
	in      string
	at      time.Time
}

func (c command) run(t *testing.T) ran {
	t.Helper()
	var out, stderr safeBuffer
	now := time.Now
	if !c.at.IsZero() {
		now = func() time.Time { return c.at }
	}
	code := run(t.Context(), &process{
		args: c.args, environ: c.environ, in: strings.NewReader(c.in), out: &out, err: &stderr,
		now: now, random: rand.Reader,
	})
	return ran{code, out.String(), stderr.String()}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		args []string
		want ran
	}{
		{"mistyped command", []string{"srve"}, ran{exitUsage, "", "linkline: unexpected argument srve, did you mean \"serve\"?\n"}},
		{"unknown flag", []string{"serve", "--port", "1"}, ran{exitUsage, "", "linkline: unknown flag --port\n"}},
		{"a user without a name", []string{"user", "add", "--login", "amy"}, ran{exitUsage, "", "linkline: missing flags: --name=NAME\n"}},
		{"an unknown role", []string{"user", "add", "--login", "amy", "--name", "Amy", "--role", "boss"}, ran{
			exitUsage, "", "linkline: --role must be one of \"link_worker\",\"service_lead\" but got \"boss\"\n",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := (command{args: test.args}).run(t); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	help := command{args: []string{"--help"}}.run(t)
	for _, name := range []string{"init", "serve", "chat", "check", "user add", "outbox list", "outbox retry", "jobs list", "version"} {
		if !strings.Contains(help.out, "\n  "+name+" ") {
			t.Errorf("help does not tell of %q", name)
		}
	}
	if help.code != exitOK {
		t.Errorf("help exits with %d", help.code)
	}
	got := command{args: []string{"version"}}.run(t)
	if got.code != exitOK || !strings.HasPrefix(got.out, "linkline ") || !strings.Contains(got.out, " go1.") {
		t.Errorf("got %+v", got)
	}
}

func TestInitIsDoneOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	first := command{args: []string{"init", "--data", dir}}.run(t)
	if first.code != exitOK || strings.Count(first.out, "made ") != 5 {
		t.Fatalf("got %+v", first)
	}
	second := command{args: []string{"init", "--data", dir}}.run(t)
	if want := "nothing to make: " + dir + " has all a service needs\n"; second.out != want || second.code != exitOK {
		t.Errorf("got %+v, want %q", second, want)
	}
}

// A store that is gone is not made anew, and is not said to be there.
func TestInitRefusesAStoreThatIsGone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	if got := (command{args: []string{"init", "--data", dir}}).run(t); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	file := filepath.Join(dir, "linkline.db")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	got := command{args: []string{"init", "--data", dir}}.run(t)
	want := "linkline: " + file + " is missing, though it was made once: mount its disk or restore it from a backup\n"
	if diff := cmp.Diff(want, got.err); diff != "" || got.code != exitFailed {
		t.Errorf("exit %d (-want +got):\n%s", got.code, diff)
	}
}

func TestServeWithoutInitSaysWhatToDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := command{args: []string{"serve", "--data", dir}}.run(t)
	if got.code != exitFailed || !strings.Contains(got.err, "run `linkline init`") {
		t.Errorf("got %+v, want a hint to init", got)
	}
}

func TestUserAddNeedsAStore(t *testing.T) {
	t.Parallel()
	got := command{args: []string{"user", "add", "--data", t.TempDir(), "--login", "tom", "--name", "Tom"}}.run(t)
	if got.code != exitFailed || !strings.Contains(got.err, "run `linkline init`") {
		t.Errorf("got %+v, want a hint to init", got)
	}
}

// The signal that ends a session of chat must not wait for the keyboard.
func TestChatEndsWithoutAnotherLine(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, stderr safeBuffer
	held, _ := newPipe(t)
	code := run(ctx, &process{
		args: []string{"chat", "--data", ""}, in: held, out: &out, err: &stderr, now: time.Now, random: rand.Reader,
	})
	if code != exitOK {
		t.Errorf("got %d, %s", code, stderr.String())
	}
}
