package bolt

import (
	"fmt"
	"runtime/debug"

	"go.etcd.io/bbolt"

	"linkline/store"
)

// maxBatch bounds how many functions share a commit, so that the first of them
// does not wait for ever.
const maxBatch = 256

// goodBatch is how many make a commit worth its cost. Beyond it nobody is let in
// first: better they run while the disk is at work.
const goodBatch = 28

// batch is the functions that share one commit.
type batch struct {
	tables
	todo   []*request // not run yet
	done   []*request // run
	wrote  bool
	broken error // a write that bbolt refused: nothing may be committed
	// alone is set when a caller leads her own batch: nobody else's function runs
	// in her goroutine, which it could end.
	alone bool
}

// write is the goroutine that writes for those who came while another wrote.
// Where a function ends the goroutine, another takes its place.
func (b *Backend) write() {
	ended := false
	defer func() {
		if !ended {
			go b.write()
		}
	}()
	for todo := b.queue.wait(); len(todo) > 0; todo = b.queue.wait() {
		b.lead(b.begin(todo))
	}
	ended = true
	close(b.stopped)
}

// begin starts a batch.
func (b *Backend) begin(todo []*request) *batch {
	current := &batch{todo: todo}
	current.tx, current.broken = b.beginTx()
	return current
}

// lead takes a batch to its commit and answers it. Whoever leads holds the
// queue's turn. A batch that a function left behind by ending the goroutine (as
// testing's FailNow does) is led on by another.
func (b *Backend) lead(current *batch) {
	ended := false
	defer func() {
		if !ended {
			go b.lead(current)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see guard
	for r := b.next(current); r != nil; r = b.next(current) {
		if !b.accept(current, r) {
			b.run(current, r)
		}
	}
	err := b.commit(current)
	b.queue.rest()
	current.answer(err)
	ended = true
}

func (b *Backend) beginTx() (tx *bbolt.Tx, err error) {
	defer guard(&err, "begin update")
	return b.db.Begin(true)
}

// next is the next request to run, also one that came since the batch began;
// nil when it is time to commit.
func (b *Backend) next(current *batch) *request {
	for current.broken == nil {
		switch {
		case len(current.todo) > 0 || len(current.done) >= maxBatch || current.alone:
		case len(current.done) >= goodBatch:
			current.todo = b.queue.poll()
		default:
			current.todo = b.queue.more()
		}
		if len(current.todo) == 0 {
			return nil
		}
		r := current.todo[0]
		current.todo = current.todo[1:]
		if r.start() {
			current.done = append(current.done, r)
			return r
		}
	}
	return nil
}

// run runs one function over its own overlay, and keeps what it wrote if it
// returns no error.
func (b *Backend) run(current *batch, r *request) {
	room, _ := b.rooms.Get().(*ahead)
	returned := false
	defer func() {
		if returned {
			return
		}
		if value := recover(); value != nil {
			r.panicked = &panicked{value: value, stack: debug.Stack()}
			return
		}
		r.exited = true
	}()
	r.err = r.fn(&rows{tables: &current.tables, layer: &room.layer})
	returned = true
	b.keep(current, r, &room.layer)
	room.layer.reset()
	b.rooms.Put(room)
}

// apply writes an overlay into the batch's transaction.
func (b *Backend) apply(current *batch, layer *overlay) (err error) {
	defer guard(&err, "write")
	for _, t := range layer.tables {
		bucket, err := current.create(t.name)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		for _, w := range t.writes {
			if w.value == nil {
				err = bucket.Delete(w.key)
			} else {
				err = bucket.Put(w.key, w.value)
			}
			if err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
			if b.options.OnWrite != nil {
				b.options.OnWrite(t.name, w.key, w.value)
			}
		}
	}
	return nil
}

// commit makes a batch durable. An error means that nobody knows whether it
// is, and ends the backend.
func (b *Backend) commit(current *batch) error {
	err := current.broken
	switch {
	case err != nil:
	case current.wrote:
		err = b.commitTx(current)
	default:
		err = current.rollback()
	}
	if err == nil {
		return nil
	}
	// bbolt may not have ended the transaction; Close would wait for it.
	_ = current.rollback() // the first error is the one to tell
	close(b.failed)
	b.queue.close()
	current.todo = append(current.todo, b.queue.poll()...)
	return fmt.Errorf("%w: %w", store.ErrOutcomeUnknown, err)
}

func (b *Backend) commitTx(current *batch) (err error) {
	defer guard(&err, "commit")
	if err := current.each(b.options.Faults.Before); err != nil {
		return err
	}
	number := current.tx.ID()
	if err := current.tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if err := b.identity.mark(number); err != nil {
		return err
	}
	return current.each(b.options.Faults.After)
}

func (c *batch) rollback() (err error) {
	defer guard(&err, "roll back")
	if c.tx == nil {
		return nil
	}
	return c.tx.Rollback()
}

// each asks a test's hook about every function that wrote.
func (c *batch) each(fault func(site) error) error {
	if fault == nil {
		return nil
	}
	for _, r := range c.done {
		if !r.wrote {
			continue
		}
		if err := fault(r.site); err != nil {
			return fmt.Errorf("commit of %s: %w", r.site, err)
		}
	}
	return nil
}

// answer tells every caller of the batch. Whoever only read may have read what
// was not durable yet, so an unknown outcome is theirs too; whoever was not run
// only learns that the store has ended.
func (c *batch) answer(err error) {
	for _, r := range c.done {
		if err != nil {
			r.err = err
		}
		close(r.finished)
	}
	for _, r := range c.todo {
		if r.start() {
			r.err = store.ErrClosed
			close(r.finished)
		}
	}
}
