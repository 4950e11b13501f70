package store

// room is what a transaction needs to work in; it is used again by the next.
type room struct {
	plain []byte // a record as it is sealed
	aad   []byte // what a seal is bound to
	keyID []byte // of the record that is put
	team  []byte // of the record that is put
}

// smallRoom bounds what is kept for the next transaction.
const smallRoom = 64 << 10

func (r *room) small() bool { return cap(r.plain) <= smallRoom }

// bind returns what a sealed record is bound to, until the next call: its
// kind, its key and all that stands in clear in its row.
func (r *room) bind(row *row, at []byte) []byte {
	r.aad = append(append(append(r.aad[:0], at...), zero), row.head...)
	return r.aad
}

// cuttings are small keys, cut from pieces that hold many: a transaction makes
// a dozen or two. They are not used again, since a backend may keep them.
type cuttings struct {
	rest []byte
}

// cuttingSize is enough for the keys of most transactions.
const cuttingSize = 1 << 10

// room returns room for n bytes, which the caller fills by appending.
func (c *cuttings) room(n int) []byte {
	if cap(c.rest) < n {
		c.rest = make([]byte, 0, max(n, cuttingSize))
	}
	out := c.rest[:0:n]
	c.rest = c.rest[n:n:cap(c.rest)]
	return out
}
