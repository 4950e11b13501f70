package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"linkline/store"
)

// DialFunc makes a connection to a server.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// session is what every connection is set to. Where a server does not know one
// of these, nothing that is promised rests on it.
var session = []string{
	// A row is found by its index also in a table that is small yet: a scan of
	// the table would be in the way of everybody who writes to it.
	"SET enable_seqscan = off", "SET enable_bitmapscan = off",
	"SET enable_hashjoin = off", "SET enable_mergejoin = off",
	// There is one good plan for each statement, whatever it is asked.
	"SET plan_cache_mode = force_generic_plan", "SET jit = off",
	// A replica that stands still holds nobody up for long.
	"SET idle_in_transaction_session_timeout = '10s'", "SET lock_timeout = '5s'",
	"SET statement_timeout = '30s'",
}

func newPool(ctx context.Context, url string, dial DialFunc) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, badAddress(err)
	}
	config.ConnConfig.ConnectTimeout = orElse(config.ConnConfig.ConnectTimeout, connectTime)
	if config.ConnConfig.ValidateConnect != nil && !strings.Contains(url, "read-write") &&
		!strings.Contains(url, "primary") {
		return nil, errors.New("the database's address asks for a replica with target_session_attrs: " +
			"take that out, every connection must be to a server that takes writes")
	}
	config.ConnConfig.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	if dial != nil {
		config.ConnConfig.DialFunc = pgconn.DialFunc(dial)
	}
	config.AfterConnect = prepareSession
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", told(err))
	}
	return pool, nil
}

// prepareSession sets a new connection up.
func prepareSession(ctx context.Context, conn *pgx.Conn) error {
	for _, sql := range session {
		if _, err := conn.Exec(ctx, sql); err != nil {
			answer := (*pgconn.PgError)(nil)
			if !errors.As(err, &answer) {
				return err
			}
		}
	}
	return nil
}

// inspect refuses a database that is not ready and a server that is not safe.
func (b *Backend) inspect(ctx context.Context) error {
	if err := b.pool.Ping(ctx); err != nil {
		return fmt.Errorf("open the database: %w", told(err))
	}
	if err := b.checkSchema(ctx); err != nil {
		return err
	}
	return b.checkServer(ctx)
}

// ahead is how many migrations a newer program may have brought the database
// further: one, so that two versions can serve side by side while the fleet is
// replaced.
const ahead = 1

func (b *Backend) checkSchema(ctx context.Context) error {
	need, err := lastMigration()
	if err != nil {
		return err
	}
	var have, rows int64
	err = b.pool.QueryRow(ctx, "SELECT coalesce(max(version_id), 0) FROM "+schemaTable+" WHERE is_applied").Scan(&have)
	if err == nil && have >= 1 {
		err = b.pool.QueryRow(ctx, "SELECT layout FROM about").Scan(&rows)
	}
	switch answer := (*pgconn.PgError)(nil); {
	case errors.As(err, &answer) && answer.Code == "42P01", err == nil && have == 0:
		return fmt.Errorf("%w: it has no tables yet: run `linkline init`", ErrSchema)
	case err != nil:
		return fmt.Errorf("read the database's schema: %w", told(err))
	case have < need:
		return fmt.Errorf("%w: it is at migration %d, this program needs %d: run `linkline init` once, "+
			"which brings it up to date", ErrSchema, have, need)
	case have > need+ahead:
		return fmt.Errorf("%w: a newer linkline brought it to migration %d, this one knows %d: use that version",
			ErrSchema, have, need)
	case rows != store.Schema:
		return fmt.Errorf("%w: its rows are of layout %d, this program's of %d: use the version that wrote them",
			ErrSchema, rows, store.Schema)
	}
	return b.checkTables(ctx)
}

// checkTables refuses a database without a table of one of the kinds.
func (b *Backend) checkTables(ctx context.Context) error {
	rows, err := b.pool.Query(ctx, "SELECT table_name::text FROM information_schema.tables "+
		"WHERE table_schema = current_schema()")
	if err != nil {
		return fmt.Errorf("list the database's tables: %w", told(err))
	}
	have, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list the database's tables: %w", told(err))
	}
	for _, name := range b.layout.all() {
		if !slices.Contains(have, name) {
			return fmt.Errorf("%w: it has no table %s: run `linkline init` once, which makes it", ErrSchema, name)
		}
	}
	return nil
}

// checkServer refuses a server that acknowledges what it may lose in a power
// cut. One that does not know these settings has others, or none.
func (b *Backend) checkServer(ctx context.Context) error {
	rows, err := b.pool.Query(ctx, "SELECT name::text FROM pg_settings WHERE setting = 'off' "+
		"AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name")
	if err != nil {
		return fmt.Errorf("read the server's settings: %w", told(err))
	}
	off, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("read the server's settings: %w", told(err))
	}
	if len(off) > 0 {
		return fmt.Errorf("%w: %s is off, so a power cut loses texts that were acknowledged: set it to on",
			ErrUnsafe, strings.Join(off, " and "))
	}
	return nil
}
