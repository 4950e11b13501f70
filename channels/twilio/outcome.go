package twilio

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"linkline/channels"
)

// refused reports whether an answer came that is not a success.
func (c *call) refused() bool { return c.status != 0 && (c.status < 200 || c.status > 299) }

// failure says what became of a call that was not plainly taken
// (messaging-safety 1.2 and 3.3).
func (c *call) failure(now time.Time, cause error) *channels.SendError {
	switch {
	case c.status == 0 && !c.wrote.Load():
		return &channels.SendError{Outcome: channels.NotSent, Err: plain(cause)}
	case !c.refused(): // cut off, or a success that cannot be read
		return &channels.SendError{Outcome: channels.Unknown, Err: plain(cause)}
	}
	m := meaningOf(c.code)
	e := &channels.SendError{
		Outcome: c.refusal(m), Code: c.code, Reaction: m.reaction,
		Err: errors.New("status " + strconv.Itoa(c.status)),
	}
	if e.Outcome == channels.Throttled {
		e.RetryAfter = retryAfter(c.header, now)
	}
	return e
}

// refusal reads the status of an answer and, where it is a plain refusal, what
// Twilio's code says of it. A server that failed may have taken the text all
// the same.
func (c *call) refusal(m meaning) channels.Outcome {
	switch {
	case c.status == http.StatusTooManyRequests:
		return channels.Throttled
	case c.status == http.StatusServiceUnavailable && c.header.Get("Retry-After") != "":
		return channels.Throttled
	case c.status >= 500 || c.status == http.StatusRequestTimeout:
		return channels.Unknown
	case m.outcome != "":
		return m.outcome
	}
	switch c.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed,
		http.StatusProxyAuthRequired:
		return channels.Config
	}
	if c.status < 400 {
		return channels.Config // sent elsewhere: this is not Twilio's API
	}
	return channels.Rejected
}

// retryAfter reads how long an answer asks us to wait: seconds or a date. What
// is past or unreadable asks for nothing.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		const most = int64(24 * time.Hour / time.Second)
		return time.Duration(min(max(seconds, 0), most)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// plain takes the address off an error of the transport: the log needs the
// cause only.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
