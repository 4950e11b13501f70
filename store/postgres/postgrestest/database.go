package postgrestest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/jackc/pgx/v5"
)

// Template is a database that others are copies of. A copy is emptied and used
// again: to make one and to remove it costs a checkpoint each.
type Template struct {
	*Server
	name  string
	keeps []string // tables that are not emptied

	mu    sync.Mutex
	spare []string // addresses
}

// Template makes a database, lets fill write its tables, and returns what
// copies it. The rows of the tables in keeps are part of every copy.
func (s *Server) Template(fill func(url string) error, keeps ...string) (*Template, error) {
	const name = "template_linkline"
	if err := s.exec(context.Background(), "CREATE DATABASE "+name); err != nil {
		return nil, err
	}
	if err := fill(s.URL(name)); err != nil {
		return nil, fmt.Errorf("fill %s: %w", name, err)
	}
	return &Template{Server: s, name: name, keeps: keeps}, nil
}

// T is what of testing.T these helpers need, so that a measurement that is no
// test can use them too.
type T interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Skip(args ...any)
}

// Database returns the address of an empty copy. The test may add tables to it,
// but changes none and leaves no connection open.
func (s *Template) Database(t T) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	url := ""
	if n := len(s.spare); n > 0 {
		url, s.spare = s.spare[n-1], s.spare[:n-1]
	} else {
		var err error
		if url, _, err = s.create(context.Background(), s.name); err != nil {
			t.Fatalf("make a database: %v", err)
		}
	}
	t.Cleanup(func() {
		if err := s.empty(url); err != nil {
			t.Errorf("empty a database: %v", err)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.spare = append(s.spare, url)
	})
	return url
}

// Copy returns the address of a copy that the test may spoil.
func (s *Template) Copy(t T) string {
	t.Helper()
	return s.database(t, s.name)
}

// empty removes all rows but those that are kept.
func (s *Template) empty(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	rows, err := conn.Query(ctx, "SELECT string_agg(format('DELETE FROM %I', tablename), '; ')"+
		" FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ($1::text[])", s.keeps)
	if err == nil {
		var sql string
		if sql, err = pgx.CollectExactlyOneRow(rows, pgx.RowTo[string]); err == nil {
			_, err = conn.Exec(ctx, sql)
		}
	}
	return errors.Join(err, conn.Close(ctx))
}

// Database returns the address of a new empty database that is gone after the
// test.
func (s *Server) Database(t T) string {
	t.Helper()
	return s.database(t, "template1")
}

func (s *Server) database(t T, like string) string {
	t.Helper()
	url, drop, err := s.create(context.Background(), like)
	if err != nil {
		t.Fatalf("make a database: %v", err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Errorf("remove a database: %v", err)
		}
	})
	return url
}

// Create makes a new empty database, and returns its address and what removes it.
func (s *Server) Create(ctx context.Context) (url string, drop func() error, err error) {
	return s.create(ctx, "template1")
}

func (s *Server) create(ctx context.Context, like string) (url string, drop func() error, err error) {
	name := "test_" + rand.Text()
	if err := s.exec(ctx, `CREATE DATABASE "`+name+`" TEMPLATE "`+like+`"`); err != nil {
		return "", nil, err
	}
	drop = func() error {
		return s.exec(context.WithoutCancel(ctx), `DROP DATABASE "`+name+`" WITH (FORCE)`)
	}
	return s.URL(name), drop, nil
}

// exec runs one statement as the cluster's owner.
func (s *Server) exec(ctx context.Context, sql string) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	_, err = conn.Exec(ctx, sql)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}

// Main runs the tests of a package with a server beside them, and returns the
// code to exit with. Where there is no PostgreSQL the server is nil and each
// test that needs it must call Need; in CI (CI=true) that is a failure.
func Main(m interface{ Run() int }, with func(*Server) error) (code int) {
	s, err := Start(context.Background())
	if errors.Is(err, ErrNoServer) && os.Getenv("CI") == "" {
		return m.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "postgrestest:", err)
		return 1
	}
	defer func() {
		if err := s.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "postgrestest:", err)
			code = 1
		}
	}()
	if err := with(s); err != nil {
		fmt.Fprintln(os.Stderr, "postgrestest:", err)
		return 1
	}
	return m.Run()
}

// Need skips a test for which there is no server, and says so.
func Need(t T, server *Server) {
	t.Helper()
	if server == nil {
		t.Skip(ErrNoServer)
	}
}
