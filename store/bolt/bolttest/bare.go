package bolttest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
)

// Way is how callers of bare bbolt commit their turns.
type Way struct {
	// BatchSize is bbolt's MaxBatchSize: so many callers share a commit of
	// DB.Batch. Zero is DB.Update, a commit for each turn.
	BatchSize int
	// BatchDelay is how long a batch waits for more callers: MaxBatchDelay.
	BatchDelay time.Duration
}

// String names the way as a table shows it.
func (w Way) String() string {
	if w.BatchSize == 0 {
		return "Update"
	}
	return fmt.Sprintf("Batch %d/%v", w.BatchSize, w.BatchDelay)
}

// Bare is a new bbolt file, opened as store/bolt opens its own, with a bucket
// for each table.
type Bare struct {
	db *bbolt.DB
}

// Open makes a file at path for these turns.
func Open(path string, turns []Turn) (*Bare, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{
		InitialMmapSize: 4 << 30, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType, NoStatistics: true,
	})
	if err != nil {
		return nil, fmt.Errorf("open bare bbolt: %w", err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, t := range turns {
			for _, r := range t {
				if _, err := tx.CreateBucketIfNotExists([]byte(r.Table)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make buckets: %w", err), db.Close())
	}
	return &Bare{db: db}, nil
}

// Replay writes the turns from so many callers at once, each waiting for its
// commit before it takes the next.
func (b *Bare) Replay(turns []Turn, callers int, way Way) error {
	commit := b.db.Update
	if way.BatchSize > 0 {
		b.db.MaxBatchSize, b.db.MaxBatchDelay = way.BatchSize, way.BatchDelay
		commit = b.db.Batch
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	failed := make([]error, callers)
	for caller := range callers {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(len(turns)) && failed[caller] == nil; i = next.Add(1) {
				failed[caller] = commit(turns[i-1].write)
			}
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// write puts the rows of a turn.
func (t Turn) write(tx *bbolt.Tx) error {
	var bucket *bbolt.Bucket
	for i, r := range t {
		if i == 0 || t[i-1].Table != r.Table {
			bucket = tx.Bucket([]byte(r.Table))
		}
		var err error
		if r.Value == nil {
			err = bucket.Delete(r.Key)
		} else {
			err = bucket.Put(r.Key, r.Value)
		}
		if err != nil {
			return fmt.Errorf("table %s: %w", r.Table, err)
		}
	}
	return nil
}

// Close closes the file.
func (b *Bare) Close() error { return b.db.Close() }

// Rows returns every row of the file, to compare with.
func (b *Bare) Rows() (rows []Row, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(table []byte, bucket *bbolt.Bucket) error {
			return bucket.ForEach(func(key, value []byte) error {
				rows = append(rows, Row{string(table), append([]byte(nil), key...), append([]byte{}, value...)})
				return nil
			})
		})
	})
	return rows, err
}
