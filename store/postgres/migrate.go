package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"linkline/conversation/casework"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaTable is where the database keeps which migrations it has had.
const schemaTable = "linkline_schema"

// Schema says how far a database is on the way to what this program needs.
// Migrations only go forward: what one takes away, no running version reads.
// The tables of the kinds of record are not among them: they are all alike, and
// made where they are missing.
type Schema struct {
	// Have is the last migration that the database has had; zero for none.
	Have int64
	// Need is the last that this program knows.
	Need int64
}

// Status returns how far the database is.
func Status(ctx context.Context, url string) (Schema, error) {
	var status Schema
	err := migrating(ctx, url, func(p *goose.Provider) (err error) {
		status.Have, status.Need, err = p.GetVersions(ctx)
		return err
	})
	return status, err
}

// Migrate brings the database up to what this program needs, with a table for
// each kind of record. Of several that try at once, one does it and the others
// wait. A database that a newer program has brought further is left as it is.
func Migrate(ctx context.Context, url string, kinds []*casework.Kind) error {
	err := migrating(ctx, url, func(p *goose.Provider) error {
		_, err := p.Up(ctx)
		return err
	})
	if err != nil {
		return err
	}
	return makeTables(ctx, url, kinds)
}

// makeTables makes the tables that are missing of these kinds.
func makeTables(ctx context.Context, url string, kinds []*casework.Kind) error {
	config, err := connConfig(url)
	if err != nil {
		return err
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("make tables: %w", told(err))
	}
	defer func() { _ = conn.Close(ctx) }() // nothing is under way
	for name, tables := range newLayout(kinds) {
		for _, t := range tables {
			if t.plain() {
				continue // a migration's
			}
			if err := makeTable(ctx, conn, t); err != nil {
				return fmt.Errorf("make a table of %s: %w", name, told(err))
			}
		}
	}
	return nil
}

// makeTable makes one table unless it is there. Two that make it at once meet in
// the server's own tables, where IF NOT EXISTS does not reach: the second is told
// that a row, a type or the table is there, and finds it so when it asks again.
func makeTable(ctx context.Context, conn *pgx.Conn, t *table) error {
	_, err := conn.Exec(ctx, t.createSQL())
	answer := (*pgconn.PgError)(nil)
	if errors.As(err, &answer) && slices.Contains([]string{codeUnique, codeObject, codeTable}, answer.Code) {
		_, err = conn.Exec(ctx, t.createSQL())
	}
	return err
}

func migrating(ctx context.Context, url string, do func(*goose.Provider) error) (err error) {
	config, err := connConfig(url)
	if err != nil {
		return err
	}
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	p, err := provider(db)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := do(p); err != nil {
		return fmt.Errorf("migrate the database: %w", told(err))
	}
	return nil
}

// lockProbes bounds how long one waits for another that migrates, in seconds.
const lockProbes = 300

func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, lockProbes))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithTableName(schemaTable), goose.WithSessionLocker(locker),
		goose.WithDisableGlobalRegistry(true))
}

// connConfig reads an address for a connection of its own.
func connConfig(url string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, badAddress(err)
	}
	config.ConnectTimeout = orElse(config.ConnectTimeout, connectTime)
	return config, nil
}

// connectTime bounds one try to connect.
const connectTime = 5 * time.Second

// badAddress says that an address cannot be read, without the address.
func badAddress(error) error {
	return errors.New("the database's address cannot be read: it is like postgres://user:password@host:5432/name")
}

func orElse[T comparable](value, other T) T {
	var none T
	if value == none {
		return other
	}
	return value
}

// lastMigration is the version of the last migration that this program knows.
func lastMigration() (int64, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("list migrations: %w", err)
	}
	return goose.NumericComponent(filepath.Base(names[len(names)-1])) // in the order of their names
}
