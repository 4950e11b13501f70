package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"linkline/store"
	"linkline/store/postgres"
	"linkline/store/postgres/postgrestest"
)

// cold opens a database again that plain opened, as a process that has seen
// nothing yet.
func cold(t testing.TB, url string) *postgres.Backend {
	t.Helper()
	b := open(t, url, options())
	b.UsePlainTable(table)
	return b
}

// filled makes a database with rows k0 to kn, each naming the next, and returns
// its address.
func filled(t testing.TB, n int) string {
	t.Helper()
	postgrestest.Need(t, server)
	url := oneConnection(migrated.Database(t))
	b := open(t, url, options())
	if err := b.PlainTable(t.Context(), table); err != nil {
		t.Fatal(err)
	}
	err := b.Update(t.Context(), "test", func(rows store.Rows) error {
		for i := range n {
			if err := rows.Put(table, fmt.Appendf(nil, "k%d", i), fmt.Appendf(nil, "k%d", i+1)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return url
}

var errMissing = errors.New("a row is missing")

// TestSuppositionsAreNotBelieved: what a run says that saw nothing yet, where
// there is something, does not reach the caller.
func TestSuppositionsAreNotBelieved(t *testing.T) {
	t.Parallel()
	url := filled(t, 1)
	tests := map[string]func(value []byte) error{
		"an error": func(value []byte) error {
			if value == nil {
				return errMissing
			}
			return nil
		},
		"a panic": func(value []byte) error {
			if value == nil {
				panic("a row is missing")
			}
			return nil
		},
	}
	for name, judge := range tests {
		b := cold(t, url)
		err := b.Update(t.Context(), "test", func(rows store.Rows) error {
			value, err := rows.Get(table, []byte("k0"))
			return errors.Join(err, judge(value))
		})
		if err != nil {
			t.Errorf("%s over what was only supposed: got %v", name, err)
		}
	}
}

// TestTrueErrorsAreBelieved: of a run whose suppositions hold.
func TestTrueErrorsAreBelieved(t *testing.T) {
	t.Parallel()
	b := cold(t, filled(t, 1))
	miss := func(rows store.Rows) error {
		if value, err := rows.Get(table, []byte("none")); err != nil || value != nil {
			return err
		}
		return errors.Join(rows.Put(table, []byte("lost"), nil), errMissing)
	}
	if err := b.Update(t.Context(), "test", miss); !errors.Is(err, errMissing) {
		t.Errorf("got %v, want the function's own error", err)
	}
	func() {
		defer func() {
			if said := fmt.Sprint(recover()); !strings.Contains(said, "oh dear") {
				t.Errorf("got %s, want the function's panic", said)
			}
		}()
		_ = b.Update(t.Context(), "test", func(store.Rows) error { panic("oh dear") })
	}()
	if got := value(t, b, "lost"); got != "" {
		t.Errorf("a failed function wrote %q", got)
	}
}

// TestGoexit: a function that ends its goroutine leaves no transaction open.
func TestGoexit(t *testing.T) {
	t.Parallel()
	b := cold(t, filled(t, 1)) // one connection
	for range 3 {
		var wait sync.WaitGroup
		wait.Go(func() {
			_ = b.Update(context.Background(), "test", func(rows store.Rows) error {
				if value, err := rows.Get(table, []byte("k0")); err != nil || value == nil {
					return err
				}
				runtime.Goexit()
				return nil
			})
			t.Error("Update returned")
		})
		wait.Wait()
	}
	if err := put(b, "k", "v"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestDeepReads follows names from row to row, further than is supposed.
func TestDeepReads(t *testing.T) {
	t.Parallel()
	const deep = 12
	b := cold(t, filled(t, deep))
	var last string
	err := b.Update(t.Context(), "test", func(rows store.Rows) error {
		last = "k0"
		for {
			next, err := rows.Get(table, []byte(last))
			if err != nil || next == nil {
				return errors.Join(err, rows.Put(table, []byte("end"), []byte(last)))
			}
			last = string(next)
		}
	})
	if want := fmt.Sprintf("k%d", deep); err != nil || last != want {
		t.Errorf("got %s, %v, want %s", last, err, want)
	}
}

// TestManyReads reads more rows than are supposed.
func TestManyReads(t *testing.T) {
	t.Parallel()
	b := cold(t, filled(t, 3000))
	var found int
	err := b.Update(t.Context(), "test", func(rows store.Rows) error {
		found = 0
		for i := range 3001 {
			value, err := rows.Get(table, fmt.Appendf(nil, "k%d", i))
			if err != nil {
				return err
			}
			if value != nil {
				found++
			}
		}
		return rows.Delete(table, []byte("k0"))
	})
	if err != nil || found != 3000 {
		t.Errorf("got %d rows, %v, want 3000", found, err)
	}
	if got := value(t, b, "k0"); got != "" {
		t.Errorf("a removed row: got %q", got)
	}
}

// TestPutWhatIsThere: a row that was never seen and is there is written over, in
// a process that has learnt to look first and in one that has come to trust that
// new rows are new.
func TestPutWhatIsThere(t *testing.T) {
	t.Parallel()
	url := filled(t, 2)
	for i, before := range []int{0, 20} {
		b := cold(t, url)
		for j := range before {
			if err := put(b, fmt.Sprintf("new-%d", j), "v"); err != nil {
				t.Fatal(err)
			}
		}
		key := fmt.Sprintf("k%d", i)
		if err := put(b, key, "over"); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		if got := value(t, b, key); got != "over" {
			t.Errorf("%s: got %q", key, got)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBusy: a transaction that another is in the way of, every time, is given
// up after a while, and has written nothing.
func TestBusy(t *testing.T) {
	t.Parallel()
	url := filled(t, 1)
	b, other := cold(t, url), cold(t, url)
	n := 0
	err := b.Update(t.Context(), "test", func(rows store.Rows) error {
		value, err := rows.Get(table, []byte("k0"))
		if err != nil {
			return err
		}
		n++
		if err := put(other, "k0", fmt.Sprint(n)); err != nil {
			return err
		}
		return rows.Put(table, []byte("k0"), append([]byte("mine after "), value...))
	})
	if !errors.Is(err, postgres.ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
	if got := value(t, other, "k0"); got != fmt.Sprint(n) {
		t.Errorf("got %q, want the other's %d", got, n)
	}
	if got := b.Stats().Again; got < 10 {
		t.Errorf("run again %d times, want more", got)
	}
}

// TestCallerLeavesOverCommit: once COMMIT is sent, its outcome is awaited.
func TestCallerLeavesOverCommit(t *testing.T) {
	t.Parallel()
	w := &wire{}
	b := plain(t, w, options())
	ctx, cancel := context.WithCancel(t.Context())
	w.cutNext(func(c *wireConn, batch []byte) error {
		cancel()
		c.broken.Store(false) // it is not cut after all
		_, err := c.Conn.Write(batch)
		return err
	})
	err := b.Update(ctx, "test", func(rows store.Rows) error { return rows.Put(table, []byte("k"), []byte("v")) })
	if err != nil || ctx.Err() == nil {
		t.Errorf("got %v, left %v, want the commit", err, ctx.Err())
	}
	if got := value(t, b, "k"); got != "v" {
		t.Errorf("got %q, want v", got)
	}
}

// TestClaimsPassBy: while one transaction holds what it claims, another claims
// the rest without waiting, and both commit.
func TestClaimsPassBy(t *testing.T) {
	t.Parallel()
	url := filled(t, 4)
	first, second := cold(t, url), cold(t, url)
	claim := func(b *postgres.Backend, hold func(n int)) (keys []string, err error) {
		err = b.Update(context.Background(), "test", func(rows store.Rows) error {
			keys = nil
			found, err := rows.Range(table, store.Bounds{From: []byte("k"), Limit: 2, Claim: true})
			if err != nil {
				return err
			}
			hold(len(found))
			for _, r := range found {
				keys = append(keys, string(r.Key))
				if err := rows.Delete(table, r.Key); err != nil {
					return err
				}
			}
			return nil
		})
		return keys, err
	}
	var theirs []string
	ours, err := claim(first, func(n int) {
		if n == 0 || theirs != nil {
			return // nothing is held yet
		}
		var err error
		if theirs, err = claim(second, func(int) {}); err != nil {
			t.Errorf("the second claim: %v", err)
		}
	})
	if err != nil {
		t.Fatalf("the first claim: %v", err)
	}
	if got := fmt.Sprint(ours, theirs); got != "[k0 k1] [k2 k3]" {
		t.Errorf("got %s, want two each", got)
	}
	for _, key := range []string{"k0", "k3"} {
		if got := value(t, first, key); got != "" {
			t.Errorf("%s is still there", key)
		}
	}
}

// TestServerComesBack: the database is stopped without a word and started again,
// and the store goes on, with all that was committed.
func TestServerComesBack(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	s, err := postgrestest.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	url := s.URL("postgres")
	if err := postgres.Migrate(t.Context(), url, nil); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Kinds, o.ConnectWait = nil, 200*time.Millisecond
	b := open(t, url, o)
	if err := b.PlainTable(t.Context(), table); err != nil {
		t.Fatal(err)
	}
	for round := range 2 {
		if err := put(b, "k", fmt.Sprint(round)); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := s.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := put(b, "k", "lost"); err == nil || errors.Is(err, store.ErrOutcomeUnknown) {
			t.Errorf("without a server: got %v, want an error that nothing was written", err)
		}
		if err := s.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := value(t, b, "k"); got != fmt.Sprint(round) {
			t.Errorf("round %d: got %q, want what was committed", round, got)
		}
	}
}
