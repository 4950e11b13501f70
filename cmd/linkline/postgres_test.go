package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linkline/store/postgres/postgrestest"
)

// database starts a server of the test's own and returns the address of a
// database on it.
func database(t *testing.T) string {
	t.Helper()
	s, err := postgrestest.Start(t.Context())
	if errors.Is(err, postgrestest.ErrNoServer) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s.URL("postgres")
}

// TestReplicasShareADatabase: two services on one database know the same people,
// and either answers what the other was told.
func TestReplicasShareADatabase(t *testing.T) {
	t.Parallel()
	environ := []string{"LINKLINE_DATABASE_URL=" + database(t)}
	dirs := []string{shortDir(t), shortDir(t)}
	if got := (command{args: []string{"serve", "--data", dirs[0]}, environ: environ}).run(t); got.code == exitOK {
		t.Fatal("a service started without a key and without tables")
	}
	if got := (command{args: []string{"init", "--data", dirs[0]}, environ: environ}).run(t); got.code != exitOK {
		t.Fatalf("init: %+v", got)
	}
	if _, err := os.Stat(filepath.Join(dirs[0], "linkline.db")); err == nil {
		t.Error("a store was made in the data directory beside the database")
	}
	for _, name := range []string{"key", "demo-token"} { // what every replica needs
		content, err := os.ReadFile(filepath.Join(dirs[0], name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dirs[1], name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first, second := start(t, dirs[0], environ...), start(t, dirs[1], environ...)
	hello := first.signed(t, first.text(t, "SM01", "Hello"))
	if hello.status != http.StatusOK || !strings.Contains(hello.body, "Fen Wellbeing") {
		t.Fatalf("the first text: got %+v", hello)
	}
	again := second.signed(t, second.text(t, "SM01", "Hello"))
	if replaceURL(again.body, second.url) != replaceURL(hello.body, first.url) {
		t.Errorf("the other replica answers the same text with\n%s\nwant\n%s", again.body, hello.body)
	}
	next := second.signed(t, second.text(t, "SM02", "1"))
	if next.status != http.StatusOK || strings.Contains(next.body, "Fen Wellbeing") || next.body == hello.body {
		t.Errorf("the next text: got %+v, want that the conversation goes on", next)
	}
}

// TestAnotherKeyIsRefused: a replica with another key would not know anybody.
func TestAnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	environ := []string{"LINKLINE_DATABASE_URL=" + database(t)}
	for i, want := range []int{exitOK, exitFailed} {
		dir := shortDir(t) // each with a key of its own
		if got := (command{args: []string{"init", "--data", dir}, environ: environ}).run(t); got.code != exitOK {
			t.Fatalf("init: %+v", got)
		}
		got := command{
			args: []string{"user", "add", "--data", dir, "--login", "tom", "--name", "Tom"}, environ: environ,
		}.run(t)
		if got.code != want {
			t.Fatalf("replica %d: got %+v, want %d", i, got, want)
		}
		if want != exitOK && !strings.Contains(got.err, "LINKLINE_KEY") {
			t.Errorf("got %s, want what to do", got.err)
		}
	}
}

// shortDir is a directory with a path that is short enough for a socket's.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "linkline") //nolint:usetesting // short: a socket's path has 108 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
