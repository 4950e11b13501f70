package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store/postgres"
	"linkline/store/postgres/postgrestest"
)

// TestRoundTrips plays what people text in the shipped transcripts, each turn by
// a service that has seen the conversation, and by one that remembers nothing,
// as one of many replicas may: a turn waits for the database at most three
// times (decision 6). Only where a withdrawal asks for what it finds by what it
// finds may a stranger wait longer, in one turn of a hundred at most.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	server, err := postgrestest.Start(t.Context())
	if errors.Is(err, postgrestest.ErrNoServer) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	scripts := playable(t)
	if testing.Short() {
		scripts = scripts[:30]
	}
	tests := map[string]struct {
		remembers int
		longer    int // turns of a hundred
	}{
		"remembers":         {0, 0},
		"remembers nothing": {-1, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			trips := tripsOf(t, server, scripts, test.remembers)
			turns, longer := 0, 0
			for n, times := range trips {
				turns += times
				if n > 3 {
					longer += times
				}
			}
			t.Logf("turns by round trips: %v", trips)
			if turns < 100 || longer*100 > turns*test.longer {
				t.Errorf("%d of %d turns took more than three round trips, want at most %d in a hundred",
					longer, turns, test.longer)
			}
		})
	}
}

// tripsOf plays the scripts on a new database and returns how many turns took
// how many round trips.
func tripsOf(t *testing.T, server *postgrestest.Server, scripts [][]string, remembers int) map[int64]int {
	t.Helper()
	url := server.Database(t)
	if err := postgres.Migrate(t.Context(), url, casework.Kinds()); err != nil {
		t.Fatal(err)
	}
	backend, err := postgres.Open(context.Background(), url, postgres.Options{
		Kinds: casework.Kinds(), Random: rand.Reader, Now: time.Now, SeenBytes: remembers,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer backend.Close()
	h, err := newHouse(backend, world{
		library: shipped(t), now: time.Now, random: rand.Reader, dir: t.TempDir(), log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	trips := map[int64]int{}
	for i, words := range scripts {
		for j, w := range words {
			before := backend.Stats().RoundTrips
			if _, err := h.bring(t.Context(), newText(h.account, number(i), fmt.Sprintf("SM%026dx%05d", i, j), w)); err != nil {
				t.Fatalf("%q: %v", w, err)
			}
			trips[backend.Stats().RoundTrips-before]++
		}
	}
	return trips
}
