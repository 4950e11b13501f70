package admin_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linkline/cmd/linkline/admin"
)

// serve starts a service that echoes; the socket and how to stop it come back.
func serve(t *testing.T) (string, func()) {
	t.Helper()
	dir, err := os.MkdirTemp("", "admin") //nolint:usetesting // short: a socket's path has 108 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "admin.sock")
	l, err := admin.Listen(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- admin.Serve(ctx, l, echo) }()
	return path, func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	}
}

func echo(_ context.Context, r admin.Request) (any, error) {
	if r.Command == "refuse" {
		return nil, errors.New("no such team")
	}
	return map[string]json.RawMessage{"said": r.Args}, nil
}

func TestCall(t *testing.T) {
	t.Parallel()
	path, stop := serve(t)
	defer stop()
	var got struct{ Said string }
	for range 2 {
		if err := admin.Call(t.Context(), path, "echo", "hello", &got); err != nil {
			t.Fatal(err)
		}
		if got.Said != "hello" {
			t.Errorf("got %q, want hello", got.Said)
		}
	}
	if err := admin.Call(t.Context(), path, "refuse", nil, &got); err == nil || err.Error() != "no such team" {
		t.Errorf("got %v, want the service's own words", err)
	}
}

func TestCallWithoutService(t *testing.T) {
	t.Parallel()
	path, stop := serve(t)
	stop()
	var got any
	if err := admin.Call(t.Context(), path, "echo", nil, &got); !errors.Is(err, admin.ErrNotRunning) {
		t.Errorf("after a stop: got %v, want ErrNotRunning", err)
	}
	// A service that was killed leaves its socket behind.
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	l.Close()
	if err := admin.Call(t.Context(), path, "echo", nil, &got); !errors.Is(err, admin.ErrNotRunning) {
		t.Errorf("after a kill: got %v, want ErrNotRunning", err)
	}
	again, err := admin.Listen(t.Context(), path)
	if err != nil {
		t.Fatalf("the socket left over is in the way: %v", err)
	}
	again.Close()
}

func TestSocketIsForTheUserOnly(t *testing.T) {
	t.Parallel()
	path, stop := serve(t)
	defer stop()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("mode is %o, want 600", got)
	}
}

func TestServeOutlivesNonsense(t *testing.T) {
	t.Parallel()
	path, stop := serve(t)
	defer stop()
	for _, nonsense := range []string{"", "\n", "not json\n", strings.Repeat("x", 100<<10)} {
		conn, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(nonsense)) // the service may hang up in the middle
		conn.Close()
	}
	var got struct{ Said string }
	if err := admin.Call(t.Context(), path, "echo", "still there", &got); err != nil || got.Said != "still there" {
		t.Errorf("got %q, %v", got.Said, err)
	}
}
