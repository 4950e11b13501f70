package desk

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation"
	"linkline/conversation/casework"
)

func TestAlertFromRaisedToClosed(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := joan(t)
	s.alert.CouldNotReply, s.alert.Softened = true, true
	wd.keep(s)
	b := wd.signedIn("amy")
	want(t, b.get("/alert/alert-joan"), http.StatusOK,
		"cant see the point of going on anymore", "Joan", "We could not reply to this number. Somebody must ring.",
		"They may be about the past", "Call <bdi>07700 900123</bdi>", "Rang and spoke with the person", "I am dealing with this",
	)
	want(t, b.get("/queue"), http.StatusOK, "We could not reply: ring")
	got := b.post("/alert/alert-joan/take", url.Values{})
	want(t, got, http.StatusSeeOther)
	want(t, b.get(got.Header().Get("Location")), http.StatusOK, "You are dealing with this alert")
	want(t, b.post("/alert/alert-joan/close", url.Values{"note": {"spoke"}}), http.StatusUnprocessableEntity, "Choose what was done", ">spoke</textarea>")
	want(t, b.post("/alert/alert-joan/close", url.Values{"action": {"rang"}, "note": {"spoke with her daughter"}}), http.StatusSeeOther)
	if diff := cmp.Diff([]string{"take-alert amy alert-joan", "close-alert amy alert-joan rang spoke with her daughter", "contact amy case-Joan phone true "}, wd.engine.did()); diff != "" {
		t.Errorf("acts (-want +got):\n%s", diff)
	}
}

func TestAlertSaysWhoHasIt(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := joan(t)
	s.alert.State, s.alert.TakenBy, s.alert.TakenAt = casework.AlertAcknowledged, priya, morning
	wd.keep(s)
	b := wd.signedIn("amy")
	want(t, b.get("/queue"), http.StatusOK, "Being dealt with by <bdi>Priya Shah</bdi>")
	if strings.Contains(b.get("/alert/alert-joan").Body.String(), "/take") {
		t.Error("an alert that a colleague has is offered again")
	}
}

func TestAClosedAlertTellsWhatWasDone(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := joan(t)
	s.alert.State, s.alert.ClosedBy, s.alert.ClosedAt, s.alert.Action = casework.AlertClosed, priya, morning, "gp_told"
	s.alert.Outcome = "Surgery rings her today"
	s.alert.TakenBy, s.alert.TakenAt = priya, morning // who closes one has mostly taken it
	wd.keep(s)
	b := wd.signedIn("amy")
	got := b.get("/alert/alert-joan")
	want(t, got, http.StatusOK, "Told the GP surgery", "Surgery rings her today", "<bdi>Priya Shah</bdi>, ", "<dd>Closed</dd>")
	if strings.Contains(got.Body.String(), "<form method=\"post\" action=\"/alert") {
		t.Error("a closed alert can be closed again")
	}
	if strings.Contains(b.get("/queue").Body.String(), "cant see the point") {
		t.Error("a closed alert is pinned")
	}
}

func TestAnAlertCannotBeClosedWithoutSayingWhyNothingWasDone(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(joan(t))
	wd.engine.fail = conversation.ErrAction
	got := wd.signedIn("amy").post("/alert/alert-joan/close", url.Values{"action": {"no_action_with_reason"}})
	want(t, got, http.StatusUnprocessableEntity, "Say why nothing was done", `value="no_action_with_reason" checked`)
}

func TestTwoWorkersAndOneAlert(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(joan(t))
	wd.engine.fail = casework.ErrNotAllowed
	got := wd.signedIn("amy").post("/alert/alert-joan/take", url.Values{})
	want(t, got, http.StatusConflict, "A colleague was faster. Nothing was done.")
}

