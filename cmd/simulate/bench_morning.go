package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"linkline/channels"
	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/scheduler"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/seal"
)

// overRows opens a store over the rows of a backend, with a key of its own.
func overRows(backend store.Backend) (*store.DB, error) {
	ring, err := seal.NewKeyring(seeded(1), seal.Key{Version: 1, Secret: make([]byte, seal.KeySize)})
	if err != nil {
		return nil, err
	}
	return store.Open(backend, ring, casework.Kinds())
}

// mornings drains many reminders that are all due at nine by senders of two
// paces, on a virtual clock, beside a tenth as many: they leave in the order of
// their moment, as fast as the sender bears and no faster, and what finds no
// room before it is of no use becomes a task. A reminder should cost the same
// however many wait behind it.
func (b *bench) mornings(ctx context.Context, out io.Writer) error {
	few, many := 100*b.rounds, 1000*b.rounds
	_, _ = fmt.Fprintf(out, "\nReminders due at 9:00 and of use until 10:30, through the rules, the runner, the gate and the delivery,\n"+
		"on a virtual clock; %d beside %d.\n"+
		"a second   left  tasks  in order  outside      took     ideal  per reminder   of %d  ratio\n", many, few, few)
	for _, rate := range []float64{1, 10} {
		var each [2]time.Duration
		var m *morning
		for i, n := range []int{few, many} {
			var err error
			if m, err = nineOClock(ctx, b.library, n, rate); err != nil {
				return fmt.Errorf("%d reminders at %g a second: %w", n, rate, err)
			}
			each[i] = m.each()
		}
		_, _ = fmt.Fprintf(out, "%8g %6d %6d %9t %8d %9v %9v %13v %8v %6.2f\n", rate, len(m.left), m.tasks, m.inOrder(), m.outside(),
			m.took().Round(time.Second), m.ideal().Round(time.Second), short(each[1]), short(each[0]), each[1].Seconds()/each[0].Seconds())
	}
	return nil
}

// nineOClock is a Monday morning of so many people who go somewhere at eleven,
// together with their link worker, and are reminded two hours before (J8).
func nineOClock(ctx context.Context, library *flows.Library, people int, rate float64) (*morning, error) {
	m, err := newMorning(library, rate, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	if err != nil {
		return nil, err
	}
	if err := m.book(ctx, people, m.now.Add(3*time.Hour)); err != nil {
		return nil, err
	}
	if err := m.pass(ctx, m.now.Add(3*time.Hour)); err != nil {
		return nil, err
	}
	return m, m.count(ctx)
}

// morning is the real engine, runner, gate and delivery on a virtual clock, and
// the provider that they send to.
type morning struct {
	store    store.Store
	library  *flows.Library
	team     *conversation.Team
	plans    *scheduler.Plans
	engine   *conversation.Engine
	runner   *scheduler.Runner
	delivery *channels.Delivery
	rate     float64
	now      time.Time
	step     time.Duration // of the clock
	people   int

	reminders map[casework.ConversationID][]*casework.Job // that were planned, by person
	left      []departure
	tasks     int
	// woke and sent are the real times of running one job and of sending one text.
	woke, sent []time.Duration
}

// departure is a text that left.
type departure struct {
	who   casework.ConversationID
	at    time.Time
	parts int
}

func newMorning(library *flows.Library, rate float64, now time.Time) (*morning, error) {
	m := &morning{library: library, rate: rate, now: now, step: time.Second, reminders: map[casework.ConversationID][]*casework.Job{}}
	var err error
	if m.store, err = overRows(memory.New()); err != nil {
		return nil, err
	}
	teams, err := service.Teams(&config.Config{Teams: []config.Team{config.SampleTeam()}})
	if err != nil {
		return nil, err
	}
	m.team = teams[0]
	m.team.AnyHour = false // a made-up team has no night
	if m.plans, err = scheduler.ShippedPlans(); err != nil {
		return nil, err
	}
	return m, m.start()
}

// start starts a process on the store: it has no memory but that.
func (m *morning) start() (err error) {
	clock, log := func() time.Time { return m.now }, slog.New(slog.DiscardHandler)
	m.engine, err = service.NewEngine(service.Play{
		Store: m.store, Library: m.library, Teams: []*conversation.Team{m.team}, DeskURL: publicURL,
		Now: clock, Random: seeded(3), Log: log,
	})
	if err != nil {
		return err
	}
	m.runner = service.Due(m.store, m.engine, clock, log)
	m.runner.Waker = m
	route := channels.Route{Team: m.team.ID, Channel: casework.SMS}
	m.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: m.store, Senders: map[channels.Route]channels.Sender{route: m}, Rates: map[channels.Route]float64{route: m.rate},
		Gate: m.engine, Zone: service.Zone(), Now: clock, Random: seeded(4), Log: log,
	})
	return nil
}

