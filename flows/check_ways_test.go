package flows

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckFindsCirclesWithoutAQuestion(t *testing.T) {
	t.Parallel()
	const asks = "ask: name, save: name, why: So., used_by: link_worker"
	const end = "  - {id: over, end: done}\n"
	fork := func(back string) string {
		return "  - id: fork\n    branch: [{when: {known: first_text}, to: " + back + "}, {to: over}]\n" + end
	}
	tests := map[string]struct {
		ask, other string
		want       []string
	}{
		"with a question in it": {ask: "  - {id: q, " + asks + "}\n" + fork("q")},
		"with a question that is passed over": {
			ask:  "  - {id: q, skip_when: {known: name}, " + asks + "}\n" + fork("q"),
			want: []string{"steps q, fork follow each other for ever without a question"},
		},
		"with a question that answers itself": {
			ask: "  - {id: m, ask: choices, options: [x], save: m, why: So., used_by: link_worker}\n" +
				"  - {id: q, ask: choice, among: m, options: [x], why: So., used_by: link_worker}\n" + fork("q"),
			want: []string{"steps q, fork follow each other for ever without a question"},
		},
		"through a flow that asks": {
			ask:   "  - {id: go, go: other}\n" + fork("go"),
			other: "  - {id: q, " + asks + "}\n" + end,
		},
		"through a flow that does not": {
			ask:   "  - {id: go, go: other}\n" + fork("go"),
			other: end,
			want:  []string{"steps go, fork follow each other for ever without a question"},
		},
		"through a flow that may not": {
			ask:   "  - {id: go, go: other}\n" + fork("go"),
			other: "  - {id: q, skip_when: {known: name}, " + asks + "}\n" + end,
			want:  []string{"steps go, fork follow each other for ever without a question"},
		},
		"through one question of another flow": {
			ask:   "  - {id: go, go: {flow: other, step: q, once: true}}\n" + fork("go"),
			other: "  - {id: q, " + asks + "}\n" + end,
		},
		"a step that leads to itself": {
			ask:  "  - {id: q, " + asks + "}\n  - id: fork\n    branch: [{when: {known: name}, to: fork}, {to: over}]\n" + end,
			want: []string{"steps fork follow each other for ever without a question"},
		},
		"by leaving": {
			ask:   "  - {id: go, go: {flow: other, leave: true}}\n",
			other: "  - {id: back, go: {flow: ask, leave: true}}\n",
			want:  []string{"steps go, back follow each other for ever without a question"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps := map[string]string{"ask": tt.ask}
			if tt.other != "" {
				steps["other"] = tt.other
			}
			if diff := cmp.Diff(broke(small(t, steps, nil), RuleEndlessLoop), tt.want); diff != "" {
				t.Errorf("circles (-got +want):\n%s", diff)
			}
		})
	}
}

func TestCheckFollowsEveryWayIntoAFlow(t *testing.T) {
	t.Parallel()
	const asks = "ask: name, why: So., used_by: link_worker"
	tests := map[string]struct {
		ask, other string
		want       []string
	}{
		"from the beginning": {
			ask:   "  - {id: go, go: other}\n  - {id: over, end: done}\n",
			other: "  - {id: first, end: done}\n  - {id: second, end: done}\n",
			want:  []string{`no step leads to "second"`},
		},
		"into the middle": {
			ask:   "  - {id: go, go: {flow: other, step: second}}\n  - {id: over, end: done}\n",
			other: "  - {id: first, end: done}\n  - {id: second, end: done}\n",
		},
		"for one question": {
			ask:   "  - {id: go, go: {flow: other, step: second, once: true}}\n  - {id: over, end: done}\n",
			other: "  - {id: first, end: done}\n  - {id: second, next: first, " + asks + "}\n",
		},
		"by being skipped": {
			ask: "  - {id: q, on: {given: over, skipped: other}, " + asks + "}\n  - {id: over, end: done}\n  - {id: other, end: done}\n",
		},
		"by being passed over": {
			ask: "  - {id: q, required: true, skip_when: {known: first_text}, on: {given: over}, next: other, " + asks + "}\n" +
				"  - {id: over, end: done}\n  - {id: other, end: done}\n",
		},
		"not where every answer leads elsewhere": {
			ask:  "  - {id: q, required: true, on: {given: over}, " + asks + "}\n  - {id: lost, end: done}\n  - {id: over, end: done}\n",
			want: []string{`no step leads to "lost"`},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps := map[string]string{"ask": tt.ask}
			if tt.other != "" {
				steps["other"] = tt.other
			}
			if diff := cmp.Diff(broke(small(t, steps, nil), RuleUnreachable), tt.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}
