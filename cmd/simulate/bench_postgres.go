package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"linkline/cmd/linkline/service"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/bolt/bolttest"
	"linkline/store/postgres"
	"linkline/store/postgres/postgrestest"
)

// fleetBench is what is measured on PostgreSQL: so many replicas of the service
// on one database, each text brought to the next of them, so that most turns are
// of a conversation that another replica has had last.
type fleetBench struct {
	replicas, phones, referrals int
}

func fleetBenches() []fleetBench {
	return []fleetBench{
		{replicas: 1, phones: 1, referrals: 8},
		{replicas: 1, phones: 16, referrals: 48},
		{replicas: 2, phones: 16, referrals: 48},
		{replicas: 3, phones: 16, referrals: 48},
	}
}

// fleetResult is what one measurement came to.
type fleetResult struct {
	turns      int
	ours, bare time.Duration
	trips      float64 // round trips of a turn
	again      int64   // transactions that others were in the way of
}

// fleets measures replicas on PostgreSQL, and bare pgx writing the same rows to
// the same server.
func (b *bench) fleets(ctx context.Context, out io.Writer) (err error) {
	server, err := postgrestest.Start(ctx)
	if errors.Is(err, postgrestest.ErrNoServer) {
		_, _ = fmt.Fprintf(out, "\nPostgreSQL was not measured: %v.\n", err)
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	_, _ = fmt.Fprintln(out, "\nThe same on PostgreSQL, of replicas that share a database; bare pgx writes the same rows,\n"+
		"a round trip a turn, read committed. All conversations are new, so they are in each other's way most.")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "replicas\tphones\tturns/s\tround trips\trun again\tpgx/s\tratio\t")
	for _, f := range b.shared {
		var all []fleetResult
		for range max(1, b.rounds/3) {
			r, err := b.fleet(ctx, server, f)
			if err != nil {
				return fmt.Errorf("%d replicas: %w", f.replicas, err)
			}
			all = append(all, r)
		}
		printFleet(w, f, all)
	}
	return w.Flush()
}

func printFleet(w io.Writer, f fleetBench, all []fleetResult) {
	var ours, bare, ratio, trips, again []float64
	for _, r := range all {
		turns := float64(r.turns)
		ours = append(ours, turns/r.ours.Seconds())
		bare = append(bare, turns/r.bare.Seconds())
		ratio = append(ratio, r.bare.Seconds()/r.ours.Seconds())
		trips, again = append(trips, r.trips), append(again, 100*float64(r.again)/turns)
	}
	_, _ = fmt.Fprintf(w, "%d\t%d\t%.0f\t%.2f\t%.0f %%\t%.0f\t%.2f\t\n",
		f.replicas, f.phones, median(ours), median(trips), median(again), median(bare), median(ratio))
}

// fleet measures one fleet once, on databases of its own.
func (b *bench) fleet(ctx context.Context, server *postgrestest.Server, f fleetBench) (r fleetResult, err error) {
	url, drop, err := server.Create(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	if err := postgres.Migrate(ctx, url, casework.Kinds()); err != nil {
		return r, err
	}
	var houses []*house
	var backends []*postgres.Backend
	var records []*bolttest.Recorder
	for range f.replicas {
		backend, err := postgres.Open(ctx, url, postgres.Options{
			Kinds: casework.Kinds(), Random: service.Buffered(rand.Reader), Now: time.Now,
		})
		if err != nil {
			return r, err
		}
		defer func() { err = errors.Join(err, backend.Close()) }()
		record := bolttest.Record(backend)
		h, err := b.house(record)
		if err != nil {
			return r, err
		}
		houses, backends, records = append(houses, h), append(backends, backend), append(records, record)
	}
	for _, record := range records {
		record.Take()
	}
	before := statsOf(backends)
	r.ours, err = play(ctx, houses, f, b.texts)
	if err != nil {
		return r, err
	}
	after := statsOf(backends)
	var turns []bolttest.Turn
	for _, record := range records {
		turns = append(turns, record.Take()...)
	}
	r.turns, r.again = len(turns), after.Again-before.Again
	r.trips = float64(after.RoundTrips-before.RoundTrips) / float64(r.turns)
	r.bare, err = bareFleet(ctx, server, turns, f.phones)
	return r, err
}

// house opens a house over a backend, as the bench's others are.
func (b *bench) house(backend store.Backend) (*house, error) {
	return newHouse(backend, world{
		library: b.library, now: time.Now, random: service.Buffered(rand.Reader), dir: b.dir,
		log: slog.New(slog.NewJSONHandler(b.log, nil)),
	})
}

func statsOf(backends []*postgres.Backend) (sum postgres.Stats) {
	for _, b := range backends {
		s := b.Stats()
		sum.Again += s.Again
		sum.RoundTrips += s.RoundTrips
	}
	return sum
}

// play makes the referrals of so many phones at once, each text at the next
// replica, and returns how long it took.
func play(ctx context.Context, houses []*house, f fleetBench, words []string) (time.Duration, error) {
	t, err := newTraffic(ctx, houses[0], f.referrals, words)
	if err != nil {
		return 0, err
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	failed := make([]error, f.phones)
	began := time.Now()
	for phone := range f.phones {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(len(t.referrals)) && failed[phone] == nil; i = next.Add(1) {
				var a answer
				for j, s := range t.referrals[i-1] {
					if failed[phone] = a.ask(houses[j%len(houses)].handler, s.request); failed[phone] != nil {
						return
					}
				}
				if !strings.Contains(a.body.String(), "Its number is") {
					failed[phone] = errors.New("a referral ended without a reference")
				}
			}
		})
	}
	wait.Wait()
	return time.Since(began), errors.Join(failed...)
}

// bareFleet writes the same rows with nothing but pgx.
func bareFleet(ctx context.Context, server *postgrestest.Server, turns []bolttest.Turn, callers int) (took time.Duration, err error) {
	url, drop, err := server.Create(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	bare, err := postgrestest.OpenBare(ctx, url, turns, callers)
	if err != nil {
		return 0, err
	}
	defer bare.Close()
	began := time.Now()
	err = bare.Replay(ctx, turns, callers)
	return time.Since(began), err
}
