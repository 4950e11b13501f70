// Package postgrestest runs a PostgreSQL server of a test's own: Debian's
// package, a private cluster in a temporary directory, a Unix socket and no
// port, with fsync as in production. It is for tests and measurements only, and
// does not know what is kept in it.
package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoServer means that there is no PostgreSQL on this machine.
var ErrNoServer = errors.New("no PostgreSQL here: install Debian's package postgresql")

// startTime bounds how long a server may take to answer; a slow disk takes its
// time to make a cluster.
const startTime = time.Minute

// Server is a running PostgreSQL server with a cluster of its own.
type Server struct {
	bin  string // where the package keeps its programs
	dir  string // of the cluster, the socket and the log
	who  *syscall.SysProcAttr
	stop func(syscall.Signal) error
}

// Start makes a cluster and starts a server on it. ErrNoServer means that there
// is none to start.
func Start(ctx context.Context) (*Server, error) {
	bin := binDir()
	if bin == "" {
		return nil, ErrNoServer
	}
	// Not testing's directory: a socket's path may be 107 bytes long at most.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		return nil, fmt.Errorf("make a cluster: %w", err)
	}
	s := &Server{bin: bin, dir: dir}
	if err := errors.Join(s.become(), s.initialise()); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := s.Run(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// binDir is where the newest server's programs lie; "" for nowhere.
func binDir() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // the pattern is well-formed
	if path, err := exec.LookPath("postgres"); len(found) == 0 && err == nil {
		found = append(found, path)
	}
	if len(found) == 0 {
		return ""
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // 0 where it is no number
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }))
}

// become finds the user that the server runs as: PostgreSQL refuses root.
func (s *Server) become() error {
	s.who = &syscall.SysProcAttr{}
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, noUID := strconv.ParseUint(u.Uid, 10, 32)
		gid, noGID := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(noUID, noGID); err != nil {
			return fmt.Errorf("user %s: %w", name, err)
		}
		s.who.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return os.Chown(s.dir, int(uid), int(gid))
	}
	return errors.New("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")
}

func (s *Server) initialise() error {
	// The cluster is new and nobody's: only what is written later is synced.
	cmd := exec.Command(filepath.Join(s.bin, "initdb"), "--pgdata", s.data(), "--username", "linkline",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	cmd.Dir, cmd.SysProcAttr = s.dir, s.who
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, said)
	}
	return nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// settings are PostgreSQL's own, fsync among them, but for what many small
// databases need and for the room that docs/postgres.md asks for.
var settings = []string{
	"listen_addresses=", "max_connections=300", "max_pred_locks_per_transaction=256",
	"log_min_messages=warning",
}

// Run starts the server, also again after Kill, and waits until it answers.
func (s *Server) Run(ctx context.Context) error {
	args := []string{"-D", s.data(), "-k", s.dir}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	cmd := exec.Command(filepath.Join(s.bin, "postgres"), args...)
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("server's log: %w", err)
	}
	defer func() { _ = log.Close() }() // the server has its own
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Credential: s.who.Credential,
		Pdeathsig:  syscall.SIGQUIT, // it stops even when the test is killed
		Setpgid:    true,            // and not when somebody types ^C at the test
	}
	started, ended := make(chan error, 1), make(chan struct{})
	go func() {
		// The signal of a parent's death is that of its thread.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // it says how it ended in its log
		}
		close(ended)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	s.stop = func(how syscall.Signal) error {
		if err := cmd.Process.Signal(how); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop postgres: %w", err)
		}
		<-ended
		return nil
	}
	return s.wait(ctx, ended)
}

// wait returns when the server answers.
func (s *Server) wait(ctx context.Context, ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ended:
			return fmt.Errorf("postgres ended: %s", s.log())
		case <-ctx.Done():
			return fmt.Errorf("postgres does not answer: %w: %s", err, s.log())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// log is what the server said last.
func (s *Server) log() string {
	text, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text[max(0, len(text)-2000):]))
}

// URL is the address of a database of the server.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://linkline@/%s?host=%s&sslmode=disable", database, s.dir)
}

// Kill stops the server without a word to its clients, as `pg_ctl stop -m
// immediate` does: what was not committed is gone when it runs again.
func (s *Server) Kill() error { return s.stop(syscall.SIGQUIT) }

// Cut ends some of the server's connections, whatever they are at.
func (s *Server) Cut(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return fmt.Errorf("cut connections: %w", err)
	}
	_, err = conn.Exec(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"+
		" WHERE usename = 'linkline' AND pid <> pg_backend_pid() AND random() < 0.5")
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("cut connections: %w", err)
	}
	return nil
}

// Stop ends the server and removes its cluster.
func (s *Server) Stop() error {
	return errors.Join(s.stop(syscall.SIGINT), os.RemoveAll(s.dir))
}
