package twilio

import (
	"net/http"
	"net/url"
	"time"

	"github.com/twilio/twilio-go/client"
)

// request is a request as Twilio's library asks for it.
type request struct {
	method string
	url    string
	data   url.Values
}

// base lets Twilio's library build a request and read its answer while we make
// the call: the library's own client knows no context, drops the status of an
// answer it cannot read, and repeats some requests. It lives for one call.
type base struct {
	sid  string
	send func(request) (*http.Response, error)
}

var _ client.BaseClient = (*base)(nil)

// AccountSid is the account the request is for.
func (b *base) AccountSid() string { return b.sid }

// SetTimeout does nothing: the caller's context bounds the call.
func (b *base) SetTimeout(time.Duration) {}

// SendRequest makes the call.
func (b *base) SendRequest(
	method, rawURL string, data url.Values, _ map[string]interface{}, _ ...byte,
) (*http.Response, error) {
	return b.send(request{method: method, url: rawURL, data: data})
}

// SetOauth does nothing: the account's own token signs in.
func (b *base) SetOauth(client.OAuth) {}

// OAuth is not used.
func (b *base) OAuth() client.OAuth { return nil }
