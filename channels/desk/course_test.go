package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
)

// lacks fails the test when the answer holds any of the texts.
func lacks(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page holds %q:\n%s", text, inside(page))
		}
	}
}

func TestCaseShowsItsCourse(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(along(t)).c.Reference
	got := wd.signedIn("amy").get(path)
	want(t, got, http.StatusOK,
		// homework read back, in her words
		"You told us, before the next talk", "id want to get the letters from the council sorted first",
		// appointments and what is sent
		"Visit to a service, together", "Friday 27 November at 11am", " to 12pm", "You meet at <bdi>the front door</bdi>", "For <bdi>Citizens Advice</bdi>",
		"Monday 30 November at 10am, or Tuesday 1 December at 2:30pm", "Offered, no answer yet", "Says they can come", "They came", "They did not come",
		"Thursday 26 November at 10am", "A reminder, the day before", "A look at the plan after six weeks", "Nobody has been in touch for three weeks",
		"Tomorrow at 10am", "The service answers texts by itself again", "Questions wait while somebody here holds the conversation",
		"No longer sent, because something changed (2)", "<s>A reminder: can you come?</s>", "<s>A reminder, the day before</s>",
		"Did not come", "What got in the way", "Tuesday 10 November at 10:45am",
		// contacts
		"1 contact so far.", "Left a message.", "Priya Shah",
		// the plan
		"Agreed by the person, Saturday 14 November", "Version 2", "Open the council letters with somebody", "by 27 November 2026", "They frighten me",
		"Older versions (1)", "Talk about debt", "The person wants it changed", "Knows everybody in her street",
		// groups and services
		"Received by them", "Has the service been in touch?", "Goes every week", "Means to get in touch", "01632 960001",
		"Nothing suitable: <strong>Losing someone</strong>", "It is too far away",
		// wellbeing, each item for itself
		"Satisfied with their life", "Anxious yesterday", "At the start", "3 months", "always", "No answer", `points="8,28 40,19"`,
		"To be closed on <strong>19 February 2027</strong>",
	)
	lacks(t, got.Body.String(), "What was booked", "Council tax letters since March") // done; and only on the referral's own page
}

func TestNoWellbeingIsEverSummed(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(along(t)).c.Reference
	page := wd.signedIn("amy").get(path).Body.String()
	_, page, _ = strings.Cut(page, `id="wellbeing"`)
	page, _, _ = strings.Cut(page, "</section>")
	if rows, cells := strings.Count(page, "<tr>"), strings.Count(page, "<td"); rows != 4 || cells != 6 {
		t.Errorf("got %d rows and %d answers, want a heading and three questions with two answers each", rows, cells)
	}
	lacks(t, page, "otal", "core", "verage", "hange")
}

func TestAColleagueSeesTheCourseAndCannotActOnIt(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.c.Worker, s.talk.Holder = priya, priya
	path := "/case/" + wd.keep(s).c.Reference
	got := wd.signedIn("amy").get(path)
	want(t, got, http.StatusOK, "<bdi>Priya Shah</bdi> has this case", "Take over this case", "Priya Shah holds this conversation", "Open the council letters",
		"You rang?", "Only <bdi>Priya Shah</bdi> can close this case")
	lacks(t, got.Body.String(), "/move", "/call-off", "/visit", path+"/plan", path+"/referral", path+"/ending", path+"/appointment", "/give-back", path+"/close")
}

func TestTakingOver(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.c.Worker = priya
	path := "/case/" + wd.keep(s).c.Reference
	b := wd.signedIn("amy")
	want(t, b.get(path+"/take-over"), http.StatusOK, "Priya Shah", "My colleague is away", "The person is not told")
	want(t, b.post(path+"/take-over", url.Values{"note": {"See my note"}, "reason": {"bored"}}), http.StatusUnprocessableEntity,
		"Choose why you take this case over", ">See my note</textarea>")
	form := url.Values{"note": {"See my note"}, "reason": {"colleague_away"}, "token": {"one"}}
	for range 2 {
		got := b.post(path+"/take-over", form)
		want(t, got, http.StatusSeeOther)
		want(t, b.get(strings.Split(got.Header().Get("Location"), "#")[0]), http.StatusOK, "This case is yours now")
	}
	if n := len(wd.engine.wrote); n != 1 {
		t.Errorf("the note was kept %d times, want once", n)
	}
	if did := wd.engine.did(); did[0] != "take-over amy case-maureen colleague_away" {
		t.Errorf("got acts %q", did)
	}
	wd.engine.fail = casework.ErrNotAllowed
	want(t, b.post(path+"/take-over", form), http.StatusConflict, "no longer possible", ">See my note</textarea>")
}

