// Package store is what is remembered: transactions over the kinds of record
// that casework declares. It knows how records are sealed, indexed and kept
// apart by team; it does not know what they mean.
//
// A backend (store/bolt, store/memory, later store/postgres) keeps opaque rows
// in order; Open turns declared records into rows of it:
//
//	keys, err := seal.NewKeyring(rand.Reader, seal.Key{Version: 1, Secret: secret})
//	...
//	db, err := store.Open(memory.New(), keys, casework.Kinds())
//	...
//	err = db.Update(ctx, "desk.note", team, func(tx casework.Tx) error {
//		return casework.Notes.Put(tx, note)
//	})
//
// In a test, storetest.Memory(t) is the whole of that.
package store

import (
	"context"
	"errors"

	"linkline/conversation/casework"
	"linkline/store/codec"
)

// Schema is the version of how records are laid out in rows. A backend refuses
// a store of another schema.
const Schema = 1

// Store runs transactions. It is safe for use by several goroutines.
type Store interface {
	// Update runs fn in one transaction that reads what was committed before it
	// and commits all of what it puts, or nothing. fn may be run again, beside the
	// functions of others though it sees nothing of them, and over what the store
	// only supposes; of all its runs the last alone counts, and what that one read
	// is true. So fn must have no other effect, and must not start another
	// transaction. When
	// Update returns nil the commit is durable. An error of fn is returned as it
	// is. ErrOutcomeUnknown means it may or may not be durable: the store is then
	// closed to all further work. A ctx that ends before fn starts means fn does
	// not run. The site names the caller; team is the scope, empty for the
	// service itself.
	Update(ctx context.Context, site casework.Site, team casework.TeamID, fn func(casework.Tx) error) error
	// View runs fn over one consistent state. Puts and deletes are refused.
	View(ctx context.Context, team casework.TeamID, fn func(casework.Tx) error) error
	// Failed is closed when the store can no longer be trusted; the process
	// must then stop, and decide from what is on disk when it starts again.
	Failed() <-chan struct{}
	// Close ends the store after the transactions under way.
	Close() error
}

// The errors of a store, beside those of casework.Tx.
var (
	// ErrOutcomeUnknown means a commit failed in a way that does not tell
	// whether it took effect.
	ErrOutcomeUnknown = errors.New("commit outcome unknown")
	// ErrClosed means the store is closed or has failed, or that a transaction
	// was kept beyond its end.
	ErrClosed = errors.New("store closed")
	// ErrReadOnly means a View tried to write.
	ErrReadOnly = errors.New("read-only transaction")
	// ErrScope means a team's transaction asked for what only the service's own
	// scope may see or do.
	ErrScope = errors.New("outside the scope of this transaction")
	// ErrCorrupt means that what is on disk is not what was written. It is
	// answered instead of a wrong or an incomplete record.
	ErrCorrupt = errors.New("stored data is damaged")
	// ErrNewer means that a record has a field which only a newer version of the
	// program knows. It is not read at all: put again, it would lose that field.
	ErrNewer = codec.ErrNewer
	// ErrWrongKey means that the key-encryption key is not this store's.
	ErrWrongKey = errors.New("the encryption key is not the key of this store")
)
