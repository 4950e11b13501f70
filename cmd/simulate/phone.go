package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"linkline/channels/twilio"
)

// number is the n-th of Ofcom's drama mobiles, which are a thousand.
func number(n int) string { return fmt.Sprintf("+447700900%03d", n%1000) }

// text is one text on its way to the webhook, signed as Twilio signs it. It can
// be sent again and again.
type text struct {
	from, sid, words string

	body, signature string
}

// newText writes the form that Twilio posts for a text.
func newText(account twilio.Account, from, sid, words string) text {
	form := url.Values{
		"MessageSid": {sid}, "SmsMessageSid": {sid}, "SmsSid": {sid}, "AccountSid": {account.SID},
		"From": {from}, "To": {account.Numbers[0]}, "Body": {words},
		"NumMedia": {"0"}, "NumSegments": {"1"}, "SmsStatus": {"received"}, "ApiVersion": {"2010-04-01"},
		"FromCountry": {"GB"}, "FromState": {""}, "FromCity": {""}, "FromZip": {""},
		"ToCountry": {"GB"}, "ToState": {""}, "ToCity": {""}, "ToZip": {""},
	}
	return text{
		from: from, sid: sid, words: words, body: form.Encode(),
		signature: twilio.Sign(account.PublicURL+twilio.InboundPath, form, account.Tokens[0]),
	}
}

// request is the webhook that brings the text.
func (t text) request(ctx context.Context, base string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+twilio.InboundPath, strings.NewReader(t.body))
	if err != nil {
		return nil, fmt.Errorf("make a webhook: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", t.signature)
	return r, nil
}

// answer is what a handler answered last.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header {
	if a.header == nil {
		a.header = http.Header{}
	}
	return a.header
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// serve brings a text to a handler and returns the answer's body.
func serve(handler http.Handler, r *http.Request) (string, error) {
	a := &answer{}
	err := a.ask(handler, r)
	return a.body.String(), err
}

// ask brings a text to a handler, in the room of the answer before.
func (a *answer) ask(handler http.Handler, r *http.Request) error {
	a.status = 0
	clear(a.header)
	a.body.Reset()
	handler.ServeHTTP(a, r)
	if a.status != http.StatusOK {
		return fmt.Errorf("the webhook answered %d", a.status)
	}
	return nil
}
