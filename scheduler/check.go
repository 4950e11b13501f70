package scheduler

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// What is refused in a file of rules.
const (
	ruleYAML    flows.Rule = "yaml"
	ruleFile    flows.Rule = "file"
	ruleMissing flows.Rule = "missing-key"
	ruleName    flows.Rule = "unknown-name"
	ruleMoment  flows.Rule = "moment"
	ruleTwice   flows.Rule = "twice"
	ruleText    flows.Rule = "text"
	ruleKey     flows.Rule = "key-without-use"
)

// aMoment is the fix for a moment that cannot be read.
const aMoment = `write it like "3 days before start, at 10:00", "30 minutes after settled" or "closed"`

var (
	jobForm  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	factForm = regexp.MustCompile(`^([a-z][a-z0-9_]*)(?:=([a-z0-9_]+))?$`)
)

// checker turns what is written in one file into rules, and tells all that is
// wrong with it.
type checker struct {
	file     string
	problems *flows.Problems
	topic    topic
	words    vocabulary
	jobs     []string // those of the rules before
}

func (c *checker) tell(line int, rule flows.Rule, fix, format string, args ...any) {
	*c.problems = append(*c.problems, flows.Problem{
		File: c.file, Line: max(line, 1), Rule: rule, Message: fmt.Sprintf(format, args...), Fix: fix,
	})
}

// book reads a file; nil for one that has no rules but the spread.
func (c *checker) book(written writtenBook) *book {
	if written.About.text == "" && len(written.Rules) == 0 && written.Spread.text != "" {
		return nil
	}
	words, ok := vocabularies()[topic(written.About.text)]
	if !ok {
		c.tell(written.About.line, ruleName, "write about: case, appointment, next, onward, plan, measure or signpost",
			"the file is about %q, which is nothing", written.About.text)
		return nil
	}
	c.topic, c.words = topic(written.About.text), words
	b := &book{topic: c.topic, kind: written.Type.text}
	if types := names(casework.AppointmentTypes()...); c.topic == aboutAppointment {
		c.oneOf(written.Type, "type", types)
	} else if b.kind != "" {
		c.tell(written.Type.line, ruleKey, "take it out", "only appointments have a type")
	}
	for _, w := range written.Rules {
		if r := c.rule(w); r != nil {
			b.rules = append(b.rules, r)
		}
	}
	return b
}

// beside refuses two files about the same thing: their jobs would share keys.
// The next appointment is an appointment, so its jobs are named apart.
func (c *checker) beside(books []*book, b *book) {
	for _, other := range books {
		if other.topic == b.topic && other.kind == b.kind {
			c.tell(1, ruleTwice, "put the rules into one file", "there is another file about the same thing")
		}
		mixed := other.topic == aboutNext && b.topic == aboutAppointment || other.topic == aboutAppointment && b.topic == aboutNext
		for _, r := range b.rules {
			if mixed && slices.ContainsFunc(other.rules, func(o *rule) bool { return o.job == r.job }) {
				c.tell(1, ruleTwice, "give it another name", "job %q is in a file about the next appointment too", r.job)
			}
		}
	}
}

// rule reads one rule.
func (c *checker) rule(w writtenRule) *rule {
	if !jobForm.MatchString(w.Job.text) {
		c.tell(cmp.Or(w.Job.line, w.Source.line, w.Due.line), ruleMissing, "give the rule a job: a name of small letters",
			"%q is not the name of a job", w.Job.text)
		return nil
	}
	if slices.Contains(c.jobs, w.Job.text) {
		c.tell(w.Job.line, ruleTwice, "give each rule a job of its own", "there is a job %q already", w.Job.text)
		return nil
	}
	if w.Source.text == "" {
		c.tell(w.Job.line, ruleMissing, "name the row it comes from, such as source: J5", "job %q has no source", w.Job.text)
	}
	r := &rule{
		job: casework.JobKind(w.Job.text), source: w.Source.text,
		send: flows.Start(w.Send.text), task: casework.TaskKind(w.Task.text),
		anew: w.Anew.text, point: w.Point.text,
		while: c.all(w.While, "state", c.states()), cases: c.all(w.Case, "state of a case", caseStates()),
		closedAs: c.all(w.ClosedAs, "reason for closing", conversation.CloseReasons()),
		holds:    c.all(w.If, "condition", c.words.conditions), fails: c.all(w.Unless, "condition", c.words.conditions),
		needs: c.all(w.With, "earlier job", c.jobs), said: c.said(w.UnlessSaid),
		permission: casework.Purpose(w.Permission.text), reminder: c.flag(w.Reminder),
	}
	c.moments(r, w)
	c.deed(r, w)
	c.repeat(r, w)
	c.jobs = append(c.jobs, w.Job.text)
	return r
}

