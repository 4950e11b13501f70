// Package admin carries commands from a terminal to the running service,
// through a socket in its data directory that only its user may open (decision
// 10). One connection carries one request and one answer, each a line of JSON.
// It does not know what the commands do.
package admin

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"syscall"
	"time"
)

const (
	// timeout bounds a connection: a command is a transaction or two.
	timeout = 5 * time.Second
	// maxLine bounds a request and an answer.
	maxLine = 1 << 20
)

// ErrNotRunning means that no service listens on the socket.
var ErrNotRunning = errors.New("no service is running on this data directory")

// Request is one command with its arguments, which only the two ends know.
type Request struct {
	Command string          `json:"command"`
	Args    json.RawMessage `json:"args,omitempty"`
}

// answer is what comes back: a result, or why there is none.
type answer struct {
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// Handler carries out a request and returns what goes back, as JSON.
type Handler func(ctx context.Context, request Request) (any, error)

// Listen opens the socket. Whoever calls it must hold the store's lock: a
// socket that is there already is then left over from a service that died.
func Listen(ctx context.Context, path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("remove the socket left over: %w", err)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen for commands: %w", err)
	}
	// Until here the data directory itself keeps others out.
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("keep the socket to this user: %w", err), l.Close())
	}
	return l, nil
}

// Serve answers requests, one connection at a time, until ctx ends; it then
// removes the socket.
func Serve(ctx context.Context, l net.Listener, handle Handler) error {
	stop := context.AfterFunc(ctx, func() { _ = l.Close() }) // Accept tells
	defer stop()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("accept a command: %w", err)
		}
		// A client that goes away in the middle concerns nobody else.
		_ = serveOne(ctx, conn, handle)
	}
}

func serveOne(ctx context.Context, conn net.Conn, handle Handler) error {
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := deadline(ctx, conn); err != nil {
		return err
	}
	var request Request
	if err := readLine(conn, &request); err != nil {
		return writeLine(conn, answer{Error: "the request is not understood"})
	}
	result, err := handle(ctx, request)
	if err != nil {
		return writeLine(conn, answer{Error: err.Error()})
	}
	raw, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return writeLine(conn, answer{Result: raw})
}

// Call sends a command to the running service and decodes its answer into
// result. It answers ErrNotRunning when there is none.
func Call(ctx context.Context, path, command string, args, result any) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return ErrNotRunning
	}
	if err != nil {
		return fmt.Errorf("reach the running service: %w", err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := deadline(ctx, conn); err != nil {
		return err
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("encode command: %w", err)
	}
	if err := writeLine(conn, Request{Command: command, Args: raw}); err != nil {
		return err
	}
	var a answer
	if err := readLine(conn, &a); err != nil {
		return err
	}
	if a.Error != "" {
		return errors.New(a.Error)
	}
	if err := json.Unmarshal(a.Result, result); err != nil {
		return fmt.Errorf("decode answer: %w", err)
	}
	return nil
}

func deadline(ctx context.Context, conn net.Conn) error {
	at, _ := ctx.Deadline()
	if err := conn.SetDeadline(at); err != nil {
		return fmt.Errorf("bound the connection: %w", err)
	}
	return nil
}

func readLine(r io.Reader, to any) error {
	line, err := bufio.NewReader(io.LimitReader(r, maxLine)).ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read from the socket: %w", err)
	}
	if err := json.Unmarshal(line, to); err != nil {
		return fmt.Errorf("decode what came: %w", err)
	}
	return nil
}

func writeLine(w io.Writer, value any) error {
	line, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode for the socket: %w", err)
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write to the socket: %w", err)
	}
	return nil
}
