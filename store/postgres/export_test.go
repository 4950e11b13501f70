package postgres

import "context"

// PlainTable makes a table for rows of any key.
func (b *Backend) PlainTable(ctx context.Context, name string) error {
	t := &table{name: name, sql: "plain_" + name}
	b.layout[name] = []*table{t}
	_, err := b.pool.Exec(ctx, "CREATE TABLE "+t.sql+" (key bytea PRIMARY KEY, version bigint NOT NULL, body bytea NOT NULL)")
	return err
}
