package postgres

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"linkline/conversation/casework"
	"linkline/store"
)

// turn is one transaction of the database.
type turn struct {
	backend *Backend
	site    casework.Site
	begin   string // how it is to begin
	wary    bool   // an INSERT found a row that was supposed missing
	known   map[ask]answer

	looked int // how often
	conn   *pgxpool.Conn
	began  string // how it began; "" when it has not
}

// How often a function is run before nothing is supposed any more: its reads
// are then as deep as this many round trips.
const supposeRuns = 4

var (
	// errAgain means that the transaction came to nothing and is to be run again.
	errAgain = errors.New("run again")
	// errSupposed is errAgain because of something that was supposed.
	errSupposed = fmt.Errorf("%w: a supposition was wrong", errAgain)
	// errClaims is errAgain for a transaction that turned out to claim.
	errClaims = fmt.Errorf("%w: it claims", errAgain)
)

// panicked carries a panic from a function to its caller.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string {
	return fmt.Sprintf("%v\n\nin a transaction:\n%s", p.value, p.stack)
}

// transact runs a function in the transaction until all that it read is known
// to be so, and commits what it wrote.
func (t *turn) transact(ctx context.Context, fn func(store.Rows) error) error {
	defer t.end(ctx)
	r := t.run(ctx, fn, false)
	for runs := 1; ; runs++ {
		open := r.open()
		if t.began != "" && (len(open) == 0 || r.bare(open)) && r.stands() {
			return t.finish(ctx, r, open)
		}
		if err := t.fetch(ctx, r.looks(open)); err != nil {
			return err
		}
		t.looked++
		r.learnDoubt()
		if !r.stands() {
			r = t.run(ctx, fn, runs >= supposeRuns || errors.Is(r.err, errTooMuch))
		} else if len(r.open()) == 0 {
			return t.finish(ctx, r, nil)
		}
	}
}

// run runs the function once.
func (t *turn) run(ctx context.Context, fn func(store.Rows) error, sure bool) (r *run) {
	r = &run{turn: t, ctx: ctx, layer: overlay{}, supposed: map[ask]answer{}, sure: sure}
	defer func() {
		// A function that ends its goroutine ends the caller's too.
		if value := recover(); value != nil {
			r.panicked = &panicked{value: value, stack: debug.Stack()}
			r.err = r.panicked
		}
	}()
	r.err = fn(r)
	return r
}

// bare reports whether all that is open is whether there is anything at all at
// some keys or in some ranges, and was supposed not to be: the commit itself then
// sees to it. So it is with ids and references that each run draws anew, and that
// is why they are open still when all else was looked at twice.
func (r *run) bare(open []ask) bool {
	if r.looked < 2 || r.err != nil || r.wary || len(r.layer) == 0 {
		return false
	}
	for _, a := range open {
		if a.limit > 2 || a.claim || len(r.supposed[a].rows) > 0 {
			return false
		}
	}
	return true
}

// finish ends a transaction whose run counts.
func (t *turn) finish(ctx context.Context, r *run, open []ask) error {
	switch {
	case r.panicked != nil:
		t.end(ctx)
		panic(r.panicked)
	case r.err != nil:
		return r.err
	}
	return t.commit(ctx, r, open)
}

// acquire takes a connection, and waits a while for a server that is away: no
// transaction has begun, so nothing is done twice.
func (t *turn) acquire(ctx context.Context) error {
	deadline := time.NewTimer(t.backend.options.ConnectWait)
	defer deadline.Stop()
	for try := 0; ; try++ {
		conn, err := t.backend.pool.Acquire(ctx)
		if err == nil {
			t.conn = conn
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		select {
		case <-deadline.C:
			return fmt.Errorf("connect to the database: %w", told(err))
		case <-t.backend.closing:
			return store.ErrClosed
		case <-time.After(t.backend.pause(try)):
		}
	}
}

// end gives the connection back, and rolls back what was not committed.
func (t *turn) end(ctx context.Context) {
	conn := t.conn
	if conn == nil {
		return
	}
	t.conn, t.began = nil, ""
	if raw := conn.Conn(); !raw.IsClosed() && raw.PgConn().TxStatus() != 'I' {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), t.backend.options.CommitWait)
		defer cancel()
		t.backend.stats.roundTrips.Add(1)
		_, _ = conn.Exec(ctx, "ROLLBACK") // a connection that cannot is not used again
	}
	conn.Release()
}
