package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/channels"
	"linkline/conversation/casework"
)

// fakeTexts writes down what was to be sent again, and answers with fail.
type fakeTexts struct {
	mu    sync.Mutex
	again []channels.Hand
	fail  error
}

// Retry notes the text.
func (f *fakeTexts) Retry(_ context.Context, h channels.Hand) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail == nil {
		f.again = append(f.again, h)
	}
	return f.fail
}

// failing is a case of Amy with one text that had this end, and its task.
func failing(t testing.TB, d casework.Delivery) *seed {
	t.Helper()
	s := along(t)
	if d.Class == "" {
		d.Class = casework.ClassWorker
	}
	d.To, d.Fence = "+447700900123", 1
	s.messages = append(s.messages, casework.Message{
		ID: "lost", Way: casework.Out, By: casework.Author(amy), At: morning.Add(-time.Minute),
		Text: "See you on Friday at the front door.", Delivery: &d,
	})
	s.tasks = []casework.Task{{ID: "lost", Kind: casework.TaskUndeliver, Conversation: s.talk.ID, DueAt: morning, CreatedAt: morning}}
	return s
}

// stood is where the page says that a text stands; empty without an offer to
// send it again.
func stood(page string) string {
	found := regexp.MustCompile(`name="stands" value="([^"]*)"`).FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return found[1]
}

// twice is what is said where nobody knows whether a text arrived.
const twice = "it may arrive twice"

func TestWhichTextsCanBeSentAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		d             casework.Delivery
		offers, twice bool
	}{
		"refused":             {casework.Delivery{State: casework.Rejected, Code: 30003}, true, false},
		"lost on the way":     {casework.Delivery{State: casework.Accepted, Carrier: "undelivered"}, true, false},
		"too late":            {casework.Delivery{State: casework.Suppressed, Reason: casework.ReasonExpired}, true, false},
		"nobody knows":        {casework.Delivery{State: casework.Unknown}, true, true},
		"delivered":           {casework.Delivery{State: casework.Accepted, Carrier: "delivered"}, false, false},
		"with the network":    {casework.Delivery{State: casework.Accepted, Carrier: "sent"}, false, false},
		"waiting":             {casework.Delivery{State: casework.Planned}, false, false},
		"on its way":          {casework.Delivery{State: casework.Attempting}, false, false},
		"no longer true":      {casework.Delivery{State: casework.Suppressed, Reason: casework.ReasonStale}, false, false},
		"no longer permitted": {casework.Delivery{State: casework.Suppressed, Reason: casework.ReasonWithdrawn}, false, false},
		"to a colleague":      {casework.Delivery{State: casework.Rejected, Class: casework.ClassDuty}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			path := "/case/" + wd.keep(failing(t, c.d)).c.Reference
			b := wd.signedIn("amy")
			for _, at := range []string{path, "/task/lost"} {
				page := b.get(at).Body.String()
				if got := stood(page) != ""; got != c.offers {
					t.Errorf("%s: offers to send it again: %v, want %v", at, got, c.offers)
				}
				if c.twice {
					want(t, b.get(at), http.StatusOK, twice)
				} else {
					lacks(t, page, twice)
				}
			}
			if !c.offers {
				return
			}
			for i, at := range []string{path + "/text/lost/again", "/task/lost/send-again"} {
				got := b.post(at, url.Values{"stands": {stood(b.get(path).Body.String())}})
				want(t, got, http.StatusSeeOther)
				if n := len(wd.texts.again); n != i+1 {
					t.Errorf("%s: sent %d times, want %d", at, n, i+1)
				}
			}
			want := channels.Hand{Team: "riverside", Message: "talk-maureen/lost", By: casework.Author(amy), Why: "desk"}
			if diff := cmp.Diff(want, wd.texts.again[0]); diff != "" {
				t.Errorf("asked the delivery for (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWhyATextIsNotSentAgain changes something between the page and the tap.
func TestWhyATextIsNotSentAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(s *seed)
		say    string
	}{
		"a STOP":          {func(s *seed) { s.point.State = casework.ContactOptedOut }, "This person has asked us to stop texting."},
		"a dead number":   {func(s *seed) { s.point.State = casework.ContactUndeliverable }, "This number cannot be reached by text."},
		"not safe":        {func(s *seed) { s.point.Safe = casework.SafeNo }, "not safe to text this number"},
		"a pause":         {func(s *seed) { s.talk.Pause = "2026-12-24" }, "asked for no texts before"},
		"no address":      {func(s *seed) { s.talk.Address = "" }, "There is no number to text."},
		"closed":          {func(s *seed) { s.c.State = casework.CaseClosed }, "This case is closed."},
		"a colleague":     {func(s *seed) { s.c.Worker = priya }, "A colleague has this case."},
		"nobody's":        {func(s *seed) { s.c.Worker = "" }, "Nobody has picked this up yet."},
		"another attempt": {func(s *seed) { s.messages[len(s.messages)-1].Delivery.Fence = 3 }, "This text has changed since"},
		"it arrived": {func(s *seed) {
			d := s.messages[len(s.messages)-1].Delivery
			d.State, d.Carrier = casework.Accepted, "delivered"
		}, "This text has changed since"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			s := failing(t, casework.Delivery{State: casework.Unknown})
			form := url.Values{"stands": {resendOf(&s.messages[len(s.messages)-1]).Stands}} // as the page showed it
			c.change(s)
			path := "/case/" + wd.keep(s).c.Reference
			b := wd.signedIn("amy")
			for _, at := range []string{path + "/text/lost/again", "/task/lost/send-again"} {
				want(t, b.post(at, form), http.StatusConflict, "Nothing was sent. ", c.say)
			}
			if len(wd.texts.again) != 0 {
				t.Errorf("sent all the same: %v", wd.texts.again)
			}
		})
	}
}

func TestNobodyElseSendsATextAgain(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(failing(t, casework.Delivery{State: casework.Unknown})).c.Reference
	form := url.Values{"stands": {stood(wd.signedIn("amy").get(path).Body.String())}}
	olu, priya, nobody := wd.signedIn("olu"), wd.signedIn("priya"), wd.browser()
	for _, at := range []string{path + "/text/lost/again", "/task/lost/send-again"} {
		want(t, olu.post(at, form), http.StatusNotFound)
		want(t, priya.post(at, form), http.StatusConflict, "A colleague has this case.")
		want(t, nobody.post(at, form), http.StatusUnauthorized)
	}
	lacks(t, priya.get(path).Body.String(), "Send again")
	want(t, priya.get("/task/lost"), http.StatusOK, "It cannot be sent again: A colleague has this case.")
	amy := wd.signedIn("amy")
	for _, at := range []string{path + "/text/never/again", path + "/text/01a/again", "/task/never/send-again"} {
		want(t, amy.post(at, form), http.StatusNotFound) // 01a is hers, not ours
	}
	if len(wd.texts.again) != 0 {
		t.Errorf("sent all the same: %v", wd.texts.again)
	}
}

// A text that belongs to no case, to somebody who had not finished, is the whole
// team's.
func TestATextOfNoCaseIsTheTeams(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := failing(t, casework.Delivery{State: casework.Rejected, Class: casework.ClassNotice})
	s.tasks = nil
	wd.keep(s)
	wd.put(func(tx casework.Tx) error {
		return casework.Tasks.Put(tx, &casework.Task{
			ID: "lost", Team: "riverside", DataKey: "task:lost", Kind: casework.TaskUndeliver, Conversation: s.talk.ID,
			DueAt: morning, CreatedAt: morning,
		})
	})
	b := wd.signedIn("priya")
	page := b.get("/task/lost")
	want(t, page, http.StatusOK, "Send again")
	want(t, b.post("/task/lost/send-again", url.Values{"stands": {stood(page.Body.String())}}), http.StatusSeeOther)
	if n := len(wd.texts.again); n != 1 {
		t.Errorf("sent %d times, want once", n)
	}
	want(t, wd.signedIn("olu").post("/task/lost/send-again", url.Values{}), http.StatusNotFound)
}

func TestATextThatCannotBePlannedAgain(t *testing.T) {
	t.Parallel()
	for fail, c := range map[error]struct {
		status int
		say    string
	}{
		casework.ErrNotFound:                        {http.StatusNotFound, "Page not found"},
		fmt.Errorf("x: %w", casework.ErrNotAllowed): {http.StatusConflict, "Nothing was sent. "},
		errors.New("disk on fire"):                  {http.StatusInternalServerError, "We could not be sure"},
	} {
		wd := newWorld(t)
		path := "/case/" + wd.keep(failing(t, casework.Delivery{State: casework.Unknown})).c.Reference
		b := wd.signedIn("amy")
		form := url.Values{"stands": {stood(b.get(path).Body.String())}}
		wd.texts.fail = fail
		for _, at := range []string{path + "/text/lost/again", "/task/lost/send-again"} {
			got := b.post(at, form)
			want(t, got, c.status, c.say)
			lacks(t, got.Body.String(), "disk on fire")
		}
	}
}

// flaky refuses the first texts, as often as it holds errors, and counts those
// it took.
type flaky struct {
	errs []error
	took int
}

// Send takes a text or refuses it.
func (f *flaky) Send(context.Context, channels.Outgoing) (channels.Sent, error) {
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return channels.Sent{}, err
	}
	f.took++
	return channels.Sent{ProviderID: "SM1", Carrier: channels.CarrierDelivered}, nil
}

