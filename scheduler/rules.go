package scheduler

import (
	"slices"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// book is one file of rules: all that is planned around one kind of thing.
type book struct {
	topic topic
	// kind is the type of the appointments it is for; empty for all of a topic.
	kind  string
	rules []*rule
}

// rule plans one job: when it is due, until when it is of use, and what must be
// so. Every field is a line of a file in rules/ (see its README.md).
type rule struct {
	// job names the job; with what it is about it is the job's key, so a job is
	// renamed only together with what has been planned under the old name.
	job casework.JobKind
	// source is the row of domain 5.5 that the rule comes from.
	source string
	// send is the moment whose flow begins, or task what a worker is asked.
	send flows.Start
	task casework.TaskKind

	due, until moment
	// every repeats the job, times in all; rest passes over one where the thing
	// was looked at so shortly before.
	every, rest moment
	times       int
	// booked asks that the time was agreed by then.
	booked moment
	// anew names a moment: on another day of it the job is another job.
	anew string

	// while, cases and closedAs are the states of the thing, the states of the
	// case and the reasons of a closed case at which it is wanted.
	while, cases, closedAs []string
	point                  string
	// holds must all be so, and fails must not.
	holds, fails []string
	// needs are earlier jobs of the file without which it makes no sense.
	needs []string
	// said are the answers after which it is not wanted any more.
	said []said

	permission casework.Purpose
	reminder   bool
}

// said is an answer: a fact, with one value where only that one counts.
type said struct{ fact, value string }

// in reports whether an answer is this one.
func (s said) in(answers casework.Answers, since time.Time) bool {
	a, ok := answers[s.fact]
	if !ok || a.At.IsZero() || a.At.Before(since) {
		return false
	}
	return s.value == "" || slices.Contains(a.Values, s.value)
}

// suits reports whether the rule is for a case in this state. Nothing happens in
// a closed case unless the rule says so.
func (r *rule) suits(k *casework.Case) bool {
	if len(r.cases) == 0 {
		return k.State != casework.CaseClosed
	}
	if !slices.Contains(r.cases, string(k.State)) {
		return false
	}
	return k.State != casework.CaseClosed || len(r.closedAs) == 0 || slices.Contains(r.closedAs, k.Close)
}

// fits reports whether the thing is as the rule asks.
func (r *rule) fits(s *subject) bool {
	if r.point != "" && r.point != s.about.ID || len(r.while) > 0 && !slices.Contains(r.while, s.state) {
		return false
	}
	for _, c := range r.holds {
		if !s.holds[c] {
			return false
		}
	}
	for _, c := range r.fails {
		if s.holds[c] {
			return false
		}
	}
	return true
}
