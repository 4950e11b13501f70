package conversation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// follow is a worker's act between pick-up and closing:
//
//	offer assessment 2026-03-10 10:45, 2026-03-11 14:00 at the library
//	book accompany 2026-03-30 11:00 at Citizens Advice; meet the front door; onward money
//	ask group 2026-03-20 10:00 at the park; called walking
//	move 2026-03-12 11:00 at the hall
//	call off, attended, missed                   the latest appointment
//	refer money to Citizens Advice               the id is the need
//	referral money acknowledge
//	plan join the choir; see the housing team
//	contact phone reached, contact phone no answer
//	suggest Citizens Advice; help with bills; It is free; 01632 960001
//	unmet housing none_exists
//	ending 2026-07-20
//	send remind, send measure 3m                 as a job of the plan begins it
//	outage until 2026-03-09 09:30                nothing of ours runs until then
//	number is dead                               the network says so of the last text
func (p *play) follow(t testing.TB, id casework.CaseID, act string) error {
	t.Helper()
	verb, rest, _ := strings.Cut(act, " ")
	once := fmt.Sprint("form", p.texts)
	ctx := t.Context()
	last := func() string {
		all := p.theCourse(t, id).Appointments
		return all[len(all)-1].ID
	}
	switch verb {
	case "offer", "book":
		m, err := p.booking(rest)
		if err != nil {
			return err
		}
		m.Once = once
		_, err = p.engine.Book(ctx, amy, id, m)
		return err
	case "ask":
		m, err := p.booking(rest)
		if err != nil {
			return err
		}
		m.Once = once
		_, err = p.engine.InviteToGroup(ctx, amy, id, m)
		return err
	case "move":
		when, place, _ := strings.Cut(rest, " at ")
		start, err := p.moment(when)
		if err != nil {
			return err
		}
		return p.engine.Move(ctx, amy, id, last(), start, casework.Private(place))
	case "call":
		return p.engine.CallOff(ctx, amy, id, last())
	case "attended", "missed":
		return p.engine.MarkVisit(ctx, amy, id, last(), verb == "attended")
	case "refer":
		need, org, _ := strings.Cut(rest, " to ")
		_, err := p.engine.Refer(ctx, amy, id, conversation.Referral{
			Org: casework.Private(org), Need: need, Summary: "What she said matters.", Once: need,
		})
		return err
	case "referral":
		need, event, _ := strings.Cut(rest, " ")
		return p.engine.MoveReferral(ctx, amy, id, need, event, "")
	case "plan":
		return p.plan(t, id, rest)
	case "contact":
		way, how, _ := strings.Cut(rest, " ")
		return p.engine.LogContact(ctx, amy, id, casework.Contact{Way: casework.ContactWay(way), Reached: how == "reached"}, once)
	case "suggest":
		parts := append(strings.Split(rest, "; "), "", "", "")
		return p.engine.Suggest(ctx, amy, id, casework.Signpost{
			ID: once, Org: casework.Private(parts[0]), What: casework.Private(parts[1]),
			Cost: casework.Private(parts[2]), Phone: casework.Private(parts[3]),
		})
	case "unmet":
		need, reason, _ := strings.Cut(rest, " ")
		return p.engine.NoteUnmet(ctx, amy, id, casework.UnmetNeed{Need: need, Reason: reason}, once)
	case "ending":
		return p.engine.SayEnding(ctx, amy, id, rest)
	case "send":
		return p.begin(t, id, rest)
	case "outage":
		return p.down(t, strings.TrimPrefix(rest, "until "))
	case "number":
		return p.numberIsDead(t)
	}
	return fmt.Errorf("no such act: %s", act)
}

// booking reads "assessment 2026-03-10 10:45, 2026-03-11 14:00 at the library;
// meet the door; onward money; together; called the walking group".
func (p *play) booking(text string) (conversation.Booking, error) {
	parts := strings.Split(text, "; ")
	head, place, _ := strings.Cut(parts[0], " at ")
	kind, times, _ := strings.Cut(head, " ")
	m := conversation.Booking{Type: casework.AppointmentType(kind), Minutes: 45, Place: casework.Private(place)}
	for _, s := range strings.Split(times, ", ") {
		at, err := p.moment(s)
		if err != nil {
			return m, err
		}
		m.Slots = append(m.Slots, at)
	}
	for _, extra := range parts[1:] {
		key, value, _ := strings.Cut(extra, " ")
		switch key {
		case "meet":
			m.Meet = casework.Private(value)
		case "onward":
			m.Onward = value
		case "together":
			m.Together = true
		case "called":
			m.Title = casework.Private(value)
		default:
			return m, fmt.Errorf("nothing is known of %q in a booking", key)
		}
	}
	return m, nil
}

func (p *play) moment(s string) (time.Time, error) {
	return time.ParseInLocation("2006-01-02 15:04", s, p.team.Calendar.Location())
}

func (p *play) plan(t testing.TB, id casework.CaseID, goals string) error {
	t.Helper()
	var plan casework.Plan
	for _, g := range strings.Split(goals, "; ") {
		plan.Goals = append(plan.Goals, casework.Goal{Text: casework.Private(g)})
	}
	version := 0
	if now := p.theCourse(t, id).Plan(); now != nil {
		version = now.Version
	}
	return p.engine.WritePlan(t.Context(), amy, id, version, plan)
}

// theCourse is the course of a case, empty where there is none.
func (p *play) theCourse(t testing.TB, id casework.CaseID) *casework.Course {
	t.Helper()
	course := &casework.Course{}
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		found, err := casework.Courses.Find(tx, string(id))
		if found != nil {
			course = found
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return course
}

// begin begins a flow by hand, about what was made last of its kind.
func (p *play) begin(t testing.TB, id casework.CaseID, what string) error {
	t.Helper()
	at, point, _ := strings.Cut(what, " ")
	f, ok := p.library.Start(flows.Start(at))
	if !ok {
		return fmt.Errorf("no flow starts at %q", at)
	}
	c, _ := p.records(t)
	return p.engine.Begin(t.Context(), c.ID, flows.Start(at), lastOf(p.theCourse(t, id), f.About, point))
}

// lastOf is what was made last of a kind.
func lastOf(c *casework.Course, kind, point string) casework.About {
	switch casework.AboutKind(kind) {
	case casework.AboutAppointment:
		return c.Appointments[len(c.Appointments)-1].Subject()
	case casework.AboutOnward:
		return c.Onward[len(c.Onward)-1].Subject()
	case casework.AboutPlan:
		return c.Plan().Subject()
	case casework.AboutSignpost:
		return c.Signposts[len(c.Signposts)-1].Subject()
	case casework.AboutMeasure:
		return casework.About{Kind: casework.AboutMeasure, ID: point}
	case casework.AboutCase, casework.AboutInvitation, casework.AboutAlert:
	}
	return casework.About{}
}

// invite sends an invitation: "Maureen from your housing officer".
func (p *play) invite(t testing.TB, text string) {
	t.Helper()
	p.texts++
	name, referrer, _ := strings.Cut(text, " from ")
	err := p.engine.Invite(t.Context(), amy, conversation.Invite{
		Name: casework.Private(name), Phone: phone, Referrer: casework.Private(referrer),
		Reason: "her rent is late", Once: fmt.Sprint("form", p.texts),
	})
	if err != nil {
		t.Fatal(err)
	}
	p.deliver(t)
}
