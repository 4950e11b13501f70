package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
)

// gate is a backend whose commits wait to be let through, and are counted.
type gate struct {
	*Backend
	t       *testing.T
	path    string
	pass    chan error           // one for each commit
	commits [][]casework.Site    // what each commit held
	batch   []casework.Site      // of the commit under way
	results map[int]chan outcome // of the updates that were started
}

type outcome struct {
	err      error
	panicked any
}

// newGate opens a store in the bubble of a synctest.
func newGate(t *testing.T) *gate {
	t.Helper()
	g := &gate{t: t, pass: make(chan error), results: map[int]chan outcome{}}
	g.path = filepath.Join(t.TempDir(), "linkline.db")
	if err := Init(g.path, strings.NewReader(strings.Repeat("x", 16)), time.Now()); err != nil {
		t.Fatalf("init: %v", err)
	}
	g.open()
	return g
}

func (g *gate) open() {
	g.t.Helper()
	var err error
	g.Backend, err = Open(g.path, Options{MmapSize: testMmap, Faults: store.Faults{
		Before: func(site casework.Site) error {
			g.batch = append(g.batch, site)
			if len(g.batch) > 1 {
				return nil // the commit was let through already
			}
			return <-g.pass
		},
		After: func(casework.Site) error {
			if g.batch != nil {
				g.commits, g.batch = append(g.commits, g.batch), nil
			}
			return nil
		},
	}})
	if err != nil {
		g.t.Fatalf("open: %v", err)
	}
}

// start begins an update that writes the row n, does more, and waits for no
// answer. Updates that are started one after another wait in that order.
func (g *gate) start(ctx context.Context, n int, more func(store.Rows) error) {
	result := make(chan outcome, 1)
	g.results[n] = result
	go func() {
		exited := true
		defer func() {
			o := outcome{panicked: recover()}
			if exited && o.panicked == nil {
				o.err = errExited
			}
			if exited {
				result <- o
			}
		}()
		err := g.Update(ctx, casework.Site(fmt.Sprint(n)), func(rows store.Rows) error {
			if err := rows.Put("t", row(n), row(n)); err != nil {
				return err
			}
			if more != nil {
				return more(rows)
			}
			return nil
		})
		exited = false
		result <- outcome{err: err}
	}()
	synctest.Wait()
}

var errExited = errors.New("goroutine ended")

func row(n int) []byte { return []byte(fmt.Sprint(n)) }

// stored are which of the rows 0 to 9 a reader finds.
func (g *gate) stored() (out []int) {
	g.t.Helper()
	err := g.View(context.Background(), func(rows store.Rows) error {
		for n := range 10 {
			value, err := rows.Get("t", row(n))
			if err != nil {
				return err
			}
			if value != nil {
				out = append(out, n)
			}
		}
		return nil
	})
	if err != nil {
		g.t.Fatalf("view: %v", err)
	}
	return out
}

func (g *gate) wantStored(want ...int) {
	g.t.Helper()
	if got := g.stored(); !slices.Equal(got, want) {
		g.t.Errorf("stored rows: got %v, want %v", got, want)
	}
}

func (g *gate) shut() {
	g.t.Helper()
	if err := g.Close(); err != nil {
		g.t.Errorf("close: %v", err)
	}
}
