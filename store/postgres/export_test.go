package postgres

import "context"

// PlainTable makes a table for rows of any key.
func (b *Backend) PlainTable(ctx context.Context, name string) error {
	b.UsePlainTable(name)
	_, err := b.pool.Exec(ctx, "CREATE TABLE plain_"+name+
		" (key bytea PRIMARY KEY, version bigint NOT NULL, body bytea NOT NULL)")
	return err
}

// UsePlainTable declares a table that another backend has made.
func (b *Backend) UsePlainTable(name string) {
	b.layout[name] = []*table{{name: name, sql: "plain_" + name}}
}

// Prune is what runs every hour.
func (b *Backend) Prune(ctx context.Context) error { return b.prune(ctx) }
