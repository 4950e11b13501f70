package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	"linkline/store"
)

// TestRunAheadCountsOnlyIfItsReadsStand runs a function ahead of one that
// changes something, and looks whether it had to be run again.
func TestRunAheadCountsOnlyIfItsReadsStand(t *testing.T) {
	t.Parallel()
	get := func(key string) func(store.Rows) error {
		return func(rows store.Rows) error { _, err := rows.Get("r", []byte(key)); return err }
	}
	scan := func(b store.Bounds) func(store.Rows) error {
		return func(rows store.Rows) error { _, err := rows.Range("r", b); return err }
	}
	put := func(key, value string) func(store.Rows) error {
		return func(rows store.Rows) error { return rows.Put("r", []byte(key), []byte(value)) }
	}
	remove := func(key string) func(store.Rows) error {
		return func(rows store.Rows) error { return rows.Delete("r", []byte(key)) }
	}
	all := store.Bounds{From: []byte("b"), To: []byte("g"), Limit: 10} // of the rows a, c, e and g
	first, last := store.Bounds{Limit: 1}, store.Bounds{Limit: 1, Reverse: true}
	for _, tt := range []struct {
		name   string
		reads  func(store.Rows) error
		change func(store.Rows) error
		again  bool
	}{
		{"another row", get("a"), put("c", "new"), false},
		{"a row that it read", get("a"), put("a", "new"), true},
		{"a row written as it was", get("a"), put("a", "a"), false},
		{"a row emptied", get("a"), put("a", ""), true},
		{"a row that it found, removed", get("a"), remove("a"), true},
		{"a row that it missed, removed", get("b"), remove("b"), false},
		{"a row that it missed", get("b"), put("b", "new"), true},
		{"a row that it missed, empty", get("b"), put("b", ""), true},
		{"another table", get("a"), func(rows store.Rows) error { return rows.Put("s", []byte("a"), nil) }, false},
		{"a row among those that it ranged over", scan(all), put("d", "new"), true},
		{"a row changed among them", scan(all), put("c", "new"), true},
		{"a row removed among them", scan(all), remove("e"), true},
		{"a row before them", scan(all), put("a", "new"), false},
		{"a row at their first bound", scan(all), put("b", "new"), true},
		{"a row at their last bound", scan(all), put("g", "new"), false},
		{"a row in the gap at their end", scan(all), put("f", "new"), true},
		{"a row behind the only one asked for", scan(first), put("b", "new"), false},
		{"a row before the only one asked for", scan(first), put("0", "new"), true},
		{"a row before the last", scan(last), put("f", "new"), false},
		{"a row behind the last", scan(last), put("h", "new"), true},
		{
			"a row that it has written over before it looked",
			func(rows store.Rows) error { return errors.Join(put("a", "mine")(rows), get("a")(rows)) },
			put("a", "new"), false,
		},
		{
			"a row that it writes without looking", put("a", "mine"), put("a", "new"), false,
		},
		{
			"a table that had no rows",
			func(rows store.Rows) error { _, err := rows.Range("n", store.Bounds{Limit: 9}); return err },
			func(rows store.Rows) error { return rows.Put("n", []byte("a"), nil) }, true,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGate(t)
				defer g.shut()
				ctx := context.Background()
				g.put("r", "a", "c", "e", "g")
				g.start(ctx, 0, nil) // it commits while the next two come
				g.start(ctx, 1, tt.change)
				runs := 0
				g.start(ctx, 2, func(rows store.Rows) error { runs++; return tt.reads(rows) })
				if runs != 1 {
					t.Errorf("before its turn: got %d runs, want 1", runs)
				}
				close(g.pass)
				for n := range 3 {
					if got := <-g.results[n]; got != (outcome{}) {
						t.Errorf("update %d: got %v", n, got)
					}
				}
				if again := runs == 2; again != tt.again || runs > 2 {
					t.Errorf("got %d runs, want again %v", runs, tt.again)
				}
				g.wantStored(0, 1, 2)
			})
		})
	}
}

