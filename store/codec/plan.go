package codec

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

var (
	// ErrNewer means that a record has a field which this program does not know.
	ErrNewer = errors.New("written by a newer version of the program")
	// ErrMalformed means that the bytes are not a record of the plan's type.
	ErrMalformed = errors.New("not a record of this type")
)

// Plan writes and reads the values of one struct type. It is safe for use by
// several goroutines.
type Plan struct {
	of    reflect.Type
	coder coder
}

// New makes the plan of a struct type. It refuses a type that it could not give
// back whole.
func New(of reflect.Type) (*Plan, error) {
	if of.Kind() != reflect.Struct {
		return nil, fmt.Errorf("%s is not a struct", of)
	}
	c, err := coderOf(of)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", of, err)
	}
	return &Plan{of: of, coder: c}, nil
}

// Append appends the bytes of a record, which is a pointer to the plan's type.
func (p *Plan) Append(dst []byte, record any) ([]byte, error) {
	v, err := p.value(record)
	if err != nil {
		return nil, err
	}
	return p.coder.append(dst, v)
}

// Decode reads what Append wrote into a record, which is a pointer to a zero
// value of the plan's type. The record's strings share one copy of the bytes.
func (p *Plan) Decode(data []byte, record any) error {
	v, err := p.value(record)
	if err != nil {
		return err
	}
	r := reader{text: string(data), rest: data}
	if err := p.coder.read(&r, v); err != nil {
		return err
	}
	if len(r.rest) > 0 {
		return fmt.Errorf("bytes left over: %w", ErrMalformed)
	}
	return nil
}

// value is what a record points to.
func (p *Plan) value(record any) (reflect.Value, error) {
	v := reflect.ValueOf(record)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Type().Elem() != p.of {
		return reflect.Value{}, fmt.Errorf("a %T where a *%s belongs", record, p.of)
	}
	return v.Elem(), nil
}

// coder writes and reads the values of one type.
type coder interface {
	// empty reports whether a field of this value is left out.
	empty(v reflect.Value) bool
	append(dst []byte, v reflect.Value) ([]byte, error)
	read(r *reader, v reflect.Value) error
}

// coderOf makes the coder of a type. Types must not contain themselves: none of
// a record's does, and the recursion would not end.
func coderOf(t reflect.Type) (coder, error) {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return instant{}, nil
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) &&
		reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return word{}, nil
	}
	switch t.Kind() {
	case reflect.String:
		return text{}, nil
	case reflect.Bool:
		return yesNo{}, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return number{}, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return count{}, nil
	case reflect.Float64:
		return fraction{}, nil
	case reflect.Struct:
		return newFields(t)
	case reflect.Slice:
		return newList(t)
	case reflect.Map:
		return newTable(t)
	case reflect.Pointer:
		return newPointer(t)
	default:
		return nil, fmt.Errorf("a %s cannot be kept", t)
	}
}

// nameOf is the name a field goes by, and whether it is kept at all.
func nameOf(f reflect.StructField) (name string, kept bool) {
	tag := f.Tag.Get("json")
	if tag == "-" {
		return "", false
	}
	name, _, _ = strings.Cut(tag, ",")
	if name == "" {
		name = f.Name
	}
	return name, true
}
