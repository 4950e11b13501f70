package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/channels"
	"linkline/cmd/linkline/service"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
	"linkline/scheduler"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/memory"
)

// step is one thing that happens in the town. Whoever does it does it again
// when it came to nothing, or when nobody knows: Twilio brings the text again,
// the worker sends her form again, the loops look again.
type step struct {
	name string
	wait time.Duration // before it
	do   func(w *town) error
}

var amy = conversation.Actor{Team: "demo", User: "amy"}

// acts are what the worker does with the case of the first phone.
func acts(name string, do func(ctx context.Context, w *town, id casework.CaseID) error) step {
	return step{name: name, do: func(w *town) error {
		id, err := w.caseOf(1)
		if err != nil {
			return err
		}
		return do(context.Background(), w, id)
	}}
}

func writes(name, form, words string) step {
	return acts(name, func(ctx context.Context, w *town, id casework.CaseID) error {
		return w.engine.Answer(ctx, amy, id, conversation.Writing{Text: casework.Private(words), Once: form})
	})
}

// days is a few days in the town that come to every site at which anything of a
// person's is committed.
func days(t testing.TB) []step {
	words, err := untilSubmitted(referral)
	if err != nil {
		t.Fatal(err)
	}
	var steps []step
	for i, s := range words {
		steps = append(steps, texts(1, fmt.Sprintf("SM1.%d", i), s))
	}
	deliver := step{name: "delivers", do: (*town).deliver}
	steps = append(steps,
		texts(1, "SM1.cry", "I want to end my life"),
		deliver,
		step{name: "Twilio reports", do: func(w *town) error { return w.report("SM1.cry", "delivered") }},
		step{name: "takes the alert", do: (*town).takeAlert},
		acts("picks up", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.PickUp(ctx, amy, id, conversation.Meeting{})
		}),
		deliver,
		writes("writes", "form-1", "Hello, this is Amy. Can I ring you now?"),
		deliver,
		texts(1, "SM1.yes", "yes please"),
		acts("reads", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.Read(ctx, amy, id)
		}),
		acts("adds a note", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.AddNote(ctx, amy, id, conversation.Writing{Text: "rang, talked for an hour", Once: "form-2"})
		}),
		step{name: "closes the alert", do: (*town).closeAlert},
		acts("gives back", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.GiveBack(ctx, amy, id)
		}),
		step{name: "finds a text that no webhook brought", do: (*town).fill},
		writes("writes again", "form-3", "One more thing: the group meets on Friday."),
		step{name: "an operator holds what is planned", do: (*town).hold},
		deliver,
		step{name: "an operator lets it go", do: (*town).release},
		deliver,
	)
	steps = append(steps, followUp()...)
	return append(steps,
		deliver,
		texts(2, "SM2.1", "hello"),
		texts(2, "SM2.2", "call"),
		texts(2, "SM2.3", "1"),
		texts(2, "SM2.4", "any time"),
		step{name: "finishes the task", do: (*town).finishTask},
		texts(3, "SM3.1", "hello"),
		step{name: "a day goes by", wait: 25 * time.Hour, do: (*town).wake},
		step{name: "three days go by", wait: 73 * time.Hour, do: (*town).wake},
		step{name: "an hour goes by", wait: time.Hour, do: (*town).wake},
		writes("writes a last time", "form-4", "Goodbye and good luck."),
		step{name: "the process dies", do: (*town).dies},
		step{name: "minutes go by", wait: 10 * time.Minute, do: (*town).sweep},
		deliver,
		acts("closes", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.Close(ctx, amy, id, conversation.Closing{Reason: "goals_met"})
		}),
		step{name: "more minutes go by", wait: 10 * time.Minute, do: (*town).sweep},
		deliver,
		step{name: "Twilio is asked", wait: 10 * time.Minute, do: (*town).settle},
		step{name: "Twilio is asked again", wait: 10 * time.Minute, do: (*town).settle},
		step{name: "Twilio is asked a third time", wait: 10 * time.Minute, do: (*town).settle},
		step{name: "Twilio is asked once more", wait: 10 * time.Minute, do: (*town).settle}, // should a look have failed
		deliver,
		step{name: "an operator sends again what nobody knows of", do: (*town).retry},
		deliver,
		step{name: "nothing is left", wait: 10 * time.Minute, do: (*town).sweep},
	)
}

func texts(from int, sid, words string) step {
	return step{name: "texts " + sid, do: func(w *town) error { return w.text(from, sid, words) }}
}

func (w *town) takeAlert() error {
	id, err := w.alert()
	if err != nil {
		return err
	}
	return w.engine.TakeAlert(context.Background(), amy, id)
}

func (w *town) closeAlert() error {
	id, err := w.alert()
	if err != nil {
		return err
	}
	return w.engine.CloseAlert(context.Background(), amy, id, conversation.Outcome{Action: "rang"})
}

func (w *town) finishTask() error {
	id, err := w.task(2, casework.TaskRing)
	if err != nil {
		return err
	}
	return w.engine.FinishTask(context.Background(), amy, id, conversation.Outcome{Note: "rang"})
}

