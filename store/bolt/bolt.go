// Package bolt keeps a store's rows in one bbolt file. It knows files, locks,
// pages and commits; it does not know what a row means.
//
// # Commits
//
// One goroutine writes. It runs the functions of Update one after another
// against an overlay each, so that one that fails leaves the others whole, and
// commits all of them with one fsync; whoever waits while a commit runs goes
// into the next. A lone caller waits for nobody.
//
// Whoever must wait anyway runs her function meanwhile, in her own goroutine
// over what is committed, and notes what it reads. At her turn the writer looks
// whether all of that would read the same, byte for byte, after the commits and
// the functions that came before her: if so it takes over what was written, and
// else it runs the function itself. So the outcome is always that of running
// one after another, in the order of the queue, and nobody's function is run
// more than twice. It counts for nothing else that a function was run ahead: an
// error or a panic is not believed before its turn, and nobody is answered
// before the commit whose rows she may have read.
//
// A commit that fails is an unknown outcome: every caller of it gets
// store.ErrOutcomeUnknown, and the backend does no more work. The process must
// end and decide from what is on disk.
//
// # Files
//
// Beside linkline.db lies linkline.db.id: which store this is, its schema, and
// the number of the last commit. Open refuses a file that is missing, empty,
// foreign, of another schema or older than that number. The number is written
// after each commit but never synced by itself, so after a power cut it may be
// behind: the commits since then are unproven, and so is always the last one.
// linkline.db.pid holds the id of the process that has the file open.
//
// # What stays on disk
//
// bbolt frees pages without clearing them. A destroyed data key, still wrapped,
// can be in a freed page until the page is used again; only a holder of the
// key-encryption key could unwrap it.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"linkline/conversation/casework"
	"linkline/store"
)

// Options say how a file is opened. The zero value is right for production.
type Options struct {
	// MmapSize is the address space set aside for the file, in bytes: until the
	// file outgrows it, no View can hold up a commit. Zero means 4 GiB, or
	// bbolt's own choice where addresses are scarce.
	MmapSize int
	// Faults let a test fail commits by their site.
	Faults store.Faults
	// OnWrite, if set, sees every row of a commit as it is written; a nil value
	// is a row removed. It must not keep or change what it is given.
	OnWrite func(table string, key, value []byte)
}

// lockWait is how long Open waits for another process to let go of the file.
const lockWait = 500 * time.Millisecond

// ErrLocked means that another process has the file open.
var ErrLocked = errors.New("store in use")

// Backend is a store.Backend in a bbolt file.
type Backend struct {
	db       *bbolt.DB
	identity *identityFile
	options  Options
	queue    *queue
	rooms    sync.Pool // of *ahead

	stopped chan struct{} // closed when the writer has ended
	failed  chan struct{} // closed when a commit failed
	close   func() error
}

var _ store.Backend = (*Backend)(nil)

