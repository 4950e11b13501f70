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
			states(Accepted, Rejected, Suppressed),
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
		"plan":    {planLife, states(PlanProposed, PlanAgreed, PlanDisputed, PlanDone), states(PlanDone)},
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
