package postgres

import (
	"context"

	"github.com/pressly/goose/v3"
)

// PlainTable makes a table for rows of any key.
func (b *Backend) PlainTable(ctx context.Context, name string) error {
	b.UsePlainTable(name)
	_, err := b.pool.Exec(ctx, "CREATE TABLE IF NOT EXISTS plain_"+name+
		" (key bytea PRIMARY KEY, version bigint NOT NULL, body bytea NOT NULL)")
	return err
}

// UsePlainTable declares a table that another backend has made.
func (b *Backend) UsePlainTable(name string) {
	b.layout[name] = []*table{{name: name, sql: "plain_" + name}}
}

// Prune is what runs every hour.
func (b *Backend) Prune(ctx context.Context) error { return b.prune(ctx) }

// MigrateTo stops at a version, without the tables of the kinds.
func MigrateTo(ctx context.Context, url string, version int64) error {
	return migrating(ctx, url, func(p *goose.Provider) error {
		_, err := p.UpTo(ctx, version)
		return err
	})
}