func TestTakingOverACaseThatNobodyHas(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(maureen(t)).c.Reference
	want(t, wd.signedIn("amy").get(path+"/take-over"), http.StatusOK, "Nobody has picked this up yet")
}

func TestAStaleAppointmentIsShownBeforeItIsMoved(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := wd.keep(along(t))
	path := "/case/" + s.c.Reference + "/appointment/together/move"
	b := wd.signedIn("amy")
	page := b.get(path).Body.String()
	_, rest, _ := strings.Cut(page, `name="stands" value="`)
	opened, _, _ := strings.Cut(rest, `"`)
	wd.put(func(tx casework.Tx) error { // she answers by text meanwhile
		c, err := casework.Courses.Get(tx, "case-maureen")
		if err != nil {
			return err
		}
		if err := c.Appointment("together").Fire("change", morning); err != nil {
			return err
		}
		return casework.Courses.Put(tx, c)
	})
	form := url.Values{"day": {"30"}, "month": {"11"}, "hour": {"11am"}, "place": {"Crown Street"}, "stands": {opened}}
	got := b.post(path, form)
	want(t, got, http.StatusConflict, "Somebody changed this case a moment ago", "Needs another time", `value="11am"`, `value="Crown Street"`)
	if did := wd.engine.did(); len(did) != 0 {
		t.Fatalf("moved what had changed: %q", did)
	}
	_, rest, _ = strings.Cut(got.Body.String(), `name="stands" value="`)
	now, _, _ := strings.Cut(rest, `"`)
	form.Set("stands", now)
	want(t, b.post(path, form), http.StatusSeeOther)
}

func TestAPlanThatAColleagueChangedMeanwhileLosesNothing(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := wd.keep(along(t))
	path := "/case/" + s.c.Reference + "/plan"
	b := wd.signedIn("amy")
	want(t, b.get(path), http.StatusOK, `name="version" value="2"`, "Open the council letters with somebody", `id="done2" name="done2" value="yes" checked`)
	wd.put(func(tx casework.Tx) error {
		c, err := casework.Courses.Get(tx, "case-maureen")
		if err != nil {
			return err
		}
		c.Plans = append(c.Plans, &casework.Plan{ID: "v3", Version: 3, State: casework.PlanProposed, By: priya, MadeAt: morning, Goals: []casework.Goal{{Text: "Ring the housing team"}}})
		return casework.Courses.Put(tx, c)
	})
	form := url.Values{"version": {"2"}, "goal1": {"Sing on a Sunday"}, "token": {"one"}, "do": {"save"}}
	wd.engine.fail = casework.ErrConflict
	got := b.post(path, form)
	want(t, got, http.StatusConflict, "The plan has changed since you opened it", "Version 3 is new, by <bdi>Priya Shah</bdi>", "Ring the housing team",
		">Sing on a Sunday</textarea>", `name="version" value="3"`)
	wd.engine.fail = nil
	form.Set("version", "3")
	want(t, b.post(path, form), http.StatusSeeOther)
	if diff := cmp.Diff([]string{"plan amy case-maureen 3 Sing on a Sunday||||false  "}, wd.engine.did()); diff != "" {
		t.Errorf("acts (-want +got):\n%s", diff)
	}
}

func TestThePlanFormSentTwiceIsNoConflict(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.course.Plans = append(s.course.Plans, &casework.Plan{ID: "v3", Version: 3, By: amy, MadeAt: morning, Goals: []casework.Goal{{Text: "Sing on a Sunday"}}})
	path := "/case/" + wd.keep(s).c.Reference + "/plan"
	wd.engine.fail = casework.ErrConflict // as the engine answers: version 3 is there
	b := wd.signedIn("amy")
	want(t, b.post(path, url.Values{"version": {"2"}, "goal1": {"Sing on a Sunday"}}), http.StatusSeeOther)
	want(t, b.post(path, url.Values{"version": {"2"}, "goal1": {"Sing on a Monday"}}), http.StatusConflict, ">Sing on a Monday</textarea>")
}

