package store

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"linkline/conversation/casework"
	"linkline/store/codec"
)

// Tables of the store's own.
const (
	keyTable   = "key"   // data keys, wrapped
	storeTable = "store" // the secret behind the look-ups
)

// zero ends each part of a row's key. It sorts before every byte that a part
// may have, so the rows are in the order of the parts.
const zero = 0

// Bounds on what a record may say of itself, so that every backend can keep it.
const (
	maxKey   = 512
	maxEntry = 1024
)

// table is one kind of record as it is laid out in rows.
//
// A record's row lies in the table of its group under its key, a zero and the
// kind's name. An index entry's row lies in the group's index table under
//
//	kind.index 0 team 0 entry 0 key
//
// with no team where the index is the fleet's, and holds nothing.
type table struct {
	kind    *casework.Kind
	name    string // of the backend's table of records
	index   string // of the backend's table of index entries
	suffix  []byte // ends every row's key
	plan    *codec.Plan
	indexes map[string]*index

	notFound, erased, conflict, taken error
}

// index is one index of a kind.
type index struct {
	casework.Index
	prefix []byte // kind.index 0
	domain string // of its keyed hashes
}

func newTable(kind *casework.Kind) (*table, error) {
	wrap := func(err error) error { return fmt.Errorf("%s: %w", kind.Name, err) }
	t := &table{
		kind: kind, name: kind.Group, index: kind.Group + indexTable,
		suffix:   append([]byte{zero}, kind.Name...),
		indexes:  make(map[string]*index, len(kind.Indexes)),
		notFound: wrap(casework.ErrNotFound), erased: wrap(casework.ErrErased),
		conflict: wrap(casework.ErrConflict), taken: wrap(casework.ErrTaken),
	}
	var err error
	if t.plan, err = codec.New(reflect.TypeOf(kind.New()).Elem()); err != nil {
		return nil, wrap(err)
	}
	for _, name := range []string{kind.Name, kind.Group} {
		if !plain(name) || name == keyTable || name == storeTable {
			return nil, fmt.Errorf("kind %q of group %q: not a name for a table", kind.Name, kind.Group)
		}
	}
	for _, ix := range kind.Indexes {
		if !plain(ix.Name) || t.indexes[ix.Name] != nil {
			return nil, fmt.Errorf("kind %s: index %q: no name, or declared twice", kind.Name, ix.Name)
		}
		domain := kind.Name + "." + ix.Name
		t.indexes[ix.Name] = &index{Index: ix, prefix: append([]byte(domain), zero), domain: domain}
	}
	return t, nil
}

// plain reports whether a name can be part of a row's key.
func plain(name string) bool {
	return name != "" && !strings.ContainsAny(name, "\x00.")
}

// row is the row's key of the record with this key.
func (t *table) row(keys *cuttings, key string) []byte {
	return append(append(keys.room(len(key)+len(t.suffix)), key...), t.suffix...)
}

// key is the record's key of a row, false when the row is of another kind of
// the group.
func (t *table) key(row []byte) (string, bool) {
	key, ours := bytes.CutSuffix(row, t.suffix)
	return string(key), ours
}

// entry is the part of an entry's row that does not change with the record's
// key: kind.index 0 team 0 entry 0.
func (ix *index) entry(t *tx, team casework.TeamID, entry string) []byte {
	return append(ix.within(t, team, entry), zero)
}

// within begins the rows of all entries that begin with this one; on a blind
// index, those of the entry itself. There is room for a zero behind it.
func (ix *index) within(t *tx, team casework.TeamID, entry string) []byte {
	if ix.Fleet {
		team = ""
	}
	if ix.Blind {
		entry = t.db.look.Hash(ix.domain+"\x00"+string(team), entry)
	}
	out := t.keyRoom.room(len(ix.prefix) + len(team) + 1 + len(entry) + 1)
	out = append(append(append(out, ix.prefix...), team...), zero)
	return append(out, entry...)
}

// entries are the beginnings of the record's index rows, each once.
func (t *table) entries(tx *tx, team casework.TeamID, r casework.Record) ([][]byte, error) {
	if len(t.kind.Indexes) == 0 {
		return nil, nil
	}
	out := make([][]byte, 0, len(t.kind.Indexes))
	for i := range t.kind.Indexes {
		ix := t.indexes[t.kind.Indexes[i].Name]
		for _, e := range ix.Entries(r) {
			if !ix.Blind && (len(e) > maxEntry || strings.IndexByte(e, zero) >= 0) {
				return nil, fmt.Errorf("%s: an entry is too long or has a zero byte", ix.domain)
			}
			row := ix.entry(tx, team, e)
			if !contains(out, row) {
				out = append(out, row)
			}
		}
	}
	return out, nil
}

// unique returns the index of an entry's row if it is a unique one.
func (t *table) unique(row []byte) bool {
	for _, ix := range t.indexes {
		if ix.Unique && bytes.HasPrefix(row, ix.prefix) {
			return true
		}
	}
	return false
}

func contains(rows [][]byte, row []byte) bool {
	return slices.ContainsFunc(rows, func(r []byte) bool { return bytes.Equal(r, row) })
}

// after is the first key behind all those that begin with prefix; nil when
// there is none.
func after(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] != 0xff {
			out := bytes.Clone(prefix[:i+1])
			out[i]++
			return out
		}
	}
	return nil
}
