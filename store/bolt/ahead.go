package bolt

import (
	"context"
	"errors"
	"runtime/debug"

	"linkline/store"
)

// ahead is a run of a function before its turn, in its caller's goroutine,
// while others are at the writer. It counts when, at its turn, everything that
// it read is still as it was: then the function would do the same again.
type ahead struct {
	tables tables
	reads  reads
	layer  overlay
	err    error
}

func newAhead() any { return &ahead{} }

// reset makes the room for another run.
func (a *ahead) reset() {
	clear(a.tables.found)
	a.tables = tables{found: a.tables.found[:0]}
	a.reads.reset()
	a.layer.reset()
	a.err = nil
}

// errTooMuch ends a run ahead whose reads are not all remembered; nobody gets
// it, since the writer runs the function again.
var errTooMuch = errors.New("too many reads to run ahead")

// enqueue queues a request. When others are before it, it is run ahead first.
func (b *Backend) enqueue(ctx context.Context, r *request) error {
	if b.queue.busy() {
		b.runAhead(r)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if !b.queue.add(r) {
		return store.ErrClosed
	}
	return nil
}

// runAhead runs a function over what is committed. A run that cannot count is
// forgotten, as is one that panics: the writer will run the function and tell.
// Ending its goroutine ends the caller's own, and nothing was queued yet.
func (b *Backend) runAhead(r *request) {
	tx, err := b.db.Begin(false)
	if err != nil {
		return
	}
	// A damaged page can point outside the file; see guard.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { _ = tx.Rollback() }() // the only error is "already ended"
	defer func() { _ = recover() }()     // it panics again where it is told
	run, _ := b.rooms.Get().(*ahead)
	run.tables.tx = tx
	run.err = r.fn(&rows{tables: &run.tables, layer: &run.layer, reads: &run.reads})
	if !run.reads.over {
		r.ahead = run
	}
}

// accept takes over a run ahead; false when the function must be run.
func (b *Backend) accept(current *batch, r *request) bool {
	run := r.ahead
	if run == nil || !current.stand(&run.reads) {
		return false
	}
	r.err = run.err
	b.keep(current, r, &run.layer)
	return true
}

// release gives back the room of a request that is done: what was read and
// written lies in the file or nowhere. A run that never counted is not reused.
func (b *Backend) release(r *request) {
	if run := r.ahead; run != nil {
		r.ahead = nil
		run.reset()
		b.rooms.Put(run)
	}
}

// keep keeps what a function wrote that returned no error.
func (b *Backend) keep(current *batch, r *request, layer *overlay) {
	if r.err == nil && !layer.empty() {
		r.wrote, current.wrote = true, true
		current.broken = b.apply(current, layer)
	}
}
