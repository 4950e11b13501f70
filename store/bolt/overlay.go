package bolt

import (
	"bytes"
	"slices"

	"linkline/store"
)

// overlay is what one function has written and nobody else has seen.
type overlay struct {
	tables []layer
}

// layer is the writes to one table, in the order of their keys.
type layer struct {
	name   string
	writes []write
}

// write is a row written; without a value, a row removed.
type write struct {
	key, value []byte
}

func (o *overlay) empty() bool { return len(o.tables) == 0 }

func (o *overlay) layer(table string) *layer {
	for i := range o.tables {
		if o.tables[i].name == table {
			return &o.tables[i]
		}
	}
	return nil
}

// get returns what was written at a key, false when nothing was.
func (o *overlay) get(table string, key []byte) (write, bool) {
	l := o.layer(table)
	if l == nil {
		return write{}, false
	}
	i, ok := l.find(key)
	if !ok {
		return write{}, false
	}
	return l.writes[i], true
}

// set notes a write over any before it.
func (o *overlay) set(table string, w write) {
	l := o.layer(table)
	if l == nil {
		l = o.add(table)
	}
	i, ok := l.find(w.key)
	if ok {
		l.writes[i] = w
		return
	}
	l.writes = slices.Insert(l.writes, i, w)
}

// add returns a layer for a table that has none, one of before reset if it can.
func (o *overlay) add(table string) *layer {
	n := len(o.tables)
	if n < cap(o.tables) {
		o.tables = o.tables[:n+1]
	} else {
		o.tables = append(o.tables, layer{})
	}
	l := &o.tables[n]
	l.name = table
	if l.writes == nil {
		l.writes = make([]write, 0, 8)
	}
	return l
}

// reset empties the overlay for another function.
func (o *overlay) reset() {
	for i := range o.tables {
		l := &o.tables[i]
		clear(l.writes)
		l.writes = l.writes[:0]
	}
	o.tables = o.tables[:0]
}

// within returns the writes to a table within the bounds.
func (o *overlay) within(table string, b store.Bounds) []write {
	l := o.layer(table)
	if l == nil {
		return nil
	}
	from, to := 0, len(l.writes)
	if b.From != nil {
		from, _ = l.find(b.From)
	}
	if b.To != nil {
		to, _ = l.find(b.To)
	}
	return l.writes[from:max(from, to)]
}

func (l *layer) find(key []byte) (int, bool) {
	return slices.BinarySearchFunc(l.writes, key, func(w write, key []byte) int {
		return bytes.Compare(w.key, key)
	})
}
