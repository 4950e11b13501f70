package store

import (
	"context"

	"linkline/conversation/casework"
)

// Backend keeps opaque rows in ordered tables. It is safe for use by several
// goroutines. A table exists from its first row on.
type Backend interface {
	// Update runs fn as if alone and commits all of what it wrote, or nothing when
	// fn returns an error or panics. The promises are those of Store.Update.
	Update(ctx context.Context, site casework.Site, fn func(Rows) error) error
	// View runs fn over one consistent state, beside an Update under way.
	View(ctx context.Context, fn func(Rows) error) error
	// Failed is closed when the backend can no longer be trusted.
	Failed() <-chan struct{}
	// Close ends the backend after the transactions under way.
	Close() error
}

// Rows are the tables as one transaction sees them, its own writes included.
// Keys and values that it returns must not be changed, nor kept beyond the
// transaction; those that it is given must not be changed afterwards.
type Rows interface {
	// Get returns the value of a row, nil when there is none.
	Get(table string, key []byte) ([]byte, error)
	// Put writes a row over what was there. The key is not empty.
	Put(table string, key, value []byte) error
	// Delete removes a row; a missing one is not an error.
	Delete(table string, key []byte) error
	// Range returns the first rows within the bounds, in the order of their
	// keys' bytes, or the last rows in reverse.
	Range(table string, bounds Bounds) ([]Row, error)
}

// Row is a key and its value.
type Row struct {
	Key, Value []byte
}

// Bounds say which rows a Range returns.
type Bounds struct {
	// From keeps the rows at or after it; nil for no bound.
	From []byte
	// To keeps the rows before it; nil for no bound.
	To []byte
	// Limit bounds how many rows are returned; it is at least 1.
	Limit int
	// Reverse walks from the last row to the first.
	Reverse bool
	// Claim passes over rows that another transaction is claiming, and keeps
	// others from claiming these until the end. Where updates run one after
	// another it says nothing.
	Claim bool
}

// Faults let a test fail the commits of a backend by their site. An error from
// either is a commit whose outcome the caller cannot know.
type Faults struct {
	// Before is asked before a commit is written; an error leaves it unwritten.
	Before func(casework.Site) error
	// After is asked when a commit is durable, before its caller is told.
	After func(casework.Site) error
}
