// Package store is what is remembered: transactions over the kinds of record
// that casework declares. It knows how records are sealed, indexed and kept
// apart by team; it does not know what they mean.
//
// A backend (store/bolt, store/memory, later store/postgres) keeps opaque rows
// in order; this package turns declared records into rows.
package store

import (
	"context"
	"errors"

	"linkline/conversation/casework"
)

// Store runs transactions. It is safe for use by several goroutines.
type Store interface {
	// Update runs fn in one transaction that reads what was committed before it
	// and commits all of what it puts, or nothing. fn may be run again, so it
	// must have no other effect. When Update returns nil the commit is durable.
	// ErrOutcomeUnknown means it may or may not be: the store is then closed to
	// all further work. The site names the caller; team is the scope, empty for
	// the service itself.
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
	// ErrClosed means the store is closed or has failed.
	ErrClosed = errors.New("store closed")
	// ErrReadOnly means a View tried to write.
	ErrReadOnly = errors.New("read-only transaction")
)
