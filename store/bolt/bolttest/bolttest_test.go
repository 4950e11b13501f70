package bolttest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/store"
	"linkline/store/bolt/bolttest"
	"linkline/store/memory"
)

// write runs one transaction that puts and deletes rows; a value of "" deletes.
func write(t *testing.T, r *bolttest.Recorder, rows ...[3]string) {
	t.Helper()
	err := r.Update(context.Background(), "test", func(tx store.Rows) error {
		for _, row := range rows {
			var err error
			if row[2] == "" {
				err = tx.Delete(row[0], []byte(row[1]))
			} else {
				err = tx.Put(row[0], []byte(row[1]), []byte(row[2]))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRecorderKeepsWhatWasCommitted(t *testing.T) {
	t.Parallel()
	r := bolttest.Record(memory.New())
	write(t, r, [3]string{"b", "k", "1"}, [3]string{"a", "k2", "2"}, [3]string{"a", "k1", "3"}, [3]string{"b", "k", "4"})
	write(t, r) // writes nothing, so it is no turn
	failed := errors.New("failed")
	err := r.Update(t.Context(), "test", func(tx store.Rows) error {
		return errors.Join(tx.Put("a", []byte("lost"), nil), failed)
	})
	if !errors.Is(err, failed) {
		t.Fatalf("got %v, want the function's error", err)
	}
	write(t, r, [3]string{"a", "k1", ""})
	got := r.Take()
	want := []bolttest.Turn{
		{{Table: "a", Key: []byte("k1"), Value: []byte("3")}, {Table: "a", Key: []byte("k2"), Value: []byte("2")}, {Table: "b", Key: []byte("k"), Value: []byte("4")}},
		{{Table: "a", Key: []byte("k1")}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("turns differ (-want +got):\n%s", diff)
	}
	if got := r.Take(); len(got) != 0 {
		t.Errorf("%d turns were taken twice", len(got))
	}
}

// TestReplay: every way writes every row, whoever commits with whom.
func TestReplay(t *testing.T) {
	t.Parallel()
	var turns []bolttest.Turn
	var want []bolttest.Row
	for i := range 50 {
		row := bolttest.Row{Table: "t", Key: fmt.Appendf(nil, "%03d", i), Value: bytes.Repeat([]byte{byte(i)}, 300)}
		turns = append(turns, bolttest.Turn{row, {Table: "u", Key: []byte("gone")}})
		want = append(want, row)
	}
	for _, way := range []bolttest.Way{{}, {BatchSize: 4, BatchDelay: time.Millisecond}, {BatchSize: 64, BatchDelay: time.Millisecond}} {
		t.Run(way.String(), func(t *testing.T) {
			t.Parallel()
			db, err := bolttest.Open(filepath.Join(t.TempDir(), "bare.db"), turns)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if err := db.Replay(turns, 4, way); err != nil {
				t.Fatal(err)
			}
			got, err := db.Rows()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rows differ (-want +got):\n%s", diff)
			}
		})
	}
}