func TestTasks(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.put(func(tx casework.Tx) error {
		return casework.Tasks.Put(tx, &casework.Task{
			ID: "ring", Team: "riverside", DataKey: "task:ring", Kind: casework.TaskRing, Name: "Dot",
			Words: "after 2 please", Address: "+447700900456", DueAt: morning, CreatedAt: morning,
		})
	})
	b := wd.signedIn("amy")
	want(t, b.get("/queue"), http.StatusOK, "Ring this number", "Dot", "after 2 please", `href="tel:&#43;447700900456"`)
	want(t, b.get("/task/ring"), http.StatusOK, "Ring this number", "after 2 please", "What was done?")
	want(t, b.post("/task/ring/finish", url.Values{}), http.StatusUnprocessableEntity, "Say in a few words what was done")
	wd.engine.fail = errors.New("disk on fire")
	want(t, b.post("/task/ring/finish", url.Values{"note": {"Rang her"}}), http.StatusInternalServerError, ">Rang her</textarea>")
	wd.engine.fail = nil
	want(t, b.post("/task/ring/finish", url.Values{"note": {"Rang her"}}), http.StatusSeeOther)
	if diff := cmp.Diff([]string{"finish-task amy ring Rang her"}, wd.engine.did()); diff != "" {
		t.Errorf("acts (-want +got):\n%s", diff)
	}
}

func TestEveryPageNeedsSomebodySignedIn(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(joan(t))
	ref := reference(t, "JAN45")
	for _, path := range []string{"/queue", "/case/" + ref, "/case/" + ref + "/close", "/alert/alert-joan", "/task/x", "/password"} {
		if got := wd.browser().get(path); got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header().Get("Location"), "/sign-in") {
			t.Errorf("GET %s: got %d, want the way to sign in", path, got.Code)
		}
	}
	for _, path := range []string{
		"/case/" + ref + "/pick-up", "/case/" + ref + "/reply", "/case/" + ref + "/note", "/case/" + ref + "/give-back",
		"/case/" + ref + "/close", "/alert/alert-joan/take", "/alert/alert-joan/close", "/task/x/finish", "/count", "/still-here", "/password",
	} {
		if got := wd.browser().post(path, url.Values{}); got.Code != http.StatusUnauthorized {
			t.Errorf("POST %s: got %d, want 401", path, got.Code)
		}
	}
	if len(wd.engine.acts) != 0 {
		t.Errorf("acted for nobody: %v", wd.engine.acts)
	}
}

