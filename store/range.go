package store

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"linkline/conversation/casework"
)

// defaultLimit bounds a page that names no limit.
const defaultLimit = 100

// page collects the records of a Range.
type page struct {
	casework.Page
	limit  int
	last   []byte // of the last record: where the next page begins
	more   bool   // there is a record after the last
	claim  bool   // look no further than is claimed
	cursor func(last []byte) []byte
}

// full reports that a record more belongs to the next page.
func (p *page) full() bool {
	p.more = len(p.Records) == p.limit
	return p.more
}

// enough reports that what is claimed fills the page.
func (p *page) enough() bool { return p.claim && len(p.Records) == p.limit }

func (p *page) add(r casework.Record, at []byte) {
	p.Records, p.last = append(p.Records, r), at
}

func (p *page) result() casework.Page {
	if p.more {
		p.Next = base64.RawURLEncoding.EncodeToString(p.cursor(p.last))
	}
	return p.Page
}

// Claim implements casework.Tx. Its page has no next one: what is behind it is
// for whoever comes next.
func (t *tx) Claim(kind *casework.Kind, span casework.Span) (casework.Page, error) {
	return t.page(kind, span, true)
}

// Range implements casework.Tx. In the service's own scope an index that is
// not the fleet's is in the order of its teams, then of its entries.
func (t *tx) Range(kind *casework.Kind, span casework.Span) (casework.Page, error) {
	return t.page(kind, span, false)
}

func (t *tx) page(kind *casework.Kind, span casework.Span, claim bool) (casework.Page, error) {
	tb, err := t.table(kind)
	if err != nil {
		return casework.Page{}, err
	}
	if span.Limit <= 0 {
		span.Limit = defaultLimit
	}
	after, err := base64.RawURLEncoding.DecodeString(span.After)
	if err != nil {
		return casework.Page{}, fmt.Errorf("range %s: not a cursor", kind.Name)
	}
	p := &page{limit: span.Limit, claim: claim}
	if span.Index == "" {
		err = t.rangeKeys(tb, span, after, p)
	} else {
		err = t.rangeIndex(tb, span, after, p)
	}
	if err != nil {
		return casework.Page{}, fmt.Errorf("range %s %s: %w", kind.Name, span.Index, err)
	}
	return p.result(), nil
}

// rangeKeys walks the rows of the records themselves.
func (t *tx) rangeKeys(tb *table, span casework.Span, cursor []byte, p *page) error {
	p.cursor = func(last []byte) []byte { return last }
	bounds := bound(nil, []byte(span.Prefix), span.Until)
	narrow(&bounds, cursor, span.Reverse)
	return t.walk(tb.name, bounds, p, func(at Row) (bool, error) {
		if _, ours := tb.key(at.Key); !ours {
			return true, nil
		}
		r, err := parseRow(at.Key, at.Value)
		if err != nil {
			return false, err
		}
		return t.collect(tb, found{at.Key, &r, at.Key}, p)
	})
}

// indexWalk is a Range over one index.
type indexWalk struct {
	*tx
	tb     *table
	ix     *index
	span   casework.Span
	cursor []byte // the row of the last record of the page before
	page   *page
}

// rangeIndex walks the rows of an index.
func (t *tx) rangeIndex(tb *table, span casework.Span, cursor []byte, p *page) error {
	ix := tb.indexes[span.Index]
	switch {
	case ix == nil:
		return errors.New("no such index")
	case ix.Fleet && t.team != "":
		return ErrScope
	case ix.Blind && span.Until != "":
		return errors.New("a blind index has no order for Until")
	}
	p.cursor = func(last []byte) []byte { return last[len(ix.prefix):] }
	if len(cursor) > 0 {
		cursor = slices.Concat(ix.prefix, cursor)
	}
	w := &indexWalk{tx: t, tb: tb, ix: ix, span: span, cursor: cursor, page: p}
	if ix.Fleet || t.team != "" {
		return w.team(t.team)
	}
	return w.teams()
}

// team walks the entries of one team, or those of the fleet.
func (w *indexWalk) team(team casework.TeamID) error {
	base := w.ix.within(w.tx, team, "")
	start := w.ix.within(w.tx, team, w.span.Prefix)
	if w.ix.Blind {
		base, start = start, append(start, zero)
	}
	bounds := bound(base, start[len(base):], w.span.Until)
	narrow(&bounds, w.cursor, w.span.Reverse)
	return w.walk(w.tb.index, bounds, w.page, w.visit)
}