// fill hands over a text that was found in the provider's list, as the program
// does: its answer is carried once, and looked for when that came to nothing.
func (w *town) fill() error {
	ctx := context.Background()
	reply, err := w.engine.Receive(ctx, conversation.Inbound{
		Team: "demo", Channel: casework.SMS, From: casework.Private(number(1)), ID: "SM1.gap", Text: "MENU", At: w.now,
	})
	if err != nil || reply.Repeat {
		return err
	}
	if reply.Text == "" {
		return errors.New("nothing to carry")
	}
	return w.delivery.Carry(ctx, channels.Carried{
		Team: "demo", Message: reply.Message, To: casework.Private(number(1)), At: w.now.Add(-3 * time.Minute),
	})
}

// settle asks what became of everything that nobody has reported on.
func (w *town) settle() error {
	for range 1000 {
		worked, err := w.delivery.Settle(context.Background())
		if err != nil || !worked {
			return err
		}
	}
	return errors.New("asking comes to no end")
}

func (w *town) sweep() error {
	_, err := w.delivery.Sweep(context.Background())
	return err
}

// live lives through the days. A step that fails is done again by a new
// process, as often as a step can fail.
func (w *town) live(steps []step) {
	w.t.Helper()
	for _, s := range steps {
		w.now = w.now.Add(time.Second + s.wait)
		for try := 0; ; try++ {
			err := s.do(w)
			select {
			case <-w.store.Failed():
				w.start()
				w.now = w.now.Add(100 * time.Millisecond)
				continue
			default:
			}
			if err == nil {
				break
			}
			if try == 3 {
				w.t.Fatalf("%s: %v", s.name, err)
			}
		}
	}
}

// ram is a disk that a test need not wait for.
type ram struct{ last *memory.Backend }

func (r *ram) open(f *fault) (store.Backend, error) {
	if r.last == nil {
		r.last = memory.New()
	} else {
		r.last = r.last.Reopen()
	}
	r.last.Faults = f.faults()
	return r.last, nil
}

// file is a real one.
type file struct {
	t    *testing.T
	path string
	last *bolt.Backend
}

func (d *file) open(f *fault) (store.Backend, error) {
	if d.last != nil {
		_ = d.last.Close() // it has failed
	} else {
		d.path = filepath.Join(d.t.TempDir(), "data", "linkline.db")
		if err := bolt.Init(d.path, seeded(5), time.Now()); err != nil {
			return nil, err
		}
		d.t.Cleanup(func() { _ = d.last.Close() })
	}
	var err error
	d.last, err = bolt.Open(d.path, bolt.Options{MmapSize: 16 << 20, Faults: f.faults()})
	return d.last, err
}

// TestSweep fails every commit of the days in turn, in memory, once before it
// is written and once after it is durable.
func TestSweep(t *testing.T) {
	t.Parallel()
	calm := calmDays(t)
	commits := calm.fault.sites
	t.Logf("%d commits, each failed in two ways", len(commits))
	for n := range len(commits) {
		for _, after := range []bool{false, true} {
			t.Run(nameOf(commits, n, after), func(t *testing.T) {
				t.Parallel()
				w := newTown(t, &ram{}, &fault{n: n + 1, after: after})
				w.live(days(t))
				w.compare(calm)
			})
		}
	}
}

// TestSweepOnDisk fails the first commit of every site on a real file.
func TestSweepOnDisk(t *testing.T) {
	t.Parallel()
	calm := calmDays(t)
	seen := map[casework.Site]bool{}
	for n, site := range calm.fault.sites {
		if seen[site] {
			continue
		}
		seen[site] = true
		for _, after := range []bool{false, true} {
			t.Run(nameOf(calm.fault.sites, n, after), func(t *testing.T) {
				t.Parallel()
				w := newTown(t, &file{t: t}, &fault{n: n + 1, after: after})
				w.live(days(t))
				w.compare(calm)
			})
		}
	}
}

func nameOf(commits []casework.Site, n int, after bool) string {
	when := "before"
	if after {
		when = "after"
	}
	return fmt.Sprintf("%d %s/%s", n+1, commits[n], when)
}

// calmDays are the days when nothing fails.
func calmDays(t *testing.T) *town {
	t.Helper()
	calm := newTown(t, &ram{}, &fault{})
	calm.live(days(t))
	calm.compare(calm)
	return calm
}

// parts are what every town shares and none changes.
type parts struct {
	library *flows.Library
	scanner *safety.Scanner
	plans   *scheduler.Plans
}

// shippedOnce reads the shipped flows and phrases once for all towns.
func shippedOnce(t testing.TB) parts {
	t.Helper()
	p, err := readShipped()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var readShipped = sync.OnceValues(func() (p parts, err error) {
	if p.library, err = service.Library(); err == nil {
		p.scanner, err = safety.New()
	}
	if err == nil {
		p.plans, err = scheduler.ShippedPlans()
	}
	return p, err
})

// TestSameSeedSameBytes: the same seed and texts give the same bytes.
func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	first, second := calmDays(t), calmDays(t)
	bodies := func(w *town) (out []string) {
		for _, sid := range w.order {
			out = append(out, w.ledger[sid].body)
		}
		return out
	}
	if diff := cmp.Diff(bodies(first), bodies(second)); diff != "" {
		t.Errorf("two runs of one seed differ (-first +second):\n%s", diff)
	}
}
