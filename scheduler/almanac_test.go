package scheduler_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/scheduler"
	"linkline/store"
	"linkline/store/storetest"
)

// house is a store, a clock and what ran by the calendar in it.
type house struct {
	t     *testing.T
	store store.Store
	now   time.Time
	log   strings.Builder
	ran   []string
	fail  error
}

func newHouse(t *testing.T, now string) *house {
	return &house{t: t, store: storetest.Memory(t), now: at(t, now)}
}

// almanac is a process of the house. Only the digest, ten minutes' polls and the
// nightly copy have something to call.
func (h *house) almanac() *scheduler.Almanac {
	h.t.Helper()
	zone := h.now.Location()
	entries, err := scheduler.ShippedEntries(zone)
	if err != nil {
		h.t.Fatal(err)
	}
	chore := func(name string) scheduler.Chore {
		return func(_ context.Context, moment time.Time) error {
			h.ran = append(h.ran, name+" of "+moment.In(zone).Format(stamp))
			return h.fail
		}
	}
	a, err := scheduler.NewAlmanac(scheduler.AlmanacConfig{
		Store: h.store, Entries: entries, Zone: zone, Now: func() time.Time { return h.now },
		Log: slog.New(slog.NewTextHandler(&h.log, nil)),
		Chores: map[string]scheduler.Chore{
			"worker_digest": chore("digest"), "backup": chore("copy"),
		},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// look lets the almanac look at a moment, and returns what ran.
func (h *house) look(a *scheduler.Almanac, when string) []string {
	h.t.Helper()
	h.now, h.ran = at(h.t, when), nil
	a.CatchUp(h.t.Context())
	return h.ran
}

func (h *house) expect(a *scheduler.Almanac, when string, want ...string) {
	h.t.Helper()
	if diff := cmp.Diff(h.look(a, when), want); diff != "" {
		h.t.Errorf("%s (-got +want):\n%s", when, diff)
	}
}

// What was missed is made up for once, however much it was, and never what is of
// no use any more: a digest of yesterday.
func TestMissedRunsAreCaughtUpOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "Mon 7 Sep 2026 12:00")
	a := h.almanac()
	h.expect(a, "Mon 7 Sep 2026 12:00") // nothing can have been missed before
	h.expect(a, "Mon 7 Sep 2026 16:29")
	h.expect(a, "Mon 7 Sep 2026 16:30", "digest of Mon 7 Sep 2026 16:30")
	h.expect(a, "Mon 7 Sep 2026 16:40")
	h.expect(a, "Tue 8 Sep 2026 17:30", "digest of Tue 8 Sep 2026 16:30", "copy of Tue 8 Sep 2026 04:10")
	// Three days without power.
	a = h.almanac()
	h.expect(a, "Sat 12 Sep 2026 09:00", "copy of Sat 12 Sep 2026 04:10")
	h.expect(a, "Sat 12 Sep 2026 09:10")
	h.expect(a, "Mon 14 Sep 2026 16:30", "digest of Mon 14 Sep 2026 16:30", "copy of Mon 14 Sep 2026 04:10")
}

// A run that did not succeed is tried again, and not after it has.
func TestRunThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "Mon 7 Sep 2026 12:00")
	a := h.almanac()
	h.look(a, "Mon 7 Sep 2026 12:00")
	h.fail = errors.New("no paper")
	h.expect(a, "Mon 7 Sep 2026 16:30", "digest of Mon 7 Sep 2026 16:30")
	if !strings.Contains(h.log.String(), "no paper") {
		t.Errorf("logged %q, want what went wrong", h.log.String())
	}
	h.expect(a, "Mon 7 Sep 2026 16:40", "digest of Mon 7 Sep 2026 16:30")
	h.fail = nil
	h.expect(a, "Mon 7 Sep 2026 16:50", "digest of Mon 7 Sep 2026 16:30")
	h.expect(a, "Mon 7 Sep 2026 17:00")
}

// One that never succeeds is given up when it is of no use any more.
func TestRunThatKeepsFailingIsGivenUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "Mon 7 Sep 2026 12:00")
	a := h.almanac()
	h.look(a, "Mon 7 Sep 2026 12:00")
	h.fail = errors.New("no paper")
	h.expect(a, "Mon 7 Sep 2026 18:00", "digest of Mon 7 Sep 2026 16:30")
	h.expect(a, "Mon 7 Sep 2026 18:10")
	h.fail = nil
	h.expect(a, "Mon 7 Sep 2026 18:20")
}

// Two processes on one store do not both do it; what one that died had begun, the
// other takes an hour later.
func TestOneProcessRunsIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "Mon 7 Sep 2026 12:00")
	one, other := h.almanac(), h.almanac()
	h.look(one, "Mon 7 Sep 2026 12:00")
	h.expect(one, "Mon 7 Sep 2026 16:30", "digest of Mon 7 Sep 2026 16:30")
	h.expect(other, "Mon 7 Sep 2026 16:30")
	err := h.store.Update(t.Context(), "test", "", func(tx casework.Tx) error {
		run, err := casework.Runs.Get(tx, "backup")
		if err != nil {
			return err
		}
		run.For, run.BeganAt, run.EndedAt = at(t, "Tue 8 Sep 2026 04:10"), at(t, "Tue 8 Sep 2026 04:10"), time.Time{}
		return casework.Runs.Put(tx, run)
	})
	if err != nil {
		t.Fatal(err)
	}
	h.expect(other, "Tue 8 Sep 2026 05:00")
	h.expect(other, "Tue 8 Sep 2026 05:10", "copy of Tue 8 Sep 2026 04:10")
	h.expect(one, "Tue 8 Sep 2026 05:20")
}