// put commits rows whose value is their key.
func (g *gate) put(table string, keys ...string) {
	g.t.Helper()
	go func() { g.pass <- nil }()
	err := g.Update(context.Background(), "put", func(rows store.Rows) error {
		for _, key := range keys {
			if err := rows.Put(table, []byte(key), []byte(key)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		g.t.Fatalf("put: %v", err)
	}
}

// TestErrorOfARunAheadIsNotBelieved as long as what it read may change.
func TestErrorOfARunAheadIsNotBelieved(t *testing.T) {
	t.Parallel()
	taken := errors.New("taken")
	claim := func(rows store.Rows) error {
		value, err := rows.Get("r", []byte("place"))
		if err != nil || value != nil {
			return errors.Join(err, taken)
		}
		return nil
	}
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		ctx := context.Background()
		g.put("r", "place")
		g.start(ctx, 0, nil)
		g.start(ctx, 1, func(rows store.Rows) error { return rows.Delete("r", []byte("place")) })
		g.start(ctx, 2, claim) // is refused ahead, but free when it is its turn
		g.start(ctx, 3, func(rows store.Rows) error { return rows.Put("r", []byte("place"), nil) })
		g.start(ctx, 4, claim) // is refused both times
		close(g.pass)
		for n, want := range []error{nil, nil, nil, nil, taken} {
			if got := <-g.results[n]; !errors.Is(got.err, want) || got.panicked != nil {
				t.Errorf("update %d: got %v, want %v", n, got, want)
			}
		}
		g.wantStored(0, 1, 2, 3)
	})
}

// TestPanicOfARunAheadIsNotBelieved either.
func TestPanicOfARunAheadIsNotBelieved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		ctx := context.Background()
		g.start(ctx, 0, nil)
		g.start(ctx, 1, func(rows store.Rows) error { return rows.Put("r", []byte("there"), nil) })
		g.start(ctx, 2, func(rows store.Rows) error {
			if value, _ := rows.Get("r", []byte("there")); value == nil {
				panic("not there")
			}
			return nil
		})
		close(g.pass)
		for n := range 3 {
			if got := <-g.results[n]; got != (outcome{}) {
				t.Errorf("update %d: got %v", n, got)
			}
		}
		g.wantStored(0, 1, 2)
	})
}

// TestWriteSkewIsRefused lets two functions each take away what the other
// counts on.
func TestWriteSkewIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		g.put("duty", "amy", "ben")
		leave := func(who string) func(store.Rows) error {
			return func(rows store.Rows) error {
				on, err := rows.Range("duty", store.Bounds{Limit: 10})
				if err != nil || len(on) < 2 {
					return errors.Join(err, errAlone)
				}
				return rows.Delete("duty", []byte(who))
			}
		}
		g.start(context.Background(), 0, nil)
		g.start(context.Background(), 1, leave("amy"))
		g.start(context.Background(), 2, leave("ben"))
		close(g.pass)
		for n, want := range []error{nil, nil, errAlone} {
			if got := <-g.results[n]; !errors.Is(got.err, want) {
				t.Errorf("update %d: got %v, want %v", n, got.err, want)
			}
		}
	})
}

var errAlone = errors.New("nobody else is on duty")

// TestNoUpdateIsLostAhead counts in one row, all at once: every run ahead but
// one reads what is overtaken.
func TestNoUpdateIsLostAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		const callers = 9
		var runs [callers + 1]int
		for n := range callers + 1 {
			g.start(context.Background(), n, func(rows store.Rows) error {
				runs[n]++
				value, err := rows.Get("r", []byte("count"))
				if err != nil {
					return err
				}
				count, _ := strconv.Atoi(string(value)) // no row is zero
				return rows.Put("r", []byte("count"), []byte(strconv.Itoa(count+1)))
			})
		}
		close(g.pass)
		for n := range callers + 1 {
			if got := <-g.results[n]; got != (outcome{}) || runs[n] > 2 {
				t.Errorf("update %d: got %v after %d runs", n, got, runs[n])
			}
		}
		err := g.View(context.Background(), func(rows store.Rows) error {
			got, err := rows.Get("r", []byte("count"))
			if want := strconv.Itoa(callers + 1); string(got) != want {
				t.Errorf("got %q, want %q", got, want)
			}
			return err
		})
		if err != nil {
			t.Errorf("view: %v", err)
		}
	})
}

