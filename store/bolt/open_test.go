package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"go.etcd.io/bbolt"

	"linkline/store"
	"linkline/store/bolt"
)

// commit writes n rows in as many commits, and closes the store.
func commit(t *testing.T, path string, n int) {
	t.Helper()
	b := open(t, path, bolt.Options{MmapSize: testMmap})
	for i := range n {
		err := b.Update(context.Background(), "s", func(rows store.Rows) error {
			return rows.Put("t", []byte(strconv.Itoa(i)), []byte("v"))
		})
		if err != nil {
			t.Fatalf("update: %v", err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

// TestOpenRefuses damages a store in one way each: Open must refuse it, say
// where and what to do, and leave the files as they are.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		damage func(t *testing.T, path string)
		want   error
		says   []string
	}{
		"nothing there":        {removeAll, bolt.ErrNoStore, []string{"linkline init"}},
		"the store is missing": {remove(""), bolt.ErrRefused, []string{"missing", "restore"}},
		"no identity":          {remove(".id"), bolt.ErrRefused, []string{"linkline.db.id is missing", "restore"}},
		"an empty file":        {write("", ""), bolt.ErrRefused, []string{"empty", "restore"}},
		"a directory":          {directory, bolt.ErrRefused, []string{"directory"}},
		"a text file": {
			write("", strings.Repeat("not a store\n", 9999)),
			bolt.ErrRefused,
			[]string{"not a linkline store", "check the path"},
		},
		"a short file":        {write("", "x"), bolt.ErrRefused, []string{"not a linkline store"}},
		"another bbolt file":  {foreign, bolt.ErrRefused, []string{"another program", "check the path"}},
		"another store":       {swapped, bolt.ErrRefused, []string{"not the store that", "belongs together"}},
		"an empty identity":   {write(".id", ""), bolt.ErrRefused, []string{"cannot be read", "restore"}},
		"a broken identity":   {write(".id", `{"store": 7}`), bolt.ErrRefused, []string{"cannot be read", "restore"}},
		"an older copy":       {olderCopy, bolt.ErrRefused, []string{"older than it was", "commit is", "same backup"}},
		"one commit less":     {replaceIdentity("00000", "00009"), bolt.ErrRefused, []string{"older than it was"}},
		"a newer schema":      {schema(store.Schema + 1), bolt.ErrRefused, []string{"newer linkline", "use that version"}},
		"an older schema":     {schema(store.Schema - 1), bolt.ErrRefused, []string{"older linkline", "use that version"}},
		"half of it cut away": {truncated, store.ErrCorrupt, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := newFile(t)
			commit(t, path, 50)
			test.damage(t, path)
			before := files(t, path)
			b, err := bolt.Open(path, bolt.Options{MmapSize: testMmap})
			if err == nil {
				t.Fatalf("opened; close: %v", b.Close())
			}
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			for _, part := range append(test.says, path) {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("got %q, want it to say %q", err, part)
				}
			}
			if after := files(t, path); before != after {
				t.Errorf("files changed:\nbefore %s\nafter  %s", before, after)
			}
		})
	}
}

// files names the files of a store and their sizes.
func files(t *testing.T, path string) string {
	t.Helper()
	var out []string
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %d", e.Name(), info.Size()))
	}
	return strings.Join(out, ", ")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func removeAll(t *testing.T, path string) { remove("")(t, path); remove(".id")(t, path) }

func remove(suffix string) func(*testing.T, string) {
	return func(t *testing.T, path string) { t.Helper(); must(t, os.Remove(path+suffix)) }
}

func write(suffix, text string) func(*testing.T, string) {
	return func(t *testing.T, path string) { t.Helper(); must(t, os.WriteFile(path+suffix, []byte(text), 0o600)) }
}

func directory(t *testing.T, path string) {
	t.Helper()
	must(t, os.Remove(path))
	must(t, os.Mkdir(path, 0o700))
}

func foreign(t *testing.T, path string) {
	t.Helper()
	must(t, os.Remove(path))
	db, err := bbolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, db.Close())
}

func swapped(t *testing.T, path string) {
	t.Helper()
	other := filepath.Join(t.TempDir(), "other.db")
	must(t, bolt.Init(other, strings.NewReader("another identity"), time.Now()))
	text, err := os.ReadFile(other + ".id")
	must(t, err)
	write(".id", string(text))(t, path)
}

