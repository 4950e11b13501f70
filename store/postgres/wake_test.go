package postgres_test

import (
	"context"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store/postgres/postgrestest"
	"linkline/store/storetest"
)

// TestWake: a commit that leaves work for the fleet wakes the other replica, and
// one that does not wakes nobody.
func TestWake(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	url, keys := migrated.Database(t), storetest.Keyring(t)
	here, there := open(t, url, options()), open(t, url, options())
	db := storetest.Open(t, here, keys)
	<-there.Wake() // it listens
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	update := func(fn func(casework.Tx) error) {
		t.Helper()
		if err := db.Update(context.Background(), "test", "", fn); err != nil {
			t.Fatal(err)
		}
	}
	update(func(tx casework.Tx) error {
		return casework.Notes.Put(tx, &casework.Note{ID: "1", Team: "north", Case: "c", At: at})
	})
	select {
	case <-there.Wake():
		t.Error("a note woke the fleet")
	case <-time.After(100 * time.Millisecond):
	}
	update(func(tx casework.Tx) error {
		return casework.Jobs.Put(tx, &casework.Job{
			Team: "north", Conversation: "c", Kind: casework.JobForget, State: casework.JobWaiting, DueAt: at,
		})
	})
	select {
	case <-there.Wake():
	case <-time.After(10 * time.Second):
		t.Error("a due job woke nobody")
	}
}
