package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/channels"
	"linkline/channels/telegram"
	"linkline/channels/telegram/telegramtest"
	"linkline/conversation/casework"
)

const (
	testToken = "123456:AAtest-token_of-a-made-up-bot"
	testTeam  = casework.TeamID("oakfield")
	testChat  = "7700900123" // a canary
)

func newSender(t testing.TB, api string) *telegram.Sender {
	t.Helper()
	s, err := telegram.NewSender(telegram.Account{Team: testTeam, Token: testToken, APIURL: api, PublicURL: "https://text.example.org/"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func outgoing() channels.Outgoing {
	return channels.Outgoing{Message: "conv/1", Attempt: 1, To: testChat, Text: "canary words"}
}

// The library sends an empty copy_text with every button, which the stand-in
// refuses as Telegram may.
func TestSendButtons(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, testToken)
	out := outgoing()
	out.Text = "Is it <b>you</b>_? *&"
	out.Asks = &casework.Asking{Prompt: "01JDEXAMPLE000000000000000", Options: []casework.Button{
		{Option: "yes", Label: "Yes"}, {Option: "no", Label: "No"}, {Option: "more", Label: "Tell me more about it first"}, {Option: "x", Label: "Stop"},
	}}
	sent, err := newSender(t, server.URL).Send(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	if want := (channels.Sent{ProviderID: "1", Carrier: channels.CarrierSent}); sent != want {
		t.Errorf("sent %+v, want %+v", sent, want)
	}
	data := func(option string) string { return "01JDEXAMPLE000000000000000:" + option }
	want := []telegramtest.Message{{ID: 1, Chat: 7700900123, Text: "Is it <b>you</b>_? *&", Rows: [][]telegramtest.Button{
		{{Text: "Yes", Data: data("yes")}, {Text: "No", Data: data("no")}},
		{{Text: "Tell me more about it first", Data: data("more")}},
		{{Text: "Stop", Data: data("x")}},
	}}}
	if diff := cmp.Diff(want, server.Messages()); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
}

// Every refusal and every cut says what may be done next (messaging-safety 1.2,
// B56), and nothing in it names the person or the token.
func TestSendFailures(t *testing.T) {
	t.Parallel()
	refuse := func(status int, description string, after int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { telegramtest.Refuse(w, status, description, after) }
	}
	page := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); _, _ = w.Write([]byte(body)) }
	}
	cut := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	cases := map[string]struct {
		answer   http.HandlerFunc
		outcome  channels.Outcome
		reaction channels.Reaction
		after    time.Duration
	}{
		"blocked":          {refuse(403, "Forbidden: bot was blocked by the user", 0), channels.Rejected, channels.Stopped, 0},
		"deactivated":      {refuse(403, "Forbidden: user is deactivated", 0), channels.Rejected, channels.Stopped, 0},
		"no chat":          {refuse(400, "Bad Request: chat not found", 0), channels.Rejected, channels.BadNumber, 0},
		"too long":         {refuse(400, "Bad Request: message is too long", 0), channels.Rejected, channels.OurBug, 0},
		"another":          {refuse(400, "Bad Request: canary words", 0), channels.Rejected, channels.NoReaction, 0},
		"slow down":        {refuse(429, "Too Many Requests: retry after 7", 7), channels.Throttled, channels.Busy, 7 * time.Second},
		"slow down much":   {refuse(429, "Too Many Requests", 1<<40), channels.Throttled, channels.Busy, 24 * time.Hour},
		"wrong token":      {refuse(401, "Unauthorized", 0), channels.Config, channels.OurAccount, 0},
		"not the api":      {page(404, "<html>canary words</html>"), channels.Config, channels.OurAccount, 0},
		"moved":            {page(302, ""), channels.Config, channels.OurAccount, 0},
		"a proxy's page":   {page(502, "<html>canary words</html>"), channels.Unknown, channels.NoReaction, 0},
		"server error":     {refuse(500, "Internal Server Error: canary words", 0), channels.Unknown, channels.NoReaction, 0},
		"unreadable":       {page(200, "canary words"), channels.Unknown, channels.NoReaction, 0},
		"no result":        {page(200, `{"ok":true,"result":{}}`), channels.Unknown, channels.NoReaction, 0},
		"200 that says no": {page(200, `{"ok":false,"description":"chat not found"}`), channels.Rejected, channels.BadNumber, 0},
		"cut off":          {cut, channels.Unknown, channels.NoReaction, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, testToken)
			server.Next("sendMessage", c.answer)
			_, err := newSender(t, server.URL).Send(t.Context(), outgoing())
			var failed *channels.SendError
			if !errors.As(err, &failed) {
				t.Fatalf("error %v, want a SendError", err)
			}
			if failed.Outcome != c.outcome || failed.Reaction != c.reaction || failed.RetryAfter != c.after {
				t.Errorf("%s, %q, wait %s; want %s, %q, %s",
					failed.Outcome, failed.Reaction, failed.RetryAfter, c.outcome, c.reaction, c.after)
			}
			secretless(t, err.Error())
			if n := len(server.Calls()); n != 1 {
				t.Errorf("%d calls, want 1", n)
			}
		})
	}
}

