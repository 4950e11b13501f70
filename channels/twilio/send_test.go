package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/channels/twilio"
	"linkline/conversation/casework"
)

func newSender(t *testing.T, apiURL string, channel casework.Channel) *twilio.Sender {
	t.Helper()
	a := testAccount()
	a.APIURL, a.WhatsApp, a.Tokens = apiURL, "+447700900001", []string{testToken, "bTestToken2"}
	s, err := twilio.NewSender(twilio.SenderConfig{Account: a, Channel: channel, Key: testKey(), Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func outgoing() channels.Outgoing {
	return channels.Outgoing{
		Message: "conv/01", Attempt: 2, To: casework.Private(channeltest.Canaries[0]), Text: "canary words & more",
	}
}

const created = `{"sid":"SMnew","status":"queued","error_code":null,"num_segments":"1"}`

// serve runs a local HTTP server as Twilio's API.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestSendRequest(t *testing.T) {
	t.Parallel()
	whatsApp := outgoing()
	whatsApp.To = "GB.1349"
	soon, late, past := outgoing(), outgoing(), outgoing()
	soon.NotAfter, late.NotAfter = testNow().Add(90*time.Second), testNow().Add(48*time.Hour)
	past.NotAfter = testNow().Add(-time.Second)
	base := url.Values{
		"From": {testNumber}, "To": {channeltest.Canaries[0]}, "Body": {"canary words & more"}, "ValidityPeriod": {"14400"},
	}
	with := func(pairs ...string) url.Values {
		form := url.Values{}
		for k, v := range base {
			form[k] = v
		}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		return form
	}
	cases := map[string]struct {
		channel casework.Channel
		out     channels.Outgoing
		want    url.Values
	}{
		"sms":            {casework.SMS, outgoing(), base},
		"ends soon":      {casework.SMS, soon, with("ValidityPeriod", "90")},
		"ends late":      {casework.SMS, late, base},
		"ended just now": {casework.SMS, past, with("ValidityPeriod", "1")},
		"whatsapp":       {casework.WhatsApp, whatsApp, with("From", "whatsapp:+447700900001", "To", "whatsapp:GB.1349")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests := make(chan *http.Request, 1)
			s := newSender(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm()
				requests <- r
				w.WriteHeader(http.StatusCreated)
				_, _ = fmt.Fprint(w, created)
			})+"/stand-in/", c.channel)
			sent, err := s.Send(t.Context(), c.out)
			if err != nil {
				t.Fatal(err)
			}
			if want := (channels.Sent{ProviderID: "SMnew", Carrier: "queued"}); sent != want {
				t.Errorf("sent = %+v, want %+v", sent, want)
			}
			r := <-requests
			if got, want := r.Method+" "+r.URL.Path, "POST /stand-in/2010-04-01/Accounts/"+testSID+"/Messages.json"; got != want {
				t.Errorf("request = %s, want %s", got, want)
			}
			if user, password, _ := r.BasicAuth(); user != testSID || password != testToken {
				t.Error("the call is not signed in with the account and its first token")
			}
			got := r.PostForm
			callback := got.Get("StatusCallback")
			got.Del("StatusCallback")
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("form (-got +want):\n%s", diff)
			}
			accepted(t, strings.TrimPrefix(callback, testBase))
		})
	}
}

// accepted checks that the handler takes the callback that a send asked for.
func accepted(t *testing.T, path string) {
	t.Helper()
	log, _ := channeltest.Log(t)
	got := &reports{}
	channeltest.Serve(newHandler(t, twilio.Config{Reports: got, Log: log}), post(path, statusForm("sent", "")))
	want := []channels.Report{{Team: "oakfield", Message: "conv/01", Attempt: 2, ProviderID: "SMout", Carrier: "sent"}}
	if diff := cmp.Diff(got.got, want); diff != "" {
		t.Errorf("report (-got +want):\n%s", diff)
	}
}

