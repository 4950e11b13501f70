package twilio_test

import (
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"linkline/channels/channeltest"
	"linkline/channels/twilio"
)

// The account that the tests run on. Numbers are from Ofcom's drama ranges.
const (
	testSID    = "AC00000000000000000000000000000001"
	testToken  = "aTestToken1"
	testNumber = "+447700900000"
	testBase   = "https://text.example.org"
)

func testAccount() twilio.Account {
	return twilio.Account{
		Team: "oakfield", SID: testSID, Tokens: []string{testToken},
		Numbers: []string{testNumber}, PublicURL: testBase,
	}
}

func testNow() time.Time { return time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC) }

func testKey() []byte { return []byte("0123456789abcdef0123456789abcdef") }

func newHandler(t testing.TB, c twilio.Config) *twilio.Handler {
	t.Helper()
	if c.Accounts == nil {
		c.Accounts = []twilio.Account{testAccount()}
	}
	c.Key, c.Now = testKey(), testNow
	h, err := twilio.NewHandler(c)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// textForm is what Twilio posts for one text, changed as a test likes.
func textForm(id, text string, change url.Values) url.Values {
	form := url.Values{
		"AccountSid": {testSID}, "MessageSid": {id}, "SmsSid": {id},
		"From": {channeltest.Canaries[0]}, "To": {testNumber},
		"Body": {text}, "NumMedia": {"0"}, "NumSegments": {"1"}, "ApiVersion": {"2010-04-01"},
	}
	maps.Copy(form, change)
	return form
}

// post is a signed request.
func post(path string, form url.Values) *http.Request {
	return postAs(path, form, testToken)
}

func postAs(path string, form url.Values, token string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	r.Header.Set("X-Twilio-Signature", twilio.Sign(testBase+path, form, token))
	return r
}

func TestWebhookCases(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Webhook{
		New: func(t *testing.T, e *channeltest.Engine, log *slog.Logger) http.Handler {
			return newHandler(t, twilio.Config{Engine: e, Log: log})
		},
		Request: func(id, text string) *http.Request { return post("/twilio/inbound", textForm(id, text, nil)) },
		Forge:   func(r *http.Request) { r.Header.Set("X-Twilio-Signature", "aaaaaaaaaaaaaaaaaaaaaaaaaaa=") },
		Limit:   64 << 10,
	})
}

func TestNewHandlerRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*twilio.Account){
		"no team":          func(a *twilio.Account) { a.Team = "" },
		"no sid":           func(a *twilio.Account) { a.SID = "" },
		"no token":         func(a *twilio.Account) { a.Tokens = nil },
		"empty token":      func(a *twilio.Account) { a.Tokens = []string{""} },
		"no number":        func(a *twilio.Account) { a.Numbers = nil },
		"no public url":    func(a *twilio.Account) { a.PublicURL = "" },
		"other scheme":     func(a *twilio.Account) { a.PublicURL = "ftp://text.example.org" },
		"retry fragment":   func(a *twilio.Account) { a.PublicURL = testBase + "#rc=5" },
		"rubbish api url":  func(a *twilio.Account) { a.APIURL = "api" },
		"unreadable url":   func(a *twilio.Account) { a.PublicURL = "http://[::1" },
		"no host in a url": func(a *twilio.Account) { a.PublicURL = "https:///x" },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := testAccount()
			spoil(&a)
			if _, err := twilio.NewHandler(twilio.Config{Accounts: []twilio.Account{a}, Key: testKey()}); err == nil {
				t.Error("no error")
			}
		})
	}
	if _, err := twilio.NewHandler(twilio.Config{Key: []byte("short")}); err == nil {
		t.Error("a short key gave no error")
	}
}

