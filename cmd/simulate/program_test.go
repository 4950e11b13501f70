package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"linkline/channels/twilio"
	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/cmd/linkline/service"
)

// startTime is how long the program may take to be ready.
const startTime = 20 * time.Second

// program is the real binary on a data directory of its own. One run of it at
// a time.
type program struct {
	bin, dir string
	account  twilio.Account
	settings []string // of its environment, beside what every test sets

	cmd    *exec.Cmd
	exited chan error
	base   string // where this run listens
	log    string // its standard error
}

// newProgram builds the binary and makes its data directory.
func newProgram(t *testing.T, settings ...string) *program {
	t.Helper()
	p := &program{bin: filepath.Join(t.TempDir(), "linkline"), settings: settings}
	var err error
	// A socket's path has 108 bytes at most, and the admin socket lies in here.
	if p.dir, err = os.MkdirTemp("", "linkline"); err != nil { //nolint:usetesting // as said
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(p.dir) })
	p.log = filepath.Join(t.TempDir(), "log")
	for _, command := range [][]string{
		{"go", "build", "-o", p.bin, "linkline/cmd/linkline"},
		{p.bin, "init", "--data", p.dir},
	} {
		cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
		cmd.Env = p.environ()
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", command, err, out)
		}
	}
	p.account = p.readAccount(t)
	return p
}

// environ keeps the settings of whoever runs the tests out.
func (p *program) environ() []string {
	kept := append([]string{
		"LINKLINE_METRICS_LISTEN=off", "LINKLINE_PUBLIC_URL=" + publicURL,
	}, p.settings...)
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "LINKLINE_") {
			kept = append(kept, entry)
		}
	}
	return kept
}

// readAccount is the demo team's account, as a Twilio of ours needs it.
func (p *program) readAccount(t *testing.T) twilio.Account {
	t.Helper()
	settings, err := config.Load(config.Given{DataDir: p.dir})
	if err != nil {
		t.Fatal(err)
	}
	token, err := datadir.At(p.dir).DemoToken()
	if err != nil {
		t.Fatal(err)
	}
	return service.Accounts(settings.Teams, publicURL, token)[0]
}

// begin starts the program. The caller ends it with kill or stop.
func (p *program) begin() error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close() // the program has its own
	p.base = "http://" + address
	p.cmd = exec.Command(p.bin, "serve", "--data", p.dir, "--listen", address, "--log", "json")
	p.cmd.Env, p.cmd.Stderr = p.environ(), log
	if err := p.cmd.Start(); err != nil {
		return err
	}
	exited := make(chan error, 1)
	go func() { exited <- p.cmd.Wait() }()
	p.exited = exited
	return nil
}

// freeAddress is an address that nobody listens at. It is none of the ports
// that the system hands out by itself, or a phone could take it for its own end
// of a connection while the program is down.
func freeAddress() (string, error) {
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000)))
		if err == nil {
			return l.Addr().String(), l.Close()
		}
	}
	return "", errors.New("no port is free")
}

// ready returns once the program says that it takes texts, or with the reason
// why it never does.
func (p *program) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+"/readyz", nil)
		if err != nil {
			return err
		}
		res, err := http.DefaultClient.Do(r)
		if err == nil {
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-again.C:
		case err := <-p.exited:
			return fmt.Errorf("the program ended by itself: %w; its log: %s", err, p.tail())
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w; its log: %s", ctx.Err(), p.tail())
		}
	}
}

// kill ends the program as a power cut would, and returns when it is gone.
func (p *program) kill() error {
	if err := p.cmd.Process.Kill(); err != nil {
		return fmt.Errorf("the program ended before it was killed: %w; its log: %s", err, p.tail())
	}
	var exit *exec.ExitError
	err := <-p.exited
	if errors.As(err, &exit) {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
			return nil
		}
	}
	return fmt.Errorf("the program ended by itself: %w; its log: %s", err, p.tail())
}

// stop ends the program as an operator would.
func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-p.exited:
		return err
	case <-time.After(startTime):
		return errors.New("the program does not stop")
	}
}

// tail is the end of the program's log.
func (p *program) tail() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-4000):])
}
