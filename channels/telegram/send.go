package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf16"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"linkline/channels"
	"linkline/conversation/casework"
)

// maxText is how long a message may be, in UTF-16 units.
const maxText = 4096

// Sender sends the messages of one bot. It never repeats a request: Telegram
// knows no idempotency key, and has no list to look in.
type Sender struct {
	account Account
	client  *client
	bot     *bot.Bot
}

// NewSender checks the account and returns a Sender. It calls nobody.
func NewSender(a Account) (*Sender, error) {
	if err := a.Validate(); err != nil {
		return nil, err
	}
	c := newClient()
	b, err := bot.New(a.Token, bot.WithServerURL(a.api()), bot.WithSkipGetMe(), bot.WithHTTPClient(time.Minute, c),
		bot.WithErrorsHandler(func(error) {})) // it would print what a person wrote
	if err != nil {
		return nil, fmt.Errorf("telegram bot of team %s cannot be made", a.Team)
	}
	return &Sender{account: a, client: c, bot: b}, nil
}

// Send hands one message to Telegram. See channels.Sender.
func (s *Sender) Send(ctx context.Context, out channels.Outgoing) (channels.Sent, error) {
	params, failed := message(out)
	if failed != nil {
		return channels.Sent{}, failed
	}
	c := &call{}
	sent, err := s.bot.SendMessage(watched(ctx, c), params)
	if err != nil {
		return channels.Sent{}, c.failure()
	}
	if sent.ID == 0 {
		return channels.Sent{}, &channels.SendError{Outcome: channels.Unknown, Err: errors.New("answer without an id")}
	}
	// Telegram has no receipts: what it has taken, it shows.
	return channels.Sent{ProviderID: strconv.Itoa(sent.ID), Carrier: channels.CarrierSent}, nil
}

// message is a plain text, with a button for each option. No words are marked up,
// so that whatever a name contains is shown as it is.
func message(out channels.Outgoing) (*bot.SendMessageParams, *channels.SendError) {
	chat, err := chatOf(out.To)
	text := out.Text.Reveal()
	switch {
	case err != nil:
		return nil, &channels.SendError{Outcome: channels.Rejected, Reason: "not_a_chat"}
	case text == "":
		return nil, &channels.SendError{Outcome: channels.Rejected, Reason: "empty"}
	case len(utf16.Encode([]rune(text))) > maxText:
		return nil, &channels.SendError{Outcome: channels.Rejected, Reason: "too_long"}
	}
	plainly := true
	params := &bot.SendMessageParams{
		ChatID: chat, Text: text, LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &plainly},
	}
	if out.Asks != nil && len(out.Asks.Options) > 0 {
		keyboard, ok := keyboardOf(out.Asks)
		if !ok {
			return nil, &channels.SendError{Outcome: channels.Rejected, Reaction: channels.OurBug, Reason: "button"}
		}
		params.ReplyMarkup = keyboard
	}
	return params, nil
}

// chatOf reads a chat's number. A person's own is above zero; a group's is not,
// and nothing is ever written into one.
func chatOf(to casework.Private) (int64, error) {
	id, err := strconv.ParseInt(to.Reveal(), 10, 64)
	if err != nil || id <= 0 {
		return 0, errors.New("not the number of a private chat")
	}
	return id, nil
}
