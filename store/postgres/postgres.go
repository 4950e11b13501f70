// Package postgres keeps a store's rows in PostgreSQL, so that several replicas
// of the program can share them. It knows connections, statements and commits;
// it does not know what a row means.
//
// # Round trips
//
// A function of Update asks for rows one after another, and a network makes
// each of them wait. So it is first run on what this process supposes: rows that
// it saw lately, and that there is nothing elsewhere. Then one round trip begins
// the transaction and looks at all that the run looked at. If everything was as
// supposed the run counts; else it is run again on what is true, and the next
// round trip looks at what it asked for beyond. At last all that it wrote
// travels with COMMIT. So a turn whose rows have been seen is two round trips,
// and one whose rows have not is three: rows with keys from the text, rows with
// keys from the conversation, commit (decision 6).
//
// That a run rests on suppositions counts for nothing else: its error and its
// panic are not believed before everything it read was found to be so. A
// function that asks deeper than that is run with each look answered at once.
//
// # Transactions
//
// Turns are SERIALIZABLE. One that fails for another (40001, 40P01), or because
// a row was there that was supposed missing, has written nothing and is run
// again, with waits that grow and are drawn, and is given up after a while
// (ErrBusy). Nothing else is run again. Every row that was read is written over
// the version that was read, so that nothing rests on isolation alone; claims
// pass by what others claim and rest on that only (decision 12).
//
// Each commit writes a mark. When the connection is lost over COMMIT, the mark
// settles what came of it; see settle. If no server answers for long, the
// outcome is unknown: the caller gets store.ErrOutcomeUnknown and the backend
// does no more work.
//
// Every connection is to a server that takes writes: what is decided was never
// read from a replica that may be behind.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"linkline/conversation/casework"
	"linkline/store"
)

// Options say how a database is opened. Random, Now and Kinds must be given.
type Options struct {
	// Kinds are the kinds of record that have tables.
	Kinds []*casework.Kind
	// Random draws marks and waits. It need not be safe for several goroutines.
	Random io.Reader
	// Now is the clock that tells which marks are old.
	Now func() time.Time
	// Faults let a test fail commits by their site.
	Faults store.Faults
	// Dial, if set, makes connections, so that a test can break them.
	Dial DialFunc
	// SeenBytes bounds the rows that are remembered, to suppose them; zero means
	// 32 MiB, less than zero none.
	SeenBytes int
	// ConnectWait bounds how long a transaction waits for a connection to begin
	// with, CommitWait how long for the answer to its commit, SettleWait how long
	// for any server when that did not come. Zero means 5, 10 and 30 seconds.
	ConnectWait, CommitWait, SettleWait time.Duration
}

// Backend is a store.Backend in a PostgreSQL database.
type Backend struct {
	pool    *pgxpool.Pool
	options Options
	layout  layout
	seen    *seen
	bell    *bell
	stats   stats
	random  sync.Mutex   // held while Options.Random draws
	turnout sync.RWMutex // held alone by a transaction that others will not let pass

	mu      sync.Mutex
	closed  bool
	under   sync.WaitGroup // transactions under way
	closing chan struct{}  // closed by Close
	failed  chan struct{}  // closed when an outcome is unknown
	failing sync.Once
	stop    context.CancelFunc
}

var _ store.Backend = (*Backend)(nil)

// Stats are what a backend has done so far.
type Stats struct {
	// RoundTrips counts the times that a transaction waited for the server.
	RoundTrips int64
	// Commits counts the transactions that wrote something.
	Commits int64
	// Again counts the transactions that others were in the way of.
	Again int64
	// Settled counts the commits whose connection was lost.
	Settled int64
}

type stats struct{ roundTrips, commits, again, settled atomic.Int64 }

// Stats returns what the backend has done so far.
func (b *Backend) Stats() Stats {
	return Stats{
		RoundTrips: b.stats.roundTrips.Load(), Commits: b.stats.commits.Load(),
		Again: b.stats.again.Load(), Settled: b.stats.settled.Load(),
	}
}

const defaultSeen = 32 << 20

// Open opens the database at an address, which Migrate has made ready. It
// refuses one that is not, and a server that may lose what it acknowledges,
// with an error that says what to do.
func Open(ctx context.Context, url string, options Options) (*Backend, error) {
	options.SeenBytes = orElse(options.SeenBytes, defaultSeen)
	options.ConnectWait = orElse(options.ConnectWait, 5*time.Second)
	options.CommitWait = orElse(options.CommitWait, 10*time.Second)
	options.SettleWait = orElse(options.SettleWait, 30*time.Second)
	pool, err := newPool(ctx, url, options.Dial)
	if err != nil {
		return nil, err
	}
	b := &Backend{
		pool: pool, options: options, layout: newLayout(options.Kinds), seen: newSeen(options.SeenBytes),
		bell: newBell(), closing: make(chan struct{}), failed: make(chan struct{}),
	}
	if err := b.inspect(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	ctx, b.stop = context.WithCancel(context.WithoutCancel(ctx))
	b.watch(ctx)
	return b, nil
}

// tries is how often a transaction is run that others are in the way of. After
// the first try nobody of this process is: that costs the others less than to be
// in the way again.
const (
	tries     = 24
	freeTries = 1
)

// Update implements store.Backend.
func (b *Backend) Update(ctx context.Context, site casework.Site, fn func(store.Rows) error) error {
	leave, err := b.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	begin, wary := beginTurn, false
	for try := range tries {
		t := &turn{backend: b, site: site, begin: begin, wary: wary, known: map[ask]answer{}}
		err := b.try(try >= freeTries, func() error { return t.transact(ctx, fn) })
		switch {
		case errors.Is(err, errClaims):
			begin = beginClaim
		case errors.Is(err, errSupposed):
			wary = true
		case !errors.Is(err, errAgain):
			return err
		default:
			b.stats.again.Add(1)
		}
		if rest(ctx, b.pause(try)); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return fmt.Errorf("%s: %w: nothing was written", site, ErrBusy)
}

// try runs a transaction once, alone if need be.
func (b *Backend) try(alone bool, transact func() error) error {
	if alone {
		b.turnout.Lock()
		defer b.turnout.Unlock()
	} else {
		b.turnout.RLock()
		defer b.turnout.RUnlock()
	}
	return transact()
}

// View implements store.Backend.
func (b *Backend) View(ctx context.Context, fn func(store.Rows) error) error {
	leave, err := b.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	t := &turn{backend: b, begin: beginView, known: map[ask]answer{}}
	defer t.end(ctx)
	if err := t.fetch(ctx, nil); err != nil {
		return err
	}
	return fn(&run{turn: t, ctx: ctx, sure: true, readOnly: true})
}

// enter begins a transaction, unless the backend has ended.
func (b *Backend) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case <-b.failed:
		return nil, store.ErrClosed
	default:
	}
	if b.closed {
		return nil, store.ErrClosed
	}
	b.under.Add(1)
	return b.under.Done, nil
}

// Failed implements store.Backend.
func (b *Backend) Failed() <-chan struct{} { return b.failed }

// Close implements store.Backend. It waits for the transactions under way.
func (b *Backend) Close() error {
	b.mu.Lock()
	first := !b.closed
	b.closed = true
	b.mu.Unlock()
	if first {
		close(b.closing)
		b.stop()
	}
	b.under.Wait()
	b.bell.done.Wait()
	b.pool.Close()
	return nil
}
