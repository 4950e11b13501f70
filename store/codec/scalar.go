package codec

import (
	"encoding"
	"fmt"
	"reflect"
	"time"

	"github.com/tinylib/msgp/msgp"
)

// text is a string.
type text struct{}

func (text) empty(v reflect.Value) bool { return v.Len() == 0 }

func (text) append(dst []byte, v reflect.Value) ([]byte, error) {
	return msgp.AppendString(dst, v.String()), nil
}

func (text) read(r *reader, v reflect.Value) error {
	s, err := r.string()
	v.SetString(s)
	return err
}

// yesNo is a bool.
type yesNo struct{}

func (yesNo) empty(v reflect.Value) bool { return !v.Bool() }

func (yesNo) append(dst []byte, v reflect.Value) ([]byte, error) {
	return msgp.AppendBool(dst, v.Bool()), nil
}

func (yesNo) read(r *reader, v reflect.Value) error {
	b, err := next(r, msgp.ReadBoolBytes)
	v.SetBool(b)
	return err
}

// number is a signed whole number.
type number struct{}

func (number) empty(v reflect.Value) bool { return v.Int() == 0 }

func (number) append(dst []byte, v reflect.Value) ([]byte, error) {
	return msgp.AppendInt64(dst, v.Int()), nil
}

func (number) read(r *reader, v reflect.Value) error {
	n, err := next(r, msgp.ReadInt64Bytes)
	if err == nil && v.OverflowInt(n) {
		return fmt.Errorf("a number out of range: %w", ErrMalformed)
	}
	v.SetInt(n)
	return err
}

// count is a whole number without a sign.
type count struct{}

func (count) empty(v reflect.Value) bool { return v.Uint() == 0 }

func (count) append(dst []byte, v reflect.Value) ([]byte, error) {
	return msgp.AppendUint64(dst, v.Uint()), nil
}

func (count) read(r *reader, v reflect.Value) error {
	n, err := next(r, msgp.ReadUint64Bytes)
	if err == nil && v.OverflowUint(n) {
		return fmt.Errorf("a number out of range: %w", ErrMalformed)
	}
	v.SetUint(n)
	return err
}

// fraction is a number that need not be whole.
type fraction struct{}

func (fraction) empty(v reflect.Value) bool { return v.IsZero() } // minus zero is kept

func (fraction) append(dst []byte, v reflect.Value) ([]byte, error) {
	return msgp.AppendFloat64(dst, v.Float()), nil
}

func (fraction) read(r *reader, v reflect.Value) error {
	f, err := next(r, msgp.ReadFloat64Bytes)
	v.SetFloat(f)
	return err
}

// instant is a moment, to the nanosecond. It is read in UTC, whatever zone it
// was written in (style guide: At is UTC).
type instant struct{}

// at is the time in v. All that a plan writes or reads lies behind a pointer,
// so this copies nothing.
func (instant) at(v reflect.Value) *time.Time {
	at, _ := v.Addr().Interface().(*time.Time)
	return at
}

func (i instant) empty(v reflect.Value) bool { return i.at(v).IsZero() }

func (i instant) append(dst []byte, v reflect.Value) ([]byte, error) {
	return msgp.AppendTimeExt(dst, *i.at(v)), nil
}

func (i instant) read(r *reader, v reflect.Value) (err error) {
	*i.at(v), err = next(r, msgp.ReadTimeUTCBytes)
	return err
}

// word is a value that writes itself as text.
type word struct{}

func (word) empty(v reflect.Value) bool { return v.IsZero() }

func (word) append(dst []byte, v reflect.Value) ([]byte, error) {
	m, _ := v.Addr().Interface().(encoding.TextMarshaler)
	written, err := m.MarshalText()
	if err != nil {
		return nil, fmt.Errorf("a %s does not write itself", v.Type()) // why may quote it
	}
	return msgp.AppendStringFromBytes(dst, written), nil
}

func (word) read(r *reader, v reflect.Value) error {
	written, err := next(r, msgp.ReadStringZC)
	if err != nil {
		return err
	}
	m, _ := v.Addr().Interface().(encoding.TextUnmarshaler)
	if m.UnmarshalText(written) != nil {
		return fmt.Errorf("a %s does not read itself: %w", v.Type(), ErrMalformed)
	}
	return nil
}
