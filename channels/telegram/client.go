package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// The bounds of a request, of what is read of an answer, and of a connection.
const (
	maxRequest = 256 << 10
	maxAnswer  = 8 << 20 // a hundred updates
	dialTime   = 5 * time.Second
	idleTime   = time.Minute
	maxWait    = 24 * time.Hour
)

// client makes the calls of Telegram's library. The library sends each button with
// an empty copy_text, which a stricter server refuses, streams its forms without
// a length, puts the body of an answer that it cannot read into its error, and
// drops the status. All that is mended here.
type client struct{ http *http.Client }

func newClient() *client {
	return &client{http: &http.Client{
		Transport: &http.Transport{
			Proxy:           http.ProxyFromEnvironment,
			DialContext:     (&net.Dialer{Timeout: dialTime}).DialContext,
			IdleConnTimeout: idleTime, TLSHandshakeTimeout: dialTime, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// call is what is learnt of one request. It travels in the request's context.
type call struct {
	wrote       atomic.Bool // whether any of the request may have left
	status      int
	description string // Telegram's words; never logged
	retryAfter  time.Duration
	cause       error // why there was no answer; without the address
}

// callKey finds the call in a context.
type callKey struct{}

// watched puts a call into a context.
func watched(ctx context.Context, c *call) context.Context {
	ctx = context.WithValue(ctx, callKey{}, c)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { c.wrote.Store(true) },
		WroteRequest: func(info httptrace.WroteRequestInfo) { c.wrote.Store(c.wrote.Load() || info.Err == nil) },
	})
}

// errRefused means that Telegram answered that it will not; the call says why.
var errRefused = errors.New("refused")

// Do makes the library's request, once. Its error never holds the address, in
// which the token stands.
func (c *client) Do(r *http.Request) (*http.Response, error) {
	ours, ok := r.Context().Value(callKey{}).(*call)
	if !ok {
		ours = &call{}
	}
	form, err := readForm(r)
	if err != nil {
		return nil, err
	}
	body := form.Encode()
	out, err := http.NewRequestWithContext(r.Context(), http.MethodPost, r.URL.String(), strings.NewReader(body)) //nolint:gosec // the library's address: the operator's own and a method
	if err != nil {
		return nil, plain(err)
	}
	return c.post(out, ours)
}

// post makes one call of ours and reads all of its answer.
func (c *client) post(r *http.Request, ours *call) (*http.Response, error) {
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "linkline")
	res, err := c.http.Do(r) //nolint:gosec // as above
	if err != nil {
		ours.cause = plain(err)
		return nil, ours.cause
	}
	defer func() { _ = res.Body.Close() }() // it was read as far as it is wanted
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	ours.status = res.StatusCode
	if err != nil {
		return nil, plain(err)
	}
	if err := ours.read(raw); err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(raw))
	return res, nil
}

// read reads whether the answer says that the call was done.
func (c *call) read(raw []byte) error {
	var said struct {
		OK          bool   `json:"ok"`
		Description string `json:"description"`
		Parameters  struct {
			RetryAfter int64 `json:"retry_after"`
		} `json:"parameters"`
	}
	err := json.Unmarshal(raw, &said)
	if err == nil {
		c.description = said.Description
		c.retryAfter = min(time.Duration(min(max(said.Parameters.RetryAfter, 0), int64(maxWait/time.Second)))*time.Second, maxWait)
	}
	switch {
	case c.status < 200 || c.status > 299:
		return errRefused
	case err != nil:
		return errors.New("an answer that cannot be read")
	case !said.OK:
		c.status = http.StatusBadRequest // what says no and 200 is no success
		return errRefused
	}
	return nil
}

// readForm reads the form that the library streams, mended.
func readForm(r *http.Request) (url.Values, error) {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || r.Body == nil {
		return nil, errors.New("a call without a form")
	}
	defer func() { _ = r.Body.Close() }() // the pipe ends with the form
	parts := multipart.NewReader(io.LimitReader(r.Body, maxRequest), params["boundary"])
	form := url.Values{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the form of a call: %w", err)
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, fmt.Errorf("read the form of a call: %w", err)
		}
		if part.FormName() == "reply_markup" {
			value = mended(value)
		}
		form.Set(part.FormName(), string(value))
	}
}

// mended takes the copy_text that nobody set off each button.
func mended(markup []byte) []byte {
	var keyboard struct {
		Rows [][]map[string]any `json:"inline_keyboard"`
	}
	if err := json.Unmarshal(markup, &keyboard); err != nil || keyboard.Rows == nil {
		return markup
	}
	for _, row := range keyboard.Rows {
		for _, button := range row {
			if text, _ := button["copy_text"].(map[string]any); text["text"] == "" {
				delete(button, "copy_text")
			}
		}
	}
	out, err := json.Marshal(keyboard)
	if err != nil {
		return markup
	}
	return out
}

// plain takes the address off an error of the transport.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