// What is refused is refused with an empty body, whichever endpoint it is.
func TestRefusals(t *testing.T) {
	t.Parallel()
	good := func() url.Values { return textForm("SM1", "canary words", nil) }
	unsigned := func(r *http.Request) *http.Request { r.Header.Del("X-Twilio-Signature"); return r }
	cases := map[string]struct {
		request *http.Request
		status  int
	}{
		"unsigned":      {unsigned(post("/twilio/inbound", good())), 403},
		"another token": {postAs("/twilio/inbound", good(), "bTestToken2"), 403},
		"empty token":   {postAs("/twilio/inbound", good(), ""), 403},
		"signed for elsewhere": {func() *http.Request {
			r := post("/twilio/inbound", good())
			r.Header.Set("X-Twilio-Signature", twilio.Sign(testBase+"/twilio/status", good(), testToken))
			return r
		}(), 403},
		"another account": {post("/twilio/inbound", textForm("SM1", "", url.Values{"AccountSid": {"AC2"}})), 403},
		"another number":  {post("/twilio/inbound", textForm("SM1", "", url.Values{"To": {"+447700900999"}})), 403},
		"whatsapp unset":  {post("/twilio/inbound", textForm("SM1", "", url.Values{"To": {"whatsapp:" + testNumber}})), 403},
		"whatsapp empty":  {post("/twilio/inbound", textForm("SM1", "", url.Values{"To": {"whatsapp:"}})), 403},
		"no message id":   {post("/twilio/inbound", textForm("", "", nil)), 400},
		"other path":      {post("/twilio/other", good()), 404},
		"doubled slash":   {post("/twilio//inbound", good()), 404},
		"compressed": {func() *http.Request {
			r := post("/twilio/inbound", good())
			r.Header.Set("Content-Encoding", "gzip")
			return r
		}(), 415},
		"unreadable form": {func() *http.Request {
			r := httptest.NewRequest(http.MethodPost, "/twilio/inbound", strings.NewReader("Body=%zz;x"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return r
		}(), 403},
		"spoofed host": {func() *http.Request {
			r := post("/twilio/inbound", good())
			r.Host = "evil.example.org"
			r.Header.Set("X-Forwarded-Host", "evil.example.org")
			r.Header.Set("X-Twilio-Signature", twilio.Sign("https://evil.example.org/twilio/inbound", good(), testToken))
			return r
		}(), 403},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := &channeltest.Engine{}
			log, _ := channeltest.Log(t)
			w := channeltest.Serve(newHandler(t, twilio.Config{Engine: engine, Log: log}), c.request)
			if w.Code != c.status {
				t.Errorf("status = %d, want %d", w.Code, c.status)
			}
			if w.Body.Len() != 0 {
				t.Errorf("body = %q, want none", w.Body)
			}
			if n := len(engine.Texts()); n != 0 {
				t.Errorf("%d texts taken, want none", n)
			}
		})
	}
}

// A request is Twilio's if its signature is, whatever stands around it (B42,
// B45).
func TestSignedRequestsAreTaken(t *testing.T) {
	t.Parallel()
	rotating := testAccount()
	rotating.Tokens = []string{"bTestToken2", testToken}
	prefixed := testAccount()
	prefixed.PublicURL = testBase + "/hooks/"
	cases := map[string]struct {
		account twilio.Account
		path    string
		base    string
	}{
		"second token":      {rotating, "/twilio/inbound", testBase},
		"slash at the end":  {testAccount(), "/twilio/inbound/", testBase},
		"port named":        {testAccount(), "/twilio/inbound", testBase + ":443"},
		"query as received": {testAccount(), "/twilio/inbound?b=2&a=%20+1", testBase},
		"prefix at a proxy": {prefixed, "/twilio/inbound", testBase + "/hooks"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := &channeltest.Engine{}
			log, _ := channeltest.Log(t)
			h := newHandler(t, twilio.Config{Accounts: []twilio.Account{c.account}, Engine: engine, Log: log})
			form := textForm("SM1", "HELLO", nil)
			r := post(c.path, form)
			r.Header.Del("X-Twilio-Signature")
			r.Header["X-Twilio-Signature"] = []string{twilio.Sign(c.base+c.path, form, testToken)}
			if w := channeltest.Serve(h, r); w.Code != http.StatusOK {
				t.Errorf("status = %d, want 200", w.Code)
			}
		})
	}
}

func TestDrain(t *testing.T) {
	t.Parallel()
	engine := &channeltest.Engine{}
	log, _ := channeltest.Log(t)
	h := newHandler(t, twilio.Config{Engine: engine, Log: log})
	h.Drain()
	for _, path := range []string{"/twilio/inbound", "/twilio/status"} {
		w := channeltest.Serve(h, post(path, textForm("SM1", "HELLO", nil)))
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: status = %d, want 503 with Retry-After", path, w.Code)
		}
	}
	if n := len(engine.Texts()); n != 0 {
		t.Errorf("%d texts taken while draining, want none", n)
	}
}
