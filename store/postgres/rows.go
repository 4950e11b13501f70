package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"linkline/store"
)

// run is one run of a function. What the transaction does not know yet it
// supposes, and notes that it did; or, in a run that supposes nothing, asks for
// it at once.
type run struct {
	*turn
	ctx      context.Context // of the looks, which are not passed one
	layer    overlay
	supposed map[ask]answer
	order    []ask // of what is supposed
	expected []ask // what may be read, but was not
	sure     bool  // it supposes nothing
	readOnly bool

	err      error
	panicked *panicked
}

var _ store.Rows = (*run)(nil)

// maxSupposed bounds what one run supposes. One that reads more is a rare one;
// it is run again and supposes nothing.
const maxSupposed = 2048

// errTooMuch ends a run that supposes too much; nobody gets it.
var errTooMuch = errors.New("too much is supposed")

// Get implements store.Rows.
func (r *run) Get(name string, key []byte) ([]byte, error) {
	if w, ok := r.layer.get(name, key); ok {
		return w.value, nil
	}
	if r.backend.layout.of(name, key) == nil {
		return nil, nil // no row can have that key
	}
	found, err := r.look(askKey(name, key))
	return found.value(), err
}

// Range implements store.Rows.
func (r *run) Range(name string, b store.Bounds) ([]store.Row, error) {
	writes := r.layer.within(name, b)
	wanted := askRange(name, b)
	if len(r.backend.layout[name]) == 0 {
		return nil, nil // no row was ever put there
	}
	stored := wanted
	stored.limit += removed(writes)
	found, err := r.look(stored)
	if err != nil {
		return nil, err
	}
	return over(found.rows, writes, wanted), nil
}

// look answers an ask: with what the transaction knows, and else with what is
// supposed.
func (r *run) look(a ask) (answer, error) {
	if found, ok := r.known[a]; ok {
		return found, nil
	}
	if r.sure {
		if err := r.fetch(r.ctx, []ask{a}); err != nil {
			return answer{}, err
		}
		return r.known[a], nil
	}
	if found, ok := r.supposed[a]; ok {
		return found, nil
	}
	if len(r.order) == maxSupposed {
		return answer{}, errTooMuch
	}
	found := r.backend.seen.get(a) // nothing at all, if it was never seen
	r.supposed[a] = found
	r.order = append(r.order, a)
	return found, nil
}

// Expect notes that a row may be read later, so that it is looked at with the
// others.
func (r *run) Expect(name string, key []byte) {
	r.expect(askKey(name, key))
}

// ExpectRange is Expect for the rows of a range.
func (r *run) ExpectRange(name string, b store.Bounds) { r.expect(askRange(name, b)) }

func (r *run) expect(a ask) {
	if _, known := r.known[a]; !known && !r.sure && len(r.expected) < maxSupposed {
		r.expected = append(r.expected, a)
	}
}

// Put implements store.Rows.
func (r *run) Put(name string, key, value []byte) error {
	if len(key) == 0 {
		return errors.New("a row without a key")
	}
	if r.readOnly {
		return store.ErrReadOnly
	}
	t := r.backend.layout.of(name, key)
	if t == nil {
		return fmt.Errorf("no table of this database is for that row of %s", name)
	}
	if t.entries && len(value) > 0 {
		return fmt.Errorf("an index entry of %s has a value", name)
	}
	if value == nil {
		value = []byte{}
	}
	r.layer.set(name, write{key, value})
	return nil
}

// Delete implements store.Rows.
func (r *run) Delete(name string, key []byte) error {
	if r.readOnly {
		return store.ErrReadOnly
	}
	if r.backend.layout.of(name, key) != nil {
		r.layer.set(name, write{key: key})
	}
	return nil
}

// open returns what the run supposed and the transaction must look at before
// the run counts. A row that was supposed missing and is put by the run needs no
// look, since its INSERT fails if it is there: not once the transaction has
// begun, and not before that in a table where such a row is seldom there.
func (r *run) open() []ask {
	var out []ask
	for _, a := range r.order {
		if _, known := r.known[a]; !known && !r.proves(a) {
			out = append(out, a)
		}
	}
	return out
}

// proves reports whether the run's own INSERT proves that a row is missing. One
// that failed inserts nothing.
func (r *run) proves(a ask) bool {
	if a.walk || r.err != nil || r.wary || len(r.supposed[a].rows) > 0 {
		return false
	}
	w, put := r.layer.get(a.table, []byte(a.key))
	if !put || w.value == nil {
		return false
	}
	return r.began != "" || r.backend.layout.of(a.table, []byte(a.key)).doubt.none()
}

// looks returns what to look at next: what is open, and what may be read after.
// At first that is only what was never seen: of the rest a run that reads it
// says so, and a look for nothing is in the way of others.
func (r *run) looks(open []ask) []ask {
	for _, a := range r.expected {
		_, known := r.known[a]
		if !known && (r.began != "" || !r.backend.seen.has(a)) && !slices.Contains(open, a) {
			open = append(open, a)
		}
	}
	return open
}

// stands reports whether all that was supposed turned out to be so.
func (r *run) stands() bool {
	for _, a := range r.order {
		if found, ok := r.known[a]; ok && !found.equal(r.supposed[a]) {
			return false
		}
	}
	return !errors.Is(r.err, errTooMuch)
}

// learnDoubt learns how often rows that were supposed missing, and put, are
// there.
func (r *run) learnDoubt() {
	for _, a := range r.order {
		found, known := r.known[a]
		if a.walk || !known || len(r.supposed[a].rows) > 0 {
			continue
		}
		if w, put := r.layer.get(a.table, []byte(a.key)); put && w.value != nil {
			r.backend.layout.of(a.table, []byte(a.key)).doubt.learn(len(found.rows) > 0)
		}
	}
}