// Each answer of a provider, or of whatever stands between it and us, and what
// became of the text (B56).
func TestSendAnswers(t *testing.T) {
	t.Parallel()
	body := func(code int) string {
		return fmt.Sprintf(`{"code":%d,"message":"The number +447700900123 is canary words","status":400}`, code)
	}
	html := "<html><body>502 Bad Gateway for +447700900123</body></html>"
	date := testNow().Add(40 * time.Second).Format(http.TimeFormat)
	past := testNow().Add(-40 * time.Second).Format(http.TimeFormat)
	cases := map[string]struct {
		status int
		after  string
		body   string
		want   channels.SendError
	}{
		"taken, unreadable":    {201, "", "rubbish", channels.SendError{Outcome: channels.Unknown}},
		"taken, empty":         {201, "", "", channels.SendError{Outcome: channels.Unknown}},
		"taken, no sid":        {201, "", "{}", channels.SendError{Outcome: channels.Unknown}},
		"a page of html":       {200, "", html, channels.SendError{Outcome: channels.Unknown}},
		"moved":                {301, "", "", channels.SendError{Outcome: channels.Config}},
		"opted out":            {400, "", body(21610), channels.SendError{Outcome: channels.Rejected, Code: 21610, Reaction: channels.Stopped}},
		"no such number":       {400, "", body(21211), channels.SendError{Outcome: channels.Rejected, Code: 21211, Reaction: channels.BadNumber}},
		"a code of tomorrow":   {400, "", body(21999), channels.SendError{Outcome: channels.Rejected, Code: 21999}},
		"queue full":           {400, "", body(21611), channels.SendError{Outcome: channels.Throttled, Code: 21611, Reaction: channels.Busy}},
		"sender misconfigured": {400, "", body(21606), channels.SendError{Outcome: channels.Config, Code: 21606, Reaction: channels.OurAccount}},
		"refused, no code":     {400, "", html, channels.SendError{Outcome: channels.Rejected}},
		"bad token":            {401, "", body(20003), channels.SendError{Outcome: channels.Config, Code: 20003, Reaction: channels.OurAccount}},
		"forbidden":            {403, "", "", channels.SendError{Outcome: channels.Config}},
		"not found":            {404, "", body(20404), channels.SendError{Outcome: channels.Config, Code: 20404, Reaction: channels.OurAccount}},
		"proxy wants a name":   {407, "", html, channels.SendError{Outcome: channels.Config}},
		"request timeout":      {408, "", "", channels.SendError{Outcome: channels.Unknown}},
		"conflict":             {409, "", "", channels.SendError{Outcome: channels.Rejected}},
		"too many":             {429, "", body(20429), channels.SendError{Outcome: channels.Throttled, Code: 20429, Reaction: channels.Busy}},
		"too many, seconds":    {429, "17", "", channels.SendError{Outcome: channels.Throttled, RetryAfter: 17 * time.Second}},
		"too many, date":       {429, date, "", channels.SendError{Outcome: channels.Throttled, RetryAfter: 40 * time.Second}},
		"too many, past date":  {429, past, "", channels.SendError{Outcome: channels.Throttled}},
		"too many, negative":   {429, "-5", "", channels.SendError{Outcome: channels.Throttled}},
		"too many, huge":       {429, "999999999999", "", channels.SendError{Outcome: channels.Throttled, RetryAfter: 24 * time.Hour}},
		"too many, rubbish":    {429, "soon", "", channels.SendError{Outcome: channels.Throttled}},
		"failed":               {500, "", body(20500), channels.SendError{Outcome: channels.Unknown, Code: 20500}},
		"bad gateway":          {502, "", html, channels.SendError{Outcome: channels.Unknown}},
		"busy, asks for time":  {503, "3", html, channels.SendError{Outcome: channels.Throttled, RetryAfter: 3 * time.Second}},
		"busy":                 {503, "", html, channels.SendError{Outcome: channels.Unknown}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			s := newSender(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
				calls.Add(1)
				if c.after != "" {
					w.Header().Set("Retry-After", c.after)
				}
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(c.status)
				_, _ = fmt.Fprint(w, c.body)
			}), casework.SMS)
			got := failure(t.Context(), t, s, outgoing())
			got.Err = nil
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("outcome (-got +want):\n%s", diff)
			}
			if n := calls.Load(); n != 1 {
				t.Errorf("%d requests, want 1", n)
			}
		})
	}
}

// failure sends and returns the error, which must say nothing of the person.
func failure(ctx context.Context, t *testing.T, s *twilio.Sender, out channels.Outgoing) channels.SendError {
	t.Helper()
	_, err := s.Send(ctx, out)
	var failed *channels.SendError
	if !errors.As(err, &failed) {
		t.Fatalf("error = %v, want a SendError", err)
	}
	for _, canary := range channeltest.Canaries {
		if strings.Contains(err.Error(), canary) {
			t.Errorf("the error holds %q: %v", canary, err)
		}
	}
	return *failed
}

