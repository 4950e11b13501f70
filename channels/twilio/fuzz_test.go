package twilio_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"linkline/channels/channeltest"
	"linkline/channels/twilio"
)

// FuzzHandler posts whatever comes to the webhooks, signed or not. It holds
// that nothing panics, that a stranger is never told or given anything, and
// that what Twilio signed to us is taken once or refused for a reason.
func FuzzHandler(f *testing.F) {
	f.Add("/twilio/inbound", textForm("SM1", "HELLO", nil).Encode(), "application/x-www-form-urlencoded", true)
	f.Add("/twilio/inbound", textForm("SM1", "STOP", url.Values{"OptOutType": {"STOP"}}).Encode(), "application/x-www-form-urlencoded", true)
	f.Add("/twilio/inbound?a=%zz", "Body=%ff&From=whatsapp%3AGB.1&To="+testNumber, "application/x-www-form-urlencoded", false)
	f.Add("/twilio/status?o=x&a=1&s=y", statusForm("delivered", "30003").Encode(), "application/x-www-form-urlencoded", true)
	f.Add("/twilio/inbound", "{}", "application/json", false)
	f.Add("/twilio/inbound", "a;b", "application/x-www-form-urlencoded", true)
	f.Fuzz(func(t *testing.T, path, body, kind string, signed bool) {
		u, err := url.ParseRequestURI(path)
		if err != nil || !strings.HasPrefix(path, "/") {
			t.Skip()
		}
		r := &http.Request{
			Method: http.MethodPost, URL: u, RequestURI: path, Host: "text.example.org",
			Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)),
		}
		form, _ := url.ParseQuery(body)
		if signed {
			r.Header.Set("X-Twilio-Signature", twilio.Sign(testBase+path, form, testToken))
		}
		engine, got := &channeltest.Engine{}, &reports{}
		h := newHandler(t, twilio.Config{Engine: engine, Reports: got, Log: slog.New(slog.DiscardHandler)})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r.WithContext(t.Context()))
		switch w.Code {
		case 200:
			if !signed {
				t.Error("an unsigned request was taken")
			}
			if w.Header().Get("Content-Type") != "" {
				parse(t, w)
			}
		case 400, 403, 404, 413, 415:
			if w.Body.Len() != 0 || len(engine.Texts())+len(got.got) != 0 {
				t.Errorf("a request refused with %d was told or given something", w.Code)
			}
		default:
			t.Errorf("status = %d", w.Code)
		}
	})
}
