package twilio_test

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/channels/channeltest"
	"linkline/channels/twilio"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// response is TwiML as Twilio reads it.
type response struct {
	XMLName  xml.Name `xml:"Response"`
	Messages []struct {
		Callback string `xml:"statusCallback,attr"`
		Text     string `xml:",chardata"`
	} `xml:"Message"`
}

func parse(t testing.TB, w *httptest.ResponseRecorder) response {
	t.Helper()
	var r response
	if err := xml.Unmarshal(w.Body.Bytes(), &r); err != nil {
		t.Fatalf("the answer is not TwiML: %v\n%s", err, w.Body)
	}
	return r
}

func TestInboundReply(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain":     "Hello, this is Oakfield.",
		"markup":    `Text 1 <yes> & 2 "no" ' </Message>`,
		"lines":     "one\ntwo\r\nthree\t.",
		"not ascii": "Dw i’n unig 😔 €5",
		"control":   "a\x00b\x1bc",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, _ := channeltest.Log(t)
			engine := &channeltest.Engine{Answer: func(conversation.Inbound) conversation.Reply {
				return conversation.Reply{Text: text, Message: "conv/01&message"}
			}}
			w := channeltest.Serve(newHandler(t, twilio.Config{Engine: engine, Log: log}),
				post("/twilio/inbound", textForm("SM1", "HELLO", nil)))
			if got := w.Header().Get("Content-Type"); got != "text/xml; charset=utf-8" {
				t.Errorf("Content-Type = %q", got)
			}
			r := parse(t, w)
			if len(r.Messages) != 1 {
				t.Fatalf("%d messages, want 1", len(r.Messages))
			}
			want := strings.NewReplacer("\x00", "\uFFFD", "\x1b", "\uFFFD").Replace(text)
			if diff := cmp.Diff(r.Messages[0].Text, want); diff != "" {
				t.Errorf("text (-got +want):\n%s", diff)
			}
			u, err := url.Parse(r.Messages[0].Callback)
			if err != nil || !strings.HasPrefix(r.Messages[0].Callback, testBase+"/twilio/status?") {
				t.Fatalf("callback = %q", r.Messages[0].Callback)
			}
			if got := u.Query().Get("o"); got != "conv/01&message" {
				t.Errorf("callback is about %q", got)
			}
		})
	}
}

func TestInboundNoReply(t *testing.T) {
	t.Parallel()
	log, _ := channeltest.Log(t)
	engine := &channeltest.Engine{Answer: func(conversation.Inbound) conversation.Reply { return conversation.Reply{} }}
	w := channeltest.Serve(newHandler(t, twilio.Config{Engine: engine, Log: log}),
		post("/twilio/inbound", textForm("SM1", "STOP", url.Values{"OptOutType": {"STOP"}})))
	if got := len(parse(t, w).Messages); got != 0 {
		t.Errorf("%d messages, want none", got)
	}
	if got := engine.Texts()[0].OptOut; got != "STOP" {
		t.Errorf("OptOut = %q, want STOP", got)
	}
}