// A network that fails: before anything was written the text has certainly not
// left; after that nobody knows.
func TestSendBrokenNetwork(t *testing.T) {
	t.Parallel()
	t.Run("connection refused", func(t *testing.T) {
		t.Parallel()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		s := newSender(t, "http://"+l.Addr().String(), casework.SMS)
		if got := failure(t.Context(), t, s, outgoing()).Outcome; got != channels.NotSent {
			t.Errorf("outcome = %s, want not_sent", got)
		}
	})
	t.Run("certificate of a stranger", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		log, _ := channeltest.Log(t)
		server.Config.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug)
		server.StartTLS()
		t.Cleanup(server.Close)
		if got := failure(t.Context(), t, newSender(t, server.URL, casework.SMS), outgoing()).Outcome; got != channels.NotSent {
			t.Errorf("outcome = %s, want not_sent", got)
		}
	})
	t.Run("given up before it began", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		s := newSender(t, serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") }), casework.SMS)
		if got := failure(ctx, t, s, outgoing()).Outcome; got != channels.NotSent {
			t.Errorf("outcome = %s, want not_sent", got)
		}
	})
	broken := map[string]func(w http.ResponseWriter, cancel func(), wait <-chan struct{}){
		"silence after the request": func(_ http.ResponseWriter, cancel func(), wait <-chan struct{}) { cancel(); <-wait },
		"silence after the headers": func(w http.ResponseWriter, cancel func(), wait <-chan struct{}) {
			w.WriteHeader(http.StatusCreated)
			_ = http.NewResponseController(w).Flush()
			cancel()
			<-wait
		},
		"reset before the answer": func(w http.ResponseWriter, _ func(), _ <-chan struct{}) { reset(w, "") },
		"reset in the answer": func(w http.ResponseWriter, _ func(), _ <-chan struct{}) {
			reset(w, "HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"sid\":\"SM")
		},
		"no HTTP at all": func(w http.ResponseWriter, _ func(), _ <-chan struct{}) { reset(w, "SSH-2.0\r\n") },
	}
	for name, act := range broken {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var calls atomic.Int32
			s := newSender(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				_ = r.ParseForm()
				act(w, cancel, r.Context().Done())
			}), casework.SMS)
			if got := failure(ctx, t, s, outgoing()).Outcome; got != channels.Unknown {
				t.Errorf("outcome = %s, want unknown", got)
			}
			if n := calls.Load(); n != 1 {
				t.Errorf("%d requests, want 1", n)
			}
		})
	}
}

// reset writes raw bytes and breaks the connection off.
func reset(w http.ResponseWriter, raw string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = conn.Write([]byte(raw))
	if raw == "" {
		_ = conn.(*net.TCPConn).SetLinger(0)
	}
	conn.Close()
}

// What must not or cannot be sent never reaches the network.
func TestSendRefusesByItself(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		to, text, reason string
	}{
		"landline":        {"+441632960123", "x", "not_mobile"},
		"personal number": {"+447000000001", "x", "not_mobile"},
		"abroad":          {"+15005550006", "x", "not_mobile"},
		"short code":      {"60777", "x", "not_mobile"},
		"nobody":          {"", "x", "not_mobile"},
		"nothing to say":  {channeltest.Canaries[0], "", "empty"},
		"too long":        {channeltest.Canaries[0], strings.Repeat("😔", 801), "too_long"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSender(t, serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") }), casework.SMS)
			got := failure(t.Context(), t, s, channels.Outgoing{To: casework.Private(c.to), Text: casework.Private(c.text)})
			if got.Outcome != channels.Rejected || got.Reason != c.reason {
				t.Errorf("outcome = %s (%s), want rejected (%s)", got.Outcome, got.Reason, c.reason)
			}
		})
	}
}

func TestNewSenderRefuses(t *testing.T) {
	t.Parallel()
	bad := testAccount()
	bad.Tokens = []string{""}
	for name, c := range map[string]twilio.SenderConfig{
		"empty token":        {Account: bad, Channel: casework.SMS, Key: testKey()},
		"short key":          {Account: testAccount(), Channel: casework.SMS, Key: []byte("short")},
		"no whatsapp number": {Account: testAccount(), Channel: casework.WhatsApp, Key: testKey()},
	} {
		if _, err := twilio.NewSender(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
