package codec_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tinylib/msgp/msgp"

	"linkline/conversation/casework"
	"linkline/store/codec"
	"linkline/store/storetest"
)

// planOf makes the plan of what record points to.
func planOf(t testing.TB, record any) *codec.Plan {
	t.Helper()
	plan, err := codec.New(reflect.TypeOf(record).Elem())
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// again writes a record and reads it back.
func again[T any](t testing.TB, record *T) *T {
	t.Helper()
	plan := planOf(t, record)
	data, err := plan.Append(nil, record)
	if err != nil {
		t.Fatalf("append: %v", err)
	}
	out := new(T)
	if err := plan.Decode(data, out); err != nil {
		t.Fatalf("decode: %v", err)
	}
	return out
}

// TestEveryKindComesBack fills every field of every kind, so that one which the
// codec forgets, or names otherwise than encoding/json does, is found the day it
// is added.
func TestEveryKindComesBack(t *testing.T) {
	t.Parallel()
	for _, kind := range casework.Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			for name, want := range map[string]casework.Record{"filled": storetest.Filled(kind), "empty": kind.New()} {
				plan := planOf(t, want)
				data, err := plan.Append([]byte("before"), want)
				if err != nil {
					t.Fatalf("%s: append: %v", name, err)
				}
				data, ok := bytes.CutPrefix(data, []byte("before"))
				if !ok {
					t.Fatalf("%s: what was there before is gone", name)
				}
				got := kind.New()
				if err := plan.Decode(data, got); err != nil {
					t.Fatalf("%s: decode: %v", name, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
				if name == "filled" {
					sameNames(t, want, data)
				}
			}
		})
	}
}

// sameNames compares the bytes, shown by the library that anybody could show
// them with, with the record's JSON.
func sameNames(t *testing.T, record any, data []byte) {
	t.Helper()
	var shown bytes.Buffer
	if _, err := msgp.UnmarshalAsJSON(&shown, data); err != nil {
		t.Fatalf("it is not MessagePack: %v", err)
	}
	plain, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := errors.Join(json.Unmarshal(shown.Bytes(), &got), json.Unmarshal(plain, &want)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("as MessagePack shows it, against its JSON (-want +got):\n%s", diff)
	}
}

// inner, base and odd have every shape that a record may have.
type inner struct {
	Words []string  `json:"words"`
	At    time.Time `json:"at,omitzero"`
}

type base struct {
	Hidden  string `json:"-"`
	Version int    `json:"version,omitempty"`
}

type odd struct {
	base
	Plain  string // goes by its own name
	Small  int8   `json:"small"`
	Count  uint64 `json:"count"`
	Part   float64
	Yes    bool
	At     time.Time
	Maybe  *inner
	ByName map[casework.Purpose]inner
	Deep   map[string]map[string][]int64
	Way    casework.Trail
	List   []inner
}

