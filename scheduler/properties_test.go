package scheduler_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/scheduler"
)

// seeds is how many made-up courses the properties are held against.
const seeds = 120

// made is a case with a course of anything that can be, over two years.
func made(t *testing.T, seed uint64) *sheet {
	g := gen{Rand: rand.New(rand.NewPCG(seed, 4)), from: at(t, "Thu 1 Jan 2026 00:00")}
	s := newSheet(t)
	s.Case.State = pick(g, casework.CaseStarted, casework.CaseWorkable, casework.CaseSubmitted, casework.CaseAssigned, casework.CaseActive, casework.CaseActive, casework.CaseActive, casework.CaseClosed)
	s.Case.SubmittedAt, s.Case.OpenedAt, s.Case.PickedUpAt = g.moment(), g.moment(), g.moment()
	s.Case.Promised, s.LastInAt = s.Calendar.On(g.moment()).String(), g.moment()
	s.Case.CannotWait = g.IntN(4) == 0
	if s.Case.State == casework.CaseClosed {
		s.Case.ClosedAt, s.Case.Close = g.moment(), pick(g, "goals_met", "died", "signposted", "no_response")
	}
	for i := range g.IntN(5) {
		start := g.moment()
		booked := start.Add(-time.Duration(g.IntN(30*24)) * time.Hour)
		s.Course.Appointments = append(s.Course.Appointments, &casework.Appointment{
			ID: fmt.Sprintf("a%d", i), Rev: g.IntN(3), Type: pick(g, casework.AppointmentTypes()...),
			State: pick(g, casework.Offered, casework.Booked, casework.Booked, casework.Confirmed, casework.Attended, casework.DidNotAttend, casework.CancelledByUs),
			Start: start, MadeAt: booked, BookedAt: booked, SettledAt: start.Add(time.Duration(g.IntN(48)) * time.Hour),
			Together: g.IntN(2) == 0, Missed: g.IntN(2),
		})
	}
	if g.IntN(2) == 0 {
		s.Course.Ending = s.Calendar.On(g.moment()).String()
	}
	g.things(s)
	return s
}

// things adds what is not an appointment.
func (g gen) things(s *sheet) {
	for i := range g.IntN(3) {
		s.Course.Onward = append(s.Course.Onward, &casework.Onward{
			ID: fmt.Sprintf("o%d", i), SentAt: g.moment(),
			State: pick(g, casework.OnwardAsked, casework.OnwardRequested, casework.OnwardReceived, casework.OnwardStarted),
		})
		s.Course.Plans = append(s.Course.Plans, &casework.Plan{
			ID: fmt.Sprintf("p%d", i), Version: i + 1, State: pick(g, casework.PlanProposed, casework.PlanAgreed, casework.PlanDone), MadeAt: g.moment(),
		})
		s.Course.Signposts = append(s.Course.Signposts, &casework.Signpost{
			ID: fmt.Sprintf("s%d", i), State: pick(g, casework.SignpostGiven, casework.SignpostHelps, casework.SignpostReached), GivenAt: g.moment(),
		})
	}
	for _, point := range []casework.MeasurePoint{casework.Baseline, casework.ThreeMonths, casework.SixMonths} {
		if g.IntN(2) == 0 {
			s.Course.Measures = append(s.Course.Measures, &casework.Measure{
				ID: string(point), Point: point, AskedAt: g.moment(),
				State: pick(g, casework.MeasureDue, casework.MeasureBegun, casework.MeasureComplete, casework.MeasureRefused),
			})
		}
	}
	for range g.IntN(15) {
		s.Course.Contacts = append(s.Course.Contacts, casework.Contact{
			Way: pick(g, casework.ContactWays()...), Reached: g.IntN(3) > 0, At: g.moment(),
		})
	}
}

type gen struct {
	*rand.Rand
	from time.Time
}

// moment is any minute of two years, at any hour of the day.
func (g gen) moment() time.Time {
	return g.from.Add(time.Duration(g.IntN(2*365*24*60)) * time.Minute)
}

func pick[T any](g gen, all ...T) T { return all[g.IntN(len(all))] }

// held checks one property of what is wanted in every made-up course.
func held(t *testing.T, property func(t *testing.T, s *sheet, wanted []casework.Wanted)) {
	t.Helper()
	spread, err := scheduler.ShippedPlans()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for seed := range uint64(seeds) {
		for _, p := range []*scheduler.Plans{spread, spread.Exactly()} {
			s := made(t, seed)
			wanted := p.Want(s.Outlook)
			total += len(wanted)
			property(t, s, wanted)
		}
	}
	if total < 5*seeds {
		t.Errorf("%d jobs in %d courses are too few to show anything", total, seeds)
	}
}

func TestWantingTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	p := plans(t)
	held(t, func(t *testing.T, s *sheet, _ []casework.Wanted) {
		once := p.Want(s.Outlook)
		if diff := cmp.Diff(p.Want(s.Outlook), once); diff != "" {
			t.Errorf("the second time:\n%s", diff)
		}
	})
}

