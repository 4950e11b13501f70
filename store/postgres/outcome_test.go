package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"linkline/store"
	"linkline/store/postgres"
	"linkline/store/postgres/postgrestest"
)

// oneConnection makes a database have one connection, so that a test knows which
// it cuts.
func oneConnection(url string) string { return url + "&pool_max_conns=1" }

// table is the table of the tests' own rows.
const table = "plain"

// plain opens a database over a wire with a table for any rows, and writes one,
// so that the connection has made a commit.
func plain(t testing.TB, w *wire, o postgres.Options) *postgres.Backend {
	t.Helper()
	postgrestest.Need(t, server)
	b := wired(t, oneConnection(migrated.Database(t)), w, o)
	if err := b.PlainTable(t.Context(), table); err != nil {
		t.Fatalf("make a table: %v", err)
	}
	if err := put(b, "warm", "1"); err != nil {
		t.Fatalf("first commit: %v", err)
	}
	return b
}

func put(b *postgres.Backend, key, value string) error {
	return b.Update(context.Background(), "test", func(rows store.Rows) error {
		if _, err := rows.Get(table, []byte(key)); err != nil {
			return err
		}
		return rows.Put(table, []byte(key), []byte(value))
	})
}

// value reads a row; "" when there is none.
func value(t testing.TB, b *postgres.Backend, key string) string {
	t.Helper()
	var out []byte
	err := b.View(context.Background(), func(rows store.Rows) (err error) {
		out, err = rows.Get(table, []byte(key))
		return err
	})
	if err != nil {
		t.Fatalf("view: %v", err)
	}
	return string(out)
}

// TestLostCommit cuts the connection at COMMIT, before the server has it and
// after: Update tells what is true, and the store goes on.
func TestLostCommit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		cut  func(*wireConn, []byte) error
		want string // what lies there
	}{
		"before it is sent": {func(*wireConn, []byte) error { return errCut }, ""},
		"half of it is sent": {func(c *wireConn, b []byte) error {
			_, _ = c.Conn.Write(b[:len(b)/2])
			return errCut
		}, ""},
		"before it is answered": {func(c *wireConn, b []byte) error {
			_, err := c.Conn.Write(b)
			return errors.Join(err, c.heard("COMMIT\x00"))
		}, "new"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &wire{}
			b := plain(t, w, options())
			w.cutNext(test.cut)
			err := put(b, "k", "new")
			switch {
			case test.want != "" && err != nil:
				t.Errorf("it was committed: got %v", err)
			case test.want == "" && (err == nil || errors.Is(err, store.ErrOutcomeUnknown)):
				t.Errorf("it was not committed: got %v, want an error that says so", err)
			}
			if got := value(t, b, "k"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if err := put(b, "k", "later"); err != nil {
				t.Errorf("afterwards: %v", err)
			}
			if got := b.Stats().Settled; test.want != "" && got != 1 {
				t.Errorf("settled: got %d, want 1", got)
			}
		})
	}
}

// TestLateCommit is a COMMIT that reaches the server after its caller was told
// that nothing was written: it must fail.
func TestLateCommit(t *testing.T) {
	t.Parallel()
	w := &wire{}
	b := plain(t, w, options())
	var late func() error
	w.cutNext(func(c *wireConn, batch []byte) error {
		batch = append([]byte(nil), batch...)
		c.held.Store(true)
		late = func() error {
			defer c.Conn.Close()
			if _, err := c.Conn.Write(batch); err != nil {
				return err
			}
			_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
			said := make([]byte, 64<<10)
			n, err := c.Conn.Read(said) // the server's answer: it has dealt with it
			if err == nil && n == 0 {
				err = errors.New("no answer")
			}
			return err
		}
		return errCut
	})
	if err := put(b, "k", "lost"); !errors.Is(err, postgres.ErrLost) {
		t.Fatalf("got %v, want ErrLost", err)
	}
	if late == nil {
		t.Fatal("no COMMIT was held")
	}
	if err := late(); err != nil {
		t.Fatalf("late COMMIT: %v", err)
	}
	if got := value(t, b, "k"); got != "" {
		t.Errorf("got %q: a commit that was called lost has happened", got)
	}
}

