package store

// room is what a transaction needs to work in; it is used again by the next.
type room struct {
	plain []byte // a record as it is sealed
	aad   []byte // what a seal is bound to
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
