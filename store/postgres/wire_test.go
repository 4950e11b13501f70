package postgres_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"linkline/store/postgres"
)

// errCut is what a connection says that a test has cut.
var errCut = errors.New("cut")

// wire makes connections that count how often they wait for the server, and
// that can be cut at the next COMMIT.
type wire struct {
	trips atomic.Int64

	mu   sync.Mutex
	cut  func(c *wireConn, batch []byte) error // what becomes of the next COMMIT
	down bool                                  // no connection can be made
}

func (w *wire) dial(ctx context.Context, network, address string) (net.Conn, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down {
		return nil, errCut
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	return &wireConn{Conn: conn, wire: w}, err
}

// wireConn is a connection over a wire.
type wireConn struct {
	net.Conn
	wire   *wire
	asked  atomic.Bool // something was written since it was read last
	broken atomic.Bool
	held   atomic.Bool
}

// Write sends what it is given, or does what the test wants done to a COMMIT.
func (c *wireConn) Write(b []byte) (int, error) {
	if c.broken.Load() {
		return 0, errCut
	}
	c.asked.Store(true)
	if cut := c.wire.take(b); cut != nil {
		c.broken.Store(true)
		err := cut(c, b)
		return len(b), err
	}
	return c.Conn.Write(b)
}

// take returns what to do to this batch, once.
func (w *wire) take(b []byte) func(*wireConn, []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut == nil || !bytes.Contains(b, markStatement()) {
		return nil
	}
	cut := w.cut
	w.cut = nil
	return cut
}

// markStatement is the name under which pgx has prepared the mark of a commit,
// on a connection that has made one: only a batch with COMMIT has it.
func markStatement() []byte {
	sum := sha256.Sum256([]byte("INSERT INTO commit_mark (id, void) VALUES ($1, false)"))
	return fmt.Appendf(nil, "stmtcache_%x", sum[:24])
}

// cutNext lets the next COMMIT be dealt with so.
func (w *wire) cutNext(how func(*wireConn, []byte) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = how
}

// goDown lets no connection be made from now on.
func (w *wire) goDown() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down = true
}

// heard returns when the server has said this, and keeps it from the client.
func (c *wireConn) heard(want string) error {
	var said []byte
	for part := make([]byte, 64<<10); !bytes.Contains(said, []byte(want)); {
		n, err := c.Conn.Read(part)
		if err != nil {
			return err
		}
		said = append(said, part[:n]...)
	}
	return nil
}

// Close closes the connection, unless its COMMIT is still under way.
func (c *wireConn) Close() error {
	if c.held.Load() {
		return nil
	}
	return c.Conn.Close()
}

func (c *wireConn) Read(b []byte) (int, error) {
	if c.broken.Load() {
		return 0, errCut
	}
	if c.asked.Swap(false) {
		c.wire.trips.Add(1)
	}
	return c.Conn.Read(b)
}

// wired opens a database over a wire.
func wired(t testing.TB, url string, w *wire, o postgres.Options) *postgres.Backend {
	t.Helper()
	o.Dial = w.dial
	return open(t, url, o)
}
