package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"linkline/scheduler/schedulertest"
	"linkline/store/bolt"
)

// fewJobs is how many jobs wait in the smaller of the two stores.
const fewJobs = 1000

// due compares finding and running a due job among a million that wait with the
// same among a thousand, on two files in one run: it is found by index, so it
// should cost the same. With fewer rounds there are fewer that wait.
func (b *bench) due(ctx context.Context, out io.Writer) (err error) {
	few, closeFew, err := b.crowd(ctx, fewJobs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeFew()) }()
	many, closeMany, err := b.crowd(ctx, min(10*fewJobs*b.rounds*b.rounds, 1000*fewJobs))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeMany()) }()
	cost, err := schedulertest.Compare(ctx, few, many, 10*b.rounds+1)
	if err != nil {
		return fmt.Errorf("run due jobs: %w", err)
	}
	_, _ = fmt.Fprintf(out, "\nDue jobs, durable on disk; medians of %d rounds of %d jobs: %v.\n", 10*b.rounds+1, schedulertest.Page, cost)
	return nil
}

// crowd is a store of its own with so many jobs that wait.
func (b *bench) crowd(ctx context.Context, waiting int) (c *schedulertest.Crowd, done func() error, err error) {
	path, err := b.newStore()
	if err != nil {
		return nil, nil, err
	}
	backend, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return nil, nil, err
	}
	db, err := overRows(backend)
	if err != nil {
		return nil, nil, errors.Join(err, backend.Close())
	}
	if c, err = schedulertest.NewCrowd(ctx, db, waiting, time.Now); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("plan %d jobs: %w", waiting, err), db.Close())
	}
	return c, db.Close, nil
}
