package twilio

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf16"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"linkline/channels"
	"linkline/conversation/casework"
)

// The bounds of a text and of what we read and wait for.
const (
	maxText     = 1600 // Twilio refuses longer ones
	maxAnswer   = 1 << 20
	maxValidity = 4 * time.Hour // longer, and a text might arrive in the night
	dialTime    = 5 * time.Second
	idleTime    = time.Minute
)

// Sender sends the texts of one account on one channel. It never repeats a
// request: Twilio knows no idempotency key.
type Sender struct {
	account Account
	channel casework.Channel
	key     *macs
	http    *http.Client
	now     func() time.Time
}

// SenderConfig is what a Sender is made of.
type SenderConfig struct {
	Account Account
	// Channel is SMS or WhatsApp.
	Channel casework.Channel
	// Key signs the ids in callback URLs; it is the Handler's.
	Key []byte
	Now func() time.Time
}

// NewSender checks the configuration and returns a Sender.
func NewSender(config SenderConfig) (*Sender, error) {
	if err := config.Account.Validate(); err != nil {
		return nil, err
	}
	if len(config.Key) < minKey {
		return nil, errors.New("twilio: the key for callbacks is too short")
	}
	if config.Channel == casework.WhatsApp && config.Account.WhatsApp == "" {
		return nil, errors.New("twilio: the account has no whatsapp number")
	}
	return &Sender{
		account: config.Account, channel: config.Channel, key: newMACs(sha256.New, config.Key), now: config.Now,
		http: &http.Client{
			Transport: &http.Transport{
				Proxy:       http.ProxyFromEnvironment,
				DialContext: (&net.Dialer{Timeout: dialTime}).DialContext,
				// A connection that stays open too long is the one that breaks
				// in the middle of a call.
				IdleConnTimeout: idleTime, TLSHandshakeTimeout: dialTime, ForceAttemptHTTP2: true,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// Send hands one text to Twilio. See channels.Sender.
func (s *Sender) Send(ctx context.Context, out channels.Outgoing) (channels.Sent, error) {
	to, failed := s.check(out)
	if failed != nil {
		return channels.Sent{}, failed
	}
	c := &call{}
	api := openapi.NewApiService(&client.RequestHandler{Client: &base{
		sid:  s.account.SID,
		send: func(r request) (*http.Response, error) { return s.post(ctx, c, r) },
	}})
	message, err := api.CreateMessage(s.params(to, out))
	if err != nil || c.refused() {
		return channels.Sent{}, c.failure(s.now(), err)
	}
	if message.Sid == nil || *message.Sid == "" {
		return channels.Sent{}, &channels.SendError{Outcome: channels.Unknown, Err: errors.New("answer without a sid")}
	}
	sent := channels.Sent{ProviderID: *message.Sid}
	if message.Status != nil {
		sent.Carrier = carrier(*message.Status)
	}
	return sent, nil
}

// check refuses what must not or cannot be sent. Only a mobile is texted: a
// landline reads the text aloud to whoever is in the room, and numbers abroad
// are how others are made to pay (B48).
func (s *Sender) check(out channels.Outgoing) (to string, failed *channels.SendError) {
	to = out.To.Reveal()
	if s.channel == casework.WhatsApp {
		to = whatsAppPrefix + to
	}
	p := partyOf(to)
	switch {
	case p.class != Mobile && p.class != BSUID:
		return "", &channels.SendError{Outcome: channels.Rejected, Reason: "not_mobile"}
	case out.Text == "":
		return "", &channels.SendError{Outcome: channels.Rejected, Reason: "empty"}
	case len(utf16.Encode([]rune(out.Text.Reveal()))) > maxText:
		return "", &channels.SendError{Outcome: channels.Rejected, Reason: "too_long"}
	}
	return to, nil
}

func (s *Sender) params(to string, out channels.Outgoing) *openapi.CreateMessageParams {
	p := &openapi.CreateMessageParams{}
	p.SetTo(to)
	p.SetFrom(s.account.from(s.channel))
	p.SetBody(out.Text.Reveal())
	p.SetStatusCallback(callbackURL(s.account, s.key, out.Message, out.Attempt))
	validity := maxValidity
	if !out.NotAfter.IsZero() {
		validity = min(validity, out.NotAfter.Sub(s.now()))
	}
	p.SetValidityPeriod(int(max(validity, time.Second).Seconds()))
	return p
}

// call is what is learnt of one request while it is under way.
type call struct {
	wrote  atomic.Bool // whether any of the request may have left
	status int
	code   int
	header http.Header
}

// post sends the request of Twilio's library, once, to where the account's API
// is. An answer that is not a success is read here, since the library would
// lose its status and its headers.
func (s *Sender) post(ctx context.Context, c *call, r request) (*http.Response, error) {
	target, err := s.target(r.url)
	if err != nil {
		return nil, err
	}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { c.wrote.Store(true) },
		WroteRequest: func(info httptrace.WroteRequestInfo) { c.wrote.Store(c.wrote.Load() || info.Err == nil) },
	})
	req, err := http.NewRequestWithContext(ctx, r.method, target, strings.NewReader(r.data.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "linkline")
	req.SetBasicAuth(s.account.SID, s.account.Tokens[0])
	res, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	c.status, c.header = res.StatusCode, res.Header
	res.Body = limited{io.LimitReader(res.Body, maxAnswer), res.Body}
	if c.refused() {
		defer res.Body.Close()
		c.code = errorCode(res.Body)
		return nil, errors.New("refused")
	}
	return res, nil
}

// target puts the account's API in the place of Twilio's own.
func (s *Sender) target(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", err
	}
	return s.account.api() + u.EscapedPath(), nil
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
