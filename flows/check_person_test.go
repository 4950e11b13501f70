package flows

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCallComesToAPersonOnEveryWay(t *testing.T) {
	t.Parallel()
	const task = "  - {id: ring, do: [{task: ring}]}\n"
	const end = "  - {id: over, end: done}\n"
	lonely := []string{`CALL can come to step "over" without asking a person for anything`}
	tests := map[string]struct {
		call, other string
		want        []string
	}{
		"at once":            {call: task + end},
		"at the end":         {call: "  - {id: over, end: done, do: [{task: ring}]}\n"},
		"by handing over":    {call: "  - {id: over, end: done, do: [hand_over]}\n"},
		"never":              {call: end, want: lonely},
		"an alert is not it": {call: "  - {id: over, end: done, do: [{alert: cry}]}\n", want: lonely},
		"after a question": {
			call: "  - {id: q, ask: name, why: So., used_by: link_worker}\n" + task + end,
		},
		"not when it is skipped": {
			call: "  - {id: q, ask: name, on: {skipped: over}, why: So., used_by: link_worker}\n" + task + end, want: lonely,
		},
		"not when it is passed over": {
			call: "  - {id: q, ask: name, skip_when: {known: first_text}, on: {given: ring, skipped: ring}, next: over, why: So., used_by: link_worker}\n" + task + end,
			want: lonely,
		},
		"in a circle": {
			call: "  - {id: q, ask: name, why: So., used_by: link_worker}\n" +
				"  - id: fork\n    branch: [{when: {known: first_text}, to: q}, {to: ring}]\n" + task + end,
		},
		"in a flow on the way":     {call: "  - {id: go, go: other}\n" + end, other: task + end},
		"not in a flow on the way": {call: "  - {id: go, go: other}\n" + end, other: "  - {id: there, end: done}\n", want: lonely},
		"in a flow it leaves for":  {call: "  - {id: go, go: {flow: other, leave: true}}\n", other: task + end},
		"not in a flow it leaves for": {
			call: "  - {id: go, go: {flow: other, leave: true}}\n", other: end, want: lonely,
		},
		"two flows that wait for each other": {
			call: "  - {id: go, go: other}\n" + end, other: "  - {id: back, go: call}\n  - {id: there, end: done}\n",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps := map[string]string{"call": tt.call}
			if tt.other != "" {
				steps["other"] = tt.other
			}
			if diff := cmp.Diff(broke(small(t, steps, nil), RuleNoPerson), tt.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

func TestALibraryWithoutCallIsRefused(t *testing.T) {
	t.Parallel()
	l := good(t)
	delete(l.starts, StartCall)
	want := []string{`no flow starts at "call", so nobody can ask for a person`}
	if diff := cmp.Diff(broke(l, RuleNoPerson), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
