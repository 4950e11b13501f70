package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strconv"
	"time"

	"linkline/cmd/linkline/service"
	"linkline/flows"
	"linkline/store/bolt"
	"linkline/store/bolt/bolttest"
)

// bench measures turns through the real webhook on a real file, and bare bbolt
// writing the same rows, in turn, so that whatever else the machine does
// befalls both.
type bench struct {
	dir     string
	rounds  int
	scale   int
	loads   []load
	shared  []fleetBench // on PostgreSQL
	profile string

	library *flows.Library
	texts   []string
	log     *os.File // nowhere, but written to as a log is
}

// load is so many phones at once, which make so many referrals in a round.
type load struct {
	phones, referrals int
	// target is the least ratio to bbolt (decision 37).
	target float64
	// ways are how bbolt may commit; the best one counts.
	ways []bolttest.Way
}

// loads are what is measured. Nobody tells bbolt's Batch how many callers there
// are, so it is given what suits it best: as many as there are, and half.
func loads() []load {
	batches := func(callers int) []bolttest.Way {
		return []bolttest.Way{
			{},
			{BatchSize: callers, BatchDelay: 2 * time.Millisecond},
			{BatchSize: callers / 2, BatchDelay: time.Millisecond},
		}
	}
	return []load{
		{phones: 1, referrals: 20, target: 0.8, ways: []bolttest.Way{{}}},
		{phones: 16, referrals: 80, target: 0.4, ways: batches(16)},
		{phones: 64, referrals: 192, target: 0.4, ways: batches(64)},
	}
}

func newBench() *bench {
	return &bench{dir: ".", rounds: 10, scale: 1, loads: loads(), shared: fleetBenches()}
}

// only leaves the load of so many phones.
func (b *bench) only(phones string) error {
	for _, l := range loads() {
		if strconv.Itoa(l.phones) == phones {
			b.loads = []load{l}
			return nil
		}
	}
	return fmt.Errorf("%s phones are not measured", phones)
}

func (b *bench) run(ctx context.Context, out io.Writer) (err error) {
	if b.library, err = service.Library(); err != nil {
		return err
	}
	if b.texts, err = untilSubmitted(referral); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp(b.dir, ".bench-"); err != nil {
		return fmt.Errorf("make a directory for the stores: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	if b.log, err = os.OpenFile(os.DevNull, os.O_WRONLY, 0); err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	defer func() { err = errors.Join(err, b.log.Close()) }()
	stop, err := b.startProfile()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	results := make([]*result, len(b.loads))
	for i, l := range b.loads {
		results[i] = &result{load: l}
	}
	for range b.rounds {
		for _, r := range results {
			if err := errors.Join(ctx.Err(), b.round(ctx, r)); err != nil {
				return fmt.Errorf("%d phones: %w", r.phones, err)
			}
		}
	}
	b.print(out, results)
	for _, measure := range []func(context.Context, io.Writer) error{b.advance, b.due, b.mornings, b.fleets} {
		if err := measure(ctx, out); err != nil {
			return err
		}
	}
	return nil
}

// startProfile profiles what follows, if that is asked for.
func (b *bench) startProfile() (stop func() error, err error) {
	if b.profile == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(b.profile)
	if err != nil {
		return nil, fmt.Errorf("make profile: %w", err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return func() error { pprof.StopCPUProfile(); return file.Close() }, nil
}

// round measures one load once: ours, and bbolt in each of its ways. A profile
// is of ours alone.
func (b *bench) round(ctx context.Context, r *result) error {
	turns, ours, err := b.ours(ctx, r.load)
	if err != nil {
		return err
	}
	r.note(ours, turns)
	if b.profile != "" {
		return nil
	}
	for i, way := range r.ways {
		some := turns
		if len(r.ways) > 1 && way.BatchSize == 0 {
			some = turns[:(len(turns)+3)/4] // it is known to be slow
		}
		bare, err := b.bare(some, r.phones, way)
		if err != nil {
			return err
		}
		r.noteBare(i, bare)
	}
	return nil
}

// leg is one measured run.
type leg struct {
	turns int
	took  time.Duration
	cpu   time.Duration
	waits []time.Duration // of each turn
	// allocs and bytes are what all its turns together took from the heap. They
	// do not depend on what else the machine does, as the times do.
	allocs, bytes uint64
}

func (l leg) rate() float64 { return float64(l.turns) / l.took.Seconds() }

// timed runs one leg on a heap without rubbish of the one before it.
func timed(l *leg, run func() error) error {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, start := cpuTime(), time.Now()
	err := run()
	l.took, l.cpu = time.Since(start), cpuTime()-cpu
	runtime.ReadMemStats(&after)
	l.allocs, l.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	return err
}

// ours plays referrals on a new store, and returns what it wrote.
func (b *bench) ours(ctx context.Context, l load) (turns []bolttest.Turn, out leg, err error) {
	path, err := b.newStore()
	if err != nil {
		return nil, leg{}, err
	}
	backend, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return nil, leg{}, err
	}
	defer func() { err = errors.Join(err, backend.Close()) }()
	record := bolttest.Record(backend)
	h, err := newHouse(record, world{
		library: b.library, now: time.Now, random: service.Buffered(rand.Reader), dir: b.dir,
		log: slog.New(slog.NewJSONHandler(b.log, nil)),
	})
	if err != nil {
		return nil, leg{}, err
	}
	t, err := newTraffic(ctx, h, l.referrals*b.scale, b.texts)
	if err != nil {
		return nil, leg{}, err
	}
	record.Take()
	err = timed(&out, func() error { return t.play(l.phones) })
	turns = record.Take()
	out.turns, out.waits = len(turns), t.waits()
	if err == nil && len(turns) != t.count() {
		err = fmt.Errorf("%d texts made %d transactions", t.count(), len(turns))
	}
	return turns, out, err
}

// newStore makes an empty store in a directory of its own.
func (b *bench) newStore() (string, error) {
	dir, err := os.MkdirTemp(b.dir, "store-")
	if err != nil {
		return "", fmt.Errorf("make a directory: %w", err)
	}
	path := filepath.Join(dir, "linkline.db")
	return path, bolt.Init(path, rand.Reader, time.Now())
}

// bare writes the same rows with nothing but bbolt.
func (b *bench) bare(turns []bolttest.Turn, callers int, way bolttest.Way) (out leg, err error) {
	dir, err := os.MkdirTemp(b.dir, "bare-")
	if err != nil {
		return leg{}, fmt.Errorf("make a directory: %w", err)
	}
	db, err := bolttest.Open(filepath.Join(dir, "bare.db"), turns)
	if err != nil {
		return leg{}, err
	}
	defer func() { err = errors.Join(err, db.Close(), os.RemoveAll(dir)) }()
	out.turns = len(turns)
	return out, timed(&out, func() error { return db.Replay(turns, callers, way) })
}
