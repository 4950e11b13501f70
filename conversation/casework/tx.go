package casework

import "errors"

// The errors a transaction answers with. Callers branch on them with errors.Is.
var (
	// ErrNotFound means there is no such record, or it is another team's.
	ErrNotFound = errors.New("no such record")
	// ErrConflict means the record has changed since it was read.
	ErrConflict = errors.New("record changed since it was read")
	// ErrTaken means another record already holds a unique entry.
	ErrTaken = errors.New("already taken")
	// ErrErased means the record is there but its data key is destroyed.
	ErrErased = errors.New("record erased")
	// ErrClaimed means somebody else holds the case.
	ErrClaimed = errors.New("held by somebody else")
)

// Tx is one transaction over the records of one team, or over all of them for
// the service itself. A function that is given a Tx may be run again, so it
// must have no effect outside it and must not keep it.
type Tx interface {
	// Team is the scope: the team whose records exist for this transaction.
	Team() TeamID
	// Get returns the record with this key. It is ErrNotFound when there is
	// none or it belongs to another team, ErrErased when its key is destroyed.
	// The caller owns the record.
	Get(kind *Kind, key string) (Record, error)
	// GetMany returns one record for each key, in order, nil where Get would
	// answer ErrNotFound or ErrErased.
	GetMany(kind *Kind, keys []string) ([]Record, error)
	// Put stores the record and its index entries. Version zero means it must
	// not exist yet; otherwise its version must be the stored one; else
	// ErrConflict. A unique entry held by another record is ErrTaken. Putting a
	// record of another team than the scope's is ErrNotFound. After a Put the
	// record carries its new version.
	Put(kind *Kind, record Record) error
	// Delete removes the record and its index entries. A missing record is not
	// an error; one whose data key is destroyed is removed too.
	Delete(kind *Kind, key string) error
	// Range returns a page of records in the order of an index. Erased records
	// are left out.
	Range(kind *Kind, span Span) (Page, error)
	// Claim is Range for work that several replicas look for: a record that
	// another transaction is claiming is passed over instead of waited for.
	Claim(kind *Kind, span Span) (Page, error)
	// Shred destroys a data key: every record sealed with it is erased for
	// ever. A missing key is not an error.
	Shred(id KeyID) error
	// Blind is the keyed hash of a value within a domain: the same value always
	// gives the same short printable string, which tells nothing without the
	// store's key. Keys made from an address or a provider's id use it.
	Blind(domain, value string) string
}

// Expect says that a record may be read later in the transaction. A store behind
// a network fetches it together with what it fetches next; it is no promise.
func Expect(tx Tx, kind *Kind, key string) {
	if t, ok := tx.(interface{ Expect(kind *Kind, key string) }); ok && key != "" {
		t.Expect(kind, key)
	}
}

// ExpectRange is Expect for a page in the order of the keys.
func ExpectRange(tx Tx, kind *Kind, span Span) {
	if t, ok := tx.(interface{ ExpectRange(kind *Kind, span Span) }); ok && span.Index == "" {
		t.ExpectRange(kind, span)
	}
}

// Span says which part of which order a Range returns.
type Span struct {
	// Index is the name of the index; empty for the order of the keys.
	Index string
	// Prefix keeps the entries (or keys) that begin with it. On a Blind index
	// it is the whole entry.
	Prefix string
	// Until keeps the entries (or keys) that sort before it; empty for no bound.
	Until string
	// After continues a page: the Next of the page before.
	After string
	// Limit bounds the page; zero means 100.
	Limit int
	// Reverse walks from the last entry to the first.
	Reverse bool
}

// Page is one page of a Range. Next is empty after the last page.
type Page struct {
	Records []Record
	Next    string
}

// Table gives the records of one kind their type back.
type Table[T any, P interface {
	*T
	Record
}] struct {
	*Kind
}

// Get returns the record with this key; see Tx.Get.
func (t Table[T, P]) Get(tx Tx, key string) (*T, error) {
	r, err := tx.Get(t.Kind, key)
	if err != nil {
		return nil, err
	}
	return (*T)(r.(P)), nil
}

// GetMany returns one record for each key, nil where there is none.
func (t Table[T, P]) GetMany(tx Tx, keys []string) ([]*T, error) {
	records, err := tx.GetMany(t.Kind, keys)
	if err != nil {
		return nil, err
	}
	out := make([]*T, len(records))
	for i, r := range records {
		if r != nil {
			out[i] = (*T)(r.(P))
		}
	}
	return out, nil
}

// Find returns the record with this key, or nil when there is none.
func (t Table[T, P]) Find(tx Tx, key string) (*T, error) {
	r, err := t.Get(tx, key)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrErased) {
		return nil, nil
	}
	return r, err
}

// Put stores the record; see Tx.Put.
func (t Table[T, P]) Put(tx Tx, record *T) error { return tx.Put(t.Kind, P(record)) }

// Delete removes the record; see Tx.Delete.
func (t Table[T, P]) Delete(tx Tx, key string) error { return tx.Delete(t.Kind, key) }

// Range returns a page of records and the cursor of the next; see Tx.Range.
func (t Table[T, P]) Range(tx Tx, span Span) ([]*T, string, error) {
	return typed[T, P](tx.Range(t.Kind, span))
}

// Claim returns a page of records to work on; see Tx.Claim.
func (t Table[T, P]) Claim(tx Tx, span Span) ([]*T, string, error) {
	return typed[T, P](tx.Claim(t.Kind, span))
}

func typed[T any, P interface {
	*T
	Record
}](page Page, err error) ([]*T, string, error) {
	if err != nil {
		return nil, "", err
	}
	out := make([]*T, len(page.Records))
	for i, r := range page.Records {
		out[i] = (*T)(r.(P))
	}
	return out, page.Next, nil
}
