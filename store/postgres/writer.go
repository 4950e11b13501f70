package postgres

import (
	"github.com/jackc/pgx/v5"

	"linkline/store"
)

// writer writes what a run put and removed into the batch of its commit: for
// each table a statement for each way in which a row may be written.
type writer struct {
	*run
	batch pgx.Batch
	wrote map[ask]answer // what lies there once it is committed
	wakes bool           // work was put there that the fleet looks for
}

// group is the rows of a table that are written in the same way.
type group struct {
	keys, bodies, next [][]byte
	versions           []int64
}

func (g *group) add(key, body, next []byte, version int64) {
	g.keys, g.bodies = append(g.keys, key), append(g.bodies, body)
	g.next, g.versions = append(g.next, next), append(g.versions, version)
}

// groups are the ways of writing a row of a table.
type groups struct {
	insert, upsert, update, remove, drop group
}

// none sees to it that nothing is there, as was supposed.
func (w *writer) none(a ask) {
	if !a.walk {
		if t := w.backend.layout.of(a.table, []byte(a.key)); t != nil {
			w.batch.Queue(t.noneSQL(), [][]byte{[]byte(a.key)})
		}
		return
	}
	for _, t := range w.backend.layout.within(a.table, a.bounds()) {
		args := []any{[]byte(a.from)}
		if a.ends {
			args = append(args, []byte(a.to))
		}
		w.batch.Queue(t.noneWithinSQL(a), args...)
	}
}

// write queues the writes to one of the store's tables.
func (w *writer) write(tw tableWrites) {
	ways := map[*table]*groups{}
	var order []*table
	for _, one := range tw.writes {
		t := w.backend.layout.of(tw.table, one.key)
		if ways[t] == nil {
			ways[t], order = &groups{}, append(order, t)
		}
		w.sort(t, one, ways[t])
	}
	for _, t := range order {
		w.queue(t, ways[t])
	}
}

// sort puts a write into its group. A row that was read is written over the
// version that was read, one that was missing must still be missing, and only
// one that was never looked at is written over whatever is there.
func (w *writer) sort(t *table, one write, g *groups) {
	a := askKey(t.name, one.key)
	_, next, _ := store.Next(t.name, store.Row{Key: one.key, Value: one.value})
	was, known := w.known[a]
	if !known {
		was, known = w.supposed[a] // and is missing, or the run would not count
	}
	there := len(was.rows) > 0
	switch {
	case t.entries && one.value != nil:
		w.wakes = w.wakes || t.wakes
		g.insert.add(one.key, nil, next, 0)
	case one.value == nil && known && !there:
	case one.value == nil && (!known || t.entries):
		g.drop.add(one.key, nil, nil, 0)
	case one.value == nil:
		g.remove.add(one.key, nil, nil, was.version)
		w.wrote[a] = answer{}
	case !known:
		g.upsert.add(one.key, one.value, next, 0)
	case there:
		g.update.add(one.key, one.value, next, was.version)
		w.wrote[a] = oneRow(one.key, one.value, was.version+1)
	default:
		g.insert.add(one.key, one.value, next, 0)
		w.wrote[a] = oneRow(one.key, one.value, 1)
	}
}

func (w *writer) queue(t *table, g *groups) {
	put := func(sql string, g group) {
		args := []any{g.keys, g.bodies}
		if !t.plain() {
			args = append(args, g.next)
		}
		w.batch.Queue(sql, args...)
	}
	if len(g.drop.keys) > 0 {
		w.batch.Queue(t.dropSQL(), g.drop.keys)
	}
	if n := len(g.remove.keys); n > 0 {
		w.batch.Queue(t.removeSQL(), g.remove.keys, g.remove.versions, n)
	}
	if n := len(g.update.keys); n > 0 {
		args := []any{g.update.keys, g.update.versions, n, g.update.bodies}
		if !t.plain() {
			args = append(args, g.update.next)
		}
		w.batch.Queue(t.updateSQL(), args...)
	}
	if len(g.upsert.keys) > 0 {
		put(t.upsertSQL(), g.upsert)
	}
	switch {
	case len(g.insert.keys) == 0:
	case t.entries:
		w.batch.Queue(t.enterSQL(), g.insert.keys, g.insert.next)
	default:
		put(t.insertSQL(), g.insert)
	}
}

// remember notes what the commit wrote, and wakes whoever looks for work.
func (w *writer) remember() {
	for a, found := range w.wrote {
		w.backend.seen.set(a, found)
	}
	if w.wakes {
		w.backend.bell.ring()
	}
}
