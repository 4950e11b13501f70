package codec

import (
	"fmt"

	"github.com/tinylib/msgp/msgp"
)

// reader is what is left of a record's bytes.
type reader struct {
	text string // all of the bytes: strings are cut from it
	rest []byte
}

// next reads one value. What the library says of a failure adds nothing for
// whoever meets one, and is left out.
func next[T any](r *reader, read func([]byte) (T, []byte, error)) (T, error) {
	value, rest, err := read(r.rest)
	if err != nil {
		var none T
		return none, ErrMalformed
	}
	r.rest = rest
	return value, nil
}

func (r *reader) string() (string, error) {
	raw, err := next(r, msgp.ReadStringZC)
	end := len(r.text) - len(r.rest)
	return r.text[end-len(raw) : end], err
}

// size reads how many values follow. Each takes a byte or more, so a size that
// the rest has no room for would only make a damaged record take memory.
func (r *reader) size(read func([]byte) (uint32, []byte, error)) (int, error) {
	n, err := next(r, read)
	if err == nil && uint64(n) > uint64(len(r.rest)) {
		return 0, fmt.Errorf("cut short: %w", ErrMalformed)
	}
	return int(n), err
}
