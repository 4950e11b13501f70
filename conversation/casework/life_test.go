package casework

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite docs/lives.md")

// docs/lives.md shows the tables as they are; run with -update after a change.
func TestLivesAreDrawn(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "docs", "lives.md")
	want := drawing(t)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), want); diff != "" {
		t.Errorf("docs/lives.md has drifted, run with -update (-got +want):\n%s", diff)
	}
}

func drawing(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Lives\n\nHow the records that live through states move from one to the next. Drawn from the\n" +
		"tables in `conversation/casework/life.go` by its test; change the tables, not this page.\n")
	for _, l := range Lives() {
		d, err := l.Diagram()
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n## " + strings.ToUpper(l.Name()[:1]) + l.Name()[1:] + "\n\n```mermaid\n" + strings.TrimSpace(d) + "\n```\n")
	}
	return b.String()
}

// Every state that is declared can be reached, and every other state is left
// or is an end on purpose.
func TestLivesReachEveryState(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		life Life
		all  []string
		ends []string
	}{
		"case": {
			caseLife,
			states(CaseStarted, CaseWorkable, CaseSubmitted, CaseAssigned, CaseActive, CaseClosed),
			states(CaseClosed),
		},
		"alert": {
			alertLife,
			states(AlertRaised, AlertSeen, AlertAcknowledged, AlertClosed),
			states(AlertClosed),
		},
		"message": {
			messageLife,
			states(Planned, Attempting, Accepted, Rejected, Unknown, Suppressed),
			nil, // whatever its end, an operator may send it again
		},
		"appointment": {
			appointmentLife,
			states(Offered, Booked, Confirmed, ChangeAsked, Declined, Attended, DidNotAttend, CancelledByUs, NoneOfTheTimes),
			states(Attended, CancelledByUs),
		},
		"onward referral": {
			onwardLife,
			states(OnwardAsked, OnwardRefused, OnwardRequested, OnwardReceived, OnwardAccepted, OnwardRejected,
				OnwardWaiting, OnwardStarted, OnwardCompleted, OnwardNotStarted),
			states(OnwardRejected, OnwardCompleted, OnwardNotStarted),
		},
		"signpost": {
			signpostLife,
			states(SignpostGiven, SignpostHelps, SignpostOther, SignpostReached, SignpostPerson),
			states(SignpostReached, SignpostPerson),
		},
		"plan": {planLife, states(PlanProposed, PlanAgreed, PlanDisputed, PlanDone), states(PlanDone)},
		"invitation": {
			invitationLife,
			states(Invited, InvitationAccepted, InvitationDeclined, InvitationSilent),
			states(InvitationAccepted),
		},
		"measure": {measureLife, states(MeasureDue, MeasureBegun, MeasureComplete, MeasureRefused), states(MeasureComplete, MeasureRefused)},
	}
	if got, want := len(cases), len(Lives()); got != want {
		t.Fatalf("%d lives are tested, want %d", got, want)
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.life.Name(); got != name {
				t.Errorf("name = %s", got)
			}
			reached := []string{c.life.first}
			var ends []string
			for i := 0; i < len(reached); i++ {
				next := c.life.after(reached[i])
				if len(next) == 0 {
					ends = append(ends, reached[i])
				}
				for _, s := range next {
					if !slices.Contains(reached, s) {
						reached = append(reached, s)
					}
				}
			}
			slices.Sort(reached)
			slices.Sort(ends)
			slices.Sort(c.all)
			slices.Sort(c.ends)
			if diff := cmp.Diff(reached, c.all); diff != "" {
				t.Errorf("states reached (-got +want):\n%s", diff)
			}
			if diff := cmp.Diff(ends, c.ends); diff != "" {
				t.Errorf("ends (-got +want):\n%s", diff)
			}
		})
	}
}

// after lists the other states that any event leads to from a state.
func (l Life) after(state string) []string {
	var next []string
	for _, e := range l.events {
		if to, err := l.fire(state, e.Name); err == nil && to != state {
			next = append(next, to)
		}
	}
	return next
}

