package channeltest

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
)

// Canaries are a person's words, number and name. Tests that use them as input
// find out whether one of them reaches a log.
var Canaries = [...]string{"+447700900123", "7700900123", "canary words", "Canary Person"}

// Log returns a logger of every level that fails the test when a canary is
// written to it. Written returns what was logged so far.
func Log(t testing.TB) (log *slog.Logger, written func() string) {
	t.Helper()
	b := &buffer{}
	t.Cleanup(func() {
		for _, canary := range Canaries {
			if strings.Contains(b.String(), canary) {
				t.Errorf("the log holds %q:\n%s", canary, b.String())
			}
		}
	})
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug})), b.String
}

// buffer is a bytes.Buffer that several goroutines may write to.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
