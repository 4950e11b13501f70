package twilio

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"
	"unicode/utf16"

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
	api
	channel casework.Channel
	key     *macs
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
		api: newAPI(config.Account), channel: config.Channel, key: newMACs(sha256.New, config.Key), now: config.Now,
	}, nil
}

// Send hands one text to Twilio. See channels.Sender.
func (s *Sender) Send(ctx context.Context, out channels.Outgoing) (channels.Sent, error) {
	to, failed := s.check(out)
	if failed != nil {
		return channels.Sent{}, failed
	}
	c := &call{}
	message, err := s.service(ctx, c).CreateMessage(s.params(to, out))
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
	to = wire(s.channel, out.To)
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