func TestInboundReadsTheForm(t *testing.T) {
	t.Parallel()
	whatsApp := testAccount()
	whatsApp.WhatsApp = "+447700900001"
	base := conversation.Inbound{
		Team: "oakfield", Channel: casework.SMS, From: "+447700900123", ID: "SM1", Text: "HELLO", At: testNow(),
	}
	with := func(change func(*conversation.Inbound)) conversation.Inbound {
		in := base
		change(&in)
		return in
	}
	cases := map[string]struct {
		change url.Values
		want   conversation.Inbound
	}{
		"as it comes":            {nil, base},
		"parameters of tomorrow": {url.Values{"New": {"1"}, "Empty": {""}}, base},
		"no media":               {url.Values{"NumMedia": {""}}, base},
		"older name of the id":   {url.Values{"MessageSid": nil}, base},
		"spaces stay":            {url.Values{"Body": {" yes \n"}}, with(func(in *conversation.Inbound) { in.Text = " yes \n" })},
		"empty text":             {url.Values{"Body": nil}, with(func(in *conversation.Inbound) { in.Text = "" })},
		"not UTF-8":              {url.Values{"Body": {"a\xffb"}}, with(func(in *conversation.Inbound) { in.Text = "a\uFFFDb" })},
		"first of two texts":     {url.Values{"Body": {"one", "two"}}, with(func(in *conversation.Inbound) { in.Text = "one" })},
		"photos, never fetched": {
			url.Values{"NumMedia": {"10"}, "MediaUrl0": {"http://169.254.169.254/"}, "MediaUrl1": {"file:///etc/passwd"}},
			with(func(in *conversation.Inbound) { in.Media = 10 }),
		},
		"absurd media":        {url.Values{"NumMedia": {"1000000"}}, with(func(in *conversation.Inbound) { in.Media = 100 })},
		"negative media":      {url.Values{"NumMedia": {"-1"}}, base},
		"opt-out word":        {url.Values{"OptOutType": {"stop"}}, with(func(in *conversation.Inbound) { in.OptOut = "STOP" })},
		"unknown opt-out":     {url.Values{"OptOutType": {"REVOKE-ALL"}}, base},
		"landline":            {url.Values{"From": {"+441632960001"}}, with(func(in *conversation.Inbound) { in.From = "+441632960001" })},
		"abroad":              {url.Values{"From": {"+353201234567"}}, with(func(in *conversation.Inbound) { in.From = "+353201234567" })},
		"whatsapp":            {url.Values{"From": {"whatsapp:+447700900123"}, "To": {"whatsapp:+447700900001"}}, with(func(in *conversation.Inbound) { in.Channel = casework.WhatsApp })},
		"whatsapp, no number": {url.Values{"From": {"whatsapp:GB.1349"}, "To": {"whatsapp:+447700900001"}}, with(func(in *conversation.Inbound) { in.Channel, in.From = casework.WhatsApp, "GB.1349" })},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, _ := channeltest.Log(t)
			engine := &channeltest.Engine{}
			h := newHandler(t, twilio.Config{Accounts: []twilio.Account{whatsApp}, Engine: engine, Log: log})
			w := channeltest.Serve(h, post("/twilio/inbound", textForm("SM1", "HELLO", c.change)))
			if w.Code != http.StatusOK {
				t.Fatalf("status = %d, want 200", w.Code)
			}
			if diff := cmp.Diff(engine.Texts(), []conversation.Inbound{c.want}); diff != "" {
				t.Errorf("text taken (-got +want):\n%s", diff)
			}
		})
	}
}

// A sender that is no person's gets no reply and makes no conversation (B41,
// B48).
func TestInboundOfNoPerson(t *testing.T) {
	t.Parallel()
	for _, from := range []string{
		"", "60777", "80010", "ParcelCo", "anonymous", "client:alice", "sip:a@example.org", "whatsapp:+447700900123",
		"+", "+44", "+4477009001234567890", "447700900123", "+44 7700 900123", "\x00", strings.Repeat("9", 5000),
	} {
		log, written := channeltest.Log(t)
		engine := &channeltest.Engine{}
		w := channeltest.Serve(newHandler(t, twilio.Config{Engine: engine, Log: log}),
			post("/twilio/inbound", textForm("SM1", "canary words", url.Values{"From": {from}})))
		if w.Code != http.StatusOK || len(parse(t, w).Messages) != 0 {
			t.Errorf("from %.20q: status = %d, want 200 without a message", from, w.Code)
		}
		if n := len(engine.Texts()); n != 0 {
			t.Errorf("from %.20q: %d texts taken, want none", from, n)
		}
		if !strings.Contains(written(), "text of no person") {
			t.Errorf("from %.20q: nothing was logged", from)
		}
	}
}

// The texts of one phone are taken one at a time, all of them, while another
// phone is served beside them.
func TestInboundOneAtATime(t *testing.T) {
	t.Parallel()
	log, _ := channeltest.Log(t)
	engine := &gate{entered: make(chan string), open: make(chan struct{})}
	h := newHandler(t, twilio.Config{Engine: engine, Log: log})
	var done sync.WaitGroup
	send := func(id, from string) {
		done.Go(func() {
			w := channeltest.Serve(h, post("/twilio/inbound", textForm(id, "x", url.Values{"From": {from}})))
			if w.Code != http.StatusOK {
				t.Errorf("%s: status = %d, want 200", id, w.Code)
			}
		})
	}
	send("SM0", "+447700900123")
	if got := <-engine.entered; got != "SM0" {
		t.Fatalf("%s was taken, want SM0", got)
	}
	for i := 1; i <= 5; i++ {
		send("SM"+strconv.Itoa(i), "+447700900123")
	}
	send("SMother", "+447700900456")
	if got := <-engine.entered; got != "SMother" {
		t.Errorf("%s was taken beside the first, want the other phone's", got)
	}
	close(engine.open)
	go func() { done.Wait(); close(engine.entered) }()
	var rest []string
	for id := range engine.entered {
		rest = append(rest, id)
	}
	slices.Sort(rest)
	if diff := cmp.Diff(rest, []string{"SM1", "SM2", "SM3", "SM4", "SM5"}); diff != "" {
		t.Errorf("texts taken after (-got +want):\n%s", diff)
	}
}
