package conversation

import (
	"fmt"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// CaseEvent says what happens to a case.
type CaseEvent string

// What may happen to a case in a turn.
const (
	CaseOpen     CaseEvent = "open"     // permission was given: person and case begin
	CaseSubmit   CaseEvent = "submit"   // she checked it and sent it
	CaseAdd      CaseEvent = "add"      // a text that waits for a worker to read
	CasePickUp   CaseEvent = "pick_up"  // a worker took it
	CaseContact  CaseEvent = "contact"  // a worker wrote
	CaseStruggle CaseEvent = "struggle" // the chat could not understand her
	CaseRule     CaseEvent = "rule"     // an answer moves it forward
	CasePromise  CaseEvent = "promise"  // another date is promised (Q1)
)

// Case changes the case of the conversation.
type Case struct {
	Event     CaseEvent
	Reference string // for CaseOpen, with the Answers given before it
	Answers   map[string]casework.Answer
	Promised  calendar.Date // for CaseSubmit and CasePromise
	Rule      FiredRule     // for CaseRule
	By        Actor         // for CasePickUp and CaseContact
}

func (c Case) apply(b *books) error {
	if c.Event == CaseOpen {
		return b.open(c)
	}
	if b.caseOf == nil {
		return nil
	}
	k := b.changeCase()
	b.replans = b.replans || c.Event == CaseSubmit || c.Event == CasePickUp || c.Event == CaseContact
	switch c.Event {
	case CaseSubmit:
		if k.SubmittedAt.IsZero() {
			k.SubmittedAt = b.now
		}
		k.Promised = c.Promised.String()
		due := c.Promised.Time(17, 0, b.team.location())
		if k.DueAt.IsZero() || due.Before(k.DueAt) {
			k.DueAt = due
		}
		return k.Fire("submit")
	case CasePromise:
		b.replans = true
		k.Promised = c.Promised.String() // by when somebody must act stays as it was
	case CaseAdd:
		return b.add(k)
	case CasePickUp:
		if k.Worker != "" && k.Worker != c.By.User {
			return casework.ErrClaimed
		}
		k.Worker, k.PickedUpAt = c.By.User, b.now
		return k.Fire("pick_up")
	case CaseContact:
		k.NeedsReply = false
		if k.State == casework.CaseAssigned {
			return k.Fire("contact")
		}
	case CaseStruggle:
		k.Struggled = true
	case CaseRule:
		c.Rule.fire(k, b.team, b.now)
	default:
		return fmt.Errorf("unknown case event %q", c.Event)
	}
	return nil
}

// add leaves the text of the turn for a worker to read. Nobody looks into a
// closed case, so there it becomes a task.
func (b *books) add(k *casework.Case) error {
	if k.State == casework.CaseClosed {
		words := b.in.Text
		if !b.keeps {
			words = ""
		}
		return Task{Kind: casework.TaskRead, Words: words}.apply(b)
	}
	if !b.in.Unread {
		k.Unread++
	}
	b.in.Unread, k.NeedsReply = true, true
	return nil
}

// open begins the person and the case. The conversation's key becomes hers.
func (b *books) open(c Case) error {
	if b.caseOf != nil && b.caseOf.State != casework.CaseClosed {
		return nil
	}
	if _, err := b.herself(); err != nil {
		return err
	}
	if b.person == nil {
		id, err := b.ids.Next()
		if err != nil {
			return err
		}
		b.person = &casework.Person{
			ID: casework.PersonID(id), Team: b.team.ID, DataKey: b.conv.DataKey,
			Conversation: b.conv.ID, Phone: b.address, Language: b.conv.Language, CreatedAt: b.now,
		}
	}
	b.personChanged = true
	id, err := b.ids.Next()
	if err != nil {
		return err
	}
	b.caseOf = &casework.Case{
		ID: casework.CaseID(id), Team: b.team.ID, Person: b.person.ID, Conversation: b.conv.ID,
		DataKey: b.person.DataKey, Reference: c.Reference, Route: b.route(), State: casework.CaseStarted,
		Answers: c.Answers, OpenedAt: b.now, LastInAt: b.now,
	}
	b.caseChanged, b.replans = true, true
	b.course, b.courseRead = nil, false // what may have been read is the last case's
	b.conv.Person, b.conv.Case, b.conv.Address = b.person.ID, b.caseOf.ID, b.address
	for _, p := range b.permits {
		if err := p.apply(b); err != nil {
			return err
		}
	}
	b.permits = nil
	return b.audit("case opened", string(b.caseOf.ID), "")
}

func (b *books) route() casework.Route {
	if b.conv.Channel == casework.WebChat {
		return casework.RouteSelfWeb
	}
	return casework.RouteSelfText
}
