package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/go-telegram/bot"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// How long a turn may take, and how long what only pleases the eye.
const (
	turnTime = 10 * time.Second
	tickTime = 10 * time.Second
)

// maxWords is how much of a text Telegram lets a person send.
const maxWords = 4096 * 3

// Engine takes a text and answers it. Receive returns after its commit; an error
// means that nothing is known to be kept, so the update must come again.
type Engine interface {
	Receive(ctx context.Context, in conversation.Inbound) (conversation.Reply, error)
}

// Delivery gives the reply of a turn: channels.Delivery.
type Delivery interface {
	Answer(ctx context.Context, c channels.Carried, words casework.Private) error
}

// Config is what a Bot is made of.
type Config struct {
	Sender   *Sender
	Engine   Engine
	Delivery Delivery
	Now      func() time.Time
	Log      *slog.Logger
}

// Bot takes the updates of one team's bot.
type Bot struct {
	config Config
	route  channels.Route
	poll   polling
	hook   hooking
}

// New returns a Bot. It calls nobody.
func New(c Config) *Bot {
	return &Bot{config: c, route: channels.Route{Team: c.Sender.account.Team, Channel: casework.Telegram}}
}

// handle takes one update. An error means that it must come again. What came
// before is a repeat, which changes nothing and sends only what has not left.
func (b *Bot) handle(ctx context.Context, u update) error {
	pressed := false
	if u.in != nil {
		reply, err := b.receive(ctx, u)
		if err != nil {
			return err
		}
		pressed = reply.Pressed
	}
	if u.press != nil {
		b.acknowledge(context.WithoutCancel(ctx), u.press, pressed)
	}
	return nil
}

// receive hands the text of an update to the engine, and gives the reply once it
// is committed. Telegram would take one in the answer to its webhook too, but
// would not say what became of it.
func (b *Bot) receive(ctx context.Context, u update) (conversation.Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	in, now := *u.in, b.config.Now()
	in.Team, in.Channel, in.At = b.route.Team, b.route.Channel, now
	in.ID = b.config.Sender.account.id() + "/" + strconv.FormatInt(u.id, 10)
	if words := in.Text.Reveal(); len(words) > maxWords {
		in.Text = casework.Private(words[:maxWords]) // no more than Telegram lets anybody send
	}
	reply, err := b.config.Engine.Receive(ctx, in)
	if err != nil {
		return reply, fmt.Errorf("take an update: %w", err)
	}
	if reply.Message == "" {
		return reply, nil
	}
	at := u.at
	if at.IsZero() || at.After(now) {
		at = now
	}
	err = b.config.Delivery.Answer(context.WithoutCancel(ctx), channels.Carried{
		Team: in.Team, Message: reply.Message, To: in.From, At: at, Route: b.route,
	}, casework.Private(reply.Text))
	if err != nil {
		return reply, fmt.Errorf("answer an update: %w", err)
	}
	return reply, nil
}

// acknowledge ends the waiting of a button that was pressed, takes the buttons
// away, and ticks the choice where it was taken. It is for the eye only: that it
// fails changes nothing, and while the bot is told to wait it is left out.
func (b *Bot) acknowledge(ctx context.Context, p *press, taken bool) {
	ctx, cancel := context.WithTimeout(ctx, tickTime)
	defer cancel()
	c := &call{}
	_, err := b.config.Sender.bot.AnswerCallbackQuery(watched(ctx, c), &bot.AnswerCallbackQueryParams{CallbackQueryID: p.query})
	b.missed(ctx, "answer a button", c, err)
	if p.message == 0 || c.retryAfter > 0 {
		return
	}
	c = &call{}
	if taken && p.text != "" && p.label != "" {
		_, err = b.config.Sender.bot.EditMessageText(watched(ctx, c), &bot.EditMessageTextParams{
			ChatID: p.chat, MessageID: p.message, Text: p.text + "\n\n\u2713 " + p.label,
		})
	} else {
		_, err = b.config.Sender.bot.EditMessageReplyMarkup(watched(ctx, c), &bot.EditMessageReplyMarkupParams{
			ChatID: p.chat, MessageID: p.message,
		})
	}
	b.missed(ctx, "take buttons away", c, err)
}

func (b *Bot) missed(ctx context.Context, what string, c *call, err error) {
	if err != nil {
		b.config.Log.DebugContext(ctx, "a telegram message was not tidied", "team", b.route.Team, "what", what, "status", c.status)
	}
}

// Hooked reports whether Telegram posts to us; otherwise it is asked.
func (s *Sender) Hooked() bool { return s.account.PublicURL != "" }

// Listen takes one step of whichever way updates come: Hook or Poll.
func (b *Bot) Listen(ctx context.Context) (worked bool, err error) {
	if b.config.Sender.Hooked() {
		return b.Hook(ctx)
	}
	return b.Poll(ctx)
}
