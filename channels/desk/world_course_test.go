package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// slots writes moments as the fake engine notes them.
func slots(all []time.Time) string {
	var out []string
	for _, t := range all {
		out = append(out, t.UTC().Format("2006-01-02T15:04"))
	}
	return strings.Join(out, ",")
}

// first reports whether a form's token is new, as the engine would.
func (e *fakeEngine) first(once string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.once == nil {
		e.once = map[string]bool{}
	}
	known := e.once[once]
	e.once[once] = true
	return !known
}

// formed notes an act once for each token; a form that failed was not sent.
func (e *fakeEngine) formed(once string, parts ...string) error {
	e.mu.Lock()
	fail := e.fail
	e.mu.Unlock()
	if fail == nil && !e.first(once) {
		return nil
	}
	return e.act(parts...)
}

func (e *fakeEngine) TakeOver(_ context.Context, by conversation.Actor, id casework.CaseID, reason string) error {
	return e.act("take-over", string(by.User), string(id), reason)
}

func (e *fakeEngine) Book(_ context.Context, by conversation.Actor, id casework.CaseID, m conversation.Booking) (string, error) {
	return "new", e.formed(m.Once, "book", string(by.User), string(id), string(m.Type), slots(m.Slots), fmt.Sprint(m.Minutes),
		m.Place.Reveal(), m.Meet.Reveal(), m.Title.Reveal(), m.Onward, fmt.Sprint(m.Together))
}

func (e *fakeEngine) Move(_ context.Context, by conversation.Actor, id casework.CaseID, a string, at time.Time, place casework.Private) error {
	return e.act("move", string(by.User), string(id), a, slots([]time.Time{at}), place.Reveal())
}

func (e *fakeEngine) CallOff(_ context.Context, by conversation.Actor, id casework.CaseID, a string) error {
	return e.act("call-off", string(by.User), string(id), a)
}

func (e *fakeEngine) InviteToGroup(_ context.Context, by conversation.Actor, id casework.CaseID, m conversation.Booking) (string, error) {
	return "new", e.formed(m.Once, "group", string(by.User), string(id), string(m.Type), slots(m.Slots), m.Title.Reveal(), m.Place.Reveal())
}

func (e *fakeEngine) MarkVisit(_ context.Context, by conversation.Actor, id casework.CaseID, a string, came bool) error {
	return e.act("visit", string(by.User), string(id), a, fmt.Sprint(came))
}

func (e *fakeEngine) LogContact(_ context.Context, by conversation.Actor, id casework.CaseID, c casework.Contact, once string) error {
	return e.formed(once, "contact", string(by.User), string(id), string(c.Way), fmt.Sprint(c.Reached), c.Note.Reveal())
}

func (e *fakeEngine) RingAgain(_ context.Context, by conversation.Actor, id casework.CaseID, at time.Time) error {
	return e.act("ring-again", string(by.User), string(id), slots([]time.Time{at}))
}

func (e *fakeEngine) WritePlan(_ context.Context, by conversation.Actor, id casework.CaseID, version int, p casework.Plan) error {
	parts := []string{"plan", string(by.User), string(id), fmt.Sprint(version)}
	for _, g := range p.Goals {
		parts = append(parts, fmt.Sprintf("%s|%s|%s|%s|%t", g.Text.Reveal(), g.Why.Reveal(), g.Who, g.By, g.Done))
	}
	return e.act(append(parts, p.Strengths.Reveal(), p.Preferences.Reveal())...)
}

func (e *fakeEngine) SayEnding(_ context.Context, by conversation.Actor, id casework.CaseID, day string) error {
	return e.act("ending", string(by.User), string(id), day)
}

func (e *fakeEngine) Refer(_ context.Context, by conversation.Actor, id casework.CaseID, r conversation.Referral) (string, error) {
	return r.Once, e.formed(r.Once, "refer", string(by.User), string(id), r.Org.Reveal(), r.Need, r.Summary.Reveal())
}

func (e *fakeEngine) MoveReferral(_ context.Context, by conversation.Actor, id casework.CaseID, referral, event string, outcome casework.Private) error {
	return e.act("referral", string(by.User), string(id), referral, event, outcome.Reveal())
}

