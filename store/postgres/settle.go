package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/oklog/ulid/v2"
)

// newMark draws the mark of a commit. Marks of later commits sort behind, so
// that they lie together and old ones can be removed.
func (b *Backend) newMark() (ulid.ULID, error) {
	b.random.Lock()
	defer b.random.Unlock()
	mark, err := ulid.New(ulid.Timestamp(b.options.Now()), b.options.Random)
	if err != nil {
		return mark, fmt.Errorf("draw a commit's mark: %w", err)
	}
	return mark, nil
}

// settle finds out whether a commit happened whose connection was lost. It puts
// a void mark of the same id: if the commit happened its own mark is there
// already, if it is still under way the server waits for it, and if it comes
// later it fails for the void mark. So the answer holds for ever.
func (b *Backend) settle(ctx context.Context, mark ulid.ULID) (committed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, b.options.SettleWait)
	defer cancel()
	for try := 0; ; try++ {
		committed, err = b.askMark(ctx, mark)
		if err == nil {
			return committed, nil
		}
		select {
		case <-ctx.Done():
			return false, fmt.Errorf("the database does not answer: %w", told(err))
		case <-time.After(b.pause(try)):
		}
	}
}

// askMark voids a commit unless it happened, over a connection of its own: all
// of the pool's may be as dead as the one that was lost.
func (b *Backend) askMark(ctx context.Context, mark ulid.ULID) (committed bool, err error) {
	conn, err := pgx.ConnectConfig(ctx, b.pool.Config().ConnConfig)
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close(ctx) }() // it has answered
	if _, err := conn.Exec(ctx, voidSQL, mark[:]); err != nil {
		return false, err
	}
	var void bool
	if err := conn.QueryRow(ctx, readMarkSQL, mark[:]).Scan(&void); err != nil {
		return false, err
	}
	return !void, nil
}

// keepMarks is how long the mark of a commit is kept; whoever asks for one does
// so within SettleWait.
const keepMarks = 24 * time.Hour

// prune removes the marks that nobody will ask for.
func (b *Backend) prune(ctx context.Context) error {
	var before ulid.ULID
	if err := before.SetTime(ulid.Timestamp(b.options.Now().Add(-keepMarks))); err != nil {
		return fmt.Errorf("prune marks: %w", err)
	}
	if _, err := b.pool.Exec(ctx, pruneSQL, before[:]); err != nil {
		return fmt.Errorf("prune marks: %w", told(err))
	}
	return nil
}

// Waits between tries double from the shortest to the longest, and are drawn
// between half of that and all of it, so that those who met do not meet again.
const (
	shortestPause = 500 * time.Microsecond
	longestPause  = 250 * time.Millisecond
)

// pause is how long to wait after so many tries.
func (b *Backend) pause(tries int) time.Duration {
	longest := min(shortestPause<<min(tries, 16), longestPause)
	var drawn [1]byte
	b.random.Lock()
	_, err := io.ReadFull(b.options.Random, drawn[:])
	b.random.Unlock()
	if err != nil && !errors.Is(err, io.EOF) {
		return longest
	}
	return longest/2 + longest/2*time.Duration(drawn[0])/256
}