// secretless fails when a text names the person, her words or the token.
func secretless(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{testToken, "AAtest", testChat, "canary"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q holds %q", text, secret)
		}
	}
}

// Before anything has left, nothing has left; after that nobody knows.
func TestSendWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	_, err := newSender(t, "http://127.0.0.1:1").Send(t.Context(), outgoing())
	isOutcome(t, err, channels.NotSent)

	server := telegramtest.New(t, testToken)
	ctx, cancel := context.WithCancel(t.Context())
	server.Next("sendMessage", func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err = newSender(t, server.URL).Send(ctx, outgoing())
	isOutcome(t, err, channels.Unknown)
}

// What Telegram would refuse anyway, or what would reach a group, is not tried.
func TestSendRefuses(t *testing.T) {
	t.Parallel()
	long := casework.Button{Option: strings.Repeat("x", 63), Label: "Yes"}
	for name, change := range map[string]func(*channels.Outgoing){
		"group":     func(o *channels.Outgoing) { o.To = "-100123" },
		"phone":     func(o *channels.Outgoing) { o.To = "+44 7700 900123" },
		"empty":     func(o *channels.Outgoing) { o.Text = "" },
		"too long":  func(o *channels.Outgoing) { o.Text = casework.Private(strings.Repeat("\U0001F600", 2049)) },
		"long data": func(o *channels.Outgoing) { o.Asks = &casework.Asking{Prompt: "p", Options: []casework.Button{long}} },
	} {
		out := outgoing()
		change(&out)
		_, err := newSender(t, "http://127.0.0.1:1").Send(t.Context(), out)
		t.Log(name)
		isOutcome(t, err, channels.Rejected)
	}
}

func isOutcome(t *testing.T, err error, want channels.Outcome) {
	t.Helper()
	var failed *channels.SendError
	if !errors.As(err, &failed) || failed.Outcome != want {
		t.Errorf("error %v, want outcome %s", err, want)
	}
	if err != nil {
		secretless(t, err.Error())
	}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	good := telegram.Account{Team: testTeam, Token: testToken}
	if err := good.Validate(); err != nil {
		t.Errorf("a good account: %v", err)
	}
	for name, change := range map[string]func(*telegram.Account){
		"no team":       func(a *telegram.Account) { a.Team = "" },
		"no token":      func(a *telegram.Account) { a.Token = "" },
		"half a token":  func(a *telegram.Account) { a.Token = "AAtest-token_of-a-made-up-bot" },
		"path in token": func(a *telegram.Account) { a.Token = testToken + "/../x" },
		"api":           func(a *telegram.Account) { a.APIURL = "ftp://example.org" },
		"public":        func(a *telegram.Account) { a.PublicURL = "https://example.org?x=1" },
	} {
		a := good
		change(&a)
		err := a.Validate()
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		secretless(t, fmt.Sprint(err))
	}
}
