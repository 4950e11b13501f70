package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"linkline/store"
)

// TestAnyTransactionsAreSerial runs random transactions from many goroutines
// on few rows, and then each of them alone against a map, in the order of their
// commits: every read was the same, and so are the rows in the end. Those that
// wrote nothing must fit somewhere between two of them.
func TestAnyTransactionsAreSerial(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			h := &history{T: t}
			h.open()
			h.play(seed)
			h.check()
		})
	}
}

// history is what many transactions did to a backend.
type history struct {
	*testing.T
	backend *Backend

	order []string // of the commits: the ids of those that wrote

	mu    sync.Mutex
	deeds []*deed
}

// deed is one transaction: what it did in its last run, and what it saw.
type deed struct {
	id      string
	from    int // how many had committed before it began
	runs    int
	ahead   int
	steps   []step
	written bool
}

// step is one call of a transaction and its result.
type step struct {
	what   string // get, range, put or delete
	table  string
	key    string
	value  string
	bounds store.Bounds
	saw    string
}

var errGivenUp = errors.New("given up")

const (
	players  = 12
	rounds   = 60
	idsTable = "ids" // every transaction that writes writes its id first
)

func (h *history) open() {
	h.Helper()
	path := filepath.Join(h.TempDir(), "linkline.db")
	if err := Init(path, strings.NewReader(strings.Repeat("x", 16)), time.Now()); err != nil {
		h.Fatalf("init: %v", err)
	}
	var err error
	h.backend, err = Open(path, Options{MmapSize: 1 << 20, OnWrite: func(table string, key, _ []byte) {
		if table == idsTable {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.order = append(h.order, string(key))
		}
	}})
	if err != nil {
		h.Fatalf("open: %v", err)
	}
	h.Cleanup(func() {
		if err := h.backend.Close(); err != nil {
			h.Errorf("close: %v", err)
		}
	})
}

// play runs transactions from many goroutines at once.
func (h *history) play(seed uint64) {
	var wait sync.WaitGroup
	for player := range players {
		random := rand.New(rand.NewPCG(seed, uint64(player)))
		wait.Go(func() {
			for round := range rounds {
				h.transact(fmt.Sprintf("%d.%d", player, round), random.Uint64())
			}
		})
	}
	wait.Wait()
}