func TestFormsOfOtherSites(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(mine(t)).c.Reference
	b := wd.signedIn("amy")
	for name, header := range map[string][2]string{
		"another site": {"Sec-Fetch-Site", "cross-site"}, "a sister site": {"Sec-Fetch-Site", "same-site"},
		"another origin": {"Origin", "https://evil.example"}, "no origin": {"Origin", "null"},
	} {
		for _, at := range []string{path + "/reply", "/sign-in", "/sign-out", "/welcome"} {
			r := httptest.NewRequest(http.MethodPost, at, strings.NewReader("text=hello&token=x"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header[0], header[1])
			if got := b.do(r); got.Code != http.StatusForbidden {
				t.Errorf("%s to %s: got %d, want 403", name, at, got.Code)
			}
		}
	}
	if did := wd.engine.did(); len(did) != 0 {
		t.Errorf("acted for another site: %v", did)
	}
	want(t, b.get("/queue"), http.StatusOK)
}

func TestMethods(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(mine(t)).c.Reference
	b := wd.signedIn("amy")
	for _, at := range []string{path + "/reply", path + "/pick-up", "/sign-out", "/alert/x/take"} {
		if got := b.get(at); got.Code == http.StatusOK || got.Code == http.StatusSeeOther {
			t.Errorf("GET %s: got %d, want a refusal", at, got.Code)
		}
	}
	if did := wd.engine.did(); len(did) != 0 {
		t.Errorf("acted on looking: %v", did)
	}
}

func TestTooMuch(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(mine(t)).c.Reference
	b := wd.signedIn("amy")
	got := b.post(path+"/note", url.Values{"note": {strings.Repeat("x", maxBody+1)}})
	want(t, got, http.StatusRequestEntityTooLarge, "That is too long")
}

func TestTheLogHoldsNoNameAndNoWord(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(mine(t)).c.Reference
	b := wd.signedIn("amy")
	wd.engine.fail = errors.New("disk on fire")
	for _, form := range []url.Values{{"text": {"a private word"}, "note": {"a private word"}, "reason": {"moved"}}} {
		for _, act := range []string{"/reply", "/note", "/close", "/give-back"} {
			b.post(path+act, form)
		}
	}
	wd.browser().post("/sign-in", signInAs("maureen.okafor", "a private word"))
	log := wd.log.String()
	if !strings.Contains(log, "disk on fire") || !strings.Contains(log, "sign-in refused") {
		t.Errorf("the log lacks what went wrong:\n%s", log)
	}
	for _, private := range []string{"Maureen", "maureen", "Okafor", "900123", "a private word", "Amy Reid", "thursday"} {
		if strings.Contains(log, private) {
			t.Errorf("the log holds %q:\n%s", private, log)
		}
	}
}

// deaf is a store that answers nothing.
type deaf struct{}

func (deaf) Update(context.Context, casework.Site, casework.TeamID, func(casework.Tx) error) error {
	return errors.New("disk on fire")
}

func (deaf) View(context.Context, casework.TeamID, func(casework.Tx) error) error {
	return errors.New("disk on fire")
}

func TestWhatIsTypedSurvivesABrokenStore(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(mine(t)).c.Reference
	b := wd.signedIn("amy")
	handler, err := New(Config{
		Store: deaf{}, Engine: wd.engine, Texts: wd.texts, Library: sample(t), Teams: []*conversation.Team{wd.team},
		Now: wd.clock, Random: seeded(7), Log: discard(wd),
	})
	if err != nil {
		t.Fatal(err)
	}
	wd.handler = handler
	got := b.post(path+"/reply", url.Values{"text": {"See you at ten"}})
	want(t, got, http.StatusInternalServerError, "Something went wrong", ">See you at ten</textarea>")
	if strings.Contains(got.Body.String(), "disk on fire") {
		t.Error("the page shows the cause")
	}
}

func TestADeskNeedsItsParts(t *testing.T) {
	t.Parallel()
	full := Config{
		Store: deaf{}, Engine: &fakeEngine{}, Texts: &fakeTexts{}, Library: sample(t), Now: func() time.Time { return morning },
		Random: seeded(1), Log: slog.New(slog.DiscardHandler),
	}
	for name, spoil := range map[string]func(*Config){
		"no store": func(c *Config) { c.Store = nil }, "no engine": func(c *Config) { c.Engine = nil },
		"nothing that sends again": func(c *Config) { c.Texts = nil },
		"no flows":                 func(c *Config) { c.Library = nil }, "no clock": func(c *Config) { c.Now = nil },
		"no randomness": func(c *Config) { c.Random = nil }, "no log": func(c *Config) { c.Log = nil },
		"a team without a calendar": func(c *Config) { c.Teams = []*conversation.Team{{ID: "x"}} },
	} {
		config := full
		spoil(&config)
		if _, err := New(config); err == nil {
			t.Errorf("%s: got a desk, want an error", name)
		}
	}
	if _, err := New(full); err != nil {
		t.Errorf("with all its parts: %v", err)
	}
}

func TestAPanicIsAnsweredAndNotTold(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	d := &Desk{config: Config{Log: discard(wd)}}
	w := httptest.NewRecorder()
	d.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("Maureen Okafor") })).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/queue", nil))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String()+wd.log.String(), "Maureen") {
		t.Errorf("got %d, page %q, log %q", w.Code, w.Body, wd.log)
	}
	if !strings.Contains(wd.log.String(), "work_test.go") && !strings.Contains(wd.log.String(), "TestAPanic") {
		t.Errorf("the log does not say where: %s", wd.log)
	}
}
