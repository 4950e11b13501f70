package twilio_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/channels/twilio"
	"linkline/channels/twilio/twiliotest"
	"linkline/conversation/casework"
)

// newTwilio is a stand-in for Twilio and a sender of an account there.
func newTwilio(t *testing.T, channel casework.Channel) (*twiliotest.Server, *twilio.Sender) {
	t.Helper()
	server := twiliotest.New(t, testSID, testToken, testNow)
	return server, newSender(t, server.URL, channel)
}

// What was sent is found in the list, with what became of it.
func TestSentAndListed(t *testing.T) {
	t.Parallel()
	server, s := newTwilio(t, casework.SMS)
	sent, err := s.Send(t.Context(), outgoing())
	if err != nil {
		t.Fatal(err)
	}
	server.Set(sent.ProviderID, "undelivered", 30003)
	list, err := s.Sent(t.Context(), outgoing().To, testNow().Add(-time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	want := []channels.Listed{{
		ProviderID: sent.ProviderID, To: outgoing().To, Text: outgoing().Text, CreatedAt: testNow().UTC().Truncate(time.Second),
		Carrier: "undelivered", Code: 30003, Reaction: channels.HandsetOff,
	}}
	for i := range list {
		list[i].CreatedAt = list[i].CreatedAt.UTC()
	}
	if diff := cmp.Diff(list, want); diff != "" {
		t.Errorf("list (-got +want):\n%s", diff)
	}
	one, err := s.Status(t.Context(), sent.ProviderID)
	if one.CreatedAt = one.CreatedAt.UTC(); err != nil || one != want[0] {
		t.Errorf("Status = %+v, %v", one, err)
	}
}

// The list is read back to the moment that was asked for and no further, over
// as many pages as it takes, without a filter by day.
func TestListPages(t *testing.T) {
	t.Parallel()
	server, s := newTwilio(t, casework.SMS)
	server.Elsewhere("https://elsewhere.example.org") // where nothing of ours is
	for i := range 130 {
		server.Add(twiliotest.Message{
			Direction: "outbound-api", From: testNumber, To: channeltest.Canaries[0], Body: "x", Status: "sent",
			CreatedAt: testNow().Add(time.Duration(i-130) * time.Minute),
		})
	}
	for name, c := range map[string]struct {
		since time.Duration
		want  int
		pages int
	}{
		"an hour":    {time.Hour, 60, 2},
		"everything": {24 * time.Hour, 130, 3},
		"nothing":    {0, 0, 1},
	} {
		before := len(server.Calls())
		list, err := s.Sent(t.Context(), casework.Private(channeltest.Canaries[0]), testNow().Add(-c.since))
		if err != nil {
			t.Fatal(err)
		}
		calls := server.Calls()[before:]
		if len(list) != c.want || len(calls) != c.pages {
			t.Errorf("%s: %d listed over %d pages, want %d over %d", name, len(list), len(calls), c.want, c.pages)
		}
		for _, call := range calls {
			if strings.Contains(call, "DateSent") || !strings.Contains(call, "PageSize=50") {
				t.Errorf("%s: asked %s", name, call)
			}
		}
	}
}

// Whoever is not known by address is looked for among all that our numbers have
// sent; what others of the account have sent is not ours.
func TestListOfAnybody(t *testing.T) {
	t.Parallel()
	server, s := newTwilio(t, casework.SMS)
	for _, from := range []string{testNumber, "+447700900999"} {
		server.Add(twiliotest.Message{Direction: "outbound-reply", From: from, To: channeltest.Canaries[0], Body: from, Status: "sent"})
	}
	for _, to := range []casework.Private{"", casework.Private(channeltest.Canaries[0])} {
		list, err := s.Sent(t.Context(), to, testNow().Add(-time.Hour))
		if err != nil || len(list) != 1 || list[0].Text.Reveal() != testNumber {
			t.Errorf("listed %d, %v, want the one of our own number", len(list), err)
		}
	}
}

func TestListOfWhatsApp(t *testing.T) {
	t.Parallel()
	server, s := newTwilio(t, casework.WhatsApp)
	out := outgoing()
	out.To = "+447700900124"
	if _, err := s.Send(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	list, err := s.Sent(t.Context(), out.To, testNow().Add(-time.Hour))
	if err != nil || len(list) != 1 || list[0].To != out.To {
		t.Errorf("listed %d, %v", len(list), err)
	}
	if got := server.Messages()[0].To; got != "whatsapp:+447700900124" {
		t.Errorf("sent to %s", got)
	}
}

// Whatever goes wrong with a list, it is an error that names nobody; a message
// that Twilio does not know is none, but only when Twilio says so.
func TestListFails(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	cases := map[string]func(http.ResponseWriter, *http.Request){
		"rubbish":       answer(http.StatusOK, "<html>"),
		"a proxy's 404": answer(http.StatusNotFound, "<html>no such page"),
		"failed":        answer(http.StatusInternalServerError, ""),
		"too many":      func(w http.ResponseWriter, _ *http.Request) { twiliotest.Refuse(w, http.StatusTooManyRequests, 20429) },
		"cut off": func(w http.ResponseWriter, _ *http.Request) {
			reset(w, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
		},
		"about another text": answer(http.StatusOK, `{"sid":"SMother"}`),
	}
	for name, fn := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, s := newTwilio(t, casework.SMS)
			server.Next(fn)
			_, err := s.Status(t.Context(), "SM1")
			silent(t, err)
			if name == "about another text" {
				return
			}
			server.Next(fn)
			_, err = s.Sent(t.Context(), casework.Private(channeltest.Canaries[0]), testNow())
			silent(t, err)
		})
	}
	t.Run("no such message", func(t *testing.T) {
		t.Parallel()
		_, s := newTwilio(t, casework.SMS)
		if one, err := s.Status(t.Context(), "SM1"); err != nil || !one.CreatedAt.IsZero() {
			t.Errorf("Status = %+v, %v, want nothing", one, err)
		}
	})
	t.Run("nobody there", func(t *testing.T) {
		t.Parallel()
		s := newSender(t, "http://127.0.0.1:1", casework.SMS)
		_, err := s.Sent(t.Context(), casework.Private(channeltest.Canaries[0]), testNow())
		silent(t, err)
	})
}

// silent fails unless there is an error that says nothing of a person.
func silent(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Error("no error")
		return
	}
	for _, canary := range channeltest.Canaries {
		if strings.Contains(err.Error(), canary) {
			t.Errorf("the error holds %q: %v", canary, err)
		}
	}
}