func TestEveryJobHasItsOwnKey(t *testing.T) {
	t.Parallel()
	held(t, func(t *testing.T, _ *sheet, wanted []casework.Wanted) {
		seen := map[string]bool{}
		for _, w := range wanted {
			if seen[w.Key("c", "k")] {
				t.Errorf("two jobs have the key %s", w.Key("c", "k"))
			}
			seen[w.Key("c", "k")] = true
		}
	})
}

// A text leaves when texts may leave, is of use for a while, and is said to be
// about something that stands as it is.
func TestTextsLeaveWhenTheyMay(t *testing.T) {
	t.Parallel()
	held(t, func(t *testing.T, s *sheet, wanted []casework.Wanted) {
		for _, w := range wanted {
			if w.Send == "" {
				if !s.Calendar.OpenAt(w.DueAt) {
					t.Errorf("task %s falls on %s, when nobody is there", w.Kind, w.DueAt)
				}
				continue
			}
			if !s.Calendar.InWindow(w.DueAt, calendar.DefaultFrom, calendar.DefaultTo) {
				t.Errorf("%s is due %s", w.Kind, w.DueAt)
			}
			if w.NotAfter.IsZero() || w.NotAfter.Before(w.DueAt) {
				t.Errorf("%s is due %s and of use until %s", w.Kind, w.DueAt, w.NotAfter)
			}
			if !s.Course.Current(w.About) && w.About.Kind != casework.AboutMeasure {
				t.Errorf("%s is about %s, which is gone", w.Kind, w.About)
			}
			if w.Task != "" {
				t.Errorf("%s is a text and a task", w.Kind)
			}
		}
	})
}

// No reminder leaves after its appointment, or before it was booked.
func TestRemindersComeBefore(t *testing.T) {
	t.Parallel()
	held(t, func(t *testing.T, s *sheet, wanted []casework.Wanted) {
		days := map[string]bool{}
		for _, w := range wanted {
			if !w.Reminder {
				continue
			}
			a := s.Course.Appointment(w.About.ID)
			if !w.NotAfter.Before(a.Start) || !w.DueAt.After(a.BookedAt) || !a.Stands() {
				t.Errorf("%s at %s, until %s, of a visit at %s booked %s", w.Kind, w.DueAt, w.NotAfter, a.Start, a.BookedAt)
			}
			day := a.ID + s.Calendar.On(w.DueAt).String()
			if days[day] {
				t.Errorf("two reminders of one visit on %s", day)
			}
			days[day] = true
		}
	})
}

// After a move, nothing is left of the jobs of the version before.
func TestMovingLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	p := plans(t)
	held(t, func(t *testing.T, s *sheet, wanted []casework.Wanted) {
		now := at(t, "Thu 1 Jan 2026 00:00")
		jobs, _ := casework.Reconcile(now, wanted, nil)
		for _, a := range s.Course.Appointments {
			_ = a.Move(a.Start.AddDate(0, 0, 3), "", now) // some cannot be moved: they stay as they are
		}
		put, _ := casework.Reconcile(now, p.Want(s.Outlook), jobs)
		for _, j := range append(put, jobs...) {
			if j.State == casework.JobWaiting && j.About.Kind == casework.AboutAppointment && !s.Course.Current(j.About) {
				t.Errorf("%s still waits for %s", j.Kind, j.About)
			}
		}
	})
}

// What is spread leaves at most so much later than without, and always by the
// same amount; the crowd of ten o'clock is not one crowd.
func TestSpread(t *testing.T) {
	t.Parallel()
	spread, err := scheduler.ShippedPlans()
	if err != nil {
		t.Fatal(err)
	}
	moments := map[time.Time]bool{}
	for i := range 200 {
		s := newSheet(t)
		s.Case.Conversation = casework.ConversationID(fmt.Sprintf("c%d", i))
		thursday(s)
		var exact, got casework.Wanted
		for j, w := range spread.Want(s.Outlook) {
			if w.Kind == "remind" {
				exact, got = spread.Exactly().Want(s.Outlook)[j], w
			}
		}
		if late := got.DueAt.Sub(exact.DueAt); late < 0 || late >= 20*time.Minute {
			t.Errorf("%s leaves %s after ten o'clock", s.Case.Conversation, late)
		}
		moments[got.DueAt] = true
	}
	if len(moments) < 100 {
		t.Errorf("200 reminders leave at %d moments", len(moments))
	}
}

// Every moment at which we begin by ourselves has a rule, unless a worker's act
// or an answer begins it; and no rule sends what does not exist.
func TestEveryMomentIsPlanned(t *testing.T) {
	t.Parallel()
	acts := map[flows.Start]bool{
		flows.SendOffer: true, flows.SendBooked: true, flows.SendCalledOff: true, flows.SendShare: true,
		flows.SendSignpost: true, flows.SendGroup: true, flows.SendInvite: true, flows.SendVerify: true,
	}
	planned := plans(t).Sends()
	for _, send := range flows.Sends() {
		if _, ok := planned[send]; ok == acts[send] {
			t.Errorf("%s: planned %t, begun by an act %t", send, ok, acts[send])
		}
	}
}
