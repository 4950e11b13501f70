package bolt

import (
	"bytes"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"linkline/conversation/casework"
	"linkline/store"
)

type site = casework.Site

// tables are the buckets of one bbolt transaction, each looked up once.
type tables struct {
	tx    *bbolt.Tx
	found []found
}

type found struct {
	name   string
	bucket *bbolt.Bucket // nil: there is none yet
	cursor *bbolt.Cursor // to look up keys with; nil until one is
}

// find returns what is known of a table, until the next call.
func (t *tables) find(name string) *found {
	for i := range t.found {
		if t.found[i].name == name {
			return &t.found[i]
		}
	}
	t.found = append(t.found, found{name: name, bucket: t.tx.Bucket([]byte(name))})
	return &t.found[len(t.found)-1]
}

// bucket returns the bucket of a table, nil when there is none yet.
func (t *tables) bucket(name string) *bbolt.Bucket { return t.find(name).bucket }

// create returns the bucket of a table, made if need be.
func (t *tables) create(name string) (bucket *bbolt.Bucket, err error) {
	f := t.find(name)
	if f.bucket == nil {
		f.bucket, err = t.tx.CreateBucket([]byte(name))
	}
	return f.bucket, err
}

// get returns the value at a key, nil when there is none. It is bbolt's own Get
// without a new cursor for each.
func (t *tables) get(name string, key []byte) []byte {
	f := t.find(name)
	if f.bucket == nil {
		return nil
	}
	if f.cursor == nil {
		f.cursor = f.bucket.Cursor()
	}
	if at, value := f.cursor.Seek(key); bytes.Equal(at, key) {
		return value
	}
	return nil
}

// rows are the tables as one function sees them: the committed rows, what the
// batch wrote before it, and its own overlay.
type rows struct {
	*tables
	layer *overlay // nil in a View
	reads *reads   // of a run ahead
}

// Get implements store.Rows.
func (r *rows) Get(table string, key []byte) (value []byte, err error) {
	if r.layer != nil {
		if w, ok := r.layer.get(table, key); ok {
			return w.value, nil
		}
	}
	if r.reads != nil {
		if value, ok := r.reads.get(table, key); ok {
			return value, nil
		}
	}
	defer guard(&err, "read")
	value = r.get(table, key)
	if r.reads != nil {
		value = r.reads.add(read{table: table, row: store.Row{Key: key, Value: value}}).Value
	}
	return value, r.reads.err()
}

// Put implements store.Rows.
func (r *rows) Put(table string, key, value []byte) error {
	if r.layer == nil {
		return store.ErrReadOnly
	}
	// What bbolt would refuse is refused here, where it is one caller's error.
	if len(key) == 0 || len(key) > bbolt.MaxKeySize {
		return fmt.Errorf("a row's key of %d bytes", len(key))
	}
	if len(value) > bbolt.MaxValueSize {
		return errors.New("a row too large to keep")
	}
	if value == nil {
		value = []byte{}
	}
	r.layer.set(table, write{key, value})
	return nil
}

// Delete implements store.Rows.
func (r *rows) Delete(table string, key []byte) error {
	if r.layer == nil {
		return store.ErrReadOnly
	}
	r.layer.set(table, write{key, nil})
	return nil
}

// Range implements store.Rows.
func (r *rows) Range(table string, bounds store.Bounds) (out []store.Row, err error) {
	defer guard(&err, "read")
	var writes []write
	if r.layer != nil {
		writes = r.layer.within(table, bounds)
	}
	m := merge{bounds: bounds, writes: writes, reads: r.reads}
	if bucket := r.bucket(table); bucket != nil {
		m.cursor = bucket.Cursor()
	}
	if r.reads != nil {
		r.reads.add(read{table: table, ranged: true, bounds: bounds})
	}
	m.first()
	for len(out) < bounds.Limit {
		if err := r.reads.err(); err != nil {
			return nil, err
		}
		row, ok := m.next()
		if !ok {
			break
		}
		out = append(out, row)
	}
	return out, nil
}

// merge walks the rows of a bucket and those of an overlay as one.
type merge struct {
	bounds store.Bounds
	cursor *bbolt.Cursor
	row    store.Row // under the cursor; no key at the end
	passed bool      // the row was returned: the cursor goes on when it must
	writes []write
	reads  *reads // of a run ahead
}

// first goes to the first row of the bucket within the bounds.
func (m *merge) first() {
	switch {
	case m.cursor == nil:
		m.keep(nil, nil)
	case !m.bounds.Reverse && m.bounds.From == nil:
		m.keep(m.cursor.First())
	case !m.bounds.Reverse:
		m.keep(m.cursor.Seek(m.bounds.From))
	case m.bounds.To == nil:
		m.keep(m.cursor.Last())
	default:
		if key, _ := m.cursor.Seek(m.bounds.To); key == nil {
			m.keep(m.cursor.Last())
		} else {
			m.keep(m.cursor.Prev())
		}
	}
}

// keep notes the row under the cursor, or the end when it is out of bounds.
func (m *merge) keep(key, value []byte) {
	if key != nil && ((m.bounds.From != nil && bytes.Compare(key, m.bounds.From) < 0) ||
		(m.bounds.To != nil && bytes.Compare(key, m.bounds.To) >= 0)) {
		key = nil
	}
	m.row = store.Row{Key: key, Value: value}
	if key == nil {
		m.row.Value = nil
	}
	if m.reads != nil {
		m.row = m.reads.step(m.row)
	}
}

func (m *merge) step() {
	if m.bounds.Reverse {
		m.keep(m.cursor.Prev())
	} else {
		m.keep(m.cursor.Next())
	}
}

// next returns the next row of the two; what the overlay says of a key counts.
func (m *merge) next() (store.Row, bool) {
	for {
		if m.passed {
			m.passed = false
			m.step()
		}
		if len(m.writes) == 0 {
			m.passed = m.row.Key != nil
			return m.row, m.passed
		}
		w, order := m.head()
		if order > 0 {
			m.passed = true
			return m.row, true
		}
		m.passed = order == 0
		m.pop()
		if w.value != nil {
			return store.Row{Key: w.key, Value: w.value}, true
		}
	}
}

// head is the overlay's next write, and whether it comes before (-1), at (0)
// or after (1) the bucket's next row.
func (m *merge) head() (write, int) {
	w := m.writes[0]
	if m.bounds.Reverse {
		w = m.writes[len(m.writes)-1]
	}
	if m.row.Key == nil {
		return w, -1
	}
	order := bytes.Compare(w.key, m.row.Key)
	if m.bounds.Reverse {
		order = -order
	}
	return w, order
}

func (m *merge) pop() {
	if m.bounds.Reverse {
		m.writes = m.writes[:len(m.writes)-1]
	} else {
		m.writes = m.writes[1:]
	}
}
