package postgres

import (
	"bytes"
	"slices"

	"linkline/store"
)

// ask is one look at the rows of a table: at one key, or over a range of them.
// Two asks that are equal are the same look.
type ask struct {
	table    string
	walk     bool   // over a range
	key      string // of the one row
	from, to string
	ends     bool // at to
	limit    int
	reverse  bool
	claim    bool
}

func askKey(table string, key []byte) ask { return ask{table: table, key: string(key)} }

func askRange(table string, b store.Bounds) ask {
	return ask{
		table: table, walk: true, from: string(b.From), to: string(b.To), ends: b.To != nil,
		limit: b.Limit, reverse: b.Reverse, claim: b.Claim,
	}
}

func (a ask) bounds() store.Bounds {
	b := store.Bounds{From: []byte(a.from), Limit: a.limit, Reverse: a.reverse, Claim: a.claim}
	if a.ends {
		b.To = []byte(a.to)
	}
	return b
}

// answer is what an ask finds: nothing, one row, or the rows of a range.
type answer struct {
	rows    []store.Row
	version int64 // of the one row of a key
}

// value is that of the one row; nil when there is none.
func (a answer) value() []byte {
	if len(a.rows) == 0 {
		return nil
	}
	return a.rows[0].Value
}

func (a answer) equal(other answer) bool {
	return slices.EqualFunc(a.rows, other.rows, func(x, y store.Row) bool {
		return bytes.Equal(x.Key, y.Key) && bytes.Equal(x.Value, y.Value)
	})
}

// oneRow is the answer of a row's key.
func oneRow(key, value []byte, version int64) answer {
	if value == nil {
		value = []byte{} // no row has no value
	}
	return answer{rows: []store.Row{{Key: key, Value: value}}, version: version}
}

// merge joins the answers of the tables that a range goes over, in the order of
// their keys, and cuts it at the limit.
func (a ask) merge(rows []store.Row) []store.Row {
	slices.SortFunc(rows, func(x, y store.Row) int {
		if a.reverse {
			x, y = y, x
		}
		return bytes.Compare(x.Key, y.Key)
	})
	return rows[:min(len(rows), a.limit)]
}
