package reading

import (
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/conversation/calendar"
)

// monday is the day on which the replies of these tests come.
func monday() calendar.Date {
	return calendar.Date{Year: 2026, Month: time.November, Day: 23}
}

func needs() []Option {
	return []Option{
		{ID: "money", Number: 1, Words: []string{"money", "debt", "bills"}},
		{ID: "housing", Number: 2, Words: []string{"housing", "house", "home"}},
		{ID: "loneliness", Number: 3, Words: []string{"feeling lonely", "lonely", "loneliness"}},
		{ID: "mood_stress", Number: 4, Words: []string{"mood or stress", "mood", "stress"}},
		{ID: "work_learning", Number: 5, Words: []string{"work or learning", "work", "learning"}},
		{ID: "more", Number: 6, Words: []string{"more choices", "more"}},
	}
}

func ask(t Type) Question {
	q := Question{Type: t, Language: "en", Today: monday()}
	if t == Choice || t == Choices {
		q.Options = needs()
	}
	return q
}

func strict(q Question) Question {
	q.Strict = true
	return q
}

// reads is one reply and what it must be read as: want is the values joined
// with commas, or the outcome and after a colon the candidates.
type reads struct{ text, want string }

func summary(r Reading) string {
	if r.Outcome == Value {
		return strings.Join(r.Values, ",")
	}
	out := string(r.Outcome)
	if len(r.Candidates) > 0 {
		out += ":" + strings.Join(r.Candidates, ",")
	}
	return out
}

func check(t *testing.T, q Question, cases []reads) {
	t.Helper()
	for _, tc := range cases {
		r := Read(q, tc.text)
		if got := summary(r); got != tc.want {
			t.Errorf("%s strict=%v %q: got %q by %s, want %q", q.Type, q.Strict, tc.text, got, r.Rule, tc.want)
		}
		sound(t, q, tc.text, r)
	}
}

// sound checks what holds of every reading.
func sound(t *testing.T, q Question, text string, r Reading) {
	t.Helper()
	if r.Rule == "" {
		t.Errorf("%s %q: no rule", q.Type, text)
	}
	if (r.Outcome == Value) != (len(r.Values) > 0) {
		t.Errorf("%s %q: outcome %s with values %q", q.Type, text, r.Outcome, r.Values)
	}
	if q.Type != Choices && len(r.Values) > 1 {
		t.Errorf("%s %q: more than one value, %q", q.Type, text, r.Values)
	}
	if r.Outcome == Several && len(r.Candidates) < 2 {
		t.Errorf("%s %q: several, but candidates are %q", q.Type, text, r.Candidates)
	}
	if q.Type == Choice || q.Type == Choices {
		for _, id := range append(slices.Clone(r.Values), r.Candidates...) {
			if !slices.ContainsFunc(q.Options, func(o Option) bool { return o.ID == id }) {
				t.Errorf("%s %q: %q is no option", q.Type, text, id)
			}
		}
	}
}
