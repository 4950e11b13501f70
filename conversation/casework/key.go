package casework

import (
	"fmt"
	"io"
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
	return fmt.Sprintf("%013d", max(t.UnixMilli(), 0))
}

// IDs draws identifiers that sort in the order they were drawn. It is made for
// one turn, from the turn's moment and a reader of randomness, and is not safe
// for use by several goroutines.
type IDs struct {
	at      uint64
	entropy *ulid.MonotonicEntropy
}

// NewIDs returns a source of identifiers for one moment.
func NewIDs(now time.Time, random io.Reader) *IDs {
	return &IDs{at: ulid.Timestamp(now), entropy: ulid.Monotonic(random, 1<<20)}
}

// Next draws one identifier: 26 characters, in time order.
func (d *IDs) Next() (string, error) {
	id, err := ulid.New(d.at, d.entropy)
	if err != nil {
		return "", fmt.Errorf("draw an id: %w", err)
	}
	return strings.ToLower(id.String()), nil
}