// Wake lets the engine run a job, which takes a moment: what is planned first
// stands first.
func (m *morning) Wake(ctx context.Context, job *casework.Job) error {
	m.now = m.now.Add(time.Millisecond)
	began := time.Now()
	err := m.engine.Wake(ctx, job)
	m.woke = append(m.woke, time.Since(began))
	return err
}

// Send takes everything.
func (m *morning) Send(_ context.Context, out channels.Outgoing) (channels.Sent, error) {
	who, _, _ := strings.Cut(out.Message, "/")
	m.left = append(m.left, departure{casework.ConversationID(who), m.now, max(1, flows.Count(out.Text.Reveal()).Parts)})
	return channels.Sent{ProviderID: out.Message, Carrier: channels.CarrierDelivered}, nil
}

// booked is how many people are booked in one transaction.
const booked = 500

// book gives so many people a visit each, from start on, a few milliseconds
// apart so that their reminders have an order: not that in which they are kept.
func (m *morning) book(ctx context.Context, people int, start time.Time) error {
	for first := 0; first < people; first += booked {
		err := m.store.Update(ctx, "bench", "", func(tx casework.Tx) error {
			for i := first; i < min(first+booked, people); i++ {
				apart := time.Duration((i*7919)%people) * 3 * time.Millisecond
				if err := m.bookOne(tx, m.people+i, start.Add(apart)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("book visits: %w", err)
		}
	}
	m.people += people
	return nil
}

// bookOne keeps what the service has of somebody who lets us remind her, and
// plans what follows from her visit as the engine does.
func (m *morning) bookOne(tx casework.Tx, i int, start time.Time) error {
	// There are only a thousand numbers that are nobody's, so some people share one.
	to, key := casework.Private(number(i%1000)), fmt.Sprintf("%06d", i)
	id, data := casework.NewConversationID(tx, m.team.ID, casework.SMS, casework.Private(key)), casework.KeyID("p:"+key)
	conv := &casework.Conversation{
		ID: id, Team: m.team.ID, Channel: casework.SMS, DataKey: data, Language: "en", Address: to,
		Person: casework.PersonID(key), Case: casework.CaseID(key), FirstInAt: m.now, LastInAt: m.now,
		Permitted: map[casework.Purpose]string{
			casework.PurposeKeep: casework.PermissionYes, casework.PurposeTextMe: casework.PermissionYes,
		},
	}
	contact := &casework.ContactPoint{ID: id, Team: m.team.ID, Channel: casework.SMS, State: casework.ContactActive, Safe: casework.SafeYes}
	k := &casework.Case{
		ID: conv.Case, Team: m.team.ID, Person: conv.Person, Conversation: id, DataKey: data, Reference: "REF-" + key,
		State: casework.CaseActive, Worker: "amy", OpenedAt: m.now, SubmittedAt: m.now, PickedUpAt: m.now,
	}
	course := &casework.Course{Case: k.ID, Team: m.team.ID, Conversation: id, DataKey: data, Appointments: []*casework.Appointment{{
		ID: "a", Rev: 1, Type: casework.Accompany, State: casework.Booked, Worker: k.Worker, Start: start, Minutes: 45,
		Place: "the library", Meet: "the front door", MadeAt: m.now, BookedAt: m.now, Together: true,
	}}}
	return errors.Join(
		casework.Conversations.Put(tx, conv), casework.ContactPoints.Put(tx, contact), casework.Cases.Put(tx, k), casework.Courses.Put(tx, course),
		casework.People.Put(tx, &casework.Person{ID: conv.Person, Team: m.team.ID, DataKey: data, Conversation: id, PreferredName: "Maureen"}),
		m.plan(tx, conversation.Outlook{
			Case: k, Course: course, Permitted: conv.Permitted, Contact: *contact, LastInAt: conv.LastInAt, Calendar: m.team.Calendar,
		}))
}

// plan puts the reminders that the rules ask for. What they ask for after a visit
// is left out: it would stand in the same queue.
func (m *morning) plan(tx casework.Tx, o conversation.Outlook) error {
	put, _ := casework.Reconcile(m.now, m.plans.Want(o), nil)
	put = slices.DeleteFunc(put, func(j *casework.Job) bool { return !j.Reminder })
	if len(put) == 0 {
		return errors.New("the rules remind nobody of a visit")
	}
	m.reminders[o.Case.Conversation] = put
	for _, job := range put {
		job.Team, job.Conversation, job.Case = o.Case.Team, o.Case.Conversation, o.Case.ID
		if err := casework.Jobs.Put(tx, job); err != nil {
			return err
		}
	}
	return nil
}

// runEvery is how often the store is asked for due jobs, as in the service.
const runEvery = 15 * time.Second

// pass lets time pass, step by step, with everything running.
func (m *morning) pass(ctx context.Context, until time.Time) error {
	for next := m.now; m.now.Before(until); {
		if !m.now.Before(next) {
			next = next.Add(runEvery)
			if err := m.run(ctx); err != nil {
				return err
			}
		}
		if err := m.deliver(ctx); err != nil {
			return err
		}
		m.now = m.now.Truncate(m.step).Add(m.step)
	}
	return nil
}

// run runs everything that is due.
func (m *morning) run(ctx context.Context) error {
	for {
		if n, err := m.runner.RunDue(ctx); err != nil || n == 0 {
			return err
		}
	}
}

// deliver sends everything that the sender bears at this moment.
func (m *morning) deliver(ctx context.Context) error {
	for {
		before, began := len(m.left), time.Now()
		worked, err := m.delivery.Deliver(ctx)
		if err != nil || !worked {
			return err
		}
		if len(m.left) > before {
			m.sent = append(m.sent, time.Since(began))
		}
	}
}

// each is what one reminder costs from its job to the provider: medians, so that
// what else the machine does is left out.
func (m *morning) each() time.Duration { return median(m.woke) + median(m.sent) }

// count counts the tasks.
func (m *morning) count(ctx context.Context) error {
	m.tasks = 0
	return m.store.View(ctx, "", func(tx casework.Tx) error {
		span := casework.Span{Limit: 1000}
		for {
			page, next, err := casework.Tasks.Range(tx, span)
			if m.tasks += len(page); err != nil || next == "" {
				return err
			}
			span.After = next
		}
	})
}

// inOrder reports whether what left did so in the order in which it was due; it
// is asked while there is one reminder to each person.
func (m *morning) inOrder() bool {
	due := func(d departure) time.Time { return m.reminders[d.who][0].DueAt }
	return slices.IsSortedFunc(m.left, func(a, b departure) int { return due(a).Compare(due(b)) })
}

// outside is how many left when they were of no use, or outside the hours in
// which the team's texts may leave.
func (m *morning) outside() (n int) {
	for _, d := range m.left {
		useful := slices.ContainsFunc(m.reminders[d.who], func(j *casework.Job) bool {
			return !d.at.Before(j.DueAt) && !d.at.After(j.NotAfter)
		})
		if !useful || !m.team.Calendar.InWindow(d.at, "09:00", "18:00") {
			n++
		}
	}
	return n
}

// took is how long it was from the first moment to the last text.
func (m *morning) took() time.Duration {
	if len(m.left) == 0 {
		return 0
	}
	return m.left[len(m.left)-1].at.Sub(m.left[0].at)
}

// ideal is how long a sender needs for what left, if it never rests: carriers
// count the parts of texts.
func (m *morning) ideal() time.Duration {
	parts := 0
	for _, d := range m.left {
		parts += d.parts
	}
	return time.Duration(float64(parts) / m.rate * float64(time.Second))
}
