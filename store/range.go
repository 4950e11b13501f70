package store

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"

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
	cursor func(last []byte) []byte
}

// full reports that a record more belongs to the next page.
func (p *page) full() bool {
	p.more = len(p.Records) == p.limit
	return p.more
}

func (p *page) add(r casework.Record, at []byte) {
	p.Records, p.last = append(p.Records, r), at
}

func (p *page) result() casework.Page {
	if p.more {
		p.Next = base64.RawURLEncoding.EncodeToString(p.cursor(p.last))
	}
	return p.Page
}

// Claim implements casework.Tx. Where updates run one after another there is
// nobody to pass over.
func (t *tx) Claim(kind *casework.Kind, span casework.Span) (casework.Page, error) {
	return t.Range(kind, span)
}

// Range implements casework.Tx. In the service's own scope an index that is
// not the fleet's is in the order of its teams, then of its entries.
func (t *tx) Range(kind *casework.Kind, span casework.Span) (casework.Page, error) {
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
	p := &page{limit: span.Limit}
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
	return t.walk(tb.name, bounds, p.limit, func(at Row) (bool, error) {
		if _, ours := tb.key(at.Key); !ours {
			return true, nil
		}
		r, err := parseRow(at.Key, at.Value)
		if err != nil {
			return false, err
		}
		return t.collect(tb, at.Key, &r, at.Key, p)
	})
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
		cursor = append(bytes.Clone(ix.prefix), cursor...)
	}
	if ix.Fleet || t.team != "" {
		return t.rangeTeam(tb, ix, t.team, span, cursor, p)
	}
	return t.rangeTeams(tb, ix, span, cursor, p)
}

// rangeTeam walks the entries of one team, or those of the fleet.
func (t *tx) rangeTeam(
	tb *table, ix *index, team casework.TeamID, span casework.Span, cursor []byte, p *page,
) error {
	start := ix.within(t.db.look, team, span.Prefix)
	if ix.Blind {
		start = append(start, zero)
	}
	base := start[:len(ix.prefix)+bytes.IndexByte(start[len(ix.prefix):], zero)+1]
	bounds := bound(base, start[len(base):], span.Until)
	narrow(&bounds, cursor, span.Reverse)
	return t.walk(tb.index, bounds, p.limit, func(at Row) (bool, error) {
		cut := bytes.LastIndexByte(at.Key, zero) + 1
		entry, row := at.Key[:cut], tb.row(string(at.Key[cut:]))
		value, err := t.rows.Get(tb.name, row)
		if err != nil {
			return false, err
		}
		if value == nil {
			return false, fmt.Errorf("an entry without a record: %w", ErrCorrupt)
		}
		r, err := parseRow(row, value)
		if err != nil {
			return false, err
		}
		if !r.has(entry) {
			return false, fmt.Errorf("an entry that is not its record's: %w", ErrCorrupt)
		}
		return t.collect(tb, row, &r, at.Key, p)
	})
}

// rangeTeams walks the entries of every team that has any, team by team.
func (t *tx) rangeTeams(tb *table, ix *index, span casework.Span, cursor []byte, p *page) error {
	bounds := Bounds{From: ix.prefix, To: after(ix.prefix), Limit: 1, Reverse: span.Reverse}
	if len(cursor) > 0 {
		// The cursor's own team first.
		if n := bytes.IndexByte(cursor[len(ix.prefix):], zero); n >= 0 {
			team := cursor[:len(ix.prefix)+n+1]
			if span.Reverse {
				bounds.To = after(team)
			} else {
				bounds.From = team
			}
		}
	}
	for !p.more {
		rows, err := t.rows.Range(tb.index, bounds)
		if err != nil || len(rows) == 0 {
			return err
		}
		rest := rows[0].Key[len(ix.prefix):]
		team := rest[:bytes.IndexByte(rest, zero)]
		if err := t.rangeTeam(tb, ix, casework.TeamID(team), span, cursor, p); err != nil {
			return err
		}
		done := rows[0].Key[:len(ix.prefix)+len(team)+1]
		if span.Reverse {
			bounds.To = done
		} else {
			bounds.From = after(done)
		}
	}
	return nil
}

// collect adds the record of a row to the page; false when the page is full.
func (t *tx) collect(tb *table, at []byte, r *row, place []byte, p *page) (bool, error) {
	if !r.seenBy(string(t.team)) {
		return true, nil
	}
	key, err := t.keyOf(r)
	if err != nil {
		return false, err
	}
	if key == nil {
		return true, nil
	}
	if p.full() {
		return false, nil
	}
	record, err := t.open(tb, at, r)
	if err != nil {
		return false, err
	}
	p.add(record, place)
	return true, nil
}

// walk calls fn with each row within the bounds until it answers false.
func (t *tx) walk(table string, bounds Bounds, limit int, fn func(Row) (bool, error)) error {
	bounds.Limit = limit + 1
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