func TestMoreRoomForGoals(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(along(t)).c.Reference + "/plan"
	b := wd.signedIn("amy")
	got := b.post(path, url.Values{"version": {"2"}, "goal1": {"One"}, "goal2": {"Two"}, "goal3": {"Three"}, "do": {"more"}})
	want(t, got, http.StatusOK, ">One</textarea>", ">Three</textarea>", `id="goal5"`, `name="version" value="2"`)
	full := url.Values{"do": {"more"}}
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} {
		full.Set("goal"+n, "Goal")
	}
	page := b.post(path, full).Body.String()
	lacks(t, page, "Another goal", `id="goal11"`)
}

func TestAReferralThatMovedMeanwhile(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(along(t)).c.Reference + "/referral/money"
	b := wd.signedIn("amy")
	want(t, b.get(path), http.StatusOK, "Received by them", "Council tax letters since March", "The person has started", `name="stands" value="received"`)
	got := b.post(path, url.Values{"stands": {"requested"}, "event": {"accept"}, "outcome": {"They rang me"}})
	want(t, got, http.StatusConflict, "Somebody changed this case", ">They rang me</textarea>", `name="stands" value="received"`)
	want(t, b.get("/case/"+reference(t, "MRN23")+"/referral/choir"), http.StatusOK, "has come to its end", "Goes every week")
	want(t, b.get("/case/"+reference(t, "MRN23")+"/referral/nothing"), http.StatusNotFound)
	want(t, b.get("/case/"+reference(t, "MRN23")+"/appointment/nothing/move"), http.StatusNotFound)
}

func TestHostileTextsInACourseAreInert(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	for _, text := range hostile() {
		p := casework.Private(text)
		s.course.Onward = append(s.course.Onward, &casework.Onward{ID: "x", State: casework.OnwardCompleted, Org: p, Outcome: p, Summary: p})
		s.course.Plans[1].Goals = append(s.course.Plans[1].Goals, casework.Goal{Text: p, Why: p})
		s.course.Appointments[3].Place, s.course.Appointments[3].Meet = p, p
		s.course.Contacts = append(s.course.Contacts, casework.Contact{Way: casework.ByPhone, Note: p})
		s.course.Signposts[0].Phone, s.course.Signposts[0].Org = p, p
		s.course.Appointments[0].Said[homework] = said(morning, text, text)
	}
	path := "/case/" + wd.keep(s).c.Reference
	b := wd.signedIn("amy")
	for _, at := range []string{path, path + "/plan", path + "/appointment/together/move", "/calendar"} {
		lacks(t, b.get(at).Body.String(), "<script>alert", "<img src=x", `href="javascript`)
	}
	lacks(t, b.get(path).Body.String()+b.get("/calendar").Body.String(), "\u202e", "\x1b")
}

func TestBookingStartsWithWhatComesNext(t *testing.T) {
	t.Parallel()
	for chosen, spoil := range map[string]func(*casework.Course){
		"assessment":    func(c *casework.Course) { *c = casework.Course{} },
		"plan":          func(c *casework.Course) { c.Plans = nil },
		"phone_checkin": func(*casework.Course) {},
	} {
		wd := newWorld(t)
		s := along(t)
		spoil(s.course)
		page := wd.signedIn("amy").get("/case/" + wd.keep(s).c.Reference + "/appointment")
		want(t, page, http.StatusOK, `<option value="`+chosen+`" selected>`)
	}
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	v := &visit{team: wd.team, now: morning}
	for typed, want := range map[[4]string]string{
		{"27", "3", "2027", "2.30pm"}:  "2027-03-27T14:30", // before the clocks go forward
		{"28", "3", "2027", "2.30pm"}:  "2027-03-28T13:30", // the day they do
		{"1", "Jul", "27", "09:00"}:    "2027-07-01T08:00",
		{"24", "november", "", "9 am"}: "2026-11-24T09:00",
		{"1", "2", "", "1400"}:         "2027-02-01T14:00",
	} {
		got, problems := (whenField{Day: typed[0], Month: typed[1], Year: typed[2], Hour: typed[3]}).moment(v)
		if len(problems) > 0 || slots([]time.Time{got}) != want {
			t.Errorf("%v: got %s and %v, want %s", typed, slots([]time.Time{got}), problems, want)
		}
	}
}
