package twilio_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/channels/twilio"
	"linkline/conversation"
)

// reports takes status reports.
type reports struct {
	got  []channels.Report
	fail error
}

func (r *reports) Report(_ context.Context, report channels.Report) error {
	if r.fail != nil {
		return r.fail
	}
	r.got = append(r.got, report)
	return nil
}

// callbackPath is where Twilio is told to report on a message, as the TwiML of
// a reply says it.
func callbackPath(t testing.TB, message string) string {
	t.Helper()
	log, _ := channeltest.Log(t)
	engine := &channeltest.Engine{Answer: func(conversation.Inbound) conversation.Reply {
		return conversation.Reply{Text: "hello", Message: message}
	}}
	w := channeltest.Serve(newHandler(t, twilio.Config{Engine: engine, Log: log}),
		post("/twilio/inbound", textForm("SM0", "HELLO", nil)))
	return strings.TrimPrefix(parse(t, w).Messages[0].Callback, testBase)
}

// statusForm is what Twilio posts about a text of ours.
func statusForm(status, code string) url.Values {
	form := url.Values{
		"AccountSid": {testSID}, "MessageSid": {"SMout"}, "From": {testNumber}, "To": {channeltest.Canaries[0]},
		"MessageStatus": {status}, "SmsStatus": {status}, "RawDlrDoneDate": {"2611231402"},
	}
	if code != "" {
		form.Set("ErrorCode", code)
	}
	return form
}

func TestStatus(t *testing.T) {
	t.Parallel()
	path := callbackPath(t, "conv/01")
	base := channels.Report{Team: "oakfield", Message: "conv/01", Attempt: 1, ProviderID: "SMout"}
	with := func(change func(*channels.Report)) channels.Report {
		r := base
		change(&r)
		return r
	}
	cases := map[string]struct {
		status, code string
		want         channels.Report
	}{
		"delivered":       {"delivered", "", with(func(r *channels.Report) { r.Carrier = "delivered" })},
		"capitals":        {"Sent", "", with(func(r *channels.Report) { r.Carrier = "sent" })},
		"canceled":        {"canceled", "", with(func(r *channels.Report) { r.Carrier = "failed" })},
		"scheduled":       {"scheduled", "", with(func(r *channels.Report) { r.Carrier = "accepted" })},
		"a new word":      {"teleported", "", with(func(r *channels.Report) { r.Carrier = "teleported" })},
		"opted out":       {"failed", "21610", with(func(r *channels.Report) { r.Carrier, r.Code, r.Reaction = "failed", 21610, channels.Stopped })},
		"dead number":     {"undelivered", "30005", with(func(r *channels.Report) { r.Carrier, r.Code, r.Reaction = "undelivered", 30005, channels.Reassigned })},
		"handset off":     {"undelivered", "30003", with(func(r *channels.Report) { r.Carrier, r.Code, r.Reaction = "undelivered", 30003, channels.HandsetOff })},
		"code no number":  {"failed", "oops", with(func(r *channels.Report) { r.Carrier = "failed" })},
		"no status given": {"", "", base},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, _ := channeltest.Log(t)
			got := &reports{}
			h := newHandler(t, twilio.Config{Reports: got, Log: log})
			if w := channeltest.Serve(h, post(path, statusForm(c.status, c.code))); w.Code != http.StatusOK {
				t.Errorf("status = %d, want 200", w.Code)
			}
			if diff := cmp.Diff(got.got, []channels.Report{c.want}); diff != "" {
				t.Errorf("report (-got +want):\n%s", diff)
			}
		})
	}
}

// A callback that Twilio has signed, about a message that we have not: it is
// refused and logged (B52).
func TestStatusForged(t *testing.T) {
	t.Parallel()
	path := callbackPath(t, "conv/01")
	cases := map[string]string{
		"another message":  strings.Replace(path, "conv%2F01", "conv%2F02", 1),
		"another attempt":  strings.Replace(path, "&a=1", "&a=2", 1),
		"attempt no digit": strings.Replace(path, "&a=1", "&a=x", 1),
		"no signature":     path[:strings.Index(path, "&s=")],
		"short signature":  path[:len(path)-1],
	}
	for name, forged := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, written := channeltest.Log(t)
			got := &reports{}
			w := channeltest.Serve(newHandler(t, twilio.Config{Reports: got, Log: log}), post(forged, statusForm("sent", "")))
			if w.Code != http.StatusForbidden || w.Body.Len() != 0 {
				t.Errorf("status = %d with %d bytes, want 403 with none", w.Code, w.Body.Len())
			}
			if len(got.got) != 0 {
				t.Error("a forged report was taken")
			}
			if !strings.Contains(written(), "level=WARN") || !strings.Contains(written(), "forged message id") {
				t.Errorf("the log says %q, want a warning of a forged message id", written())
			}
		})
	}
}

func TestStatusRefused(t *testing.T) {
	t.Parallel()
	path := callbackPath(t, "conv/01")
	strange := func(name, value string) url.Values {
		form := statusForm("sent", "")
		form.Set(name, value)
		return form
	}
	for name, r := range map[string]*http.Request{
		"another token":       postAs(path, statusForm("sent", ""), "bTestToken2"),
		"another account":     post(path, strange("AccountSid", "AC2")),
		"from another number": post(path, strange("From", "+447700900999")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, _ := channeltest.Log(t)
			got := &reports{}
			w := channeltest.Serve(newHandler(t, twilio.Config{Reports: got, Log: log}), r)
			if w.Code != http.StatusForbidden || len(got.got) != 0 {
				t.Errorf("status = %d with %d reports, want 403 with none", w.Code, len(got.got))
			}
		})
	}
}

func TestStatusOfStrangeMessage(t *testing.T) {
	t.Parallel()
	log, _ := channeltest.Log(t)
	got := &reports{}
	w := channeltest.Serve(newHandler(t, twilio.Config{Reports: got, Log: log}),
		post("/twilio/status", statusForm("sent", "")))
	if w.Code != http.StatusOK || len(got.got) != 0 {
		t.Errorf("status = %d with %d reports, want 200 with none", w.Code, len(got.got))
	}
}

func TestStatusStoreDown(t *testing.T) {
	t.Parallel()
	log, _ := channeltest.Log(t)
	h := newHandler(t, twilio.Config{Reports: &reports{fail: channeltest.ErrStoreDown}, Log: log})
	w := channeltest.Serve(h, post(callbackPath(t, "conv/01"), statusForm("sent", "")))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("status = %d, want 503", w.Code)
	}
}
