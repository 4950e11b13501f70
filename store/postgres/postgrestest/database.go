package postgrestest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
)

// Template is a database that others are copies of.
type Template struct {
	*Server
	name string
}

// Template makes a database, lets fill write its tables, and returns what
// copies it: a copy costs less than the tables.
func (s *Server) Template(fill func(url string) error) (*Template, error) {
	const name = "template_linkline"
	if err := s.exec("CREATE DATABASE " + name); err != nil {
		return nil, err
	}
	if err := fill(s.URL(name)); err != nil {
		return nil, fmt.Errorf("fill %s: %w", name, err)
	}
	return &Template{Server: s, name: name}, nil
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

// Database returns the address of a new copy that is gone after the test.
func (s *Template) Database(t T) string {
	t.Helper()
	return s.database(t, s.name)
}

// Database returns the address of a new empty database that is gone after the
// test.
func (s *Server) Database(t T) string {
	t.Helper()
	return s.database(t, "template1")
}

func (s *Server) database(t T, like string) string {
	t.Helper()
	url, drop, err := s.create(like)
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
func (s *Server) Create() (url string, drop func() error, err error) { return s.create("template1") }

func (s *Server) create(like string) (url string, drop func() error, err error) {
	name := "test_" + rand.Text()
	if err := s.exec(`CREATE DATABASE "` + name + `" TEMPLATE "` + like + `"`); err != nil {
		return "", nil, err
	}
	return s.URL(name), func() error { return s.exec(`DROP DATABASE "` + name + `" WITH (FORCE)`) }, nil
}

// exec runs one statement as the cluster's owner.
func (s *Server) exec(sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
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
	s, err := Start()
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
