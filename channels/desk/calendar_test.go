package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
)

func TestCalendarOfAWeek(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.course.Appointments[3].Start = time.Date(2026, 11, 27, 11, 0, 0, 0, time.UTC)
	s.course.Appointments = append(s.course.Appointments,
		&casework.Appointment{ID: "clash", Type: casework.PhoneCheckIn, State: casework.Booked, Worker: amy, Start: time.Date(2026, 11, 27, 11, 30, 0, 0, time.UTC), Minutes: 20},
		&casework.Appointment{ID: "old", Type: casework.HomeVisit, State: casework.Booked, Worker: amy, Start: time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC)},
		&casework.Appointment{ID: "late", Type: casework.GroupVisit, Title: "Choir", State: casework.Booked, Worker: amy, Start: time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC)},
		&casework.Appointment{ID: "priyas", Type: casework.HomeVisit, State: casework.Booked, Worker: priya, Start: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)},
		&casework.Appointment{ID: "gone", Type: casework.HomeVisit, State: casework.CancelledByUs, Worker: amy, Start: time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC)},
	)
	path := "/case/" + wd.keep(s).c.Reference
	b := wd.signedIn("amy")
	got := b.get("/calendar")
	want(t, got, http.StatusOK, "Week of 23 November 2026", "Monday 23 November", "9:30am to 9:50am", "Did they come?", path+"#next",
		"11am to 12pm", "At the same time as Maureen", "Next text: A reminder, the day before, Thursday 26 November at 10am",
		"Did they come? Nobody has said yet", "Thursday 12 November at 9am", `href="/calendar?week=2026-11-30"`, `aria-current="page">Calendar`)
	lacks(t, got.Body.String(), "Choir", "Saturday", "3pm", "Priya Shah")
	want(t, b.get("/calendar?week=2026-12-06"), http.StatusOK, "Week of 30 November 2026", "Group: Choir")
	want(t, b.get("/calendar?who=team"), http.StatusOK, "with <bdi>Priya Shah</bdi>", "9am")
	want(t, b.get("/calendar?week=2026-12-21"), http.StatusOK, "Bank holiday", "No appointments in this week")
	for _, odd := range []string{"tomorrow", "9999-99-99", "0001-01-01", "2026-11-31"} {
		want(t, b.get("/calendar?week="+odd), http.StatusOK, "Week of 23 November 2026")
	}
}

func TestCalendarOfAnotherTeam(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(along(t))
	got := wd.signedIn("olu").get("/calendar?who=team")
	want(t, got, http.StatusOK, "No appointments in this week")
	lacks(t, got.Body.String(), "Maureen", "Amy")
	if got := wd.browser().get("/calendar"); got.Code != http.StatusSeeOther {
		t.Errorf("nobody sees a calendar: got %d", got.Code)
	}
}

func TestTasksLeadToTheirForm(t *testing.T) {
	t.Parallel()
	for kind, path := range map[casework.TaskKind]string{
		casework.TaskRebook: "appointment/advice/move", casework.TaskGoTogether: "appointment?onward=money&amp;type=accompany",
		casework.TaskChase: "referral/money", casework.TaskPlan: "plan", casework.TaskReview: "plan", casework.TaskNoReply: "close",
		casework.TaskMissed: "contact", casework.TaskConfirm: "contact", casework.TaskQuiet: "contact", casework.TaskSignpost: "referral",
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			s := along(t)
			s.tasks = []casework.Task{{ID: "task", Kind: kind, DueAt: morning, CreatedAt: morning}}
			on := "/case/" + wd.keep(s).c.Reference + "/"
			b := wd.signedIn("amy")
			want(t, b.get("/task/task"), http.StatusOK, `href="`+on+path+`"`)
			want(t, b.get(on+strings.ReplaceAll(path, "&amp;", "&")), http.StatusOK)
		})
	}
}

func TestRebookingWhereNoneOfTheTimesSuits(t *testing.T) {
	t.Parallel()
	course := &casework.Course{Appointments: []*casework.Appointment{{ID: "a", Type: casework.Assessment, State: casework.NoneOfTheTimes}}}
	if got := leadOf(casework.TaskRebook, "ABC", course); got.Path != "/case/ABC/appointment?onward=&type=assessment" {
		t.Errorf("got %q", got.Path)
	}
	if got := leadOf(casework.TaskRebook, "ABC", &casework.Course{}); got.Path != "/case/ABC/appointment" {
		t.Errorf("with no appointment: got %q", got.Path)
	}
	if got := leadOf(casework.TaskChase, "ABC", &casework.Course{}); got.Path != "" {
		t.Errorf("with nothing to chase: got %q", got.Path)
	}
}

