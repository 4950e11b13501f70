package postgres

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The channel on which replicas tell each other that there is work.
const (
	listenSQL = "LISTEN linkline"
	notifySQL = "NOTIFY linkline"
)

const (
	// quiet is the least time between two rings: work that comes in a burst is
	// told once, and commits never wait for it.
	quiet = 20 * time.Millisecond
	// hourly is how often old marks are removed.
	hourly = time.Hour
)

// bell tells other replicas that there is work, and this one when others do. It
// only ever wakes early: whoever looks for work polls underneath, and where the
// database has no LISTEN (CockroachDB) nothing is told.
type bell struct {
	rung chan struct{} // work was committed here
	wake chan struct{} // work was committed somewhere
	done sync.WaitGroup
}

func newBell() *bell {
	return &bell{rung: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
}

func (b *bell) ring() { signal(b.rung) }

// signal sends without waiting: one signal that waits is as good as many.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Wake is signalled some time after a commit, of any replica, that left work to
// be found. It may miss one and may come for nothing, so it is no more than a
// reason to look before the next poll.
func (b *Backend) Wake() <-chan struct{} { return b.bell.wake }

// watch starts what runs beside the transactions until ctx ends.
func (b *Backend) watch(ctx context.Context) {
	b.bell.done.Go(func() { b.tell(ctx) })
	b.bell.done.Go(func() { b.listen(ctx) })
	b.bell.done.Go(func() { b.tidy(ctx) })
}

// tell notifies the other replicas of work. It is not part of the commit, which
// would have to wait for every other commit that notifies.
func (b *Backend) tell(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.bell.rung:
		}
		if _, err := b.pool.Exec(ctx, notifySQL); refused(err) {
			return
		}
		rest(ctx, quiet)
	}
}

// listen hears what the other replicas tell, over a connection of its own.
func (b *Backend) listen(ctx context.Context) {
	for try := 0; ctx.Err() == nil; try++ {
		heard, err := b.hear(ctx)
		if refused(err) {
			return
		}
		if heard {
			try = 0
		}
		rest(ctx, b.pause(try+5))
	}
}

// hear listens until the connection breaks.
func (b *Backend) hear(ctx context.Context) (heard bool, err error) {
	conn, err := pgx.ConnectConfig(ctx, b.pool.Config().ConnConfig)
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // nothing is under way
	if _, err := conn.Exec(ctx, listenSQL); err != nil {
		return false, err
	}
	for {
		signal(b.bell.wake) // also for what was told before it listened
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return true, err
		}
	}
}

// tidy removes old marks, now and then.
func (b *Backend) tidy(ctx context.Context) {
	for ctx.Err() == nil {
		_ = b.prune(ctx) // it is tried again, and what it leaves harms nobody
		rest(ctx, hourly)
	}
}

// refused reports whether the server answered that it will not do this.
func refused(err error) bool {
	answer := (*pgconn.PgError)(nil)
	return errors.As(err, &answer) && (answer.Code == "0A000" || answer.Code == "42601")
}

// rest waits, unless ctx ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
