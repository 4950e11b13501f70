package casework

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOutboxEntries(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1_800_000_000_000)
	moment := func(after time.Duration) string { return Moment(at.Add(after)) }
	cases := map[string]struct {
		d    *Delivery
		want []string
	}{
		"a text that came in":    {nil, nil},
		"planned, of a worker":   {&Delivery{State: Planned, Class: ClassWorker, NotBefore: at}, []string{InLane(LaneWorker, "elm") + moment(0)}},
		"planned, a reminder":    {&Delivery{State: Planned, Class: ClassReminder, NotBefore: at}, []string{InLane(LaneNotice, "elm") + moment(0)}},
		"planned, for duty":      {&Delivery{State: Planned, Class: ClassDuty}, []string{InLane(LaneUrgent, "elm") + Moment(time.Time{})}},
		"planned, for staff":     {&Delivery{State: Planned, Class: ClassStaff, NotBefore: at}, []string{InLane(LaneNotice, "elm") + moment(0)}},
		"held back":              {&Delivery{State: Planned, Class: ClassDuty, Held: true, NotBefore: at}, []string{HeldBack() + moment(0)}},
		"under way":              {&Delivery{State: Attempting, Class: ClassWorker, Deadline: at}, []string{Attempts() + moment(0)}},
		"an answer on its way":   {&Delivery{State: Attempting, Class: ClassAnswer}, []string{Looks() + moment(answerLook)}},
		"an answer, asked about": {&Delivery{State: Attempting, Class: ClassAnswer, LookAt: at.Add(time.Hour)}, []string{Looks() + moment(time.Hour)}},
		"an answer that we send": {&Delivery{State: Attempting, Class: ClassAnswer, Deadline: at}, []string{Attempts() + moment(0)}},
		"taken by the provider":  {&Delivery{State: Accepted, LookAt: at}, []string{Looks() + moment(0)}},
		"arrived":                {&Delivery{State: Accepted, Carrier: "delivered", SettledAt: at}, nil},
		"lost by the carrier":    {&Delivery{State: Accepted, Carrier: "undelivered", SettledAt: at}, []string{Failures() + moment(0)}},
		"refused":                {&Delivery{State: Rejected, SettledAt: at}, []string{Failures() + moment(0)}},
		"suppressed":             {&Delivery{State: Suppressed, SettledAt: at}, []string{Failures() + moment(0)}},
		"unknown, asked about":   {&Delivery{State: Unknown, LookAt: at}, []string{Looks() + moment(0)}},
		"unknown for good":       {&Delivery{State: Unknown, SettledAt: at}, []string{Failures() + moment(0)}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := outboxEntries(&Message{Team: "elm", At: at, Delivery: c.d})
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("entries (-got +want):\n%s", diff)
			}
		})
	}
}

// A lane is walked team by team, from the last to the first: what sorts before
// a team's beginning is another team's.
func TestLanesKeepTeamsApart(t *testing.T) {
	t.Parallel()
	at := Moment(time.UnixMilli(1_800_000_000_000))
	var entries []string
	for _, team := range []TeamID{"a", "a-b", "a1", "b"} {
		entries = append(entries, InLane(LaneNotice, team)+at)
	}
	slices.Sort(entries)
	for _, team := range []TeamID{"a", "a-b", "a1", "b"} {
		own := InLane(LaneNotice, team)
		for _, e := range entries {
			if strings.HasPrefix(e, own) != (e == own+at) {
				t.Errorf("entry %q and the lane of %s", e, team)
			}
			if !strings.HasPrefix(e, InLane(LaneNotice, "")) {
				t.Errorf("entry %q is in no lane", e)
			}
		}
	}
}
