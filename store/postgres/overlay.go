package postgres

import (
	"bytes"
	"cmp"
	"slices"

	"linkline/store"
)

// write is a row written; without a value, a row removed.
type write struct {
	key, value []byte
}

// overlay is what one run of a function has written, by table and key.
type overlay map[string]map[string]write

func (o overlay) set(table string, w write) {
	if o[table] == nil {
		o[table] = map[string]write{}
	}
	o[table][string(w.key)] = w
}

// get returns what was written at a key, false when nothing was.
func (o overlay) get(table string, key []byte) (write, bool) {
	w, ok := o[table][string(key)]
	return w, ok
}

// within returns the writes to a table within the bounds, in no order.
func (o overlay) within(table string, b store.Bounds) []write {
	var out []write
	for _, w := range o[table] {
		if bytes.Compare(w.key, b.From) >= 0 && (b.To == nil || bytes.Compare(w.key, b.To) < 0) {
			out = append(out, w)
		}
	}
	return out
}

// removed is how many of the writes remove a row.
func removed(writes []write) int {
	n := 0
	for _, w := range writes {
		if w.value == nil {
			n++
		}
	}
	return n
}

// over returns the rows of a range with the writes over them.
func over(rows []store.Row, writes []write, a ask) []store.Row {
	if len(writes) == 0 {
		return rows[:min(len(rows), a.limit)]
	}
	written := make(map[string]bool, len(writes))
	out := make([]store.Row, 0, len(rows)+len(writes))
	for _, w := range writes {
		written[string(w.key)] = true
		if w.value != nil {
			out = append(out, store.Row{Key: w.key, Value: w.value})
		}
	}
	for _, r := range rows {
		if !written[string(r.Key)] {
			out = append(out, r)
		}
	}
	return a.merge(out)
}

// sorted returns the tables and their writes in an order that is always the
// same, so that two transactions never wait for each other's rows crosswise.
func (o overlay) sorted() []tableWrites {
	out := make([]tableWrites, 0, len(o))
	for name, writes := range o {
		t := tableWrites{table: name, writes: make([]write, 0, len(writes))}
		for _, w := range writes {
			t.writes = append(t.writes, w)
		}
		slices.SortFunc(t.writes, func(a, b write) int { return bytes.Compare(a.key, b.key) })
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b tableWrites) int { return cmp.Compare(a.table, b.table) })
	return out
}

// tableWrites are the writes to one of the store's tables, by key.
type tableWrites struct {
	table  string
	writes []write
}
