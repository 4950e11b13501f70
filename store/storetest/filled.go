package storetest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
)

// Filled returns a record of a kind with a word of its own in every string.
func Filled(kind *casework.Kind) casework.Record {
	record := kind.New()
	f := filler{kind: kind.Name}
	f.fill(reflect.ValueOf(record).Elem(), "")
	return record
}

// filler fills a value and notes which words are private.
type filler struct {
	kind    string
	words   []string
	private []string
}

func (f *filler) fill(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		word := fmt.Sprintf("canary-%s%s-yranac", f.kind, path)
		v.SetString(word)
		f.words = append(f.words, word)
		if v.Type() == reflect.TypeFor[casework.Private]() {
			f.private = append(f.private, word)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(noon))
			return
		}
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.Type != reflect.TypeFor[casework.Stamp]() {
				f.fill(v.Field(i), path+"."+field.Name)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.fill(v.Index(0), path)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(key, path+".key")
		f.fill(value, path)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint32, reflect.Uint64:
		v.SetUint(7)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic(fmt.Sprintf("%s%s: a %s; teach the filler", f.kind, path, v.Kind()))
	}
}

// Secrets are the words of Filled(kind) that must never stand in clear: all
// that the kind does not declare as part of a key, a team, a data key's id or
// an index that is not blind.
func Secrets(t testing.TB, kind *casework.Kind) []string {
	t.Helper()
	record := kind.New()
	f := filler{kind: kind.Name}
	f.fill(reflect.ValueOf(record).Elem(), "")
	declared := []string{kind.Key(record), string(kind.Team(record)), string(kind.Seal(record))}
	for _, ix := range kind.Indexes {
		if !ix.Blind {
			declared = append(declared, ix.Entries(record)...)
		}
	}
	inClear := strings.Join(declared, "\n")
	for _, word := range f.private {
		if strings.Contains(inClear, word) {
			t.Errorf("%s: the declaration puts private words in clear: %s", kind.Name, word)
		}
	}
	var out []string
	for _, word := range f.words {
		if !strings.Contains(inClear, word) {
			out = append(out, word)
		}
	}
	return out
}

// PutFilled puts a filled record of every kind.
func PutFilled(t testing.TB, db store.Store) {
	t.Helper()
	err := db.Update(context.Background(), site, "", func(tx casework.Tx) error {
		for _, kind := range casework.Kinds() {
			if err := tx.Put(kind, Filled(kind)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("put a record of every kind: %v", err)
	}
}