func TestWhatComesBackIsWhatWasWritten(t *testing.T) {
	t.Parallel()
	place := casework.Place{Flow: "referral", Version: 3, Step: "name"}
	tests := map[string]odd{
		"nothing":       {},
		"numbers":       {Small: -128, Count: 1<<64 - 1, Part: -0.5, base: base{Version: 1 << 40}},
		"no slice":      {Maybe: &inner{}},
		"empty slice":   {Maybe: &inner{Words: []string{}}, List: []inner{}, Deep: map[string]map[string][]int64{}},
		"empty strings": {Maybe: &inner{Words: []string{"", "x", ""}}, ByName: map[casework.Purpose]inner{"": {}}},
		"nested":        {Deep: map[string]map[string][]int64{"a": {"b": {-1, 0, 1 << 62}}, "c": nil}},
		"long":          {Plain: strings.Repeat("ŵ ", 40_000), List: make([]inner, 70_000)},
		"not UTF-8":     {Plain: "a\xffb\x00c"},
		"a trail":       {Way: casework.Trail{place, {Flow: "a", Step: "b"}}},
		"nanoseconds":   {At: time.Date(2026, 3, 4, 5, 6, 7, 89, time.UTC)},
		"long ago":      {At: time.Date(1066, 10, 14, 9, 0, 0, 0, time.UTC)},
		"far ahead":     {At: time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := again(t, &want)
			// A nil in a map or a list has no name to be left out under.
			if want.Deep["c"] == nil && got.Deep["c"] != nil {
				got.Deep["c"] = nil
			}
			if diff := cmp.Diff(&want, got, cmp.AllowUnexported(odd{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTimesAreReadInUTC(t *testing.T) {
	t.Parallel()
	summer := time.FixedZone("summer", 3600)
	got := again(t, &odd{At: time.Date(2026, 7, 1, 0, 30, 0, 0, summer)})
	if want := time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC); got.At != want {
		t.Errorf("got %v, want %v", got.At, want)
	}
	if got := again(t, &odd{At: time.Time{}.In(summer)}); !got.At.IsZero() {
		t.Errorf("no time became %v", got.At)
	}
}

func TestHiddenFieldsAreNotKept(t *testing.T) {
	t.Parallel()
	if got := again(t, &odd{base: base{Hidden: "x"}}); got.Hidden != "" {
		t.Errorf("a field tagged - came back as %q", got.Hidden)
	}
}

// before and since are one record in two versions of the program.
type before struct {
	Name string `json:"name"`
	Age  int    `json:"age"`
}

type since struct {
	Age     int    `json:"age"`
	Allowed bool   `json:"allowed"`
	Name    string `json:"name"`
}

func TestAnOlderRecordIsRead(t *testing.T) {
	t.Parallel()
	data, err := planOf(t, &before{}).Append(nil, &before{Name: "Amy", Age: 71})
	if err != nil {
		t.Fatal(err)
	}
	var got since
	if err := planOf(t, &got).Decode(data, &got); err != nil {
		t.Fatal(err)
	}
	if want := (since{Name: "Amy", Age: 71}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestANewerRecordIsRefused(t *testing.T) {
	t.Parallel()
	data, err := planOf(t, &since{}).Append(nil, &since{Name: "Amy", Allowed: true})
	if err != nil {
		t.Fatal(err)
	}
	var got before
	err = planOf(t, &got).Decode(data, &got)
	if !errors.Is(err, codec.ErrNewer) || !strings.Contains(err.Error(), "allowed") {
		t.Errorf("got %v, want ErrNewer and the field's name", err)
	}
	if err != nil && strings.Contains(err.Error(), "Amy") {
		t.Errorf("the error says what is in the record: %v", err)
	}
	if data, err = planOf(t, &since{}).Append(nil, &since{Name: "Amy"}); err != nil {
		t.Fatal(err)
	}
	if err := planOf(t, &got).Decode(data, &got); err != nil {
		t.Errorf("a newer record that uses nothing new: %v", err)
	}
}

func TestNewRefusesWhatItCouldNotGiveBack(t *testing.T) {
	t.Parallel()
	type link struct{ At *int }
	for name, v := range map[string]any{
		"no struct": 7, "unexported": struct{ a int }{}, "function": struct{ F func() }{},
		"interface": struct{ V any }{}, "map by number": struct{ M map[int]string }{},
		"embedded pointer": struct{ *link }{}, "deep": struct{ L []map[string]chan int }{},
		"embedded under a name": struct {
			base `json:"base"`
		}{},
		"same name": struct {
			A int `json:"B"`
			B int
		}{},
	} {
		if _, err := codec.New(reflect.TypeOf(v)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAnotherTypeIsRefused(t *testing.T) {
	t.Parallel()
	plan := planOf(t, &before{})
	for name, v := range map[string]any{"another": &since{}, "no pointer": before{}, "nothing": nil, "nil": (*before)(nil)} {
		if _, err := plan.Append(nil, v); err == nil {
			t.Errorf("%s: appended", name)
		}
		if err := plan.Decode([]byte{0x80}, v); err == nil {
			t.Errorf("%s: decoded", name)
		}
	}
	if _, err := planOf(t, &struct{ L []*int }{}).Append(nil, &struct{ L []*int }{L: []*int{nil}}); err == nil {
		t.Error("a list with a hole in it was appended")
	}
}

// TestDamageIsFound cuts and lengthens a record: what is left is never taken
// for a record.
func TestDamageIsFound(t *testing.T) {
	t.Parallel()
	record := storetest.Filled(casework.Cases.Kind)
	plan := planOf(t, record)
	data, err := plan.Append(nil, record)
	if err != nil {
		t.Fatal(err)
	}
	for n := range data {
		if err := plan.Decode(data[:n], new(casework.Case)); err == nil {
			t.Fatalf("the first %d of %d bytes were taken for the record", n, len(data))
		}
	}
	if err := plan.Decode(append(data, 0), new(casework.Case)); !errors.Is(err, codec.ErrMalformed) {
		t.Errorf("with a byte more: got %v, want ErrMalformed", err)
	}
	for name, data := range map[string][]byte{
		"a number too large": append(msgp.AppendString([]byte{0x81}, "small"), 0xcd, 1, 0),
		"a huge list":        append(msgp.AppendString([]byte{0x81}, "List"), 0xdd, 0xff, 0xff, 0xff, 0xff),
		"a word for a time":  msgp.AppendString(msgp.AppendString([]byte{0x81}, "At"), "today"),
		"no place":           msgp.AppendString(msgp.AppendString([]byte{0x81}, "Way"), "nowhere"),
	} {
		if err := planOf(t, &odd{}).Decode(data, &odd{}); !errors.Is(err, codec.ErrMalformed) {
			t.Errorf("%s: got %v, want ErrMalformed", name, err)
		}
	}
}
