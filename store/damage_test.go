package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/storetest"
)

// tableNames are all tables of a store of casework's kinds.
func tableNames() []string {
	names := []string{"key", "store"}
	for _, kind := range casework.Kinds() {
		names = append(names, kind.Group, kind.Group+".index")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// dump returns all rows of a table.
func dump(t *testing.T, backend store.Backend, table string) (out []store.Row) {
	t.Helper()
	err := backend.View(context.Background(), func(rows store.Rows) (err error) {
		out, err = rows.Range(table, store.Bounds{Limit: 1 << 20})
		return err
	})
	if err != nil {
		t.Fatalf("dump %s: %v", table, err)
	}
	return out
}

// TestNothingPrivateInClear looks for every word of a filled record of every
// kind in the rows.
func TestNothingPrivateInClear(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	db := storetest.Open(t, backend, storetest.Keyring(t))
	storetest.PutFilled(t, db)
	var all bytes.Buffer
	for _, table := range tableNames() {
		for _, row := range dump(t, backend, table) {
			all.Write(row.Key)
			all.Write(row.Value)
		}
	}
	words := 0
	for _, kind := range casework.Kinds() {
		for _, word := range storetest.Secrets(t, kind) {
			words++
			if bytes.Contains(all.Bytes(), []byte(word)) {
				t.Errorf("%s stands in clear", word)
			}
		}
	}
	if words < 100 || !bytes.Contains(all.Bytes(), []byte("canary-")) {
		t.Errorf("looked for %d words; the test sees too little", words)
	}
}

// TestDamagedRows changes the rows behind the store's back, bit by bit: it
// must never answer with a record that is not what was put, nor take damage
// for an erasure.
func TestDamagedRows(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	db := storetest.Open(t, backend, storetest.Keyring(t))
	want := task("t1", "k1")
	put(t, db, want, task("t2", "k2"))
	for _, table := range []string{"task", "key"} {
		for _, row := range dump(t, backend, table) {
			if !strings.Contains(string(row.Key), "1") {
				continue
			}
			for bit := range len(row.Value) * 8 {
				value := bytes.Clone(row.Value)
				value[bit/8] ^= 1 << (bit % 8)
				edit(t, backend, func(rows store.Rows) error { return rows.Put(table, row.Key, value) })
				refused(t, db, want, fmt.Sprintf("%s bit %d", table, bit))
			}
			for size := range len(row.Value) {
				edit(t, backend, func(rows store.Rows) error { return rows.Put(table, row.Key, row.Value[:size]) })
				refused(t, db, want, fmt.Sprintf("%s cut to %d bytes", table, size))
			}
			edit(t, backend, func(rows store.Rows) error { return rows.Put(table, row.Key, row.Value) })
		}
	}
	edit(t, backend, func(rows store.Rows) error { return rows.Delete("key", []byte("k1")) })
	refused(t, db, want, "a lost data key")
}

// refused checks that every way to a damaged record answers ErrCorrupt.
func refused(t *testing.T, db store.Store, record *casework.Task, what string) {
	t.Helper()
	ways := map[string]func(casework.Tx) error{
		"get":  func(tx casework.Tx) error { _, err := casework.Tasks.Get(tx, record.ID); return err },
		"keys": func(tx casework.Tx) error { _, _, err := casework.Tasks.Range(tx, casework.Span{}); return err },
		"index": func(tx casework.Tx) error {
			_, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open"})
			return err
		},
	}
	for way, fn := range ways {
		if err := db.View(context.Background(), "", fn); !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("%s, %s: got %v, want ErrCorrupt", what, way, err)
		}
	}
}

// TestForgedRows are changes by somebody who can write to the disk and mend
// the checksums, but has no key.
func TestForgedRows(t *testing.T) {
	t.Parallel()
	tests := map[string]func(rows map[string][]byte){
		"a row moved to another key": func(rows map[string][]byte) {
			rows["t1"] = rows["t2"]
		},
		"an older version": func(rows map[string][]byte) {
			binary.BigEndian.PutUint64(rows["t1"][1:], 9)
		},
		"another team": func(rows map[string][]byte) {
			rows["t1"] = bytes.Replace(rows["t1"], []byte("north"), []byte("south"), 1)
		},
		"another entry": func(rows map[string][]byte) {
			rows["t1"] = bytes.Replace(rows["t1"], []byte("task.open"), []byte("task.oqen"), 1)
		},
	}
	for name, forge := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			backend := memory.New()
			db := storetest.Open(t, backend, storetest.Keyring(t))
			put(t, db, task("t1", "k"), task("t2", "k"))
			rows := map[string][]byte{}
			for _, row := range dump(t, backend, "task") {
				id, _, _ := strings.Cut(string(row.Key), "\x00")
				rows[id] = bytes.Clone(row.Value)
			}
			forge(rows)
			edit(t, backend, func(out store.Rows) error {
				key := []byte("t1\x00task")
				return out.Put("task", key, mend(key, rows["t1"]))
			})
			err := db.View(context.Background(), "", func(tx casework.Tx) error {
				got, err := casework.Tasks.Get(tx, "t1")
				if err == nil {
					t.Errorf("got version %d of team %s", got.Version, got.Team)
				}
				return err
			})
			if !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("got %v, want ErrCorrupt", err)
			}
		})
	}
}

// mend gives a row the checksum that it would have.
func mend(key, value []byte) []byte {
	table := crc32.MakeTable(crc32.Castagnoli)
	body := value[:len(value)-4]
	return binary.BigEndian.AppendUint32(bytes.Clone(body),
		crc32.Update(crc32.Checksum(key, table), table, body))
}

// TestDamagedIndex changes the entries of an index: a range says so, or leaves
// the record out, but never shows one in a wrong place.
func TestDamagedIndex(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	db := storetest.Open(t, backend, storetest.Keyring(t))
	want := task("t1", "k1")
	put(t, db, want)
	found, damaged := 0, 0
	for _, row := range dump(t, backend, "task.index") {
		for bit := range len(row.Key) * 8 {
			key := bytes.Clone(row.Key)
			key[bit/8] ^= 1 << (bit % 8)
			edit(t, backend, func(rows store.Rows) error {
				return errors.Join(rows.Delete("task.index", row.Key), rows.Put("task.index", key, nil))
			})
			for _, span := range []casework.Span{{Index: "open"}, {Index: "case"}, {Index: "case", Prefix: "c"}} {
				for _, scope := range []casework.TeamID{"", "north"} {
					err := db.View(context.Background(), scope, func(tx casework.Tx) error {
						got, _, err := casework.Tasks.Range(tx, span)
						for _, record := range got {
							found++
							if diff := cmp.Diff(record, want); diff != "" {
								t.Errorf("bit %d (-got +want):\n%s", bit, diff)
							}
						}
						return err
					})
					if errors.Is(err, store.ErrCorrupt) {
						damaged++
					} else if err != nil {
						t.Errorf("bit %d: got %v, want ErrCorrupt", bit, err)
					}
				}
			}
			edit(t, backend, func(rows store.Rows) error {
				return errors.Join(rows.Delete("task.index", key), rows.Put("task.index", row.Key, row.Value))
			})
		}
	}
	if found == 0 || damaged == 0 {
		t.Errorf("%d records shown and %d ranges refused; the test sees too little", found, damaged)
	}
}
