package bolt

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"linkline/store"
)

// identity says which store a file is. It lies in the file and beside it.
type identity struct {
	Store     string    `json:"store"`
	Schema    int       `json:"schema"`
	CreatedAt time.Time `json:"created_at"`
	// Commits is the number of the last commit, written in place: always this
	// many digits.
	Commits string `json:"commits"`
}

const commitDigits = 20

// identityBucket and identityKey are where the identity lies in the file.
const (
	identityBucket = "\x00identity"
	identityKey    = "identity"
)

func identityPath(path string) string { return path + ".id" }

// newIdentity draws the identity of a new store.
func newIdentity(id [16]byte, now time.Time) identity {
	return identity{
		Store: hex.EncodeToString(id[:]), Schema: store.Schema,
		CreatedAt: now.UTC().Truncate(time.Second), Commits: digits(0),
	}
}

func digits(n int) string { return fmt.Sprintf("%0*d", commitDigits, n) }

// identityFile is the identity beside the open file.
type identityFile struct {
	file *os.File
	at   int64 // where the number of the last commit stands
}

// mark writes the number of the last commit. It is not synced: it may be
// behind after a power cut, never ahead.
func (f *identityFile) mark(commit int) error {
	var room [commitDigits]byte
	number := strconv.AppendInt(room[:0], int64(commit), 10)
	out := append([]byte(strings.Repeat("0", commitDigits-len(number))), number...)
	if _, err := f.file.WriteAt(out, f.at); err != nil {
		return fmt.Errorf("mark commit %d: %w", commit, err)
	}
	return nil
}

func (f *identityFile) close() error { return errors.Join(f.file.Sync(), f.file.Close()) }

// openIdentity compares what lies beside the file with what lies in it.
func openIdentity(path string, db *bbolt.DB) (*identityFile, error) {
	file, err := os.OpenFile(filepath.Clean(identityPath(path)), os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return nil, refuse(path, "its identity file %s is missing: restore that file from the same "+
			"backup as the store", identityPath(path))
	}
	if err != nil {
		return nil, fmt.Errorf("open identity: %w", err)
	}
	at, err := checkIdentity(path, db, file)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &identityFile{file: file, at: at}, nil
}

// checkIdentity refuses a pair of files that do not belong together, and
// returns where the number of the last commit stands.
func checkIdentity(path string, db *bbolt.DB, file *os.File) (int64, error) {
	text := make([]byte, 4096)
	n, _ := file.ReadAt(text, 0) // a short file is the usual case
	text = text[:n]
	var beside identity
	err := json.Unmarshal(text, &beside)
	mark, notNumber := strconv.Atoi(beside.Commits)
	if err != nil || notNumber != nil || len(beside.Commits) != commitDigits || beside.Store == "" {
		return 0, refuse(path, "its identity file %s cannot be read: restore that file from the same "+
			"backup as the store", identityPath(path))
	}
	inside, last, err := readIdentity(db)
	switch {
	case err != nil:
		return 0, err
	case inside.Store == "":
		return 0, refuse(path, "it is a bbolt file of another program: check the path")
	case inside.Store != beside.Store:
		return 0, refuse(path, "it is not the store that %s names (%.8s, not %.8s): one of the two was "+
			"copied from elsewhere; put back the pair that belongs together",
			identityPath(path), inside.Store, beside.Store)
	case inside.Schema > store.Schema:
		return 0, refuse(path, "a newer linkline wrote it (schema %d, this one knows %d): use that version",
			inside.Schema, store.Schema)
	case inside.Schema < store.Schema:
		return 0, refuse(path, "an older linkline wrote it (schema %d, this one needs %d): use that version, "+
			"or one that can bring it up to date", inside.Schema, store.Schema)
	case last < mark:
		return 0, refuse(path, "it is older than it was (its last commit is %d, %s has seen %d): a copy was "+
			"put in its place or the disk lost writes; texts acknowledged since are not in it. "+
			"To go back on purpose, restore both files from the same backup",
			last, identityPath(path), mark)
	}
	return int64(strings.Index(string(text), beside.Commits)), nil
}

// readIdentity returns the identity in the file and the number of its last
// commit; an empty identity when it has none.
func readIdentity(db *bbolt.DB) (id identity, commit int, err error) {
	defer guard(&err, "read identity")
	err = db.View(func(tx *bbolt.Tx) error {
		commit = tx.ID()
		if bucket := tx.Bucket([]byte(identityBucket)); bucket != nil {
			return json.Unmarshal(bucket.Get([]byte(identityKey)), &id)
		}
		return nil
	})
	if err != nil {
		return identity{}, 0, fmt.Errorf("read identity of %s: %w", db.Path(), err)
	}
	return id, commit, nil
}