// TestFunctionThatReadsTooMuchWaits for its turn, and sees all of it then.
func TestFunctionThatReadsTooMuchWaits(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(store.Rows) (int, error){
		"many rows": func(rows store.Rows) (n int, err error) {
			for i := range maxReads + 1 {
				_, err = rows.Get("r", []byte(fmt.Sprint(i)))
				if err != nil {
					return n, err
				}
				n++
			}
			return n, nil
		},
		"much in one range": func(rows store.Rows) (int, error) {
			all, err := rows.Range("large", store.Bounds{Limit: 1000})
			return len(all), err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGate(t)
				defer g.shut()
				long := strings.Repeat("x", 1000)
				keys := make([]string, maxReads+1)
				for i := range keys {
					keys[i] = fmt.Sprint(long, i)
				}
				g.put("large", keys...)
				g.start(context.Background(), 0, nil)
				saw := 0
				g.start(context.Background(), 1, func(rows store.Rows) (err error) {
					saw, err = read(rows)
					return err
				})
				if saw > maxReads {
					t.Errorf("ahead: got %d rows, want it stopped", saw)
				}
				close(g.pass)
				if got := <-g.results[1]; got != (outcome{}) || saw != maxReads+1 {
					t.Errorf("got %v after %d rows", got, saw)
				}
			})
		})
	}
}

// TestWhatARunAheadReadIsItsOwn puts back what it read: by then the page may
// be another's.
func TestWhatARunAheadReadIsItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		defer g.shut()
		g.put("r", "kept")
		g.start(context.Background(), 0, nil)
		file := g.db.Info().Data
		g.start(context.Background(), 1, func(rows store.Rows) error {
			value, err := rows.Get("r", []byte("kept"))
			if err != nil {
				return err
			}
			found, err := rows.Range("r", store.Bounds{Limit: 1})
			if err != nil {
				return err
			}
			for _, v := range [][]byte{value, found[0].Key, found[0].Value} {
				if at := uintptr(unsafe.Pointer(unsafe.SliceData(v))); at >= file && at < file+testMmap || cap(v) > len(v) {
					t.Errorf("%q is not a copy of its own", v)
				}
			}
			return errors.Join(rows.Put("copy", found[0].Key, value), rows.Put("copy", []byte("2"), found[0].Value))
		})
		close(g.pass)
		if got := <-g.results[1]; got != (outcome{}) {
			t.Errorf("got %v", got)
		}
		err := g.View(context.Background(), func(rows store.Rows) error {
			for _, key := range []string{"kept", "2"} {
				if got, err := rows.Get("copy", []byte(key)); string(got) != "kept" || err != nil {
					t.Errorf("copy of %s: got %q, %v", key, got, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Errorf("view: %v", err)
		}
	})
}

// TestLoneCallerIsNotRunAhead, nor anybody when the store is at rest.
func TestLoneCallerIsNotRunAhead(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	for range 200 {
		err := b.Update(context.Background(), "s", func(inner store.Rows) error {
			if r, ok := inner.(*rows); !ok || r.reads != nil {
				t.Error("run ahead of nobody")
			}
			return inner.Put("t", []byte("k"), nil)
		})
		if err != nil {
			t.Fatalf("update: %v", err)
		}
	}
}

// testMmap keeps the address space of many small stores small.
const testMmap = 1 << 20

func newBackend(t *testing.T) *Backend {
	t.Helper()
	path := filepath.Join(t.TempDir(), "linkline.db")
	if err := Init(path, strings.NewReader(strings.Repeat("x", 16)), time.Now()); err != nil {
		t.Fatalf("init: %v", err)
	}
	b, err := Open(path, Options{MmapSize: testMmap})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return b
}