// olderCopy puts a copy in place from before the last commits.
func olderCopy(t *testing.T, path string) {
	t.Helper()
	old, err := os.ReadFile(path)
	must(t, err)
	commit(t, path, 3)
	must(t, os.WriteFile(path, old, 0o600))
}

func replaceIdentity(old, replacement string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		text, err := os.ReadFile(path + ".id")
		must(t, err)
		changed := bytes.Replace(text, []byte(old), []byte(replacement), 1)
		if bytes.Equal(changed, text) {
			t.Fatalf("no %s in %s", old, text)
		}
		must(t, os.WriteFile(path+".id", changed, 0o600))
	}
}

// schema makes both identities those of another schema.
func schema(version int) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		from, to := fmt.Sprintf(`"schema":%d`, store.Schema), fmt.Sprintf(`"schema":%d`, version)
		replaceIdentity(from, to)(t, path)
		db, err := bbolt.Open(path, 0o600, nil)
		must(t, err)
		must(t, db.Update(func(tx *bbolt.Tx) error {
			bucket := tx.Bucket([]byte("\x00identity"))
			inside := bucket.Get([]byte("identity"))
			return bucket.Put([]byte("identity"), bytes.Replace(inside, []byte(from), []byte(to), 1))
		}))
		must(t, db.Close())
	}
}

func truncated(t *testing.T, path string) {
	t.Helper()
	must(t, os.Truncate(path, 2*int64(os.Getpagesize())))
}

// TestMarkMayBeBehind opens a store after a power cut that lost the mark.
func TestMarkMayBeBehind(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	text, err := os.ReadFile(path + ".id")
	must(t, err)
	commit(t, path, 5)
	write(".id", string(text))(t, path)
	commit(t, path, 0)
}

func TestOneProcessAtATime(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	first := open(t, path, bolt.Options{MmapSize: testMmap})
	start := time.Now()
	_, err := bolt.Open(path, bolt.Options{MmapSize: testMmap})
	if !errors.Is(err, bolt.ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	if want := fmt.Sprintf("pid %d holds %s", os.Getpid(), path); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want it to say %q", err, want)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("told after %v, want about half a second", took)
	}
	must(t, first.Close())
	must(t, open(t, path, bolt.Options{MmapSize: testMmap}).Close())
}

func TestUnknownHolder(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	first := open(t, path, bolt.Options{MmapSize: testMmap})
	defer func() { must(t, first.Close()) }()
	write(".pid", "garbage")(t, path)
	_, err := bolt.Open(path, bolt.Options{MmapSize: testMmap})
	if !errors.Is(err, bolt.ErrLocked) || !strings.Contains(err.Error(), "another process holds") {
		t.Errorf("got %v, want ErrLocked by another process", err)
	}
}

func TestInit(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	modes := map[string]fs.FileMode{filepath.Dir(path): 0o700 | fs.ModeDir, path: 0o600, path + ".id": 0o600}
	for name, want := range modes {
		info, err := os.Stat(name)
		if err != nil || info.Mode() != want {
			t.Errorf("%s: got %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
	commit(t, path, 1)
	if got := files(t, path); strings.Contains(got, ".new") || strings.Contains(got, ".pid") {
		t.Errorf("left behind: %s", got)
	}
	id := strings.NewReader(strings.Repeat("y", 64))
	for _, left := range []string{"both", "the identity", "neither"} {
		switch left {
		case "the identity":
			must(t, os.Remove(path))
		case "neither":
			must(t, os.Remove(path+".id"))
		}
		err := bolt.Init(path, id, time.Now())
		if left == "neither" {
			must(t, err)
		} else if !errors.Is(err, bolt.ErrExists) {
			t.Errorf("init over %s: got %v, want ErrExists", left, err)
		}
	}
}

func TestInitThatFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken := errors.New("no randomness")
	if err := bolt.Init(filepath.Join(dir, "a.db"), iotest.ErrReader(broken), time.Now()); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	must(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	err := bolt.Init(filepath.Join(dir, "file", "a.db"), strings.NewReader(strings.Repeat("x", 16)), time.Now())
	if err == nil {
		t.Error("made a store under a file")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
