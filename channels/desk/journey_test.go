package desk

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"linkline/channels"
	"linkline/channels/webchat/try"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/scheduler"
)

// house is the desk and the demo page over the real engine and renderer.
type house struct {
	*world
	real *conversation.Engine
	out  *channels.Delivery
	sent int
}

func newHouse(t testing.TB) *house {
	t.Helper()
	wd := newWorld(t)
	wd.team.Demo, wd.team.PrivacyURL = true, "riverside.example/privacy"
	scanner, err := safety.New()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{world: wd}
	tick := func() time.Time { wd.wait(time.Millisecond); return wd.clock() } // no two texts arrive at once
	quiet := slog.New(slog.DiscardHandler)
	plans, err := scheduler.ShippedPlans()
	if err != nil {
		t.Fatal(err)
	}
	h.real, err = conversation.New(conversation.Config{
		Store: wd.store, Library: shipped(t), Scanner: scanner, Teams: []*conversation.Team{wd.team},
		Render: channels.Render, Now: tick, Random: seeded(1), DeskURL: "http://127.0.0.1:8080", Plan: plans.Want, Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.out = channels.NewDelivery(channels.DeliveryConfig{
		Store: wd.store, Gate: h.real, Zone: wd.team.Calendar.Location(), Now: tick, Random: seeded(2), Log: quiet,
		Senders: map[channels.Route]channels.Sender{{Team: wd.team.ID, Channel: casework.SMS}: channels.Loopback{}},
	})
	pages, err := New(Config{
		Store: wd.store, Engine: h.real, Texts: h.out, Library: shipped(t), Teams: []*conversation.Team{wd.team},
		Now: wd.clock, Random: seeded(7), Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	demo, err := try.New(try.Config{
		Store: wd.store, Engine: h.real, Library: shipped(t), Team: wd.team, Number: "+447700900000",
		Now: tick, Random: seeded(3), Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("/try", demo)
	mux.Handle("/try/", demo)
	wd.handler = mux
	return h
}

// text sends texts of a person and returns the last reply.
func (h *house) text(texts ...string) string {
	h.t.Helper()
	return h.from("+447700900123", texts...)
}

// from sends texts of somebody with a number and returns the last reply.
func (h *house) from(number casework.Private, texts ...string) string {
	h.t.Helper()
	var reply conversation.Reply
	for _, text := range texts {
		h.sent++
		var err error
		reply, err = h.real.Receive(context.Background(), conversation.Inbound{
			Team: h.team.ID, Channel: casework.SMS, From: number, ID: fmt.Sprint("text-", h.sent),
			Text: casework.Private(text), At: h.clock(),
		})
		if err != nil {
			h.t.Fatalf("text %q: %v", text, err)
		}
	}
	return reply.Text
}

// refer plays a person until her case stands in the queue, and returns its
// reference.
func (h *house) refer() string {
	h.t.Helper()
	h.text("HELLO", "1", "1", "2", "1", "1", "Maureen", "id like to get out on a thursday again", "1", "3", "1")
	var found string
	err := h.store.View(context.Background(), h.team.ID, func(tx casework.Tx) error {
		cases, _, err := casework.Cases.Range(tx, casework.Span{})
		if err == nil && len(cases) == 1 {
			found = cases[0].Reference
		}
		return err
	})
	if err != nil || found == "" {
		h.t.Fatalf("no case after the referral: %v", err)
	}
	return found
}

// deliver carries what is planned.
func (h *house) deliver() {
	h.t.Helper()
	for {
		worked, err := h.out.Deliver(context.Background())
		if err != nil {
			h.t.Fatal(err)
		}
		if !worked {
			return
		}
	}
}

// outbox are the texts that went out by themselves, oldest first.
func (h *house) outbox() []string {
	h.t.Helper()
	var out []string
	err := h.store.View(context.Background(), h.team.ID, func(tx casework.Tx) error {
		out = nil
		messages, _, err := casework.Messages.Range(tx, casework.Span{})
		for _, m := range messages {
			if m.Delivery != nil && m.Delivery.To != "" {
				out = append(out, m.Text.Reveal())
			}
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func TestAReferralFromTextToClosing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	path := "/case/" + h.refer()
	b := h.signedIn("amy")
	want(t, b.get("/queue"), http.StatusOK, "Maureen", path)
	want(t, b.get(path), http.StatusOK, "id like to get out on a thursday again", "Feeling lonely")

	form := url.Values{"do": {"with"}, "day": {"26"}, "month": {"11"}, "year": {"2026"}, "hour": {"2.30pm"}}
	want(t, b.post(path+"/pick-up", form), http.StatusSeeOther)
	want(t, b.get(path), http.StatusOK, "Link worker: <bdi>Amy Reid</bdi>")

	token := formToken(t, b.get(path).Body.String())
	reply := url.Values{"do": {"send"}, "token": {token}, "text": {"Shall we meet on Thursday?"}}
	want(t, b.post(path+"/reply", reply), http.StatusSeeOther)
	want(t, b.post(path+"/reply", reply), http.StatusSeeOther) // a double click
	note := url.Values{"token": {token}, "note": {"Prefers mornings"}}
	want(t, b.post(path+"/note", note), http.StatusSeeOther)
	want(t, b.post(path+"/note", note), http.StatusSeeOther)
	h.deliver()
	page := b.get(path)
	want(t, page, http.StatusOK, "You hold this conversation", "Delivered")
	if n := strings.Count(page.Body.String(), "Shall we meet on Thursday?"); n != 1 {
		t.Errorf("the reply stands %d times on the page, want once", n)
	}
	if n := strings.Count(page.Body.String(), "Prefers mornings"); n != 1 {
		t.Errorf("the note stands %d times on the page, want once", n)
	}
	sent := h.outbox()
	if len(sent) != 2 || !strings.Contains(sent[0], "Amy Reid") || !strings.Contains(sent[0], "26 November") || sent[1] != "Shall we meet on Thursday?" {
		t.Errorf("got texts %q, want who picked up and the reply", sent)
	}

	h.text("that would be lovely")
	want(t, b.get("/queue?section=reply"), http.StatusOK, "1 new text", path)
	want(t, b.get(path), http.StatusOK, "New since this was last opened", "that would be lovely")
	if again := b.get(path).Body.String(); strings.Contains(again, "New since this was last opened") {
		t.Error("what was read is still shown as new")
	}
	want(t, b.post(path+"/give-back", url.Values{}), http.StatusSeeOther)
	want(t, b.get(path), http.StatusOK, "The service answers texts by itself")
	want(t, b.post(path+"/close", url.Values{"reason": {"goals_met"}, "note": {"She goes on Thursdays"}}), http.StatusSeeOther)
	want(t, b.get(path), http.StatusOK, "This case is closed: Goals met", "She goes on Thursdays")
	want(t, b.get("/queue?section=closed"), http.StatusOK, path)
}

func TestASecondWorkerIsToldInsteadOfActing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	path := "/case/" + h.refer()
	first, second := h.signedIn("amy"), h.signedIn("priya")
	token := formToken(t, second.get(path).Body.String())
	want(t, first.post(path+"/pick-up", url.Values{"do": {"without"}}), http.StatusSeeOther)
	want(t, second.post(path+"/pick-up", url.Values{"do": {"without"}}), http.StatusConflict, "A colleague has this case")
	got := second.post(path+"/reply", url.Values{"token": {token}, "text": {"Hello from Priya"}})
	want(t, got, http.StatusConflict, "Nothing was sent", "Hello from Priya")
	if sent := h.outbox(); len(sent) != 1 {
		t.Errorf("got texts %q, want the one of the pick-up", sent)
	}
}

func TestTheSameFormWithOtherWordsIsAnotherText(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	path := "/case/" + h.refer()
	b := h.signedIn("amy")
	want(t, b.post(path+"/pick-up", url.Values{"do": {"without"}}), http.StatusSeeOther)
	token := formToken(t, b.get(path).Body.String())
	for _, text := range []string{"See you at ten", "See you at ten", "Sorry, at eleven"} {
		want(t, b.post(path+"/reply", url.Values{"token": {token}, "text": {text}}), http.StatusSeeOther)
	}
	sent := h.outbox()
	if len(sent) != 3 || sent[1] != "See you at ten" || sent[2] != "Sorry, at eleven" {
		t.Errorf("got texts %q, want each different one once", sent)
	}
}

// TestCoreTasksWithoutScripts walks the road of a referral in a browser that
// runs no script (ux 6.3, 16).
func TestCoreTasksWithoutScripts(t *testing.T) {
	t.Parallel()
	ctx := chromium(t)
	h := newHouse(t)
	reference := h.refer()
	b := openTab(ctx, t, h.world)
	b.size(320)
	b.scripts(false)
	b.signIn("amy")
	b.press(`a[href="/case/` + reference + `"]`)
	b.press("button[value=without]")
	b.fill("#text", "Shall we meet on Thursday?")
	b.press("button[value=count]")
	if got := b.text("#length"); !strings.Contains(got, "26 characters, 1 text") {
		t.Errorf("got length %q, want it counted", got)
	}
	b.press("button[value=send]")
	if got := b.text(".log"); !strings.Contains(got, "Shall we meet on Thursday?") {
		t.Errorf("the reply is not in the conversation: %q", got)
	}
	b.fill("#note", "Prefers mornings")
	b.press(".notes button")
	if got := b.text(".notes"); !strings.Contains(got, "Prefers mornings") {
		t.Errorf("the note is not kept: %q", got)
	}
	b.press(".holder button")
	b.press(`a[href$="/close"]`)
	b.do("choose a reason", chromedp.Click(chromedp.CSS("#reason-goals_met")))
	b.press("main form button")
	if got := b.text("main"); !strings.Contains(got, "This case is closed: Goals met") {
		t.Errorf("the case is not closed: %q", got)
	}
}

func TestTheDemoPageInABrowser(t *testing.T) {
	t.Parallel()
	source := axe(t)
	h := newHouse(t)
	h.refer()
	h.text("we have no food left")
	b := openTab(chromium(t), t, h.world)
	b.size(320)
	b.open("/try")
	b.check("try at 320", source)
	b.picture("try-empty-320")
	for _, text := range []string{"HELLO", "1", "1", "2", "1", "1", "Joan", "somebody to talk to"} {
		b.fill("#text", text)
		b.press("#send button")
	}
	b.check("try after a referral at 320", source)
	b.picture("try-320")
	b.size(1280)
	b.open("/try")
	b.check("try at 1280", source)
	b.picture("try-1280")
	if got := b.text("#queue"); !strings.Contains(got, "Joan") {
		t.Errorf("the queue beside the phone lacks who was played: %q", got)
	}
}

// formToken finds the token of the forms of a page.
func formToken(t *testing.T, page string) string {
	t.Helper()
	_, rest, _ := strings.Cut(page, `name="token" value="`)
	token, _, ok := strings.Cut(rest, `"`)
	if !ok || token == "" {
		t.Fatalf("the page has no form token:\n%s", page)
	}
	return token
}
