package main

import (
	"crypto/rand"
	"errors"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/store"
)

// failingStore says that it can no longer be trusted.
type failingStore struct {
	store.Store
	failed chan struct{}
}

func (s failingStore) Failed() <-chan struct{} { return s.failed }

// A process whose store has failed must end and say so: what is in memory may
// differ from what is on disk.
func TestServeEndsWhenTheStoreFails(t *testing.T) {
	t.Parallel()
	h := newHost(t, quiet...)
	defer h.close(t.Context())
	if err := h.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	failing := failingStore{h.store, make(chan struct{})}
	h.store = failing
	close(failing.failed)
	if err := h.serve(t.Context()); !errors.Is(err, errStore) {
		t.Errorf("got %v, want errStore", err)
	}
}

// newHost is a service that is not opened yet, on a data directory of its own.
func newHost(t *testing.T, environ ...string) *host {
	t.Helper()
	dir, err := os.MkdirTemp("", "linkline") //nolint:usetesting // short: a socket's path has 108 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if got := (command{args: []string{"init", "--data", dir}}).run(t); got.code != exitOK {
		t.Fatalf("init: %+v", got)
	}
	settings, err := config.Load(config.Given{DataDir: dir, Environ: environ})
	if err != nil {
		t.Fatal(err)
	}
	return &host{
		process:  &process{out: &safeBuffer{}, err: &safeBuffer{}, now: time.Now, random: rand.Reader},
		settings: settings, dir: datadir.At(dir), log: newLog(&safeBuffer{}, "json"),
	}
}

// taken is an address that somebody else listens on.
func taken(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

func TestATakenMetricsPortStopsNoDemo(t *testing.T) {
	t.Parallel()
	address := taken(t)
	h := newHost(t, "LINKLINE_LISTEN=127.0.0.1:0", "LINKLINE_METRICS_LISTEN="+address)
	defer h.close(t.Context())
	if err := h.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	said := h.process.out.(*safeBuffer).String()
	if want := "No metrics: " + address + " is in use.\n"; said != want || h.metrics != nil {
		t.Errorf("said %q, want %q", said, want)
	}
}

func TestATakenMetricsPortStopsARealTeam(t *testing.T) {
	t.Parallel()
	h := newHost(t, "LINKLINE_LISTEN=127.0.0.1:0", "LINKLINE_METRICS_LISTEN="+taken(t))
	defer h.close(t.Context())
	h.settings.Teams[0].Demo = false
	err := h.open(t.Context())
	if err == nil || !strings.Contains(err.Error(), "LINKLINE_METRICS_LISTEN") {
		t.Errorf("got %v, want a refusal that names the setting", err)
	}
}

func TestATakenPortSaysWhatToSet(t *testing.T) {
	t.Parallel()
	h := newHost(t, "LINKLINE_LISTEN="+taken(t), "LINKLINE_METRICS_LISTEN=off")
	defer h.close(t.Context())
	err := h.open(t.Context())
	if err == nil || !strings.Contains(err.Error(), "LINKLINE_LISTEN") {
		t.Errorf("got %v, want a refusal that names the setting", err)
	}
}

func TestServeRefusesAnotherKey(t *testing.T) {
	t.Parallel()
	r := serve(t)
	r.end(t)
	other := "LINKLINE_KEY=" + strings.Repeat("Zk", 21) + "Y="
	got := command{args: []string{"serve", "--data", r.dir}, environ: append([]string{other}, quiet...)}.run(t)
	if got.code != exitFailed || !strings.Contains(got.err, "not the key of this store") || !strings.Contains(got.err, r.dir) {
		t.Errorf("got %+v, want a refusal", got)
	}
}