func TestATaskFinishedWithACallIsAContact(t *testing.T) {
	t.Parallel()
	for how, test := range map[string]struct{ finish, contact, leads string }{
		"reached":      {"Rang: we spoke. Will come", "contact amy case-maureen phone true ", "/queue?done=task-done"},
		"no_answer":    {"Rang: no answer. Will come", "contact amy case-maureen phone false ", "/again"},
		"left_message": {"Rang: left a message. Will come", "contact amy case-maureen phone false Left a message", "/again"},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			s := along(t)
			s.tasks = []casework.Task{{ID: "task", Kind: casework.TaskRing, Address: "+447700900123", DueAt: morning, CreatedAt: morning}}
			wd.keep(s)
			b := wd.signedIn("amy")
			want(t, b.get("/task/task"), http.StatusOK, "Did you ring?", "Left a message")
			form := url.Values{"how": {how}, "note": {"Will come"}}
			for range 2 {
				got := b.post("/task/task/finish", form)
				want(t, got, http.StatusSeeOther)
				if at := got.Header().Get("Location"); !strings.HasSuffix(at, test.leads) {
					t.Errorf("leads to %s, want %s", at, test.leads)
				}
			}
			did := wd.engine.did()
			if len(did) != 3 || did[0] != "finish-task amy task "+test.finish || did[1] != test.contact {
				t.Errorf("got acts %q, want the task done and one contact", did)
			}
		})
	}
}

func TestACallForNobodysCaseIsNoContact(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.c.State = casework.CaseClosed
	s.tasks = []casework.Task{{ID: "closed", Kind: casework.TaskAfterwards, Address: "+447700900123", DueAt: morning, CreatedAt: morning}}
	wd.keep(s)
	wd.put(func(tx casework.Tx) error {
		return casework.Tasks.Put(tx, &casework.Task{ID: "none", Team: "riverside", DataKey: "task:none", Kind: casework.TaskRing, DueAt: morning, CreatedAt: morning})
	})
	b := wd.signedIn("amy")
	for _, task := range []string{"closed", "none"} {
		want(t, b.post("/task/"+task+"/finish", url.Values{"how": {"no_answer"}}), http.StatusSeeOther)
	}
	for _, act := range wd.engine.did() {
		if strings.HasPrefix(act, "contact") {
			t.Errorf("noted %q", act)
		}
	}
}

// dutyText keeps a text to the duty phone about Joan's alert.
func dutyText(wd *world, n int, d casework.Delivery) {
	d.Class, d.To = casework.ClassDuty, "+447700900900"
	once := "duty:alert-joan"
	if n > 0 {
		once += fmt.Sprint(":", n)
	}
	wd.put(func(tx casework.Tx) error {
		return casework.Messages.Put(tx, &casework.Message{
			ID: fmt.Sprint("duty", n), Conversation: "talk-duty", Team: "riverside", Way: casework.Out, By: casework.ByService,
			At: morning.Add(time.Duration(n) * time.Minute), Text: "A text needs a person now.", Once: once, Delivery: &d,
		})
	})
}

func TestATextToTheDutyPhoneThatFailedIsSaid(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(joan(t))
	dutyText(wd, 0, casework.Delivery{State: casework.Rejected, Code: 30003})
	wd.put(func(tx casework.Tx) error { // as delivery makes it
		return casework.Tasks.Put(tx, &casework.Task{
			ID: "duty0", Team: "riverside", Kind: casework.TaskUndeliver, Conversation: "talk-duty", DueAt: morning, CreatedAt: morning,
		})
	})
	b := wd.signedIn("amy")
	want(t, b.get("/queue"), http.StatusOK, "Text to the duty phone, 10:15am: Not sent: the network refused it", "The duty phone may not know of an alert")
	want(t, b.get("/alert/alert-joan"), http.StatusOK, `<dd class="late">Text to the duty phone, 10:15am: Not sent`)
	want(t, b.get("/task/duty0"), http.StatusOK, "The duty phone may not know of an alert: see to it yourself", `href="/alert/alert-joan"`)
	dutyText(wd, 1, casework.Delivery{State: casework.Accepted, Carrier: "delivered"})
	got := b.get("/alert/alert-joan")
	want(t, got, http.StatusOK, "10:16am: Delivered")
	lacks(t, got.Body.String(), `<dd class="late">Text to the duty phone`)
	lacks(t, b.get("/queue").Body.String(), "Text to the duty phone") // it went well in the end
}

func TestAnAlertWithNobodyOnDutySaysSo(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.team.Duty = nil
	wd.keep(joan(t))
	want(t, wd.signedIn("amy").get("/alert/alert-joan"), http.StatusOK, "Nobody was on duty: nobody was told by text")
}

func TestATaskAboutATextSaysWhichAndWhy(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.messages = append(s.messages, casework.Message{
		ID: "failed", Way: casework.Out, By: casework.ByService, At: morning, Text: "See you on Friday at the front door.",
		Delivery: &casework.Delivery{State: casework.Accepted, Class: casework.ClassReminder, Carrier: "undelivered"},
	})
	s.tasks = []casework.Task{{ID: "failed", Kind: casework.TaskUndeliver, Conversation: "talk-maureen", DueAt: morning, CreatedAt: morning}}
	wd.keep(s)
	want(t, wd.signedIn("amy").get("/task/failed"), http.StatusOK, "See you on Friday at the front door.", "Not delivered")
}
