package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"
)

// api makes calls for one account.
type api struct {
	account Account
	http    *http.Client
}

func newAPI(a Account) api {
	return api{account: a, http: &http.Client{
		Transport: &http.Transport{
			Proxy:       http.ProxyFromEnvironment,
			DialContext: (&net.Dialer{Timeout: dialTime}).DialContext,
			// A connection that stays open too long is the one that breaks
			// in the middle of a call.
			IdleConnTimeout: idleTime, TLSHandshakeTimeout: dialTime, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// service is Twilio's library over one call of ours.
func (a api) service(ctx context.Context, c *call) *openapi.ApiService {
	return openapi.NewApiService(&client.RequestHandler{Client: &base{
		sid:  a.account.SID,
		send: func(r request) (*http.Response, error) { return a.send(ctx, c, r) },
	}})
}

// call is what is learnt of one request while it is under way.
type call struct {
	wrote  atomic.Bool // whether any of the request may have left
	status int
	code   int
	header http.Header
}

// send sends the request of Twilio's library, once, to where the account's API
// is. An answer that is not a success is read here, since the library would
// lose its status and its headers.
func (a api) send(ctx context.Context, c *call, r request) (*http.Response, error) {
	target, err := a.target(r.url)
	if err != nil {
		return nil, err
	}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { c.wrote.Store(true) },
		WroteRequest: func(info httptrace.WroteRequestInfo) { c.wrote.Store(c.wrote.Load() || info.Err == nil) },
	})
	body, limit := r.data.Encode(), int64(maxAnswer)
	if r.method == http.MethodGet {
		target, body, limit = target+"?"+body, "", maxListing
	}
	req, err := http.NewRequestWithContext(ctx, r.method, target, strings.NewReader(body))
	if err != nil {
		return nil, plain(err) // it would say whom we text
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "linkline")
	req.SetBasicAuth(a.account.SID, a.account.Tokens[0])
	res, err := a.http.Do(req)
	if err != nil {
		return nil, err
	}
	c.status, c.header = res.StatusCode, res.Header
	res.Body = limited{io.LimitReader(res.Body, limit), res.Body}
	if c.refused() {
		defer res.Body.Close()
		c.code = errorCode(res.Body)
		return nil, errors.New("refused")
	}
	return res, nil
}

// target puts the account's API in the place of Twilio's own.
func (a api) target(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", err
	}
	return a.account.api() + u.EscapedPath(), nil
}

// errorCode reads Twilio's code from the body of an error, zero where there is
// none, as in a page of a proxy's. The rest of the body is not kept: it names
// the number.
func errorCode(body io.Reader) int {
	var e client.TwilioRestError
	if err := json.NewDecoder(body).Decode(&e); err != nil {
		return 0
	}
	return e.Code
}

// limited is a body of which only so much is read.
type limited struct {
	io.Reader
	io.Closer
}
