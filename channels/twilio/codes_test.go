package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/channels/twilio"
	"linkline/channels/twilio/twiliotest"
	"linkline/conversation/casework"
)

// codes is messaging-safety 1.2, written down a second time.
func codes() map[int]channels.SendError {
	out := map[int]channels.SendError{}
	add := func(outcome channels.Outcome, r channels.Reaction, codes ...int) {
		for _, c := range codes {
			out[c] = channels.SendError{Outcome: outcome, Reaction: r, Code: c}
		}
	}
	add(channels.Rejected, channels.Stopped, 21610, 63014, 63033)
	add(channels.Rejected, channels.BadNumber, 21211, 21217, 21421, 63003, 63024, 63032)
	add(channels.Rejected, channels.NotMobile, 21614, 21635, 30006)
	add(channels.Rejected, channels.Unrouted, 21214, 21612)
	add(channels.Rejected, channels.Region, 21408)
	add(channels.Rejected, channels.Reassigned, 30005)
	add(channels.Rejected, channels.HandsetOff, 30003)
	add(channels.Rejected, channels.Objected, 30004)
	add(channels.Rejected, channels.Filtered, 30007)
	add(channels.Rejected, channels.Unclear, 30008)
	add(channels.Rejected, channels.OutOfTime, 30036)
	add(channels.Rejected, channels.Abuse, 30450)
	add(channels.Rejected, channels.OutsideWindow, 63016)
	add(channels.Rejected, channels.Template, 63027, 63028, 63041)
	add(channels.Rejected, channels.OurBug, 21617)
	add(channels.Throttled, channels.Busy, 20429, 21611, 30001, 63017, 63018, 63038)
	add(channels.Config, channels.OurAccount,
		20003, 20404, 21603, 21606, 21608, 21701, 21703, 21705, 21709, 30002, 30018, 30032, 30034)
	add(channels.Unknown, channels.NoReaction, 30410)
	add(channels.Rejected, channels.NoReaction, 21604, 29999, 39999) // not of the table: the status decides
	return out
}

// Each code means the same whether Twilio answers with it or reports it later.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	path := callbackPath(t, "conv/01")
	for code, want := range codes() {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			server, s := newTwilio(t, casework.SMS)
			server.Next(func(w http.ResponseWriter, _ *http.Request) { twiliotest.Refuse(w, http.StatusBadRequest, code) })
			got := failure(t.Context(), t, s, outgoing())
			if got.Err = nil; got != want {
				t.Errorf("answered: got %+v, want %+v", got, want)
			}
			if n := len(server.Messages()); n != 0 {
				t.Errorf("%d texts taken", n)
			}
			log, _ := channeltest.Log(t)
			reported := &reports{}
			channeltest.Serve(newHandler(t, twilio.Config{Reports: reported, Log: log}), post(path, statusForm("undelivered", fmt.Sprint(code))))
			if got := reported.got[0]; got.Reaction != want.Reaction || got.Code != code {
				t.Errorf("reported: got %s (%d), want %s", got.Reaction, got.Code, want.Reaction)
			}
		})
	}
}

// elsewhere sends what is meant for Twilio to a stand-in.
type elsewhere struct{ host string }

func (e elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", e.host
	return http.DefaultTransport.RoundTrip(r)
}

// Twilio's own client understands the stand-in that the other tests use, so
// that what it answers is what Twilio answers.
func TestTwiliosOwnClient(t *testing.T) {
	t.Parallel()
	server := twiliotest.New(t, testSID, testToken, testNow)
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	own := &client.Client{
		Credentials: client.NewCredentials(testSID, testToken), HTTPClient: &http.Client{Transport: elsewhere{at.Host}},
	}
	own.SetAccountSid(testSID)
	api := openapi.NewApiService(client.NewRequestHandler(own))
	params := (&openapi.CreateMessageParams{}).SetTo(channeltest.Canaries[0]).SetFrom(testNumber).SetBody("hello")
	made, err := api.CreateMessage(params)
	if err != nil || made.Sid == nil || *made.Status != "queued" {
		t.Fatalf("CreateMessage = %+v, %v", made, err)
	}
	server.Set(*made.Sid, "undelivered", 30005)
	one, err := api.FetchMessage(*made.Sid, nil)
	if err != nil || *one.Status != "undelivered" || *one.ErrorCode != 30005 {
		t.Errorf("FetchMessage = %+v, %v", one, err)
	}
	for range 4 {
		if _, err := api.CreateMessage(params); err != nil {
			t.Fatal(err)
		}
	}
	list, err := api.ListMessage((&openapi.ListMessageParams{}).SetTo(channeltest.Canaries[0]).SetPageSize(2))
	if err != nil || len(list) < 2 || *list[0].Body != "hello" {
		t.Errorf("ListMessage = %d, %v", len(list), err)
	}
	server.Next(func(w http.ResponseWriter, _ *http.Request) { twiliotest.Refuse(w, http.StatusBadRequest, 21610) })
	_, err = api.CreateMessage(params)
	var refused *client.TwilioRestError
	if !errors.As(err, &refused) || refused.Code != 21610 {
		t.Errorf("err = %v, want Twilio's own 21610", err)
	}
}

// A text that Twilio has taken, whose answer is lost on its way, is unknown to
// us and there in the list: that is how it is found again.
func TestTakenThoughTheAnswerIsLost(t *testing.T) {
	t.Parallel()
	cases := map[string]func(w http.ResponseWriter){
		"no answer": func(w http.ResponseWriter) { reset(w, "") },
		"cut in the middle": func(w http.ResponseWriter) {
			reset(w, "HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"sid\":\"SM")
		},
		"rubbish":          func(w http.ResponseWriter) { w.WriteHeader(http.StatusCreated); _, _ = w.Write([]byte("rubbish")) },
		"failed after all": func(w http.ResponseWriter) { twiliotest.Refuse(w, http.StatusInternalServerError, 20500) },
	}
	for name, answer := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, s := newTwilio(t, casework.SMS)
			server.Next(func(w http.ResponseWriter, r *http.Request) { server.Take(r); answer(w) })
			if got := failure(context.Background(), t, s, outgoing()).Outcome; got != channels.Unknown {
				t.Errorf("outcome = %s, want unknown", got)
			}
			list, err := s.Sent(t.Context(), outgoing().To, testNow())
			if err != nil || len(list) != 1 || list[0].Text != outgoing().Text {
				t.Errorf("listed %d, %v, want the text", len(list), err)
			}
		})
	}
}