// transact runs one transaction; the same seed makes the same choices.
func (h *history) transact(id string, seed uint64) {
	h.mu.Lock()
	d := &deed{id: id, from: len(h.order)}
	h.mu.Unlock()
	err := h.backend.Update(context.Background(), "s", func(inner store.Rows) error {
		d.runs++
		if r, ok := inner.(*rows); ok && r.reads != nil {
			d.ahead++
			if len(r.reads.list) > 0 {
				h.Errorf("%s: began with the reads of another", id)
			}
		}
		return d.do(inner, rand.New(rand.NewPCG(seed, 1)))
	})
	d.written = err == nil && slices.ContainsFunc(d.steps, func(s step) bool { return s.what == "put" })
	if err != nil && !errors.Is(err, errGivenUp) {
		h.Errorf("%s: %v", id, err)
	}
	if d.runs > 2 || d.runs-d.ahead > 1 {
		h.Errorf("%s: %d runs, %d of them ahead", id, d.runs, d.ahead)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.deeds = append(h.deeds, d)
}

// do reads and writes at random. What it writes depends on all that it saw, and
// so does whether it gives up.
func (d *deed) do(rows store.Rows, random *rand.Rand) error {
	d.steps = d.steps[:0]
	reader := random.IntN(4) == 0
	if !reader {
		d.steps = append(d.steps, step{what: "put", table: idsTable, key: d.id})
	}
	for range 1 + random.IntN(8) {
		d.steps = append(d.steps, anyStep(random, reader))
	}
	saw := ""
	for i := range d.steps {
		s := &d.steps[i]
		if s.what == "put" && s.table != idsTable {
			s.value = fmt.Sprintf("%s of %x", d.id, len(saw)*31+strings.Count(saw, "1"))
		}
		if err := s.take(rows); err != nil {
			return err
		}
		saw += s.saw
	}
	if len(saw)%7 == 3 {
		return errGivenUp
	}
	return nil
}

func anyStep(random *rand.Rand, reader bool) step {
	key := func() string { return string([]byte{"abc"[random.IntN(3)], "0123456789"[random.IntN(10)]}) }
	s := step{what: []string{"get", "range", "put", "put", "delete"}[random.IntN(5)]}
	if reader {
		s.what = []string{"get", "range"}[random.IntN(2)]
	}
	s.table, s.key = []string{"t", "u"}[random.IntN(2)], key()
	s.bounds = store.Bounds{Limit: 1 + random.IntN(6), Reverse: random.IntN(2) == 0}
	if random.IntN(3) > 0 {
		s.bounds.From = []byte(key())
	}
	if random.IntN(3) > 0 {
		s.bounds.To = []byte(key())
	}
	return s
}

// take takes the step and notes what it saw.
func (s *step) take(rows store.Rows) error {
	key := []byte(s.key)
	switch s.what {
	case "put":
		return rows.Put(s.table, key, []byte(s.value))
	case "delete":
		return rows.Delete(s.table, key)
	case "get":
		value, err := rows.Get(s.table, key)
		s.saw = fmt.Sprintf("%v %q;", value != nil, value)
		return err
	default:
		found, err := rows.Range(s.table, s.bounds)
		s.saw = fmt.Sprintf("%q;", found)
		return err
	}
}

// mapRows are rows in a map, by table and key.
type mapRows map[string]string

func (m mapRows) at(table string, key []byte) string { return table + "/" + string(key) }

func (m mapRows) Get(table string, key []byte) ([]byte, error) {
	if value, ok := m[m.at(table, key)]; ok {
		return []byte(value), nil
	}
	return nil, nil
}

func (m mapRows) Put(table string, key, value []byte) error {
	m[m.at(table, key)] = string(value)
	return nil
}

func (m mapRows) Delete(table string, key []byte) error {
	delete(m, m.at(table, key))
	return nil
}

func (m mapRows) Range(table string, b store.Bounds) (out []store.Row, _ error) {
	for _, at := range slices.Sorted(maps.Keys(m)) {
		key, ok := strings.CutPrefix(at, table+"/")
		if ok && key >= string(b.From) && (b.To == nil || key < string(b.To)) {
			out = append(out, store.Row{Key: []byte(key), Value: []byte(m[at])})
		}
	}
	if b.Reverse {
		slices.Reverse(out)
	}
	return out[:min(len(out), b.Limit)], nil
}

// fits takes the steps of a deed over a map, and reports whether they see the
// same, and the map after them.
func (d *deed) fits(m mapRows) (mapRows, bool) {
	m = maps.Clone(m)
	for _, s := range d.steps {
		saw := s.saw
		if s.saw = ""; s.take(m) != nil || s.saw != saw {
			return nil, false
		}
	}
	return m, true
}

// check holds the deeds against a map, one after another.
func (h *history) check() {
	h.Helper()
	byID := map[string]*deed{}
	ahead, again := 0, 0
	for _, d := range h.deeds {
		byID[d.id] = d
		ahead += d.ahead
		again += max(0, d.runs-1)
	}
	h.Logf("%d transactions, %d run ahead, %d of them again", len(h.deeds), ahead, again)
	states := []mapRows{{}}
	for i, id := range h.order {
		d := byID[id]
		after, ok := d.fits(states[i])
		if !d.written || !ok {
			h.Fatalf("%s, the commit %d, written %v: did not see what was before it: %+v", id, i, d.written, d.steps)
		}
		states = append(states, after)
		d.written = false // each once
	}
	for _, d := range h.deeds {
		if d.written {
			h.Errorf("%s was not written", d.id)
		}
		if slices.Contains(h.order, d.id) {
			continue
		}
		if !slices.ContainsFunc(states[d.from:], func(m mapRows) bool { _, ok := d.fits(m); return ok }) {
			h.Errorf("%s saw what never was: %+v", d.id, d.steps)
		}
	}
	h.compare(states[len(states)-1])
}

// compare holds what is stored against a map.
func (h *history) compare(want mapRows) {
	h.Helper()
	err := h.backend.View(context.Background(), func(rows store.Rows) error {
		for _, table := range []string{"t", "u", idsTable} {
			b := store.Bounds{Limit: players*rounds + 1}
			got, err := rows.Range(table, b)
			if err != nil {
				return err
			}
			want, _ := want.Range(table, b)
			if !slices.EqualFunc(got, want, func(a, b store.Row) bool {
				return bytes.Equal(a.Key, b.Key) && bytes.Equal(a.Value, b.Value)
			}) {
				h.Errorf("table %s: got %q, want %q", table, got, want)
			}
		}
		return nil
	})
	if err != nil {
		h.Errorf("view: %v", err)
	}
}