func TestCaseLife(t *testing.T) {
	t.Parallel()
	walk(t, func(s CaseState) (func(string) error, func() CaseState) {
		c := &Case{State: s}
		return c.Fire, func() CaseState { return c.State }
	}, []step[CaseState]{
		{CaseStarted, "work", CaseWorkable},
		{CaseWorkable, "work", CaseWorkable},
		{CaseWorkable, "submit", CaseSubmitted},
		{CaseStarted, "pick_up", CaseAssigned}, // she stopped answering; a worker rings
		{CaseSubmitted, "pick_up", CaseAssigned},
		{CaseAssigned, "contact", CaseActive},
		{CaseActive, "contact", CaseActive},
		{CaseStarted, "close", CaseClosed},
		{CaseActive, "close", CaseClosed},
		// What she adds later does not send her case back.
		{CaseSubmitted, "work", CaseSubmitted},
		{CaseAssigned, "work", CaseAssigned},
		{CaseActive, "submit", CaseActive},
		// Nobody picks up twice, contacts before, or wakes what is closed.
		{CaseAssigned, "pick_up", ""},
		{CaseActive, "pick_up", ""},
		{CaseSubmitted, "contact", ""},
		{CaseClosed, "work", ""},
		{CaseClosed, "submit", ""},
		{CaseClosed, "pick_up", ""},
		{CaseClosed, "close", ""},
		{CaseStarted, "dance", ""},
		{"nonsense", "work", ""},
	})
}

func TestAlertLife(t *testing.T) {
	t.Parallel()
	walk(t, func(s AlertState) (func(string) error, func() AlertState) {
		a := &Alert{State: s}
		return a.Fire, func() AlertState { return a.State }
	}, []step[AlertState]{
		{AlertRaised, "see", AlertSeen},
		{AlertSeen, "see", AlertSeen},
		{AlertRaised, "acknowledge", AlertAcknowledged},
		{AlertSeen, "acknowledge", AlertAcknowledged},
		{AlertAcknowledged, "close", AlertClosed},
		// Seen is not acted on: only what somebody has taken can be closed (I14).
		{AlertRaised, "close", ""},
		{AlertSeen, "close", ""},
		{AlertAcknowledged, "see", ""},
		{AlertClosed, "acknowledge", ""},
		{"nonsense", "see", ""},
	})
}

func TestMessageLife(t *testing.T) {
	t.Parallel()
	walk(t, func(s DeliveryState) (func(string) error, func() DeliveryState) {
		d := &Delivery{State: s}
		return d.Fire, func() DeliveryState { return d.State }
	}, []step[DeliveryState]{
		{Planned, "claim", Attempting},
		{Planned, "suppress", Suppressed},
		{Attempting, "accept", Accepted},
		{Attempting, "reject", Rejected},
		{Attempting, "defer", Planned},
		{Attempting, "lose", Unknown},
		{Unknown, "accept", Accepted},
		{Unknown, "reject", Rejected},
		{Unknown, "resend", Planned},
		// What did not arrive may be planned again, and that is said.
		{Accepted, "retry", Planned},
		{Rejected, "retry", Planned},
		{Suppressed, "retry", Planned},
		{Unknown, "retry", Planned},
		{Planned, "retry", ""},
		{Attempting, "retry", ""},
		// Nothing is sent that was not claimed, claimed twice, or sent again
		// after it has arrived or was refused.
		{Planned, "accept", ""},
		{Attempting, "claim", ""},
		{Attempting, "suppress", ""},
		{Unknown, "claim", ""},
		{Unknown, "defer", ""},
		{Accepted, "resend", ""},
		{Accepted, "reject", ""},
		{Rejected, "claim", ""},
		{Rejected, "resend", ""},
		{Suppressed, "claim", ""},
		{"nonsense", "claim", ""},
	})
}

// step is one event from one state; an empty to means that it is refused and
// changes nothing.
type step[S ~string] struct {
	from  S
	event string
	to    S
}

func walk[S ~string](t *testing.T, at func(S) (fire func(string) error, state func() S), steps []step[S]) {
	t.Helper()
	for _, s := range steps {
		fire, state := at(s.from)
		err := fire(s.event)
		switch {
		case s.to != "" && err != nil:
			t.Errorf("%s, %s: %v, want %s", s.from, s.event, err, s.to)
		case s.to == "" && err == nil:
			t.Errorf("%s, %s: now %s, want an error", s.from, s.event, state())
		case s.to == "" && s.from != "nonsense" && !errors.Is(err, ErrNotAllowed):
			t.Errorf("%s, %s: %v, want %v", s.from, s.event, err, ErrNotAllowed)
		}
		if want := s.to; want != "" && state() != want {
			t.Errorf("%s, %s: now %s, want %s", s.from, s.event, state(), want)
		}
		if s.to == "" && state() != s.from {
			t.Errorf("%s, %s: refused, but now %s", s.from, s.event, state())
		}
	}
}
