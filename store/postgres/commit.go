package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/oklog/ulid/v2"

	"linkline/conversation/casework"
	"linkline/store"
)

// commit sends all that a run wrote and COMMIT in one round trip. What is open
// is supposed missing, and the commit fails if it is not.
func (t *turn) commit(ctx context.Context, r *run, open []ask) error {
	if len(r.layer) == 0 {
		return t.commitReads(ctx)
	}
	if fault := t.backend.options.Faults.Before; fault != nil {
		if err := fault(t.site); err != nil {
			t.end(ctx)
			return t.backend.fail(t.site, err)
		}
	}
	mark, err := t.backend.newMark()
	if err != nil {
		return err
	}
	batch, w := r.writes(open, mark)
	if err := t.settled(ctx, t.sendCommit(ctx, batch), mark); err != nil {
		return err
	}
	t.backend.stats.commits.Add(1)
	w.remember()
	if fault := t.backend.options.Faults.After; fault != nil {
		if err := fault(t.site); err != nil {
			return t.backend.fail(t.site, err)
		}
	}
	return nil
}

// writes returns the batch that commits a run.
func (r *run) writes(open []ask, mark ulid.ULID) (*pgx.Batch, *writer) {
	w := &writer{run: r, wrote: map[ask]answer{}}
	for _, a := range open {
		w.none(a)
	}
	for _, tw := range r.layer.sorted() {
		w.write(tw)
	}
	w.batch.Queue(markSQL, mark[:])
	w.batch.Queue(commitSQL)
	return &w.batch, w
}

// commitReads ends a transaction that wrote nothing: only then is it certain
// that what it read belongs together.
func (t *turn) commitReads(ctx context.Context) error {
	batch := &pgx.Batch{}
	batch.Queue(commitSQL)
	if err := t.sendCommit(ctx, batch); err != nil {
		return failed(ctx, "end of "+string(t.site), err)
	}
	return nil
}

// sendCommit sends a batch that ends with COMMIT. From here on the caller's
// leaving changes nothing: the outcome is to be known.
func (t *turn) sendCommit(ctx context.Context, batch *pgx.Batch) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), t.backend.options.CommitWait)
	defer cancel()
	t.backend.stats.roundTrips.Add(1)
	results := t.conn.SendBatch(ctx, batch)
	var err error
	for range batch.Len() {
		tag, failed := results.Exec()
		if failed != nil {
			err = failed
			break
		}
		// A COMMIT of a transaction that has failed is answered with ROLLBACK.
		if tag.String() == "ROLLBACK" {
			err = errAgain
		}
	}
	return errors.Join(err, results.Close())
}

// settled turns the error of a commit that wrote into what is true of it.
func (t *turn) settled(ctx context.Context, err error, mark ulid.ULID) error {
	switch {
	case err == nil:
		return nil
	case !unknown(err):
		return failed(ctx, "commit of "+string(t.site), err)
	}
	t.end(ctx) // its connection is no good
	t.backend.stats.settled.Add(1)
	committed, asked := t.backend.settle(context.WithoutCancel(ctx), mark)
	switch {
	case asked != nil:
		return t.backend.fail(t.site, errors.Join(told(err), asked))
	case !committed:
		return fmt.Errorf("commit of %s: %w: nothing was written: %w", t.site, ErrLost, told(err))
	}
	return nil
}

// fail closes the backend to all further work.
func (b *Backend) fail(site casework.Site, cause error) error {
	b.failing.Do(func() { close(b.failed) })
	return fmt.Errorf("commit of %s: %w: %w", site, store.ErrOutcomeUnknown, cause)
}
