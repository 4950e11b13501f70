package bolt

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
)

// TestWhoWaitsSharesACommit starts updates while a commit runs: they go
// together into the next one, each with its own fate.
func TestWhoWaitsSharesACommit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		ctx := context.Background()
		given := errors.New("given up")
		g.start(ctx, 0, nil)
		g.start(ctx, 1, nil)
		g.start(ctx, 2, func(store.Rows) error { return given })
		g.start(ctx, 3, func(store.Rows) error { panic("oh dear") })
		g.start(ctx, 4, func(store.Rows) error { runtime.Goexit(); return nil }) // as t.FailNow does
		var before, nothing []byte                                               // as its last run saw them
		g.start(ctx, 5, func(rows store.Rows) error {
			var failed, gone error
			before, failed = rows.Get("t", row(1))
			nothing, gone = rows.Get("t", row(2))
			return errors.Join(failed, gone, rows.Delete("t", row(0)))
		})
		g.wantStored()
		g.pass <- nil
		synctest.Wait()
		g.wantStored(0)
		if got := <-g.results[0]; got != (outcome{}) {
			t.Errorf("the first: got %v, want it done while the others wait", got)
		}
		g.pass <- nil
		synctest.Wait()
		g.wantStored(1, 5)
		for n, want := range map[int]error{1: nil, 2: given, 4: errExited, 5: nil} {
			if got := <-g.results[n]; !errors.Is(got.err, want) || got.panicked != nil {
				t.Errorf("update %d: got %v, want %v", n, got, want)
			}
		}
		if before == nil {
			t.Error("the row of an update before it: got none")
		}
		if nothing != nil {
			t.Errorf("the row of one that came to nothing: got %q", nothing)
		}
		got, ok := (<-g.results[3]).panicked.(error)
		if !ok || !strings.Contains(got.Error(), "oh dear") || !strings.Contains(got.Error(), "writer_test.go") {
			t.Errorf("the panic: got %v, want its value and where it was", got)
		}
		if want := [][]casework.Site{{"0"}, {"1", "5"}}; !slices.EqualFunc(g.commits, want, slices.Equal) {
			t.Errorf("commits: got %v, want %v", g.commits, want)
		}
	})
}

// TestNothingWrittenIsNoCommit runs updates that only read.
func TestNothingWrittenIsNoCommit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		for range 3 { // nobody opens the gate
			err := g.Update(context.Background(), "read", func(rows store.Rows) error {
				_, err := rows.Get("t", row(1))
				return err
			})
			if err != nil {
				t.Errorf("update: %v", err)
			}
		}
	})
}

// TestReaderOfABatchWaitsForIt answers nobody before the commit whose rows she
// may have read: a repeated text must not be answered before the first is safe.
func TestReaderOfABatchWaitsForIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		g.start(context.Background(), 0, nil)
		g.start(context.Background(), 1, nil)
		read := make(chan error, 1)
		go func() {
			read <- g.Update(context.Background(), "read", func(rows store.Rows) error {
				_, err := rows.Get("t", row(1))
				return err
			})
		}()
		synctest.Wait()
		g.pass <- nil
		synctest.Wait()
		select {
		case err := <-read:
			t.Errorf("answered before the commit: %v", err)
		default:
		}
		g.pass <- nil
		if err := <-read; err != nil {
			t.Errorf("read: %v", err)
		}
	})
}

// TestContextEndsBeforeItsTurn leaves the queue and whatever was done ahead, or
// is run to its end.
func TestContextEndsBeforeItsTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		ctx, cancel := context.WithCancel(context.Background())
		g.start(ctx, 0, nil)
		runs := 0
		g.start(ctx, 1, func(store.Rows) error { runs++; return nil })
		cancel()
		if got := <-g.results[1]; !errors.Is(got.err, context.Canceled) {
			t.Errorf("in the queue: got %v, want context.Canceled", got.err)
		}
		g.pass <- nil
		if got := <-g.results[0]; got.err != nil {
			t.Errorf("in a commit: got %v, want its outcome", got.err)
		}
		err := g.Update(ctx, "late", func(store.Rows) error { runs++; return nil })
		if !errors.Is(err, context.Canceled) || runs > 1 {
			t.Errorf("got %v and %d runs, want context.Canceled and none after it", err, runs)
		}
		g.wantStored(0)
	})
}

// TestFailedCommitEndsTheStore fails a commit that several share.
func TestFailedCommitEndsTheStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		ctx := context.Background()
		broken := errors.New("no space left on device")
		g.start(ctx, 0, nil)
		g.start(ctx, 1, nil)
		g.start(ctx, 2, func(store.Rows) error { return errors.New("read what was not safe") })
		g.pass <- nil
		synctest.Wait()
		g.start(ctx, 3, nil) // waits behind the commit that fails
		g.pass <- broken
		for _, n := range []int{1, 2} {
			if got := <-g.results[n]; !errors.Is(got.err, store.ErrOutcomeUnknown) || !errors.Is(got.err, broken) {
				t.Errorf("update %d: got %v, want ErrOutcomeUnknown and its cause", n, got.err)
			}
		}
		if got := <-g.results[3]; !errors.Is(got.err, store.ErrClosed) {
			t.Errorf("behind it: got %v, want ErrClosed", got.err)
		}
		<-g.Failed()
		read := func(store.Rows) error { t.Error("ran on a failed store"); return nil }
		if err := g.Update(ctx, "late", read); !errors.Is(err, store.ErrClosed) {
			t.Errorf("update: got %v, want ErrClosed", err)
		}
		if err := g.View(ctx, read); !errors.Is(err, store.ErrClosed) {
			t.Errorf("view: got %v, want ErrClosed", err)
		}
		g.shut()
		g.open() // the next process finds what was committed
		defer g.shut()
		g.wantStored(0)
	})
}

