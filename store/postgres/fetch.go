package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"linkline/store"
)

// fetch looks at all of the asks in one round trip, which also begins the
// transaction if it has not begun. What it finds is known from then on.
func (t *turn) fetch(ctx context.Context, asks []ask) error {
	for _, a := range asks {
		if a.claim && t.began == "" {
			t.begin = beginClaim
		}
		if a.claim && t.began == beginTurn {
			return errClaims // it must begin otherwise
		}
	}
	if t.began != "" {
		return t.send(ctx, asks)
	}
	for try := 0; ; try++ {
		if err := t.acquire(ctx); err != nil {
			return err
		}
		err := t.send(ctx, asks)
		if err == nil || try == staleTries || !lost(err) {
			return err
		}
		// A pooled connection may have died since it was used last, with the
		// server that is up again: no transaction has begun.
		t.end(ctx)
	}
}

// staleTries is how many dead connections a transaction passes over.
const staleTries = 3

// send is fetch over the connection of the transaction.
func (t *turn) send(ctx context.Context, asks []ask) error {
	batch := &pgx.Batch{}
	if t.began == "" {
		batch.Queue(t.begin)
		if t.begin == beginView {
			batch.Queue(takeSnapshot)
		}
	}
	heads := batch.Len()
	looks := t.queue(batch, asks)
	if batch.Len() == 0 {
		return nil
	}
	t.backend.stats.roundTrips.Add(1)
	results := t.conn.SendBatch(ctx, batch)
	err := t.receive(results, heads, looks)
	err = errors.Join(err, results.Close())
	if err != nil {
		return failed(ctx, "read", err)
	}
	if t.began == "" {
		t.began = t.begin
	}
	for _, a := range asks {
		t.backend.seen.set(a, t.known[a])
	}
	return nil
}

func (t *turn) receive(results pgx.BatchResults, heads int, looks []look) error {
	for range heads {
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	for _, l := range looks {
		if err := t.read(results, l); err != nil {
			return err
		}
	}
	return nil
}

// look is one statement of a batch: the rows of some keys of a table, or a range.
type look struct {
	table *table
	of    *ask // the range
}

// queue writes the statements for the asks: one for the keys of each table, one
// for each table of a range.
func (t *turn) queue(batch *pgx.Batch, asks []ask) []look {
	var looks []look
	keys := map[*table][][]byte{}
	var order []*table
	for i := range asks {
		a := &asks[i]
		t.known[*a] = answer{}
		if a.walk {
			for _, tb := range t.backend.layout.within(a.table, a.bounds()) {
				args := []any{[]byte(a.from), a.limit}
				if a.ends {
					args = append(args, []byte(a.to))
				}
				batch.Queue(tb.rangeSQL(*a), args...)
				looks = append(looks, look{tb, a})
			}
			continue
		}
		tb := t.backend.layout.of(a.table, []byte(a.key))
		if tb == nil {
			continue
		}
		if keys[tb] == nil {
			order = append(order, tb)
		}
		keys[tb] = append(keys[tb], []byte(a.key))
	}
	for _, tb := range order {
		batch.Queue(tb.getSQL(), keys[tb])
		looks = append(looks, look{table: tb})
	}
	return looks
}

// read takes the rows of one statement.
func (t *turn) read(results pgx.BatchResults, l look) error {
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	var found []store.Row
	for rows.Next() {
		row, err := t.scan(rows, l.table)
		if err != nil {
			return err
		}
		found = append(found, row)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if l.of != nil {
		t.known[*l.of] = answer{rows: l.of.merge(append(t.known[*l.of].rows, found...))}
	}
	return nil
}

// scan takes one row, and what is read next with it: an entry's record, a
// record's data key.
func (t *turn) scan(rows pgx.Rows, tb *table) (store.Row, error) {
	var key, record, body, dataKey, keyBody []byte
	var version, keyVersion *int64 // NULL where nothing was joined
	into := []any{&key, &version, &body}
	switch {
	case tb.entries:
		into = []any{&key, &record, &version, &body, &dataKey, &keyVersion, &keyBody}
	case !tb.plain():
		into = append(into, &dataKey, &keyVersion, &keyBody)
	}
	if err := rows.Scan(into...); err != nil {
		return store.Row{}, fmt.Errorf("row of %s: %w", tb.sql, err)
	}
	if dataKey != nil {
		t.learn("key", dataKey, keyBody, keyVersion)
	}
	if tb.entries {
		t.learn(tb.record.name, record, body, version)
		t.learn(tb.name, key, []byte{}, new(int64))
		return store.Row{Key: key, Value: []byte{}}, nil
	}
	t.learn(tb.name, key, body, version)
	return store.Row{Key: key, Value: body}, nil
}

// learn notes what lies at a key; no version means nothing does.
func (t *turn) learn(table string, key, body []byte, version *int64) {
	a, found := askKey(table, key), answer{}
	if version != nil {
		found = oneRow(key, body, *version)
	}
	t.known[a] = found
	t.backend.seen.set(a, found)
}
