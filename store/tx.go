package store

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"linkline/conversation/casework"
)

// tx is one transaction: casework.Tx over a backend's rows.
type tx struct {
	db     *DB
	rows   Rows
	team   casework.TeamID
	stamps *stamps // nil in a View
	keys   []heldKey
	held   [2]heldKey // room for keys: most transactions use a team's and a person's
	// keyRoom is where the keys of rows are cut from.
	keyRoom cuttings
	// shredded are the live keys that were destroyed.
	shredded []heldKey
	room     *room
	broken   error // a write that failed half-way: nothing may be committed
	ended    bool
}

// begin returns a transaction over these rows.
func (db *DB) begin(rows Rows, team casework.TeamID) *tx {
	room, _ := db.rooms.Get().(*room)
	t := &tx{db: db, rows: rows, team: team, room: room}
	t.keys = t.held[:0]
	return t
}

// end takes the rows away from a function that keeps its transaction.
func (t *tx) end() {
	t.ended = true
	if t.room.small() {
		t.db.rooms.Put(t.room)
	}
}

// table returns the layout of a kind, and refuses work after the end.
func (t *tx) table(kind *casework.Kind) (*table, error) {
	if t.ended {
		return nil, fmt.Errorf("transaction kept beyond its end: %w", ErrClosed)
	}
	if tb := t.db.tables[kind]; tb != nil {
		return tb, nil
	}
	return nil, errors.New("a kind of record that the store was not opened with")
}

// writable is table for a call that writes.
func (t *tx) writable(kind *casework.Kind) (*table, error) {
	tb, err := t.table(kind)
	if err == nil && t.stamps == nil {
		err = fmt.Errorf("%s: %w", kind.Name, ErrReadOnly)
	}
	return tb, err
}

// Team implements casework.Tx.
func (t *tx) Team() casework.TeamID { return t.team }

// Get implements casework.Tx.
func (t *tx) Get(kind *casework.Kind, key string) (casework.Record, error) {
	tb, err := t.table(kind)
	if err != nil {
		return nil, err
	}
	at := tb.row(&t.keyRoom, key)
	value, err := t.rows.Get(tb.name, at)
	if err != nil {
		return nil, fmt.Errorf("get %s %s: %w", kind.Name, key, err)
	}
	if value == nil {
		return nil, tb.notFound
	}
	r, err := parseRow(at, value)
	if err != nil {
		return nil, fmt.Errorf("get %s %s: %w", kind.Name, key, err)
	}
	if !r.seenBy(string(t.team)) {
		return nil, tb.notFound
	}
	return t.open(tb, at, &r)
}

// Expect passes on that a record may be read, to a backend that can use it; see
// casework.Expect.
func (t *tx) Expect(kind *casework.Kind, key string) {
	rows, ok := t.rows.(interface {
		Expect(table string, key []byte)
	})
	if !ok {
		return
	}
	if tb, err := t.table(kind); err == nil {
		rows.Expect(tb.name, tb.row(&t.keyRoom, key))
	}
}

// ExpectRange is Expect for the first page of a range over keys.
func (t *tx) ExpectRange(kind *casework.Kind, span casework.Span) {
	rows, ok := t.rows.(interface {
		ExpectRange(table string, bounds Bounds)
	})
	if !ok {
		return
	}
	if tb, err := t.table(kind); err == nil {
		bounds := bound(nil, []byte(span.Prefix), span.Until)
		bounds.Limit, bounds.Reverse = cmp.Or(span.Limit, defaultLimit)+1, span.Reverse
		rows.ExpectRange(tb.name, bounds)
	}
}

// GetMany implements casework.Tx.
func (t *tx) GetMany(kind *casework.Kind, keys []string) ([]casework.Record, error) {
	out := make([]casework.Record, len(keys))
	for i, key := range keys {
		r, err := t.Get(kind, key)
		switch {
		case err == nil:
			out[i] = r
		case !errors.Is(err, casework.ErrNotFound) && !errors.Is(err, casework.ErrErased):
			return nil, err
		}
	}
	return out, nil
}

// open unseals and decodes the record of a row that the scope may see.
func (t *tx) open(tb *table, at []byte, r *row) (casework.Record, error) {
	key, err := t.keyOf(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tb.kind.Name, err)
	}
	if key == nil {
		return nil, tb.erased
	}
	plain, err := key.Open(t.room.plain[:0], r.sealed, t.room.bind(r, at))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", tb.kind.Name, err, ErrCorrupt)
	}
	t.room.plain = plain
	record := tb.kind.New()
	switch err := tb.plan.Decode(plain, record); {
	case errors.Is(err, ErrNewer):
		return nil, fmt.Errorf("%s: %w", tb.kind.Name, err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w: %w", tb.kind.Name, err, ErrCorrupt)
	}
	record.Stamped().Version = r.version
	return record, nil
}