// TestFaultAfterACommit is durable, though nobody was told.
func TestFaultAfterACommit(t *testing.T) {
	t.Parallel()
	g := &gate{t: t, path: filepath.Join(t.TempDir(), "linkline.db")}
	if err := Init(g.path, strings.NewReader(strings.Repeat("x", 16)), time.Now()); err != nil {
		t.Fatalf("init: %v", err)
	}
	broken := errors.New("killed")
	b, err := Open(g.path, Options{MmapSize: 1 << 20, Faults: store.Faults{
		After: func(casework.Site) error { return broken },
	}})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	err = b.Update(context.Background(), "s", func(rows store.Rows) error { return rows.Put("t", row(7), row(7)) })
	if !errors.Is(err, store.ErrOutcomeUnknown) || !errors.Is(err, broken) {
		t.Errorf("got %v, want ErrOutcomeUnknown and its cause", err)
	}
	if err := b.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	g.pass = make(chan error)
	g.open()
	defer g.shut()
	g.wantStored(7)
}

// TestPanicInACommit is an unknown outcome too, and leaves a store that closes.
func TestPanicInACommit(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "linkline.db")
	if err := Init(path, strings.NewReader(strings.Repeat("x", 16)), time.Now()); err != nil {
		t.Fatalf("init: %v", err)
	}
	b, err := Open(path, Options{MmapSize: 1 << 20, Faults: store.Faults{
		Before: func(casework.Site) error { panic("page 7 is not a page") },
	}})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	err = b.Update(context.Background(), "s", func(rows store.Rows) error { return rows.Put("t", row(7), row(7)) })
	if !errors.Is(err, store.ErrOutcomeUnknown) || !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("got %v, want ErrOutcomeUnknown and ErrCorrupt", err)
	}
	if err := b.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// TestCloseFinishesWhatWaits closes a store that is at work.
func TestCloseFinishesWhatWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		g.start(context.Background(), 0, nil)
		g.start(context.Background(), 1, nil)
		var wait sync.WaitGroup
		wait.Go(g.shut)
		synctest.Wait()
		g.pass <- nil
		g.pass <- nil
		wait.Wait()
		g.shut() // twice does no harm
		for n := range 2 {
			if got := <-g.results[n]; got.err != nil {
				t.Errorf("update %d: got %v, want it done", n, got.err)
			}
		}
		g.open()
		defer g.shut()
		g.wantStored(0, 1)
	})
}

// TestOneBatchIsBounded runs more updates at once than a batch holds.
func TestOneBatchIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		g.start(context.Background(), 0, nil)
		var wait sync.WaitGroup
		const more = maxBatch + 10
		for range more {
			wait.Go(func() {
				err := g.Update(context.Background(), "s", func(rows store.Rows) error {
					return rows.Put("u", []byte("k"), nil)
				})
				if err != nil {
					t.Errorf("update: %v", err)
				}
			})
		}
		synctest.Wait()
		for range 2 {
			g.pass <- nil
			synctest.Wait()
		}
		close(g.pass) // whatever is left
		wait.Wait()
		total := 0
		for _, c := range g.commits {
			total += len(c)
		}
		if total != more+1 || len(g.commits) > 3 {
			t.Errorf("got %d updates in %d commits, want %d in at most 3", total, len(g.commits), more+1)
		}
	})
}

// TestRowsThatBoltRefuses are one caller's error and end nothing.
func TestRowsThatBoltRefuses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		for _, key := range [][]byte{nil, {}, make([]byte, 1<<15+1)} {
			err := g.Update(context.Background(), "s", func(rows store.Rows) error { return rows.Put("t", key, nil) })
			if err == nil || errors.Is(err, store.ErrOutcomeUnknown) {
				t.Errorf("a key of %d bytes: got %v, want a refusal", len(key), err)
			}
		}
	})
}

// A caller who finds nobody before her writes in her own goroutine. A function
// of somebody else must not run there: it could end it.
func TestNobodyElsesFunctionEndsALoneCaller(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	started, release := make(chan struct{}), make(chan struct{})
	var first error
	returned := false
	var wg sync.WaitGroup
	wg.Go(func() {
		first = b.Update(context.Background(), "first", func(rows store.Rows) error {
			close(started)
			<-release
			return rows.Put("t", []byte("first"), []byte("1"))
		})
		returned = true
	})
	<-started
	exits := func(store.Rows) error { runtime.Goexit(); return nil }
	wg.Go(func() { _ = b.Update(context.Background(), "exits", exits) })
	wg.Go(func() {
		err := b.Update(context.Background(), "after", func(rows store.Rows) error {
			return rows.Put("t", []byte("after"), []byte("1"))
		})
		if err != nil {
			t.Errorf("after one that ended its goroutine: %v", err)
		}
	})
	close(release)
	wg.Wait()
	if !returned || first != nil {
		t.Errorf("the lone caller: returned %t, %v", returned, first)
	}
	if err := b.Update(context.Background(), "last", func(store.Rows) error { return nil }); err != nil {
		t.Errorf("the store serves no more: %v", err)
	}
}
