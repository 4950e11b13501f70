package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"linkline/store"
)

// RunBackend compares a backend with a map, through many random transactions:
// some of them fail, all of them read what they wrote, and after each one the
// rows are those of the map.
func RunBackend(t *testing.T, open func(t *testing.T) store.Backend) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprintf("rows of seed %d", seed), func(t *testing.T) {
			t.Parallel()
			m := &model{T: t, rand: rand.New(rand.NewPCG(seed, 0)), backend: open(t), rows: map[string]string{}}
			for range 60 {
				m.transaction()
				m.view()
			}
			if err := m.backend.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
}

// model is a backend and the map that its one table should be like.
type model struct {
	*testing.T
	rand    *rand.Rand
	backend store.Backend
	rows    map[string]string
}

const modelTable = "model"

// key is one of few keys, so that they meet, with bytes of every kind.
func (m *model) key() []byte {
	key := make([]byte, 1+m.rand.IntN(3))
	for i := range key {
		key[i] = []byte{0, 1, 'a', 'b', 0xfe, 0xff}[m.rand.IntN(6)]
	}
	return key
}

// transaction writes at random, and one time in four comes to nothing.
func (m *model) transaction() {
	m.Helper()
	given := errors.New("given up")
	fails := m.rand.IntN(4) == 0
	var after map[string]string
	err := m.backend.Update(context.Background(), site, func(rows store.Rows) error {
		after = maps.Clone(m.rows)
		for range m.rand.IntN(30) {
			key := m.key()
			if m.rand.IntN(3) == 0 {
				delete(after, string(key))
				if err := rows.Delete(modelTable, key); err != nil {
					return err
				}
				continue
			}
			value := []byte(fmt.Sprint(m.rand.Uint32())[:m.rand.IntN(3)])
			after[string(key)] = string(value)
			if err := rows.Put(modelTable, key, value); err != nil {
				return err
			}
		}
		if err := m.compare(rows, after); err != nil {
			return err // this run may not be the one that counts
		}
		if fails {
			return given
		}
		return nil
	})
	switch {
	case fails && errors.Is(err, given):
	case err != nil || fails:
		m.Fatalf("update: got %v, fails %v", err, fails)
	default:
		m.rows = after
	}
}

func (m *model) view() {
	m.Helper()
	err := m.backend.View(context.Background(), func(rows store.Rows) error {
		if err := m.compare(rows, m.rows); err != nil {
			return err
		}
		if rows.Put(modelTable, []byte("k"), nil) == nil || rows.Delete(modelTable, []byte("k")) == nil {
			m.Error("a view wrote")
		}
		return nil
	})
	if err != nil {
		m.Fatalf("view: %v", err)
	}
}

// compare reads the rows in every way and says how they differ from the map.
func (m *model) compare(rows store.Rows, want map[string]string) error {
	for range 10 {
		key := m.key()
		got, err := rows.Get(modelTable, key)
		value, there := want[string(key)]
		if err != nil || (got != nil) != there || string(got) != value {
			return fmt.Errorf("get %q: got %q, %w, want %q, %v", key, got, err, value, there)
		}
	}
	for range 10 {
		b := store.Bounds{Limit: 1 + m.rand.IntN(20), Reverse: m.rand.IntN(2) == 0}
		if m.rand.IntN(3) > 0 {
			b.From = m.key()
		}
		if m.rand.IntN(3) > 0 {
			b.To = m.key()
		}
		got, err := rows.Range(modelTable, b)
		if err != nil {
			return fmt.Errorf("range %+v: %w", b, err)
		}
		if want := within(want, b); !slices.EqualFunc(got, want, sameRow) {
			return fmt.Errorf("range %+v: got %q, want %q", b, got, want)
		}
	}
	none, err := rows.Range("no such table", store.Bounds{Limit: 1})
	if len(none) != 0 || err != nil {
		return fmt.Errorf("a table without rows: got %d, %w", len(none), err)
	}
	return nil
}

func sameRow(a, b store.Row) bool { return bytes.Equal(a.Key, b.Key) && bytes.Equal(a.Value, b.Value) }

// within is a Range over a map.
func within(rows map[string]string, b store.Bounds) []store.Row {
	var out []store.Row
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if (b.From == nil || key >= string(b.From)) && (b.To == nil || key < string(b.To)) {
			out = append(out, store.Row{Key: []byte(key), Value: []byte(rows[key])})
		}
	}
	if b.Reverse {
		slices.Reverse(out)
	}
	return out[:min(len(out), b.Limit)]
}