// Open opens the store at path, which Init has made. It refuses anything else
// with an error that says what is wrong, where, and what to do: ErrNoStore when
// there is nothing yet, ErrLocked when another process is at it, ErrRefused
// when what is there must not be written to.
func Open(path string, options Options) (*Backend, error) {
	if err := inspect(path); err != nil {
		return nil, err
	}
	db, err := openFile(path, options.MmapSize)
	if err != nil {
		return nil, err
	}
	b := &Backend{
		db: db, options: options, queue: newQueue(),
		stopped: make(chan struct{}), failed: make(chan struct{}),
	}
	b.rooms.New = newAhead
	b.close = sync.OnceValue(b.shut)
	if b.identity, err = openIdentity(path, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := writePid(path); err != nil {
		return nil, errors.Join(err, b.identity.close(), db.Close())
	}
	go b.write()
	return b, nil
}

// openFile opens a file that is known to be there and to be bbolt's.
func openFile(path string, mmapSize int) (*bbolt.DB, error) {
	options := &bbolt.Options{
		Timeout: lockWait, NoStatistics: true,
		NoFreelistSync: true, FreelistType: bbolt.FreelistMapType,
	}
	if err := lookAt(path, *options); err != nil {
		return nil, err
	}
	options.InitialMmapSize = mmapSize
	if mmapSize == 0 && strconv.IntSize == 64 && runtime.GOOS != "windows" {
		options.InitialMmapSize = 4 << 30
	}
	return openBolt(path, options)
}

// lookAt checks the file's pages while nobody can write to it.
func lookAt(path string, options bbolt.Options) error {
	options.ReadOnly = true
	db, err := openBolt(path, &options)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it was only read
	file, err := os.Open(filepath.Clean(path))
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := checkPages(file, info.Size(), db.Info().PageSize); err != nil {
		return fmt.Errorf("%w: %s: restore it from a backup: %w", ErrRefused, path, err)
	}
	return nil
}

// openBolt is bbolt.Open, except that it makes no file, panics over no damage
// and says who holds a lock.
func openBolt(path string, options *bbolt.Options) (db *bbolt.DB, err error) {
	defer guard(&err, "open "+path)
	options.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		return os.OpenFile(filepath.Clean(name), flag&^os.O_CREATE, mode)
	}
	db, err = bbolt.Open(path, 0o600, options)
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("%w: %s holds %s; stop it first, or let it do the work",
			ErrLocked, holder(path), path)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum),
		errors.Is(err, berrors.ErrVersionMismatch):
		return nil, fmt.Errorf("%w: %s: neither of its first pages is whole: restore it from a backup: %w",
			ErrRefused, path, store.ErrCorrupt)
	case err != nil:
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

// Update implements store.Backend.
func (b *Backend) Update(ctx context.Context, site casework.Site, fn func(store.Rows) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{site: site, fn: fn, finished: make(chan struct{})}
	if b.queue.enter() {
		current := b.begin([]*request{r})
		current.alone = true
		b.lead(current)
	} else if err := b.enqueue(ctx, r); err != nil {
		return err
	}
	select {
	case <-r.finished:
	case <-ctx.Done():
		if r.abandon() {
			return ctx.Err()
		}
		<-r.finished // it has started: its outcome is to be known
	}
	switch {
	case r.panicked != nil:
		panic(r.panicked)
	case r.exited:
		runtime.Goexit() // as the function did
	}
	b.release(r)
	return r.err
}

// View implements store.Backend.
func (b *Backend) View(ctx context.Context, fn func(store.Rows) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-b.failed:
		return store.ErrClosed
	default:
	}
	tx, err := b.db.Begin(false)
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return store.ErrClosed
	}
	if err != nil {
		return fmt.Errorf("begin view: %w", err)
	}
	// A damaged page can point outside the file; see guard.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { _ = tx.Rollback() }() // the only error is "already ended"
	return fn(&rows{tables: &tables{tx: tx}})
}

// Failed implements store.Backend.
func (b *Backend) Failed() <-chan struct{} { return b.failed }

// Close implements store.Backend. It waits for the Updates under way and for
// the Views.
func (b *Backend) Close() error { return b.close() }

func (b *Backend) shut() error {
	b.queue.close()
	<-b.stopped
	path := b.db.Path()
	err := errors.Join(b.identity.close(), os.Remove(pidPath(path)), b.db.Close())
	if err != nil {
		return fmt.Errorf("close %s: %w", path, err)
	}
	return nil
}

func pidPath(path string) string { return path + ".pid" }

// writePid leaves the id of this process beside the file it holds.
func writePid(path string) error {
	if err := os.WriteFile(pidPath(path), []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		return fmt.Errorf("say who holds the store: %w", err)
	}
	return nil
}

// holder names the process that holds the file, as well as can be known.
func holder(path string) string {
	text, err := os.ReadFile(filepath.Clean(pidPath(path)))
	pid, notNumber := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || notNumber != nil {
		return "another process"
	}
	return fmt.Sprintf("pid %d", pid)
}

// guard turns a panic over a damaged page into an error.
func guard(err *error, doing string) {
	if damage := recover(); damage != nil {
		*err = fmt.Errorf("%s: %w: %v", doing, store.ErrCorrupt, damage)
	}
}
