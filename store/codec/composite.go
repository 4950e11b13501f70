package codec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sync"

	"github.com/tinylib/msgp/msgp"
)

// fields are those of a struct, in the order they are declared. The fields of
// an embedded struct are the struct's own, as for encoding/json.
type fields []field

type field struct {
	name  string
	key   []byte // the name as it is written
	index []int
	coder coder
}

func newFields(t reflect.Type) (fields, error) {
	var out fields
	for _, f := range reflect.VisibleFields(t) {
		name, kept := nameOf(f)
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct && f.Tag == "":
			continue // what is in it comes next
		case !kept && !f.Anonymous:
			continue
		case !f.IsExported() || f.Anonymous:
			return nil, fmt.Errorf("field %s cannot be kept: export it, or tag it json:\"-\"", f.Name)
		case out.find(name, 0) >= 0:
			return nil, fmt.Errorf("two fields go by the name %s", name)
		}
		c, err := coderOf(f.Type)
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", f.Name, err)
		}
		out = append(out, field{name: name, key: msgp.AppendString(nil, name), index: f.Index, coder: c})
	}
	return out, nil
}

// find returns which field goes by a name, -1 when none does. It looks from a
// given one on, since fields are read in the order in which they were written.
func (fs fields) find(name string, from int) int {
	for n := range fs {
		if i := (from + n) % len(fs); fs[i].name == name {
			return i
		}
	}
	return -1
}

func (fs fields) empty(v reflect.Value) bool { return v.IsZero() }

func (fs fields) append(dst []byte, v reflect.Value) ([]byte, error) {
	header := len(dst)
	dst = append(dst, mapHeader, 0, 0)
	kept := uint16(0)
	for i := range fs {
		f := &fs[i]
		value := v.FieldByIndex(f.index)
		if f.coder.empty(value) {
			continue
		}
		var err error
		if dst, err = f.coder.append(append(dst, f.key...), value); err != nil {
			return nil, fmt.Errorf("field %s: %w", f.name, err)
		}
		kept++
	}
	binary.BigEndian.PutUint16(dst[header+1:], kept)
	return dst, nil
}

// mapHeader begins a map whose size follows in two bytes. msgp would take one
// byte for a small map, but how many fields are kept is known behind them only.
const mapHeader = 0xde

func (fs fields) read(r *reader, v reflect.Value) error {
	n, err := r.size(msgp.ReadMapHeaderBytes)
	if err != nil {
		return err
	}
	i := -1
	for range n {
		name, err := r.string()
		if err != nil {
			return err
		}
		if i = fs.find(name, i+1); i < 0 {
			return fmt.Errorf("unknown field %q: %w", name, ErrNewer)
		}
		if err := fs[i].coder.read(r, v.FieldByIndex(fs[i].index)); err != nil {
			return fmt.Errorf("field %s: %w", name, err)
		}
	}
	return nil
}

// list is a slice.
type list struct {
	elem coder
}

func newList(t reflect.Type) (coder, error) {
	elem, err := coderOf(t.Elem())
	return list{elem}, err
}

// empty keeps a slice of nothing apart from no slice.
func (list) empty(v reflect.Value) bool { return v.IsNil() }

func (l list) append(dst []byte, v reflect.Value) ([]byte, error) {
	n, err := sizeOf(v)
	if err != nil {
		return nil, err
	}
	dst = msgp.AppendArrayHeader(dst, n)
	for i := range v.Len() {
		if dst, err = l.elem.append(dst, v.Index(i)); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

func (l list) read(r *reader, v reflect.Value) error {
	n, err := r.size(msgp.ReadArrayHeaderBytes)
	if err != nil {
		return err
	}
	if n == 0 {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return nil
	}
	v.Grow(n)
	v.SetLen(n)
	for i := range n {
		if err := l.elem.read(r, v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// table is a map by words.
type table struct {
	elem  coder
	rooms *sync.Pool // of *entry
}

// entry is one entry of a map, outside it: what lies inside can neither be
// changed nor pointed to.
type entry struct {
	key, elem reflect.Value
}

func newTable(t reflect.Type) (coder, error) {
	if t.Key().Kind() != reflect.String {
		return nil, errors.New("a map by something other than words")
	}
	elem, err := coderOf(t.Elem())
	return table{elem, &sync.Pool{New: func() any {
		return &entry{reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()}
	}}}, err
}

// room is where one entry at a time is worked on, until it is given back.
func (t table) room() *entry {
	e, _ := t.rooms.Get().(*entry)
	return e
}

// giveBack forgets what the entry held: it may be somebody's words.
func (t table) giveBack(e *entry) {
	e.key.SetZero()
	e.elem.SetZero()
	t.rooms.Put(e)
}

func (table) empty(v reflect.Value) bool { return v.IsNil() }

func (t table) append(dst []byte, v reflect.Value) ([]byte, error) {
	n, err := sizeOf(v)
	if err != nil {
		return nil, err
	}
	dst = msgp.AppendMapHeader(dst, n)
	e := t.room()
	defer t.giveBack(e)
	for entries := v.MapRange(); entries.Next(); {
		e.key.SetIterKey(entries)
		e.elem.SetIterValue(entries)
		if dst, err = t.elem.append(msgp.AppendString(dst, e.key.String()), e.elem); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

func (t table) read(r *reader, v reflect.Value) error {
	n, err := r.size(msgp.ReadMapHeaderBytes)
	if err != nil {
		return err
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), n))
	e := t.room()
	defer t.giveBack(e)
	for range n {
		word, err := r.string()
		if err != nil {
			return err
		}
		e.key.SetString(word)
		e.elem.SetZero()
		if err := t.elem.read(r, e.elem); err != nil {
			return err
		}
		v.SetMapIndex(e.key, e.elem)
	}
	return nil
}

// sizeOf is the length of a slice or a map as MessagePack writes it.
func sizeOf(v reflect.Value) (uint32, error) {
	n := v.Len()
	if n < 0 || n > math.MaxInt32 {
		return 0, fmt.Errorf("%d values are too many", n)
	}
	return uint32(n), nil
}

// pointer is a value that may be missing.
type pointer struct {
	elem coder
}

func newPointer(t reflect.Type) (coder, error) {
	elem, err := coderOf(t.Elem())
	return pointer{elem}, err
}

func (pointer) empty(v reflect.Value) bool { return v.IsNil() }

func (p pointer) append(dst []byte, v reflect.Value) ([]byte, error) {
	if v.IsNil() {
		return nil, errors.New("nothing where a value belongs")
	}
	return p.elem.append(dst, v.Elem())
}

func (p pointer) read(r *reader, v reflect.Value) error {
	v.Set(reflect.New(v.Type().Elem()))
	return p.elem.read(r, v.Elem())
}
