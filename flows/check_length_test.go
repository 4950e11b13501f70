package flows

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The lengths in these tests are such that each text fits alone and the turn
// that is named does not.
func TestCheckMeasuresWholeTurns(t *testing.T) {
	t.Parallel()
	const question = "  - {id: q, ask: name, why: So., used_by: link_worker}\n"
	const end = "  - {id: over, end: done}\n"
	words := map[string]string{
		"ask": "  a: " + letters(200) + "\n  b: " + letters(100) + "\n" +
			"  s: {say: " + letters(200) + ", short: " + letters(20) + "}\n" +
			"  q: {ask: " + letters(150) + ", again: Again?}\n  r: {ask: " + letters(151) + ", again: Again?}\n" +
			"  n: {ask: " + letters(106) + ", again: Again?, options: {x: " + letters(30) + ", y: " + letters(30) + ", z: " + letters(30) + "}}\n" +
			"  p: {ask: " + letters(200) + ", again: Again?, options: {\"yes\": \"yes\", \"no\": \"no\"}}\n",
		"other": "  c: " + letters(160) + "\n  d: {ask: " + letters(160) + ", again: Again?}\n",
	}
	tests := map[string]struct {
		ask, other string
		want       []string
	}{
		"what is said before a question": {
			ask: "  - {id: a, say: true}\n" + question + end, want: []string{"a + q"},
		},
		"a short variant is enough": {ask: "  - {id: s, say: true}\n" + question + end},
		"a permission may have a part more": {
			ask: "  - {id: a, say: true}\n  - {id: p, permit: keep, why: So., used_by: link_worker}\n" + end,
		},
		"the options of a question": {
			ask:  "  - {id: b, say: true}\n  - {id: n, ask: choice, options: [x, y, z], why: So., used_by: link_worker}\n" + end,
			want: []string{"b + n"},
		},
		"the longer of two branches": {
			ask: "  - id: fork\n    branch: [{when: {known: first_text}, to: a}, {to: b}]\n" +
				"  - {id: a, say: true, next: q}\n  - {id: b, say: true}\n" + question + end,
			want: []string{"a + q"},
		},
		"a question that is passed over": {
			ask: "  - {id: a, say: true}\n  - {id: d, words: r, ask: name, skip_when: {known: first_text}, why: So., used_by: link_worker}\n" +
				"  - {id: b, say: true}\n" + question + end,
			want: []string{"a + b + q"},
		},
		"words at the end": {
			ask: "  - {id: a, say: true}\n  - {id: b, say: true}\n  - {id: over, end: done, say: b}\n", want: []string{"a + b + b"},
		},
		"into another flow": {
			ask:   "  - {id: a, say: true}\n  - {id: go, go: other}\n" + end,
			other: "  - {id: d, ask: name, why: So., used_by: link_worker}\n" + end, want: []string{"a + d"},
		},
		"and out of it in the same turn": {
			ask: "  - {id: go, go: other}\n" + question + end, other: "  - {id: c, say: true}\n" + end, want: []string{"c + q"},
		},
		"without coming back": {
			ask:   "  - {id: a, say: true}\n  - {id: go, go: {flow: other, leave: true}}\n",
			other: "  - {id: c, say: true}\n" + end, want: []string{"a + c"},
		},
		"one question of another flow, then on": {
			ask:   "  - {id: a, say: true}\n  - {id: go, go: {flow: other, step: d, once: true}}\n  - {id: b, say: true}\n  - {id: a2, say: a}\n" + end,
			other: "  - {id: d, ask: name, why: So., used_by: link_worker}\n" + end, want: []string{"a + d"},
		},
		"after one question of another flow": {
			ask:   "  - {id: go, go: {flow: other, step: d, once: true}}\n  - {id: a, say: true}\n  - {id: b, say: true}\n" + question + end,
			other: "  - {id: d, ask: name, why: So., used_by: link_worker}\n" + end, want: []string{"a + b + q"},
		},
		"before the question that waited": {
			ask: question + "  - {id: a, say: true, do: [again]}\n" + end, want: []string{"a + q"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps := map[string]string{"ask": tt.ask}
			if tt.other != "" {
				steps["other"] = tt.other
			}
			var got []string
			for _, message := range broke(small(t, steps, words), RuleTooLong) {
				turn, _, _ := strings.Cut(strings.TrimPrefix(message, "the turn "), " has ")
				got = append(got, turn)
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("turns that are too long (-got +want):\n%s", diff)
			}
		})
	}
}

// Of the options that an earlier answer chose, the six longest are measured.
func TestCheckMeasuresChosenOptions(t *testing.T) {
	t.Parallel()
	ids := []string{"a", "b", "c", "d", "e", "f", "g"}
	steps := "  - {id: many, ask: choices, options: [" + strings.Join(ids, ", ") + "], save: many, why: So., used_by: link_worker}\n" +
		"  - {id: one, ask: choice, among: many, options: [" + strings.Join(ids, ", ") + "], why: So., used_by: link_worker}\n" +
		"  - {id: over, end: done}\n"
	labels := func(n int) string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = id + ": " + id + letters(n)
		}
		return "{" + strings.Join(out, ", ") + "}"
	}
	for n, want := range map[int]int{31: 0, 46: 1} { // seven of 31 would not fit
		words := "  many: {ask: Which?, again: Again?, options: " + labels(1) + "}\n" +
			"  one: {ask: First?, again: Again?, options: " + labels(n) + "}\n"
		got := broke(small(t, map[string]string{"ask": steps}, map[string]string{"ask": words}), RuleTooLong)
		if (len(got) > 0) != (want > 0) {
			t.Errorf("labels of %d letters: %v", n+1, got)
		}
	}
}

func TestCheckMeasuresWhatTheServiceSays(t *testing.T) {
	t.Parallel()
	_, err := changed(t, "words/en/service.yaml", "These are the words of safety a.", letters(307))
	want := "the turn safety_a has 3 parts (307 units of GSM-7) and may have 2"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// What cannot wait, and a photo, may come before the first turn and before any
// question: both turns must fit.
func TestCheckMeasuresWhatIsSaidFirst(t *testing.T) {
	t.Parallel()
	for want, key := range map[string]string{
		"the turn safety_i + welcome + who ":   TextSafetyI,
		"the turn safety_i + worry ":           TextSafetyI,
		"the turn typed_only + welcome + who ": TextTypedOnly,
	} {
		text := "These are the words of " + strings.ReplaceAll(key, "_", " ") + "."
		_, err := changed(t, "words/en/service.yaml", text, letters(300))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", key, err, want)
		}
	}
}