func (e *fakeEngine) Suggest(_ context.Context, by conversation.Actor, id casework.CaseID, s casework.Signpost) error {
	return e.formed(s.ID, "suggest", string(by.User), string(id), s.Org.Reveal(), s.What.Reveal(), s.Cost.Reveal(), s.Phone.Reveal())
}

func (e *fakeEngine) Invite(_ context.Context, by conversation.Actor, in conversation.Invite) error {
	return e.formed(in.Once, "invite", string(by.User), in.Name.Reveal(), in.Phone.Reveal(), in.Referrer.Reveal(), in.Reason.Reveal())
}

func (e *fakeEngine) NoteUnmet(_ context.Context, by conversation.Actor, id casework.CaseID, u casework.UnmetNeed, once string) error {
	return e.formed(once, "unmet", string(by.User), string(id), u.Need, u.Reason, u.Area)
}

// said is an answer as a flow keeps it.
func said(at time.Time, value, typed string) casework.Answer {
	return casework.Answer{Values: []string{value}, Words: casework.Private(typed), At: at}
}

// course is Maureen's between pick-up and closing: something of everything.
func course(t testing.TB) *casework.Course {
	t.Helper()
	day := func(days, hour, minute int) time.Time {
		return time.Date(2026, 11, 23+days, hour, minute, 0, 0, time.UTC)
	}
	return &casework.Course{
		Appointments: []*casework.Appointment{{
			ID: "first", Type: casework.Assessment, State: casework.Attended, Worker: amy, Start: day(-13, 10, 45), Minutes: 45,
			Place: "Mill Lane Surgery", MadeAt: day(-20, 9, 0), SettledAt: day(-13, 11, 30),
			Said: casework.Answers{homework: said(day(-12, 9, 0), "id want to get the letters from the council sorted first", "id want to get the letters from the council sorted first")},
		}, {
			ID: "advice", Rev: 1, Type: casework.OnwardVisit, State: casework.DidNotAttend, Worker: amy, Start: day(-4, 14, 0),
			Place: "Citizens Advice, Crown Street", Onward: "money", MadeAt: day(-10, 9, 0), SettledAt: day(-3, 9, 0),
			Said: casework.Answers{"in_the_way": said(day(-3, 12, 0), "nervous", "1")},
		}, {
			ID: "today", Type: casework.PhoneCheckIn, State: casework.Confirmed, Worker: amy, Start: day(0, 9, 30), Minutes: 20, MadeAt: day(-6, 9, 0),
		}, {
			ID: "together", Rev: 2, Type: casework.Accompany, State: casework.Booked, Worker: amy, Start: day(4, 11, 0), Minutes: 60,
			Place: "Citizens Advice, Crown Street", Meet: "the front door", Onward: "money", Together: true, MadeAt: day(-2, 9, 0),
			BookedAt: day(-2, 9, 0),
		}, {
			ID: "choice", Type: casework.ReviewVisit, State: casework.Offered, Worker: amy, MadeAt: day(-1, 9, 0),
			Slots: []time.Time{day(7, 10, 0), day(8, 14, 30)},
		}},
		Onward: []*casework.Onward{{
			ID: "money", State: casework.OnwardReceived, Org: "Citizens Advice", Need: "loneliness", Summary: "Council tax letters since March.",
			MadeAt: day(-12, 12, 0), SentAt: day(-11, 9, 0), AcknowledgedAt: day(-9, 9, 0),
			Said: casework.Answers{"heard": said(day(-5, 9, 0), "yes", "1")},
		}, {
			ID: "choir", State: casework.OnwardCompleted, Org: "Thursday Choir", MadeAt: day(-12, 12, 0), SettledAt: day(-1, 9, 0), Outcome: "Goes every week",
		}},
		Plans: []*casework.Plan{{
			ID: "v1", Version: 1, State: casework.PlanDisputed, By: amy, MadeAt: day(-10, 12, 0), Goals: []casework.Goal{{Text: "Talk about debt"}},
		}, {
			ID: "v2", Version: 2, State: casework.PlanAgreed, By: amy, MadeAt: day(-9, 12, 0), AgreedAt: day(-9, 13, 0), Strengths: "Knows everybody in her street",
			Goals: []casework.Goal{
				{Text: "Open the council letters with somebody", Why: "They frighten me", Who: "worker", By: "2026-11-27"},
				{Text: "Sing on a Thursday", Who: "person", Done: true},
			},
		}},
		Measures: []*casework.Measure{{
			ID: "baseline", Point: casework.Baseline, State: casework.MeasureComplete, AskedAt: day(-80, 9, 0), SettledAt: day(-80, 9, 10),
			Said: casework.Answers{
				"life_satisfaction": said(day(-80, 9, 0), "3", "3"), "anxious": said(day(-80, 9, 0), "8", "8"), "lonely": said(day(-80, 9, 0), "always", "1"),
			},
		}, {
			ID: "3m", Point: casework.ThreeMonths, State: casework.MeasureComplete, AskedAt: day(-2, 9, 0), SettledAt: day(-2, 9, 10),
			Said: casework.Answers{"life_satisfaction": said(day(-2, 9, 0), "6", "6"), "lonely": said(day(-2, 9, 0), "sometimes", "2")},
		}},
		Signposts: []*casework.Signpost{{
			ID: "age", State: casework.SignpostHelps, Org: "Age UK", Phone: "01632 960001", GivenAt: day(-8, 9, 0),
		}},
		Contacts: []casework.Contact{
			{ID: "1", Way: casework.ByPhone, By: priya, At: day(-14, 10, 0), Note: "Left a message."},
			{ID: "first", Way: casework.ByMeeting, Reached: true, By: amy, At: day(-13, 11, 30)},
		},
		Unmet:  []casework.UnmetNeed{{ID: "u", Need: "bereavement", Reason: "too_far", Area: "HX1", By: amy, At: day(-8, 9, 0)}},
		Ending: "2027-02-19",
	}
}