// visit adds the record of an index row to the page; false when it is full.
func (w *indexWalk) visit(at Row) (bool, error) {
	cut := bytes.LastIndexByte(at.Key, zero) + 1
	entry, place := at.Key[:cut], w.tb.row(&w.keyRoom, string(at.Key[cut:]))
	value, err := w.rows.Get(w.tb.name, place)
	if err != nil {
		return false, err
	}
	if value == nil {
		return false, fmt.Errorf("an entry without a record: %w", ErrCorrupt)
	}
	r, err := parseRow(place, value)
	if err != nil {
		return false, err
	}
	if !contains(r.entries, entry) {
		return false, fmt.Errorf("an entry that is not its record's: %w", ErrCorrupt)
	}
	return w.collect(w.tb, found{place, &r, at.Key}, w.page)
}

// teams walks the entries of every team that has any, team by team.
func (w *indexWalk) teams() error {
	bounds := Bounds{From: w.ix.prefix, To: after(w.ix.prefix), Limit: 1, Reverse: w.span.Reverse}
	if own := w.ownTeam(w.cursor); own != nil { // the cursor's first
		bounds = beyond(bounds, own, after(own))
	}
	for !w.page.more && !w.page.enough() {
		rows, err := w.rows.Range(w.tb.index, bounds)
		if err != nil || len(rows) == 0 {
			return err
		}
		own := w.ownTeam(rows[0].Key)
		if own == nil {
			return fmt.Errorf("an entry without a team: %w", ErrCorrupt)
		}
		team := own[len(w.ix.prefix) : len(own)-1]
		if err := w.team(casework.TeamID(team)); err != nil {
			return err
		}
		bounds = beyond(bounds, after(own), own)
	}
	return nil
}

// ownTeam is how the rows of the team begin that a row is of.
func (w *indexWalk) ownTeam(row []byte) []byte {
	if !bytes.HasPrefix(row, w.ix.prefix) {
		return nil
	}
	n := bytes.IndexByte(row[len(w.ix.prefix):], zero)
	if n < 0 {
		return nil
	}
	return row[:len(w.ix.prefix)+n+1]
}

// beyond moves the near end of the bounds, in the direction of the walk.
func beyond(b Bounds, from, to []byte) Bounds {
	if b.Reverse {
		b.To = to
	} else {
		b.From = from
	}
	return b
}

// found is a record's row, taken apart, and where the walk found it.
type found struct {
	at    []byte
	row   *row
	place []byte
}

// collect adds a record to the page; false when the page is full.
func (t *tx) collect(tb *table, f found, p *page) (bool, error) {
	if !f.row.seenBy(string(t.team)) {
		return true, nil
	}
	key, err := t.keyOf(f.row)
	if err != nil {
		return false, err
	}
	if key == nil {
		return true, nil // erased
	}
	if p.full() {
		return false, nil
	}
	record, err := t.open(tb, f.at, f.row)
	if err != nil {
		return false, err
	}
	p.add(record, f.place)
	return !p.enough(), nil
}

// walk calls fn with each row within the bounds until it answers false. One row
// more than the page holds tells whether there is a next page; of what is
// claimed nobody may be kept from the row more.
func (t *tx) walk(table string, bounds Bounds, p *page, fn func(Row) (bool, error)) error {
	bounds.Limit, bounds.Claim = p.limit+1, p.claim
	if p.claim {
		bounds.Limit = p.limit
	}
	for bounds.To == nil || bytes.Compare(bounds.From, bounds.To) < 0 {
		rows, err := t.rows.Range(table, bounds)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if more, err := fn(r); err != nil || !more {
				return err
			}
		}
		if len(rows) < bounds.Limit {
			return nil
		}
		narrow(&bounds, rows[len(rows)-1].Key, bounds.Reverse)
	}
	return nil
}

// bound are the rows that begin with base and prefix and sort before base and
// until.
func bound(base, prefix []byte, until string) Bounds {
	start := append(bytes.Clone(base), prefix...)
	b := Bounds{From: start, To: after(start)}
	if until != "" {
		end := append(bytes.Clone(base), until...)
		if b.To == nil || bytes.Compare(end, b.To) < 0 {
			b.To = end
		}
	}
	return b
}

// narrow keeps the rows behind a place, in the direction of the walk.
func narrow(b *Bounds, place []byte, reverse bool) {
	b.Reverse = reverse
	if len(place) == 0 {
		return
	}
	if reverse {
		if b.To == nil || bytes.Compare(place, b.To) < 0 {
			b.To = place
		}
		return
	}
	if next := append(bytes.Clone(place), zero); bytes.Compare(next, b.From) > 0 {
		b.From = next
	}
}
