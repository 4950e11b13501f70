package conversation

import (
	"errors"
	"slices"
	"strings"

	"linkline/conversation/casework"
)

// Record keeps an answer: in the case once there is one, in the conversation
// before that.
type Record struct {
	Fact   string
	Answer casework.Answer
	// About is what the answer is about; zero for the person and her case.
	About casework.About
}

func (r Record) apply(b *books) error {
	if r.About.Kind != "" {
		return r.aside(b)
	}
	if b.caseOf == nil {
		return nil // Advance has put it in the conversation
	}
	c := b.changeCase()
	if c.Answers == nil {
		c.Answers = map[string]casework.Answer{}
	}
	c.Answers[r.Fact] = r.Answer
	r.tell(c)
	if slices.Contains(aboutHer, r.Fact) {
		p, err := b.herself()
		if err != nil {
			return err
		}
		if p != nil {
			r.describe(p)
			b.personChanged = true
		}
	}
	return b.workable()
}

// aside keeps an answer with what it is about. What is gone meanwhile has no
// place for it: then a worker reads it.
func (r Record) aside(b *books) error {
	course, err := b.changeCourse()
	if err != nil {
		return err
	}
	err = course.Keep(r.About, r.Fact, r.Answer)
	if errors.Is(err, casework.ErrNotFound) {
		return Case{Event: CaseAdd}.apply(b)
	}
	return err
}

// aboutHer are the answers that are kept with the person too: describe says
// where.
var aboutHer = []string{
	"name", "full_name", "date_of_birth", "postcode", "practice", "contact_by", "best_time",
	"access_needs", "language", "ring_number",
}

// tell keeps what the queue and the desk look for first.
func (r Record) tell(c *casework.Case) {
	switch r.Fact {
	case "what_matters":
		c.WhatMatters = append(c.WhatMatters, casework.Statement{Words: r.Answer.Words, At: r.Answer.At})
	case "needs":
		c.Needs = slices.DeleteFunc(slices.Clone(r.Answer.Values), func(v string) bool { return v == optionMore })
	case "first":
		c.First = first(r.Answer.Values)
	}
}

// describe keeps what is known of the person herself.
func (r Record) describe(p *casework.Person) {
	value := first(r.Answer.Values)
	switch r.Fact {
	case "name":
		p.PreferredName = casework.Private(value)
	case "full_name":
		p.FullName = casework.Private(value)
	case "date_of_birth":
		p.DateOfBirth = value
	case "postcode":
		p.Postcode = casework.Private(value)
	case "practice":
		p.Practice = casework.Private(value)
	case "contact_by":
		p.ContactBy = value
	case "best_time":
		p.BestTime = value
	case "access_needs":
		p.AccessNeeds = r.Answer.Values
	case "language":
		p.Language = value
	case "ring_number":
		if strings.HasPrefix(value, "+") { // not "this number"
			p.Phone = casework.Private(value)
		}
	}
}

// workable moves the case on once a worker could start with it: a name and what
// matters or a need (domain 5.1, "Workable referral").
func (b *books) workable() error {
	c := b.caseOf
	if c.State != casework.CaseStarted || first(c.Answers["name"].Values) == "" {
		return nil
	}
	if len(c.WhatMatters) == 0 && len(c.Needs) == 0 {
		return nil
	}
	return c.Fire("work")
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
