package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
)

// busy is a desk with something of everything.
func busy(t testing.TB) *world {
	t.Helper()
	wd := newWorld(t)
	m := maureen(t)
	m.c.Worker, m.c.State, m.c.PickedUpAt, m.talk.Holder = amy, casework.CaseActive, morning, amy
	m.messages = append(m.messages, casework.Message{
		ID: "01e", Way: casework.Out, By: casework.Author(amy), At: morning.Add(-time.Minute), Text: "Hello Maureen, the 503 stops right outside. I will find out the times.",
		Delivery: &casework.Delivery{State: casework.Accepted, Class: casework.ClassWorker, Carrier: "delivered"},
	}, casework.Message{
		ID: "01f", Way: casework.Out, By: casework.Author(amy), At: morning.Add(-time.Minute), Text: "Shall I come with you the first time?",
		Delivery: &casework.Delivery{State: casework.Unknown, Class: casework.ClassWorker},
	})
	m.notes = []casework.Note{{ID: "01", By: priya, Text: "Prefers mornings. Her sister Jean drives on Thursdays.", At: morning.Add(-time.Hour)}}
	m.tasks = []casework.Task{{ID: "task-bus", Kind: casework.TaskUndeliver, DueAt: morning.Add(4 * time.Hour), CreatedAt: morning}, {
		ID: "01f", Kind: casework.TaskUndeliver, Conversation: m.talk.ID, DueAt: morning.Add(time.Hour), CreatedAt: morning,
	}}
	m.course, m.jobs = course(t), jobs()
	wd.keep(m)
	wd.keep(joan(t))
	theirs := named(t, "Dilys", "DYS56")
	theirs.c.Worker, theirs.c.State, theirs.talk.Holder, theirs.c.NeedsReply, theirs.c.Unread = priya, casework.CaseActive, priya, false, 0
	wd.keep(theirs)
	stopped := named(t, "Ahmed", "AHM67")
	stopped.point.State, stopped.c.Worker, stopped.person.Language = casework.ContactOptedOut, amy, "ur"
	stopped.c.State, stopped.c.NeedsReply, stopped.c.Unread, stopped.person.AccessNeeds = casework.CaseAssigned, false, 0, []string{"interpreter"}
	wd.keep(stopped)
	late := named(t, "Bartholomew-Featherstonehaugh", "BAR56")
	late.c.DueAt, late.c.Unread, late.c.NeedsReply = morning.Add(-50*time.Hour), 0, false
	wd.keep(late)
	closed := named(t, "Carol", "CAR56")
	closed.c.State, closed.c.Close, closed.c.ClosedAt, closed.c.Worker = casework.CaseClosed, "goals_met", morning, priya
	wd.keep(closed)
	wd.put(func(tx casework.Tx) error {
		return casework.Tasks.Put(tx, &casework.Task{
			ID: "task-ring", Team: "riverside", DataKey: "task:ring", Kind: casework.TaskRing, Name: "Dot",
			Words: "after 2 please im at dialysis in the mornings", Address: "+447700900456",
			DueAt: morning.Add(5 * time.Hour), CreatedAt: morning.Add(-2 * time.Hour),
		})
	})
	wd.put(func(tx casework.Tx) error {
		return casework.SignInLinks.Put(tx, &casework.SignInLink{
			Token: TokenKey("a-link"), Team: "riverside", User: amy, ExpiresAt: morning.Add(time.Hour),
		})
	})
	return wd
}

// screens are the pages a worker can be on, by name.
func screens(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{
		"queue":         "/queue",
		"queue-reply":   "/queue?section=reply",
		"queue-closed":  "/queue?section=closed",
		"queue-empty":   "/queue?section=unfinished",
		"case-mine":     "/case/" + reference(t, "MRN23") + "?done=replied",
		"case-new":      "/case/" + reference(t, "JAN45"),
		"case-stopped":  "/case/" + reference(t, "AHM67"),
		"case-closed":   "/case/" + reference(t, "CAR56"),
		"case-theirs":   "/case/" + reference(t, "DYS56"),
		"close":         "/case/" + reference(t, "MRN23") + "/close",
		"alert":         "/alert/alert-joan",
		"task":          "/task/task-ring",
		"task-text":     "/task/01f",
		"invite":        "/invite",
		"calendar":      "/calendar",
		"calendar-team": "/calendar?who=team&week=2026-12-21",
		"password":      "/password",
		"not-found":     "/case/ZZZZZZ",
		"welcome":       "/welcome?token=a-link",
		"welcome-gone":  "/welcome?token=another",
		"sign-in-again": "/sign-in?done=signed-out",
	}
	on := "/case/" + reference(t, "MRN23") + "/"
	for name, path := range map[string]string{
		"appointment": "appointment", "appointment-together": "appointment?type=accompany&onward=money", "move": "appointment/together/move",
		"call-off": "appointment/together/call-off", "contact": "contact", "again": "again", "plan": "plan",
		"referral": "referral", "referral-money": "referral/money", "referral-over": "referral/choir", "signpost": "signpost",
		"unmet": "unmet", "ending": "ending", "group": "group",
	} {
		out["form-"+name] = on + path
	}
	theirs := "/case/" + reference(t, "DYS56") + "/"
	out["form-barred"], out["form-take-over"] = theirs+"plan", theirs+"take-over"
	return out
}

