package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/store"
	"linkline/store/postgres/postgrestest"
)

const (
	replicas = 3
	// chaosTime is how long the fleet is disturbed; LINKLINE_CHAOS says otherwise.
	chaosTime      = 60 * time.Second
	shortChaosTime = 8 * time.Second
	// pauseTime is how long a replica stands still at most: longer than a carrier
	// waits for it, and than the database lets a transaction stand idle.
	pauseTime = 12 * time.Second
)

// TestReplicas runs three of the real program on one PostgreSQL under traffic,
// and kills them, stops them for longer than anybody waits, cuts their
// connections and takes the database from under them. The phones bring each text
// to one replica after another until one acknowledges it. At the end every
// acknowledged text is there once, and every phone has seen the conversation
// that it would have seen had nothing happened.
func TestReplicas(t *testing.T) {
	f := newFleet(t)
	long := chaosTime
	if testing.Short() {
		long = shortChaosTime
	}
	if given, err := time.ParseDuration(os.Getenv("LINKLINE_CHAOS")); err == nil {
		long = given
	}
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("LINKLINE_TEST_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("LINKLINE_TEST_SEED=%d", seed)
	ctx, cancel := context.WithTimeout(t.Context(), long+5*time.Minute)
	defer cancel()
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	if err := f.begin(ctx); err != nil {
		t.Fatal(err)
	}
	c := newCarrier()
	c.client.Timeout = 4 * time.Second
	c.move(f.bases()...)
	traffic := startPhones(ctx, t, f.programs[0], phonesOf{carrier: c, seed: seed, fail: fail})
	did, err := f.disturb(ctx, long, mathrand.New(mathrand.NewPCG(seed, 0)), func() { c.move(f.bases()...) })
	if err != nil {
		t.Fatal(errors.Join(err, context.Cause(ctx)))
	}
	ledger := f.finish(ctx, t, traffic)
	texts := 0
	for _, said := range ledger {
		texts += len(said)
	}
	t.Logf("%v of %v: %d texts of %d people acknowledged, %d brought again", long, did, texts, len(ledger), c.resent)
	if texts < 100 {
		t.Errorf("%d texts is no traffic", texts)
	}
	check(t, f.open(t), ledger)
}

// fleet is replicas of the program on one database.
type fleet struct {
	server   *postgrestest.Server
	programs []*program
	stopped  sync.WaitGroup // replicas that stand still
}

func newFleet(t *testing.T) *fleet {
	t.Helper()
	server, err := postgrestest.Start(t.Context())
	if errors.Is(err, postgrestest.ErrNoServer) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	f := &fleet{server: server}
	t.Cleanup(func() {
		f.stopped.Wait()
		for _, p := range f.programs {
			if p.cmd != nil {
				_ = p.cmd.Process.Kill() // where the test ended early
			}
		}
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	database := "LINKLINE_DATABASE_URL=" + server.URL("postgres")
	first := newProgram(t, database)
	f.programs = append(f.programs, first)
	for len(f.programs) < replicas {
		f.programs = append(f.programs, first.another(t))
	}
	return f
}

// another is a replica of a program, with the same secrets and settings.
func (p *program) another(t *testing.T) *program {
	t.Helper()
	other := &program{bin: p.bin, account: p.account, settings: p.settings, log: filepath.Join(t.TempDir(), "log")}
	var err error
	if other.dir, err = os.MkdirTemp("", "linkline"); err != nil { //nolint:usetesting // a socket's path is short
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(other.dir) })
	for _, name := range []string{"key", "demo-token"} {
		secret, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(other.dir, name), secret, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return other
}

// begin starts every replica.
func (f *fleet) begin(ctx context.Context) error {
	for _, p := range f.programs {
		if err := errors.Join(p.begin(), p.ready(ctx)); err != nil {
			return err
		}
	}
	return nil
}

func (f *fleet) bases() []string {
	var out []string
	for _, p := range f.programs {
		out = append(out, p.base)
	}
	return out
}

// disturb does one thing after another to the fleet for so long, and returns how
// often it did what. A replica that is started again listens elsewhere.
func (f *fleet) disturb(ctx context.Context, long time.Duration, random *mathrand.Rand, moved func()) (map[string]int, error) {
	did := map[string]int{}
	still := make([]time.Time, len(f.programs)) // until when a replica stands still
	for end := time.Now().Add(long); time.Now().Before(end); {
		i := random.IntN(len(f.programs))
		p := f.programs[i]
		var what string
		var err error
		switch way := random.IntN(20); {
		case time.Now().Before(still[i]): // left alone
		case way < 7:
			what, err = "kill -9", f.restart(ctx, p)
		case way < 10:
			what = "SIGSTOP"
			pause := time.Duration(random.Int64N(int64(pauseTime)))
			still[i] = time.Now().Add(pause + time.Second)
			err = f.still(p, pause)
		case way < 18:
			what, err = "connections cut", f.server.Cut(ctx)
		default:
			what, err = "database stopped", errors.Join(f.server.Kill(), f.server.Run(ctx))
		}
		if err != nil {
			return did, fmt.Errorf("%s: %w", what, err)
		}
		if what != "" {
			did[what]++
		}
		ended, err := f.revive(ctx)
		if err != nil {
			return did, err
		}
		did["replicas that ended by themselves"] += ended
		moved()
		select {
		case <-time.After(time.Duration(random.Int64N(int64(500 * time.Millisecond)))):
		case <-ctx.Done():
			return did, ctx.Err()
		}
	}
	f.stopped.Wait()
	return did, nil
}

// restart kills a replica as a power cut would and starts it again.
func (f *fleet) restart(ctx context.Context, p *program) error {
	_ = p.cmd.Process.Kill() // it may have ended by itself
	<-p.exited
	return errors.Join(p.begin(), p.ready(ctx))
}

// still stops a replica for a while, as a machine does that swaps.
func (f *fleet) still(p *program, pause time.Duration) error {
	process := p.cmd.Process
	if err := process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	f.stopped.Go(func() {
		time.Sleep(pause)
		_ = process.Signal(syscall.SIGCONT) // it may have been killed since
	})
	return nil
}

// revive starts the replicas again that have ended by themselves, as their
// supervisor would.
func (f *fleet) revive(ctx context.Context) (ended int, err error) {
	for _, p := range f.programs {
		select {
		case <-p.exited:
			ended++
			if err := errors.Join(p.begin(), p.ready(ctx)); err != nil {
				return ended, err
			}
		default:
		}
	}
	return ended, nil
}

// finish lets the phones come to their ends, brings every text of the ledger
// again, and stops the replicas.
func (f *fleet) finish(ctx context.Context, t *testing.T, r *running) (ledger [][]entry) {
	t.Helper()
	close(r.stop)
	r.wait.Wait()
	if ctx.Err() != nil {
		t.Fatal(context.Cause(ctx))
	}
	for _, ph := range r.phones {
		ledger = append(ledger, ph.ledger...)
		for _, e := range slices.Concat(ph.ledger...) {
			if err := ph.again(ctx, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, p := range f.programs {
		if err := p.stop(); err != nil {
			t.Errorf("stop: %v; its log: %s", err, p.tail())
		}
	}
	return ledger
}

// open opens the store that the fleet has left behind.
func (f *fleet) open(t *testing.T) store.Store {
	t.Helper()
	settings, err := config.Load(config.Given{
		DataDir: f.programs[0].dir, Environ: []string{"LINKLINE_DATABASE_URL=" + f.server.URL("postgres")},
	})
	if err != nil {
		t.Fatal(err)
	}
	db, _, err := service.Place{Settings: settings, Random: rand.Reader, Now: time.Now}.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
