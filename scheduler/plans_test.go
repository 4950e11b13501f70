package scheduler_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/scheduler"
)

// at reads a moment on the clock in London: "Tue 15 Sep 2026 10:45".
func at(t testing.TB, text string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	when, err := time.ParseInLocation(stamp, text, zone)
	if err != nil {
		t.Fatal(err)
	}
	if when.Format(stamp) != text {
		t.Fatalf("%q is a %s", text, when.Format("Mon"))
	}
	return when
}

const stamp = "Mon 2 Jan 2006 15:04"

func plans(t testing.TB) *scheduler.Plans {
	t.Helper()
	p, err := scheduler.ShippedPlans()
	if err != nil {
		t.Fatal(err)
	}
	return p.Exactly()
}

// english is the calendar of a team in England, open from nine to five.
func english(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := calendar.New(calendar.England, calendar.Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// everyDay is the calendar of a team that opens on all days of the week.
func everyDay(t testing.TB) *calendar.Calendar {
	t.Helper()
	days := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	c, err := calendar.New(calendar.England, calendar.Hours{Open: "09:00", Close: "17:00", Days: days})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sheet is a case that was picked up, of somebody who allowed everything and has
// not been in touch since the second week of September 2026.
type sheet struct {
	t testing.TB
	conversation.Outlook
}

func newSheet(t testing.TB) *sheet {
	t.Helper()
	return &sheet{t: t, Outlook: conversation.Outlook{
		Case: &casework.Case{
			ID: "k", Team: "oak", Conversation: "c", State: casework.CaseActive, Worker: "priya",
			OpenedAt: at(t, "Mon 7 Sep 2026 10:00"), SubmittedAt: at(t, "Mon 7 Sep 2026 10:20"),
			PickedUpAt: at(t, "Wed 9 Sep 2026 09:30"), Promised: "2026-09-14",
		},
		Course:    &casework.Course{Case: "k", Team: "oak", Conversation: "c"},
		Permitted: map[casework.Purpose]string{casework.PurposeKeep: "yes", casework.PurposeTextMe: "yes"},
		Contact:   casework.ContactPoint{ID: "c", State: casework.ContactActive, Safe: casework.SafeYes},
		LastInAt:  at(t, "Mon 7 Sep 2026 10:20"), Calendar: english(t),
	}}
}

func (s *sheet) at(text string) time.Time { return at(s.t, text) }

// book adds an appointment.
func (s *sheet) book(kind casework.AppointmentType, start, booked string) *casework.Appointment {
	a := &casework.Appointment{
		ID: fmt.Sprintf("a%d", len(s.Course.Appointments)+1), Type: kind, State: casework.Booked,
		Start: s.at(start), MadeAt: s.at(booked), BookedAt: s.at(booked), Minutes: 45,
	}
	s.Course.Appointments = append(s.Course.Appointments, a)
	return a
}

// settle moves an appointment along its life.
func (s *sheet) settle(a *casework.Appointment, event, when string) {
	s.t.Helper()
	if err := a.Fire(event, s.at(when)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sheet) said(when string, values ...string) casework.Answer {
	return casework.Answer{Values: values, At: s.at(when)}
}

// lines writes what is wanted, a line for each job.
func lines(wanted []casework.Wanted, zone *time.Location) []string {
	var out []string
	for _, w := range wanted {
		deed := w.Send
		if deed == "" {
			deed = "task " + string(w.Task)
		}
		out = append(out, fmt.Sprintf("%s %s: %s %s", w.DueAt.In(zone).Format(stamp), w.About, w.Kind, deed))
	}
	return out
}

func (s *sheet) lines(p *scheduler.Plans) []string {
	return lines(p.Want(s.Outlook), s.Calendar.Location())
}

// moments are when the jobs are due that a test names, by kind; a job that is
// not wanted is "never".
func (s *sheet) moments(p *scheduler.Plans, kinds []string) map[string]string {
	out := map[string]string{}
	for _, kind := range kinds {
		out[kind] = never
	}
	for _, w := range p.Want(s.Outlook) {
		if _, asked := out[string(w.Kind)]; asked {
			out[string(w.Kind)] = w.DueAt.In(s.Calendar.Location()).Format(stamp)
		}
	}
	return out
}

const never = "never"

// ruleCase is one row of a table: what is done to a sheet, and when the jobs
// that it names are due afterwards.
type ruleCase struct {
	do   func(*sheet)
	want map[string]string
}

func runRules(t *testing.T, cases map[string]ruleCase) {
	t.Helper()
	p := plans(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSheet(t)
			c.do(s)
			if diff := cmp.Diff(s.moments(p, slices.Collect(maps.Keys(c.want))), c.want); diff != "" {
				t.Errorf("due (-got +want):\n%s\nall:\n%s", diff, strings.Join(s.lines(p), "\n"))
			}
		})
	}
}

// Somebody who may not be texted is not texted, whatever the reason; what a
// worker is to do about her stays.
func TestWhoMayNotBeTexted(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*sheet){
		"opted out":       func(s *sheet) { s.Contact.State = casework.ContactOptedOut },
		"blocked":         func(s *sheet) { s.Contact.State = casework.ContactBlocked },
		"undeliverable":   func(s *sheet) { s.Contact.State = casework.ContactUndeliverable },
		"unsafe":          func(s *sheet) { s.Contact.Safe = casework.SafeNo },
		"withdrawn":       func(s *sheet) { s.Withdrawn = true },
		"nothing allowed": func(s *sheet) { s.Permitted = nil },
	}
	for name, do := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := newSheet(t), plans(t)
			full(s)
			texts, tasks := count(p.Want(s.Outlook))
			if texts == 0 || tasks == 0 {
				t.Fatalf("%d texts and %d tasks, want some of each", texts, tasks)
			}
			do(s)
			gotTexts, gotTasks := count(p.Want(s.Outlook))
			if gotTexts != 0 || gotTasks != tasks {
				t.Errorf("%d texts and %d tasks, want none and %d", gotTexts, gotTasks, tasks)
			}
		})
	}
}

