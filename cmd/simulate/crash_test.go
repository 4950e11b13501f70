package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"linkline/cmd/linkline/datadir"
	"linkline/cmd/linkline/service"
	"linkline/store"
)

const (
	kills      = 100
	shortKills = 5
	phones     = 8
)

// TestKill kills the real program under traffic, at least a hundred times, and
// starts it again. The phones resend whatever was not acknowledged, as Twilio
// does, and keep the ledger. At the end every acknowledged text is there once,
// answered with the bytes that are stored, and every phone has seen the
// conversation that it would have seen had nothing happened.
//
// The moments come from LINKLINE_TEST_SEED, but what the program is doing then
// does not: a run is not repeated by its seed.
func TestKill(t *testing.T) {
	n := kills
	if testing.Short() {
		n = shortKills
		t.Logf("-short: %d kills, not %d", n, kills)
	}
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("LINKLINE_TEST_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("LINKLINE_TEST_SEED=%d", seed)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	p := newProgram(t)
	c := newCarrier()
	traffic := startPhones(ctx, t, p, phonesOf{carrier: c, seed: seed, fail: fail})
	k := &killer{program: p, carrier: c, random: mathrand.New(mathrand.NewPCG(seed, 0))}
	began := time.Now()
	for i := range n {
		if err := k.kill(ctx); err != nil {
			t.Fatalf("kill %d: %v", i+1, errors.Join(err, context.Cause(ctx)))
		}
	}
	took := time.Since(began)
	ledger := finish(ctx, t, p, c, traffic)
	texts := 0
	for _, said := range ledger {
		texts += len(said)
	}
	slices.Sort(k.starts)
	t.Logf("%d kills in %v (ready after %v, at the slowest %v; %d before it was ready): %d texts of %d people acknowledged, %d brought again",
		n, took.Round(time.Millisecond), median(k.starts), percentile(k.starts, 100), k.early, texts, len(ledger), c.resent)
	if texts < 2*n {
		t.Errorf("%d texts in %d kills is no traffic", texts, n)
	}
	check(t, reopen(t, p), ledger)
}

// reopen opens the store that the program has left behind.
func reopen(t *testing.T, p *program) store.Store {
	t.Helper()
	db, err := service.OpenStore(datadir.At(p.dir), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// killer starts the program and kills it at some moment.
type killer struct {
	program *program
	carrier *carrier
	random  *mathrand.Rand
	starts  []time.Duration
	early   int
}

// kill lets the program live for a random while: until some texts have been
// acknowledged, so that others are under way; for some milliseconds, wherever
// that finds it; or not even until it is ready.
func (k *killer) kill(ctx context.Context) error {
	began := time.Now()
	if err := k.program.begin(); err != nil {
		return err
	}
	way := k.random.IntN(10)
	if way == 0 {
		k.early++
		return errors.Join(k.pause(ctx, median(k.starts)+time.Millisecond), k.program.kill())
	}
	if err := k.program.ready(ctx); err != nil {
		return err
	}
	k.carrier.move(k.program.base)
	k.starts = append(k.starts, time.Since(began).Round(time.Millisecond))
	err := k.pause(ctx, 50*time.Millisecond)
	if way < 7 {
		err = k.acknowledged(ctx, k.random.IntN(30))
	}
	return errors.Join(err, k.program.kill())
}

// pause lets up to so much time go by.
func (k *killer) pause(ctx context.Context, most time.Duration) error {
	select {
	case <-time.After(time.Duration(k.random.Int64N(int64(most)))):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// acknowledged waits for so many answers.
func (k *killer) acknowledged(ctx context.Context, n int) error {
	for range n {
		select {
		case <-k.carrier.acked:
		case <-ctx.Done():
			return fmt.Errorf("waiting for answers: %w", ctx.Err())
		}
	}
	return nil
}

// phonesOf is what phones are made of.
type phonesOf struct {
	carrier *carrier
	seed    uint64
	fail    context.CancelCauseFunc // ends the test
}

// running are the phones at play.
type running struct {
	phones []*phone
	stop   chan struct{} // closed: no phone begins another script
	wait   sync.WaitGroup
}

// startPhones lets the phones play scripts until they are told to stop.
func startPhones(ctx context.Context, t *testing.T, p *program, of phonesOf) *running {
	t.Helper()
	scripts := playable(t)
	r := &running{stop: make(chan struct{})}
	for i := range phones {
		ph := &phone{carrier: of.carrier, random: mathrand.New(mathrand.NewPCG(of.seed, uint64(i)+1))}
		r.phones = append(r.phones, ph)
		r.wait.Go(func() {
			for n := i; n < 1000; n += phones {
				select {
				case <-r.stop:
					return
				default:
				}
				var texts []text
				for j, words := range scripts[ph.random.IntN(len(scripts))] {
					texts = append(texts, newText(p.account, number(n), fmt.Sprintf("SM%028d%04d", n, j), words))
				}
				if err := ph.refer(ctx, texts); err != nil {
					of.fail(err)
					return
				}
			}
		})
	}
	return r
}

// finish starts the program once more, lets the phones come to their ends,
// brings every text of the ledger again, and stops the program.
func finish(ctx context.Context, t *testing.T, p *program, c *carrier, r *running) (ledger [][]entry) {
	t.Helper()
	close(r.stop)
	if err := errors.Join(p.begin(), p.ready(ctx)); err != nil {
		t.Fatal(err)
	}
	c.move(p.base)
	r.wait.Wait()
	if ctx.Err() != nil {
		t.Fatal(context.Cause(ctx))
	}
	failed := make([]error, len(r.phones))
	var wait sync.WaitGroup
	for i, ph := range r.phones {
		ledger = append(ledger, ph.ledger...)
		wait.Go(func() {
			for _, e := range slices.Concat(ph.ledger...) {
				if failed[i] = ph.again(ctx, e); failed[i] != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	if err := errors.Join(append(failed, p.stop())...); err != nil {
		t.Fatal(err)
	}
	return ledger
}