// jobs are what is planned for Maureen, and what stood on what has changed.
func jobs() []casework.Job {
	at := func(days, hour int) time.Time { return time.Date(2026, 11, 23+days, hour, 0, 0, 0, time.UTC) }
	together := casework.About{Kind: casework.AboutAppointment, ID: "together", Rev: 2}
	before := casework.About{Kind: casework.AboutAppointment, ID: "together", Rev: 1}
	return []casework.Job{
		{Kind: "remind_day", About: together, Send: "remind_day", DueAt: at(3, 10), State: casework.JobWaiting},
		{Kind: "remind_hours", About: together, Send: "remind_hours", DueAt: at(4, 9), State: casework.JobWaiting},
		{Kind: "remind_day", About: before, Send: "remind_day", DueAt: at(2, 10), State: casework.JobCancelled, SettledAt: at(-1, 9)},
		{Kind: "remind", About: before, Send: "remind", DueAt: at(1, 10), State: casework.JobWaiting},
		{Kind: "review", About: casework.About{Kind: casework.AboutPlan, ID: "v2", Rev: 2}, Send: "review", DueAt: at(33, 11), State: casework.JobWaiting},
		{Kind: "quiet", About: casework.About{Kind: casework.AboutCase, ID: "case-maureen"}, Task: casework.TaskQuiet, DueAt: at(8, 9), State: casework.JobWaiting},
		{Kind: casework.JobGiveBack, DueAt: at(1, 10), State: casework.JobWaiting},
		{Kind: "done", About: together, Send: "booked", DueAt: at(-2, 10), State: casework.JobDone},
	}
}

// along is Maureen's case of Amy, in the middle of its course.
func along(t testing.TB) *seed {
	t.Helper()
	s := mine(t)
	s.course, s.jobs = course(t), jobs()
	return s
}

// keepCourse keeps what happened since pick-up.
func (s *seed) keepCourse(tx casework.Tx, key casework.KeyID) error {
	for _, j := range s.jobs {
		j.Team, j.Conversation = s.team, s.talk.ID
		if j.Send != "" || j.Task != "" {
			j.Case = s.c.ID
		}
		if err := casework.Jobs.Put(tx, &j); err != nil {
			return err
		}
	}
	if s.course == nil {
		return nil
	}
	c := *s.course
	c.Case, c.Team, c.Conversation, c.DataKey = s.c.ID, s.team, s.talk.ID, key
	c.Appointments = slices.Clone(c.Appointments)
	return casework.Courses.Put(tx, &c)
}
