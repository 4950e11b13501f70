package postgres

import (
	"bytes"
	"sync/atomic"

	"linkline/conversation/casework"
	"linkline/store"
)

// table is one SQL table. A store's table of records is one of these for each
// kind of its group, and its table of index entries one for each of their
// indexes: what moves in one must not be in the way of who looks into another.
type table struct {
	name    string // the store's
	sql     string
	mark    []byte // what its keys end with, of entries what they begin with
	entries bool   // of index entries: no value, but the record's key
	record  *table // of entries: where their records lie
	wakes   bool   // of entries: they are work that a fleet looks for
	doubt   doubt
}

// doubt is whether a row of a table that a transaction puts may be there after
// all, though it was never seen. Of some tables (conversations) it often is and
// must be looked at; of others (messages) it never is, and a look would only be
// in the way of everybody who puts rows beside it. It is learnt from what looks
// find, and begins with a doubt.
type doubt struct{ faith atomic.Int32 }

// faithful is after how many rows that were missing a table is believed.
const faithful = 8

func (d *doubt) none() bool { return d.faith.Load() >= faithful }

func (d *doubt) learn(there bool) {
	switch {
	case there:
		d.faith.Store(0)
	case !d.none():
		d.faith.Add(1)
	}
}

// layout is where a store's rows lie.
type layout map[string][]*table

// newLayout returns the tables of these kinds and of the store's own.
func newLayout(kinds []*casework.Kind) layout {
	l := layout{
		"key":   {{name: "key", sql: dataKeyTable}},
		"store": {{name: "store", sql: "secret"}},
	}
	for _, kind := range kinds {
		records := &table{
			name: kind.Group, sql: "record_" + kind.Name, mark: append([]byte{0}, kind.Name...),
		}
		l[records.name] = append(l[records.name], records)
		for _, ix := range kind.Indexes {
			entries := &table{
				name: kind.Group + ".index", sql: "index_" + kind.Name + "_" + ix.Name,
				mark:    []byte(kind.Name + "." + ix.Name + "\x00"),
				entries: true, record: records, wakes: ix.Fleet,
			}
			l[entries.name] = append(l[entries.name], entries)
		}
	}
	return l
}

// dataKeyTable is what records are joined with.
const dataKeyTable = "data_key"

// all are the SQL names of all tables.
func (l layout) all() []string {
	var out []string
	for _, tables := range l {
		for _, t := range tables {
			out = append(out, t.sql)
		}
	}
	return out
}

// of returns where a row with this key lies; nil when it can lie nowhere.
func (l layout) of(name string, key []byte) *table {
	for _, t := range l[name] {
		if t.holds(key) {
			return t
		}
	}
	return nil
}

func (t *table) holds(key []byte) bool {
	if t.entries {
		return bytes.HasPrefix(key, t.mark)
	}
	return bytes.HasSuffix(key, t.mark)
}

// within returns the tables in which rows within the bounds can lie.
func (l layout) within(name string, b store.Bounds) []*table {
	tables := l[name]
	for _, t := range tables {
		// An end that only follows the last key with the mark is within too.
		if t.entries && bytes.HasPrefix(b.From, t.mark) && b.To != nil &&
			bytes.Compare(b.To, append(t.mark[:len(t.mark)-1:len(t.mark)-1], 1)) <= 0 {
			return []*table{t}
		}
	}
	return tables
}