// Without the permission for reminders and questions, what she is told about her
// own request still leaves (decision 13).
func TestWithoutReminders(t *testing.T) {
	t.Parallel()
	s, p := newSheet(t), plans(t)
	full(s)
	s.Permitted[casework.PurposeTextMe] = casework.PermissionNo
	for _, w := range p.Want(s.Outlook) {
		if w.Send != "" && w.Send != "missed" && w.Send != "plan" && w.Send != "closing" {
			t.Errorf("%s is wanted without her permission for it", w.Kind)
		}
	}
	if texts, _ := count(p.Want(s.Outlook)); texts == 0 {
		t.Error("nothing is left that her first permission covers")
	}
}

// full is a course in which much is going on.
func full(s *sheet) {
	s.book(casework.Assessment, "Tue 15 Sep 2026 10:45", "Wed 9 Sep 2026 14:00")
	s.settle(s.Course.Appointments[0], "miss", "Tue 15 Sep 2026 11:30")
	s.book(casework.Accompany, "Thu 24 Sep 2026 14:00", "Wed 9 Sep 2026 14:00")
	s.book(casework.GroupVisit, "Wed 30 Sep 2026 13:00", "Wed 9 Sep 2026 14:00")
	s.Course.Onward = []*casework.Onward{{ID: "o1", State: casework.OnwardRequested, SentAt: s.at("Wed 16 Sep 2026 12:00")}}
	s.Course.Signposts = []*casework.Signpost{{ID: "s1", State: casework.SignpostGiven, GivenAt: s.at("Wed 16 Sep 2026 12:00")}}
	s.Course.Plans = []*casework.Plan{{ID: "p1", Version: 1, State: casework.PlanProposed, MadeAt: s.at("Tue 22 Sep 2026 11:30")}}
	s.Course.Measures = []*casework.Measure{{
		ID: "baseline", Point: casework.Baseline, State: casework.MeasureComplete, AskedAt: s.at("Tue 8 Sep 2026 11:00"),
	}}
	s.Course.Ending = "2027-01-25"
}

func count(wanted []casework.Wanted) (texts, tasks int) {
	for _, w := range wanted {
		if w.Send != "" {
			texts++
		} else {
			tasks++
		}
	}
	return texts, tasks
}

// A closed case asks for the closing set and the question four weeks on, and
// those only where somebody would want to be asked.
func TestClosedCase(t *testing.T) {
	t.Parallel()
	p := plans(t)
	s := newSheet(t)
	full(s)
	s.Case.State, s.Case.Close, s.Case.ClosedAt = casework.CaseClosed, "goals_met", s.at("Mon 25 Jan 2027 15:00")
	want := []string{
		"Mon 25 Jan 2027 11:00 measure.closing.0: measure_closing measure",
		"Thu 28 Jan 2027 11:00 measure.closing.0: measure_closing_again measure",
		"Mon 22 Feb 2027 11:00 case.k.0: afterwards afterwards",
	}
	if diff := cmp.Diff(s.lines(p), want); diff != "" {
		t.Errorf("closed (-got +want):\n%s", diff)
	}
	for _, reason := range []string{"died", "declined", "no_response", "moved", "not_suitable_redirected", "other"} {
		s.Case.Close = reason
		if got := s.lines(p); len(got) > 0 {
			t.Errorf("closed as %s: %v is wanted", reason, got)
		}
	}
}

func TestNothingIsWantedOfNothing(t *testing.T) {
	t.Parallel()
	p := plans(t)
	if got := p.Want(conversation.Outlook{}); len(got) > 0 {
		t.Errorf("without a case %v is wanted", got)
	}
	s := newSheet(t)
	s.Case.State = casework.CaseSubmitted
	s.Case.SubmittedAt, s.Case.Promised = time.Time{}, ""
	if got := s.lines(p); len(got) > 0 {
		t.Errorf("before anything has happened %v is wanted", got)
	}
}