// Put implements casework.Tx.
func (t *tx) Put(kind *casework.Kind, record casework.Record) error {
	tb, err := t.writable(kind)
	if err != nil {
		return err
	}
	key, team := kind.Key(record), kind.Team(record)
	if key == "" || len(key) > maxKey || strings.IndexByte(key, zero) >= 0 {
		return fmt.Errorf("put %s: its key is empty, too long or has a zero byte", kind.Name)
	}
	if strings.IndexByte(string(team), zero) >= 0 || (t.team != "" && team != t.team) {
		return tb.notFound
	}
	at := tb.row(&t.keyRoom, key)
	old, err := t.replaced(tb, at, record.Stamped().Version)
	if err != nil {
		return err
	}
	entries, err := tb.entries(t, team, record)
	if err != nil {
		return fmt.Errorf("put %w", err)
	}
	if err := t.free(tb, key, entries, old.entries); err != nil {
		return err
	}
	t.room.team = append(t.room.team[:0], team...)
	r := row{version: old.version + 1, team: t.room.team, entries: entries}
	value, err := t.seal(tb, at, &r, record)
	if err != nil {
		return fmt.Errorf("put %s %s: %w", kind.Name, key, err)
	}
	t.write(tb, key, entries, old.entries)
	t.note(t.rows.Put(tb.name, at, value))
	t.stamps.set(record.Stamped(), r.version)
	return t.broken
}

// replaced returns the row that a Put of this version writes over; a row
// without anything when there is none.
func (t *tx) replaced(tb *table, at []byte, version uint64) (row, error) {
	value, err := t.rows.Get(tb.name, at)
	if err != nil {
		return row{}, fmt.Errorf("put %s: %w", tb.kind.Name, err)
	}
	if value == nil {
		if version != 0 {
			return row{}, tb.conflict
		}
		return row{}, nil
	}
	r, err := parseRow(at, value)
	switch {
	case err != nil:
		return row{}, fmt.Errorf("put %s: %w", tb.kind.Name, err)
	case !r.seenBy(string(t.team)):
		return row{}, tb.notFound
	case r.version != version:
		return row{}, tb.conflict
	}
	return r, nil
}

// free answers ErrTaken when another record holds a new unique entry.
func (t *tx) free(tb *table, key string, entries, old [][]byte) error {
	for _, e := range entries {
		if !tb.unique(e) || contains(old, e) {
			continue
		}
		held, err := t.rows.Range(tb.index, Bounds{From: e, To: after(e), Limit: 1})
		if err != nil {
			return fmt.Errorf("put %s: %w", tb.kind.Name, err)
		}
		if len(held) > 0 && string(held[0].Key[len(e):]) != key {
			return tb.taken
		}
	}
	return nil
}

// seal returns the row's value: its head, the sealed record and the checksum.
func (t *tx) seal(tb *table, at []byte, r *row, record casework.Record) ([]byte, error) {
	plain, err := tb.plan.Append(t.room.plain[:0], record)
	if err != nil {
		return nil, err
	}
	t.room.plain = plain
	r.keyID = append(t.room.keyID[:0], tb.kind.Seal(record)...)
	if len(r.keyID) == 0 {
		r.keyID = append(append(r.keyID, teamKeyPrefix...), r.team...)
	}
	t.room.keyID = r.keyID
	key, err := t.keyFor(r.keyID, r.team)
	if err != nil {
		return nil, err
	}
	r.serial = key.Serial()
	r.head = r.newHead(len(plain) + sealRoom)
	value, err := t.db.keys.Seal(r.head, key, plain, t.room.bind(r, at))
	if err != nil {
		return nil, err
	}
	return withChecksum(at, value), nil
}

// write brings the index rows of a record from its old entries to its new.
func (t *tx) write(tb *table, key string, entries, old [][]byte) {
	for _, e := range old {
		if !contains(entries, e) {
			t.note(t.rows.Delete(tb.index, t.indexRow(e, key)))
		}
	}
	for _, e := range entries {
		if !contains(old, e) {
			t.note(t.rows.Put(tb.index, t.indexRow(e, key), []byte{}))
		}
	}
}

// note keeps the first error of a write.
func (t *tx) note(err error) {
	if err != nil && t.broken == nil {
		t.broken = fmt.Errorf("write row: %w", err)
	}
}

// indexRow is the row of an entry of the record with this key.
func (t *tx) indexRow(entry []byte, key string) []byte {
	return append(append(t.keyRoom.room(len(entry)+len(key)), entry...), key...)
}

// Delete implements casework.Tx.
func (t *tx) Delete(kind *casework.Kind, key string) error {
	tb, err := t.writable(kind)
	if err != nil {
		return err
	}
	at := tb.row(&t.keyRoom, key)
	value, err := t.rows.Get(tb.name, at)
	if err != nil || value == nil {
		return err
	}
	r, err := parseRow(at, value)
	if err != nil {
		return fmt.Errorf("delete %s %s: %w", kind.Name, key, err)
	}
	if !r.seenBy(string(t.team)) {
		return nil
	}
	t.write(tb, key, nil, r.entries)
	t.note(t.rows.Delete(tb.name, at))
	return t.broken
}

// Blind implements casework.Tx.
func (t *tx) Blind(domain, value string) string { return t.db.look.Hash("tx\x00"+domain, value) }
