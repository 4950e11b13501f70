package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"linkline/store/bolt/bolttest"
)

// Bare is a database with a table of keys and bodies for each table of some
// turns, to write them with nothing but pgx.
type Bare struct {
	pool *pgxpool.Pool
}

// OpenBare makes the tables of these turns in an empty database, for so many
// callers at once.
func OpenBare(ctx context.Context, url string, turns []bolttest.Turn, callers int) (*Bare, error) {
	pool, err := pgxpool.New(ctx, fmt.Sprintf("%s&pool_max_conns=%d", url, callers))
	if err != nil {
		return nil, fmt.Errorf("open bare PostgreSQL: %w", err)
	}
	made := map[string]bool{}
	for _, t := range turns {
		for _, r := range t {
			if made[r.Table] {
				continue
			}
			made[r.Table] = true
			sql := "CREATE TABLE " + bareTable(r.Table) + " (key bytea PRIMARY KEY, body bytea NOT NULL) WITH (fillfactor = 50)"
			if _, err := pool.Exec(ctx, sql); err != nil {
				pool.Close()
				return nil, fmt.Errorf("make a bare table: %w", err)
			}
		}
	}
	return &Bare{pool: pool}, nil
}

func bareTable(name string) string { return "bare_" + strings.ReplaceAll(name, ".", "_") }

// Replay writes the turns from so many callers at once, each waiting for its
// commit before it takes the next: one round trip a turn, one statement for what
// a turn puts into a table, read committed.
func (b *Bare) Replay(ctx context.Context, turns []bolttest.Turn, callers int) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	failed := make([]error, callers)
	for caller := range callers {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(len(turns)) && failed[caller] == nil; i = next.Add(1) {
				failed[caller] = b.write(ctx, turns[i-1])
			}
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// write puts the rows of a turn, which are in the order of their tables.
func (b *Bare) write(ctx context.Context, t bolttest.Turn) error {
	batch := &pgx.Batch{}
	batch.Queue("BEGIN")
	for len(t) > 0 {
		n := 1
		for n < len(t) && t[n].Table == t[0].Table {
			n++
		}
		queueBare(batch, t[:n])
		t = t[n:]
	}
	batch.Queue("COMMIT")
	if err := b.pool.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("write bare: %w", err)
	}
	return nil
}

func queueBare(batch *pgx.Batch, rows bolttest.Turn) {
	var keys, bodies, gone [][]byte
	for _, r := range rows {
		if r.Value == nil {
			gone = append(gone, r.Key)
			continue
		}
		keys, bodies = append(keys, r.Key), append(bodies, r.Value)
	}
	table := bareTable(rows[0].Table)
	if len(gone) > 0 {
		batch.Queue("DELETE FROM "+table+" WHERE key = ANY ($1::bytea[])", gone)
	}
	if len(keys) > 0 {
		batch.Queue("INSERT INTO "+table+" (key, body) SELECT * FROM unnest($1::bytea[], $2::bytea[])"+
			" ON CONFLICT (key) DO UPDATE SET body = excluded.body", keys, bodies)
	}
}

// Close closes the database.
func (b *Bare) Close() { b.pool.Close() }
