package conversation

import (
	"slices"
	"time"

	"linkline/conversation/casework"
	"linkline/conversation/safety"
)

// standardDays is within how many working days a person hears from us when a
// team says nothing else (domain 5.4).
const standardDays = 5

// FiredRule is a named rule that brings a case forward in the queue. It is not
// a level: it says what was answered, and by when somebody should have been in
// touch (decision 24).
type FiredRule struct {
	Rule  string
	Days  int
	Words casework.Private
}

// fire notes the rule on the case and brings forward by when somebody must have
// been in touch. What the person was promised stays what it was.
func (r FiredRule) fire(k *casework.Case, t *Team, now time.Time) {
	if slices.ContainsFunc(k.Fired, func(f casework.FiredRule) bool { return f.Rule == r.Rule }) {
		return
	}
	k.Fired = append(k.Fired, casework.FiredRule{Rule: r.Rule, Words: r.Words, At: now})
	due := t.Calendar.AddWorkingDays(now, r.Days).Time(17, 0, t.location())
	if k.DueAt.IsZero() || due.Before(k.DueAt) {
		k.DueAt = due
	}
}

// rulesOf lists the rules that the answers fire (domain 5.4, as named rules).
func rulesOf(known map[string]casework.Answer) []FiredRule {
	var fired []FiredRule
	if first(known["safe_now"].Values) == "not_sure" {
		fired = append(fired, FiredRule{Rule: "answer.not_sure_safe", Days: 1, Words: known["safe_now"].Words})
	}
	if first(known["safe_now"].Values) == "no" {
		fired = append(fired, FiredRule{Rule: "answer.not_safe", Days: 1, Words: known["safe_now"].Words})
	}
	if first(known["deadline"].Values) == "yes" {
		fired = append(fired, FiredRule{Rule: "answer.deadline", Days: 2, Words: known["deadline_words"].Words})
	}
	if needs := known["needs"].Values; len(needs) >= 4 {
		fired = append(fired, FiredRule{Rule: "answer.four_needs", Days: 2, Words: known["needs"].Words})
	}
	if slices.Contains(known["needs"].Values, "bereavement") && first(known["lives_alone"].Values) == "yes" {
		fired = append(fired, FiredRule{Rule: "answer.bereaved_alone", Days: 2, Words: known["lives_alone"].Words})
	}
	return fired
}

// alertDue is by when somebody must have seen an alert: in hours, a quarter of
// an hour for a danger to somebody and an hour for the rest; out of hours, when
// the team next opens (messaging-safety 2.5).
func alertDue(t *Team, class safety.Class, now time.Time) time.Time {
	within := time.Hour
	switch class {
	case safety.ActiveHarm, safety.Abuse, safety.ChildAtRisk, safety.Medical:
		within = 15 * time.Minute
	case safety.Essentials:
		within = 2 * time.Hour
	case safety.Explicit, safety.Indirect, safety.HarmToOthers, safety.SelfDeclared:
	}
	due := t.Calendar.AddServiceHours(now, within)
	if t.Calendar.OpenAt(now) && t.Calendar.On(due).After(t.Calendar.On(now)) {
		return closing(t, now) // never tomorrow while somebody is still here
	}
	return due
}

// closing is the minute at which a team that is open now closes.
func closing(t *Team, now time.Time) time.Time {
	at := now.Truncate(time.Minute)
	for t.Calendar.OpenAt(at) {
		at = at.Add(time.Minute)
	}
	return at
}