// The ticks keep the almanac by themselves: to the second, over a change of the
// clocks, and once for each moment.
func TestAlmanacTicks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(at(t, "Fri 24 Mar 2000 12:00")))
		h := newHouse(t, "Fri 24 Mar 2000 12:00")
		var mu sync.Mutex
		var ran []string
		note := func(_ context.Context, moment time.Time) error {
			mu.Lock()
			defer mu.Unlock()
			ran = append(ran, moment.In(h.now.Location()).Format(stamp))
			if late := time.Since(moment); late > time.Second {
				t.Errorf("%s ran %s late", moment, late)
			}
			return nil
		}
		entries, err := scheduler.ShippedEntries(h.now.Location())
		if err != nil {
			t.Fatal(err)
		}
		a, err := scheduler.NewAlmanac(scheduler.AlmanacConfig{
			Store: h.store, Entries: entries, Zone: h.now.Location(), Now: time.Now, Log: slog.New(slog.DiscardHandler),
			Chores: map[string]scheduler.Chore{"worker_digest": note, "backup": note},
		})
		if err != nil {
			t.Fatal(err)
		}
		a.CatchUp(t.Context())
		ticks, err := scheduler.NewTicks(t.Context(), h.now.Location(), slog.New(slog.DiscardHandler), a.Ticks()...)
		if err != nil {
			t.Fatal(err)
		}
		ticks.Start()
		time.Sleep(77 * time.Hour) // until Monday afternoon: one of the days has 23 hours
		if err := ticks.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := []string{
			"Fri 24 Mar 2000 16:30", "Sat 25 Mar 2000 04:10", "Sun 26 Mar 2000 04:10", "Mon 27 Mar 2000 04:10", "Mon 27 Mar 2000 16:30",
		}
		if diff := cmp.Diff(ran, want); diff != "" {
			t.Errorf("ran (-got +want):\n%s", diff)
		}
	})
}

func TestAlmanacThatIsRefused(t *testing.T) {
	t.Parallel()
	zone := at(t, "Mon 7 Sep 2026 12:00").Location()
	none := func(context.Context, time.Time) error { return nil }
	_, err := scheduler.NewAlmanac(scheduler.AlmanacConfig{Zone: zone, Chores: map[string]scheduler.Chore{"bake": none}})
	if err == nil {
		t.Error("something that nothing calls is taken")
	}
	_, err = scheduler.NewAlmanac(scheduler.AlmanacConfig{
		Zone: zone, Entries: []scheduler.Entry{{Name: "bake", Spec: "often"}}, Chores: map[string]scheduler.Chore{"bake": none},
	})
	if err == nil {
		t.Error("a schedule that cannot be read is taken")
	}
}

func TestEntriesThatAreRefused(t *testing.T) {
	t.Parallel()
	zone := at(t, "Mon 7 Sep 2026 12:00").Location()
	const good = "- name: bake\n  spec: \"0 9 * * 1-5\"\n  late: 4 hours\n"
	got, err := scheduler.LoadEntries("e.yaml", []byte(good), zone)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, []scheduler.Entry{{Name: "bake", Spec: "0 9 * * 1-5", Late: 4 * time.Hour}}); diff != "" {
		t.Errorf("read (-got +want):\n%s", diff)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"no YAML":        {"- name", "- [name", "e.yaml:"},
		"a new key":      {"late:", "tardy:", `e.yaml:3: yaml: unknown field "tardy". Fix: write it as the files beside it are written.`},
		"no name":        {"bake", "Bake It", `e.yaml:1: missing-key: "Bake It" is not the name of an entry. Fix: give the entry a name of small letters.`},
		"no spec":        {"0 9 * * 1-5", "at nine", `e.yaml:2: moment: schedule "at nine": `},
		"one at night":   {"0 9 * * 1-5", "30 1 * * *", `e.yaml:2: moment: between one and two at night the clocks may change. Fix: write five fields like "30 16 * * 1-5", or "@every 10m".`},
		"late in days":   {"4 hours", "4 days", `e.yaml:3: moment: "4 days" is not a length of time in minutes or hours. Fix: write it like "4 hours".`},
		"the same twice": {"4 hours\n", "4 hours\n" + good, `e.yaml:4: twice: there is an entry "bake" already. Fix: give each entry a name of its own.`},
		"nothing":        {good, "[]", "e.yaml:1: file: there is no entry. Fix: add an entry: name, spec, and late where lateness matters."},
	} {
		_, err := scheduler.LoadEntries("e.yaml", []byte(strings.Replace(good, c.from, c.to, 1)), zone)
		if err == nil {
			t.Errorf("%s: taken", name)
			continue
		}
		if !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: refused with\n%s\nwant\n%s", name, err, c.want)
		}
	}
}
