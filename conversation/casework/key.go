package casework

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// separator stands between the parts of a key or an entry. It sorts before
// every printable character, so a shorter part sorts before a longer one.
const separator = "\x1f"

// Join makes a key or an index entry of its parts, in an order that compares
// part by part.
func Join(parts ...string) string { return strings.Join(parts, separator) }

// Moment is an instant as it stands in a key: in UTC, to the millisecond, in an
// order that is the order of time. The zero time sorts first.
func Moment(t time.Time) string {
	if t.IsZero() {
		return "0000000000000"
	}
	const digits = 13
	var room [2 * digits]byte
	text := strconv.AppendInt(append(room[:0], "0000000000000"...), max(t.UnixMilli(), 0), 10)
	return string(text[min(len(text)-digits, digits):])
}

// IDs draws identifiers that sort in the order they were drawn. It is made for
// one turn, from the turn's moment and a reader of randomness, and is not safe
// for use by several goroutines.
type IDs struct {
	random io.Reader
	next   ulid.ULID
	drawn  bool
}

// NewIDs returns a source of identifiers for one moment.
func NewIDs(now time.Time, random io.Reader) *IDs {
	d := &IDs{random: random}
	_ = d.next.SetTime(ulid.Timestamp(now)) // fails after the year 10889 only
	return d
}

// Next draws one identifier: 26 characters, in time order. The first of a turn
// is drawn at random and those after it count on from there.
func (d *IDs) Next() (string, error) {
	if d.drawn {
		d.count()
	} else if err := d.draw(); err != nil {
		return "", err
	}
	var text [ulid.EncodedSize]byte
	if err := d.next.MarshalTextTo(text[:]); err != nil {
		return "", fmt.Errorf("write an id: %w", err)
	}
	for i, c := range text {
		if c >= 'A' {
			text[i] = c + ('a' - 'A')
		}
	}
	return string(text[:]), nil
}

// draw fills the random part, leaving room to count.
func (d *IDs) draw() error {
	if _, err := io.ReadFull(d.random, d.next[6:]); err != nil {
		return fmt.Errorf("draw an id: %w", err)
	}
	d.next[6] &= 0x7f
	d.drawn = true
	return nil
}

func (d *IDs) count() {
	for i := len(d.next) - 1; i >= 6; i-- {
		d.next[i]++
		if d.next[i] != 0 {
			return
		}
	}
}