// TestSendAgainReallySends is the delivery itself: what failed stands there as
// failed, leaves once however often the button is pressed, is written down with
// who pressed it, and stands there as delivered then.
func TestSendAgainReallySends(t *testing.T) {
	t.Parallel()
	for name, refusal := range map[string]error{
		"refused":      &channels.SendError{Outcome: channels.Rejected, Code: 30001},
		"nobody knows": &channels.SendError{Outcome: channels.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			out := &flaky{errs: []error{refusal}}
			delivery := channels.NewDelivery(channels.DeliveryConfig{
				Store: wd.store, Senders: map[channels.Route]channels.Sender{{Team: "riverside", Channel: casework.SMS}: out},
				Zone: wd.team.Calendar.Location(), Now: wd.clock, Random: seeded(3), Log: slog.New(slog.DiscardHandler),
			})
			wd.open(delivery)
			s := failing(t, casework.Delivery{State: casework.Planned, NotBefore: morning, NotAfter: morning.Add(time.Hour)})
			s.tasks = nil // delivery makes it
			path := "/case/" + wd.keep(s).c.Reference
			deliver := func() {
				for worked := true; worked; {
					var err error
					if worked, err = delivery.Deliver(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
			}
			deliver()
			b := wd.signedIn("amy")
			page := b.get("/task/lost")
			want(t, page, http.StatusOK, "Send again", "A text may not have arrived")
			form := url.Values{"stands": {stood(page.Body.String())}}
			for range 3 { // an impatient thumb, and one more of it after the text has left
				want(t, b.post("/task/lost/send-again", form), http.StatusSeeOther)
			}
			want(t, b.get("/task/lost?done=sent-again"), http.StatusOK, "The text is sent again", "Waiting to be sent")
			deliver()
			want(t, b.post(path+"/text/lost/again", form), http.StatusSeeOther)
			deliver()
			if out.took != 1 {
				t.Errorf("sent %d times, want once", out.took)
			}
			lacks(t, b.get(path).Body.String(), "Send again")
			want(t, b.get("/task/lost"), http.StatusOK, "Delivered", "This is done")
			wd.put(func(tx casework.Tx) error {
				all, _, err := casework.Audits.Range(tx, casework.Span{})
				n := 0
				for _, a := range all {
					if a.Action == string(channels.SiteRetry) && a.Actor == casework.Author(amy) {
						n++
					}
				}
				if n != 1 {
					t.Errorf("%d entries in the audit, want 1", n)
				}
				return err
			})
		})
	}
}