// TestUnknownOutcome loses the connection and the server: nobody can know, and
// the store does no more.
func TestUnknownOutcome(t *testing.T) {
	t.Parallel()
	w, o := &wire{}, options()
	o.SettleWait = 200 * time.Millisecond
	b := plain(t, w, o)
	w.cutNext(func(c *wireConn, batch []byte) error {
		w.goDown()
		_, err := c.Conn.Write(batch)
		return err
	})
	if err := put(b, "k", "new"); !errors.Is(err, store.ErrOutcomeUnknown) {
		t.Fatalf("got %v, want ErrOutcomeUnknown", err)
	}
	select {
	case <-b.Failed():
	default:
		t.Error("the backend does not say that it failed")
	}
	if err := put(b, "k", "again"); !errors.Is(err, store.ErrClosed) {
		t.Errorf("afterwards: got %v, want ErrClosed", err)
	}
	if err := b.View(t.Context(), func(store.Rows) error { return nil }); !errors.Is(err, store.ErrClosed) {
		t.Errorf("view afterwards: got %v, want ErrClosed", err)
	}
}

// TestErrorsHoldNoPassword: what is told of a server that is away, and of an
// address that cannot be read.
func TestErrorsHoldNoPassword(t *testing.T) {
	t.Parallel()
	w, o := &wire{}, options()
	w.goDown()
	o.Dial = w.dial
	for _, address := range []string{
		"postgres://linkline:canary@127.0.0.1:1/linkline", "postgres://linkline:canary@[::1/linkline",
		"host=127.0.0.1 password='canary", "postgres://linkline:canary@127.0.0.1:none/linkline",
	} {
		_, opened := postgres.Open(t.Context(), address, o)
		_, status := postgres.Status(t.Context(), address)
		for _, err := range []error{opened, status} {
			if err == nil || strings.Contains(err.Error(), "canary") {
				t.Errorf("%.12s...: got %v, want an error without the password", address, err)
			}
		}
	}
}

// TestFaults fails a commit by its site, before and after it is made.
func TestFaults(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	broken := errors.New("disk on fire")
	fault := func(site siteName) error {
		if site == "test" {
			return broken
		}
		return nil
	}
	tests := map[string]struct {
		faults store.Faults
		want   string
	}{
		"before": {store.Faults{Before: fault}, ""},
		"after":  {store.Faults{After: fault}, "v"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, o := migrated.Database(t), options()
			calm := open(t, url, o)
			if err := calm.PlainTable(t.Context(), table); err != nil {
				t.Fatal(err)
			}
			o.Faults = test.faults
			b := open(t, url, o)
			b.UsePlainTable(table)
			if err := put(b, "k", "v"); !errors.Is(err, store.ErrOutcomeUnknown) || !errors.Is(err, broken) {
				t.Errorf("got %v, want ErrOutcomeUnknown and its cause", err)
			}
			if got := value(t, calm, "k"); got != test.want {
				t.Errorf("kept: got %q, want %q", got, test.want)
			}
		})
	}
}

// TestMarksArePruned keeps the marks that somebody may still ask for.
func TestMarksArePruned(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	url, o := migrated.Database(t), options()
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	o.Now = func() time.Time { return at }
	b := open(t, url, o)
	if err := b.PlainTable(t.Context(), table); err != nil {
		t.Fatal(err)
	}
	for _, day := range []int{0, 1, 2} {
		at = at.Add(time.Duration(day) * 24 * time.Hour)
		if err := put(b, "k", fmt.Sprint(day)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM commit_mark").Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n != 1 {
		t.Errorf("marks: got %d, want that of today only", n)
	}
}
