// Package memory keeps a store's rows in memory, for tests, the simulator and
// `linkline chat`. Nothing outlives the process. It does not know what the
// rows mean.
package memory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"linkline/conversation/casework"
	"linkline/store"
)

// Backend is a store.Backend in memory. A View sees what was committed when it
// began, whatever is committed meanwhile.
type Backend struct {
	// Faults let a test fail a commit; they are set before the first Update.
	Faults store.Faults

	writer sync.Mutex // held by the Update under way

	mu     sync.Mutex // guards what follows
	tables map[string]*node
	closed bool
	failed chan struct{}
}

var _ store.Backend = (*Backend)(nil)

// New returns an empty backend.
func New() *Backend {
	return &Backend{tables: map[string]*node{}, failed: make(chan struct{})}
}

// Reopen returns a backend with what this one has committed, as a process finds
// it that starts again. It works after a failure and after Close.
func (b *Backend) Reopen() *Backend {
	b.mu.Lock()
	defer b.mu.Unlock()
	next := New()
	next.tables = b.tables // committed tables never change
	return next
}

// Update implements store.Backend.
func (b *Backend) Update(ctx context.Context, site casework.Site, fn func(store.Rows) error) error {
	b.writer.Lock()
	defer b.writer.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	tables, err := b.committed()
	if err != nil {
		return err
	}
	r := &rows{tables: make(map[string]*node, len(tables)), writable: true}
	for name, root := range tables {
		r.tables[name] = root
	}
	if err := fn(r); err != nil {
		return err
	}
	if r.changed {
		return b.commit(site, r.tables)
	}
	return nil
}

func (b *Backend) commit(site casework.Site, tables map[string]*node) error {
	if fault := b.Faults.Before; fault != nil {
		if err := fault(site); err != nil {
			return b.fail(site, err)
		}
	}
	b.mu.Lock()
	b.tables = tables
	b.mu.Unlock()
	if fault := b.Faults.After; fault != nil {
		if err := fault(site); err != nil {
			return b.fail(site, err)
		}
	}
	return nil
}

// fail closes the backend to all further work.
func (b *Backend) fail(site casework.Site, cause error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	close(b.failed)
	return fmt.Errorf("commit of %s: %w: %w", site, store.ErrOutcomeUnknown, cause)
}

// View implements store.Backend.
func (b *Backend) View(ctx context.Context, fn func(store.Rows) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tables, err := b.committed()
	if err != nil {
		return err
	}
	return fn(&rows{tables: tables})
}

func (b *Backend) committed() (map[string]*node, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, store.ErrClosed
	}
	return b.tables, nil
}

// Failed implements store.Backend.
func (b *Backend) Failed() <-chan struct{} { return b.failed }

// Close implements store.Backend.
func (b *Backend) Close() error {
	b.writer.Lock()
	defer b.writer.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return nil
}

// rows are the tables as one transaction sees them.
type rows struct {
	tables   map[string]*node
	writable bool
	changed  bool
}

// Get implements store.Rows.
func (r *rows) Get(table string, key []byte) ([]byte, error) {
	return r.tables[table].get(key), nil
}

// Put implements store.Rows.
func (r *rows) Put(table string, key, value []byte) error {
	if len(key) == 0 {
		return errors.New("a row without a key")
	}
	if !r.writable {
		return store.ErrReadOnly
	}
	if value == nil {
		value = []byte{}
	}
	r.tables[table] = r.tables[table].put(store.Row{Key: key, Value: value})
	r.changed = true
	return nil
}

// Delete implements store.Rows.
func (r *rows) Delete(table string, key []byte) error {
	if !r.writable {
		return store.ErrReadOnly
	}
	r.tables[table] = r.tables[table].without(key)
	r.changed = true
	return nil
}

// Range implements store.Rows.
func (r *rows) Range(table string, bounds store.Bounds) ([]store.Row, error) {
	var out []store.Row
	r.tables[table].walk(bounds, func(row store.Row) bool {
		out = append(out, row)
		return len(out) < bounds.Limit
	})
	return out, nil
}

// inside reports on which side of the bounds a key lies.
func inside(b store.Bounds, key []byte) (notBefore, notAfter bool) {
	return b.From == nil || bytes.Compare(key, b.From) >= 0,
		b.To == nil || bytes.Compare(key, b.To) < 0
}
