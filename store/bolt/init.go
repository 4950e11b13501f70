package bolt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
)

var (
	// ErrNoStore means that there is no store at the path yet.
	ErrNoStore = errors.New("no store yet")
	// ErrRefused means that there is something at the path that is not, or not
	// safely, the store it should be.
	ErrRefused = errors.New("store refused")
	// ErrExists means that Init found a store, or the rest of one.
	ErrExists = errors.New("there is a store already")
)

// refuse says what is wrong with the store at path and what to do.
func refuse(path, format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", ErrRefused, path, fmt.Sprintf(format, args...))
}

// Init makes an empty store at path, with an identity drawn from random, and
// its directory if there is none. It never writes over anything: ErrExists when
// either of the two files is there. A store is at path when Init returns, or
// nothing that Open would take for one.
func Init(path string, random io.Reader, now time.Time) error {
	for _, name := range []string{path, identityPath(path)} {
		if _, err := os.Lstat(name); !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("init %s: %w: %s is in the way; move it aside if it is not wanted",
				path, ErrExists, name)
		}
	}
	var id [16]byte
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return fmt.Errorf("init %s: draw an id: %w", path, err)
	}
	if err := create(path, newIdentity(id, now)); err != nil {
		return fmt.Errorf("init %s: %w", path, err)
	}
	return nil
}

// create writes the two files, each whole before it has its name. The identity
// comes first: without the store it is refused, not taken for a new one.
func create(path string, id identity) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	text, err := json.Marshal(id)
	if err != nil {
		return err
	}
	err = place(identityPath(path), func(temp string) error {
		return os.WriteFile(temp, append(text, '\n'), 0o600)
	})
	if err != nil {
		return err
	}
	return place(path, func(temp string) error { return writeEmpty(temp, text) })
}

// place makes a file under another name, syncs it, gives it its name and syncs
// the directory.
func place(path string, write func(temp string) error) error {
	temp := path + ".new"
	if err := os.Remove(temp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := write(temp); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	if err := syncFile(temp); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

func syncFile(name string) error {
	f, err := os.Open(filepath.Clean(name))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// writeEmpty writes a bbolt file with nothing but its identity.
func writeEmpty(name string, id []byte) error {
	db, err := bbolt.Open(name, 0o600, &bbolt.Options{
		Timeout: lockWait, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType,
	})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		bucket, err := tx.CreateBucket([]byte(identityBucket))
		if err != nil {
			return err
		}
		return bucket.Put([]byte(identityKey), id)
	})
	return errors.Join(err, db.Close())
}

// inspect refuses, before bbolt may touch it, a file that bbolt would make,
// fill or misread.
func inspect(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return missing(path)
	case err != nil:
		return fmt.Errorf("open store: %w", err)
	case info.IsDir():
		return refuse(path, "it is a directory: give the path of the file in it")
	case info.Size() == 0:
		return refuse(path, "it is empty, which a store never is: restore it from a backup, or remove "+
			"it and %s and run `linkline init`", identityPath(path))
	}
	is, err := isBolt(path)
	if err == nil && !is {
		err = refuse(path, "it is not a linkline store: check the path, or restore it from a backup")
	}
	return err
}

func missing(path string) error {
	if _, err := os.Stat(identityPath(path)); err == nil {
		return refuse(path, "it is missing, though its identity file %s is there: mount its disk or "+
			"restore it from a backup", identityPath(path))
	}
	return fmt.Errorf("%w: there is nothing at %s: run `linkline init`, or check the path", ErrNoStore, path)
}

// isBolt looks for bbolt's mark on the first two pages, whatever their size.
func isBolt(path string) (bool, error) {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return false, fmt.Errorf("open store: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	const (
		magic  = 0xED0CDAED
		offset = 16 // behind a page's header
	)
	mark := binary.NativeEndian.AppendUint32(nil, magic)
	page := make([]byte, len(mark))
	for size := int64(0); size <= 64<<10; size = max(1<<10, size*2) {
		if _, err := f.ReadAt(page, size+offset); err == nil && bytes.Equal(page, mark) {
			return true, nil
		}
	}
	return false, nil
}