func TestEveryPageInABrowser(t *testing.T) {
	t.Parallel()
	source := axe(t)
	b := openTab(chromium(t), t, busy(t))
	b.size(320)
	b.open("/sign-in")
	b.check("sign-in", source)
	b.picture("sign-in-320")
	b.signIn("amy")
	for name, path := range screens(t) {
		for _, width := range []int64{320, 1280} {
			b.size(width)
			b.open(path)
			b.check(fmt.Sprintf("%s at %d", name, width), source)
			b.picture(fmt.Sprintf("%s-%d", name, width))
		}
	}
}

func TestMistakesInABrowser(t *testing.T) {
	t.Parallel()
	source := axe(t)
	wd := busy(t)
	b := openTab(chromium(t), t, wd)
	b.size(320)
	b.open("/sign-in")
	b.fill("#login", "amy")
	b.fill("#password", "not this one at all")
	b.press("main button")
	b.check("sign-in refused", source)
	b.picture("sign-in-refused-320")
	if got := evaluate[string](b, `document.activeElement.id`); got != "problems" {
		t.Errorf("got focus on %q, want the summary of what is wrong", got)
	}
	b.signIn("amy")
	b.open("/case/" + reference(t, "JAN45"))
	b.fill("#day", "31")
	b.fill("#month", "2")
	b.fill("#year", "2027")
	b.press("button[value=with]")
	b.check("pick-up refused", source)
	b.picture("pick-up-refused-320")
	if got := evaluate[string](b, `document.querySelector("#day").value`); got != "31" {
		t.Errorf("got day %q after a mistake, want what was typed", got)
	}
	wd.engine.fail = casework.ErrConflict
	b.open("/case/" + reference(t, "MRN23"))
	b.fill("#text", "The bus goes at ten past")
	b.press("button[value=send]")
	b.check("reply in conflict", source)
	b.picture("reply-conflict-320")
	if got := evaluate[string](b, `document.querySelector("#text").value`); got != "The bus goes at ten past" {
		t.Errorf("got reply %q after a conflict, want what was typed", got)
	}
}

// TestMistakesOfACourseInABrowser looks at the forms between pick-up and closing
// in the states that nobody wants.
func TestMistakesOfACourseInABrowser(t *testing.T) {
	t.Parallel()
	source := axe(t)
	wd := busy(t)
	b := openTab(chromium(t), t, wd)
	b.size(320)
	b.signIn("amy")
	on := "/case/" + reference(t, "MRN23") + "/"
	b.open(on + "appointment")
	b.when("1", "31", "2", "half two")
	b.press("main form button")
	b.check("appointment refused", source)
	b.picture("form-appointment-refused-320")
	if got := evaluate[string](b, `document.querySelector("#hour1").value`); got != "half two" {
		t.Errorf("got hour %q after a mistake, want what was typed", got)
	}
	for _, path := range []string{"referral", "signpost", "unmet"} {
		b.open(on + path)
		b.press("main form button")
		b.check(path+" refused", source)
		b.picture("form-" + path + "-refused-320")
	}
	b.open(on + "plan")
	b.fill("#goal3", "Ring my sister")
	wd.put(func(tx casework.Tx) error { // a colleague is faster
		c, err := casework.Courses.Get(tx, "case-maureen")
		if err != nil {
			return err
		}
		c.Plans = append(c.Plans, &casework.Plan{ID: "v3", Version: 3, State: casework.PlanProposed, By: priya, MadeAt: morning, Goals: []casework.Goal{{Text: "Ring the housing team"}}})
		return casework.Courses.Put(tx, c)
	})
	wd.engine.fail = casework.ErrConflict
	b.press("button[value=save]")
	b.check("plan in conflict", source)
	b.picture("form-plan-conflict-320")
	if got := b.text("main"); !strings.Contains(got, "Ring the housing team") || !strings.Contains(got, "Ring my sister") {
		t.Errorf("the page of a conflict lacks what one of them wrote: %q", got)
	}
	b.size(1280)
	b.picture("form-plan-conflict-1280")
}
