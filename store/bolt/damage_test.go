package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/seal"
	"linkline/store/storetest"
)

// TestNothingPrivateOnDisk looks for every word of a filled record of every
// kind in the files, after it was written, written over and erased.
func TestNothingPrivateOnDisk(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	db := storetest.Open(t, open(t, path, bolt.Options{MmapSize: testMmap}), storetest.Keyring(t))
	storetest.PutFilled(t, db)
	err := db.Update(t.Context(), "s", "", func(tx casework.Tx) error {
		for _, kind := range casework.Kinds() {
			record := storetest.Filled(kind)
			key := kind.Key(record)
			stored, err := tx.Get(kind, key)
			if err != nil {
				return err
			}
			if err := errors.Join(tx.Put(kind, stored), tx.Delete(kind, key), tx.Put(kind, record)); err != nil {
				return err
			}
		}
		return nil
	})
	must(t, err)
	must(t, db.Close())
	var all []byte
	for _, suffix := range []string{"", ".id"} {
		text, err := os.ReadFile(path + suffix)
		must(t, err)
		all = append(all, text...)
	}
	for _, kind := range casework.Kinds() {
		for _, word := range storetest.Secrets(t, kind) {
			if bytes.Contains(all, []byte(word)) {
				t.Errorf("%s stands in clear", word)
			}
		}
	}
	if !bytes.Contains(all, []byte("canary-")) {
		t.Error("not even a key is found; the test sees too little")
	}
}

// flipFile is a store whose bits are flipped one at a time.
type flipFile struct {
	*testing.T
	path  string
	keys  *seal.Keyring
	tasks map[string]*casework.Task

	refused, corrupt, lost, harmless int
}

// TestFlippedBits flips bits anywhere in a file that is not open. What was put
// comes back, or an error does: never another record, and never one that is
// said to be erased.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	f := &flipFile{T: t, path: newFile(t), keys: storetest.Keyring(t), tasks: map[string]*casework.Task{}}
	db := storetest.Open(t, open(t, f.path, bolt.Options{MmapSize: testMmap}), f.keys)
	for i := range 40 { // in several commits, so that there are old pages too
		task := &casework.Task{
			ID: fmt.Sprintf("task-%02d", i), Team: "north", DataKey: casework.KeyID(fmt.Sprintf("key-%02d", i/4)),
			Words: casework.Private(strings.Repeat("words ", 50)), DueAt: time.UnixMilli(1e12).UTC(),
		}
		f.tasks[task.ID] = task
		must(t, db.Update(t.Context(), "s", "", func(tx casework.Tx) error { return casework.Tasks.Put(tx, task) }))
	}
	must(t, db.Close())
	size := used(t, f.path)
	random := rand.New(rand.NewPCG(1, 2))
	flips := 600
	if testing.Short() {
		flips = 100
	}
	for range flips {
		f.flip(random.Int64N(size), 1<<random.IntN(8))
	}
	t.Logf("of %d flips %d were refused at open, %d found by reading, %d lost a record and %d did nothing",
		flips, f.refused, f.corrupt, f.lost, f.harmless)
	if f.refused < flips/100 || f.corrupt < flips/20 || f.harmless < flips/100 {
		t.Errorf("the test sees too little")
	}
}

// used is how much of a file has ever been written.
func used(t *testing.T, path string) (size int64) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	must(t, err)
	must(t, db.View(func(tx *bbolt.Tx) error { size = tx.Size(); return nil }))
	must(t, db.Close())
	return size
}

// flip changes one bit of the file, reads all of it, and changes it back.
func (f *flipFile) flip(at int64, bit byte) {
	f.Helper()
	file, err := os.OpenFile(f.path, os.O_RDWR, 0)
	must(f.T, err)
	defer func() { must(f.T, file.Close()) }()
	one := make([]byte, 1)
	_, err = file.ReadAt(one, at)
	must(f.T, err)
	write := func(b byte) {
		_, err := file.WriteAt([]byte{b}, at)
		must(f.T, err)
	}
	write(one[0] ^ bit)
	defer write(one[0])
	f.read(fmt.Sprintf("byte %d bit %#x", at, bit))
}

func (f *flipFile) read(what string) {
	f.Helper()
	b, err := bolt.Open(f.path, bolt.Options{MmapSize: testMmap})
	if err != nil {
		f.refused++
		return
	}
	defer func() { must(f.T, b.Close()) }()
	db, err := store.Open(b, f.keys, casework.Kinds())
	if err != nil {
		f.refused++
		return
	}
	corrupt, lost := 0, 0
	err = db.View(context.Background(), "", func(tx casework.Tx) error {
		for id, want := range f.tasks {
			got, err := casework.Tasks.Get(tx, id)
			switch {
			case errors.Is(err, store.ErrCorrupt):
				corrupt++
			case errors.Is(err, casework.ErrNotFound):
				lost++
			case err != nil:
				f.Errorf("%s: get %s: %v", what, id, err)
			case !cmp.Equal(got, want):
				f.Errorf("%s: get %s: another record (-got +want):\n%s", what, id, cmp.Diff(got, want))
			}
		}
		return f.list(tx, what)
	})
	if err != nil && !errors.Is(err, store.ErrCorrupt) {
		f.Errorf("%s: view: %v", what, err)
	}
	switch {
	case corrupt > 0 || err != nil:
		f.corrupt++
	case lost > 0:
		f.lost++
	default:
		f.harmless++
	}
}

// list reads the tasks in the order of an index.
func (f *flipFile) list(tx casework.Tx, what string) error {
	got, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open"})
	for _, task := range got {
		if !cmp.Equal(task, f.tasks[task.ID]) {
			f.Errorf("%s: listed another record:\n%s", what, cmp.Diff(task, f.tasks[task.ID]))
		}
	}
	return err
}

// TestOnWrite sees each row of a commit.
func TestOnWrite(t *testing.T) {
	t.Parallel()
	var seen []string
	b := open(t, newFile(t), bolt.Options{MmapSize: testMmap, OnWrite: func(table string, key, value []byte) {
		seen = append(seen, fmt.Sprintf("%s %s %s %v", table, key, value, value == nil))
	}})
	given := errors.New("given up")
	for _, err := range []error{nil, given} {
		got := b.Update(t.Context(), "s", func(rows store.Rows) error {
			return errors.Join(rows.Put("t", []byte("b"), []byte("2")), rows.Put("t", []byte("a"), nil),
				rows.Delete("t", []byte("c")), rows.Put("t", []byte("b"), []byte("3")), err)
		})
		if !errors.Is(got, err) {
			t.Errorf("update: got %v, want %v", got, err)
		}
	}
	must(t, b.Close())
	if diff := cmp.Diff(seen, []string{"t a  false", "t b 3 false", "t c  true"}); diff != "" {
		t.Errorf("rows written (-got +want):\n%s", diff)
	}
}