// moments reads when a job is due, until when, and by when it was booked.
func (c *checker) moments(r *rule, w writtenRule) {
	if w.Due.text == "" {
		c.tell(w.Job.line, ruleMissing, "say when, such as due: 3 days before start, at 10:00", "job %q has no due", r.job)
		return
	}
	r.due = c.moment(w.Due, append(slices.Clone(c.words.moments), c.jobs...))
	if w.Until.text != "" {
		r.until = c.moment(w.Until, append(slices.Clone(c.words.moments), w.Job.text))
	}
	if w.Booked.text != "" {
		r.booked = c.moment(w.Booked, c.words.moments)
	}
	if w.Anew.text != "" {
		c.oneOf(w.Anew, "moment", c.words.moments)
		if c.topic != aboutCase {
			c.tell(w.Anew.line, ruleKey, "take it out", "only a rule about the case can be anew: what else there is has a version")
		}
	}
	if w.Point.text != "" {
		c.oneOf(w.Point, "point", names(casework.Baseline, casework.ThreeMonths, casework.SixMonths, casework.AtClosing))
	}
	if (w.Point.text != "") != (c.topic == aboutMeasure) {
		c.tell(max(w.Point.line, w.Job.line), ruleKey, "write point: in a rule about measures, and in no other",
			"job %q and its point do not go together", r.job)
	}
}

// deed checks what a job does: a text, which must have an end and a permission,
// or a task, which needs neither.
func (c *checker) deed(r *rule, w writtenRule) {
	if (r.send == "") == (r.task == "") {
		c.tell(w.Job.line, ruleText, "write one of send and task", "job %q must do one thing", r.job)
		return
	}
	if r.send == "" {
		c.oneOf(w.Task, "task", names(casework.FollowUpTasks()...))
		if r.reminder || r.permission != "" || r.until.written() {
			c.tell(w.Job.line, ruleKey, "take reminder, permission and until out",
				"job %q is a task: it needs no permission and stays until it is done", r.job)
		}
		return
	}
	c.oneOf(w.Send, "moment at which a flow begins", names(flows.Sends()...))
	if !r.until.written() {
		c.tell(w.Job.line, ruleText, "say until when it is of use: a late text becomes a task", "job %q has no until", r.job)
	}
	purposes := names(casework.PurposeKeep, casework.PurposeTextMe)
	if !slices.Contains(purposes, string(r.permission)) {
		c.tell(w.Job.line, ruleText, "write permission: text_me for reminders, homework, check-ins and measures; else keep",
			"job %q does not say which permission it needs", r.job)
	}
}

// repeat reads how often a job comes again.
func (c *checker) repeat(r *rule, w writtenRule) {
	if w.Rest.text != "" {
		r.rest = c.length(w.Rest)
	}
	if (w.Every.text == "") != (w.Times.text == "") {
		c.tell(w.Job.line, ruleMissing, "write both every and times, or neither", "job %q says only one of every and times", r.job)
		return
	}
	if w.Every.text == "" {
		return
	}
	r.every = c.length(w.Every)
	n, err := strconv.Atoi(w.Times.text)
	if err != nil || n < 2 || n > 26 {
		c.tell(w.Times.line, ruleMoment, "write a number from 2 to 26", "%q is not a number of times", w.Times.text)
		return
	}
	r.times = n
}

func (c *checker) moment(w word, known []string) moment {
	m, err := parseMoment(w.text)
	if err != nil {
		c.tell(w.line, ruleMoment, aMoment, "%s", err)
		return moment{}
	}
	c.oneOf(word{m.of, w.line}, "moment", known)
	return m
}

func (c *checker) length(w word) moment {
	m, err := parseLength(w.text)
	if err != nil {
		c.tell(w.line, ruleMoment, `write it like "6 weeks"`, "%s", err)
	}
	return m
}

func (c *checker) said(all []word) []said {
	out := make([]said, 0, len(all))
	for _, w := range all {
		part := factForm.FindStringSubmatch(w.text)
		if part == nil {
			c.tell(w.line, ruleName, "write a fact, such as can_come, or one of its values, such as heard=yes",
				"%q is not an answer", w.text)
			continue
		}
		out = append(out, said{fact: part[1], value: part[2]})
	}
	return out
}

func (c *checker) flag(w word) bool {
	if w.text != "" && w.text != "true" && w.text != "false" {
		c.tell(w.line, ruleName, "write true or false", "%q is neither true nor false", w.text)
	}
	return w.text == "true"
}

func (c *checker) all(words []word, what string, known []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		c.oneOf(w, what, known)
		out = append(out, w.text)
	}
	return out
}

// oneOf refuses a name that is not in a closed set.
func (c *checker) oneOf(w word, what string, known []string) {
	if len(known) == 0 {
		known = []string{"nothing: there is none here"}
	}
	if !slices.Contains(known, w.text) {
		c.tell(w.line, ruleName, "use one of "+strings.Join(known, ", "), "there is no %s %q", what, w.text)
	}
}

func (c *checker) states() []string {
	if c.topic == aboutCase {
		return caseStates()
	}
	return c.words.states
}

func caseStates() []string {
	return names(casework.CaseStarted, casework.CaseWorkable, casework.CaseSubmitted,
		casework.CaseAssigned, casework.CaseActive, casework.CaseClosed)
}
