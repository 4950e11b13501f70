package service

import (
	"fmt"
	"time"

	"linkline/channels"
	"linkline/channels/telegram"
	"linkline/conversation/casework"
)

// chats are the bots of the teams that have one; without a token there is none,
// and nothing of Telegram's is asked, mounted or sent.
type chats struct {
	bots []*telegram.Bot
	// hooked are those that Telegram posts to.
	hooked []*telegram.Bot
}

// telegramSenders adds the bots' ways out.
func (s *Service) telegramSenders(out *waysOut) ([]*telegram.Sender, error) {
	var senders []*telegram.Sender
	for _, t := range s.config.Settings.Teams {
		if !t.Telegram.Set() {
			continue
		}
		a := telegram.Account{Team: t.ID, Token: t.Telegram.Token.Reveal(), APIURL: t.Telegram.APIURL}
		if t.Telegram.Webhook {
			a.PublicURL = s.config.PublicURL
		}
		sender, err := telegram.NewSender(a)
		if err != nil {
			return nil, fmt.Errorf("telegram: %w", err)
		}
		route := channels.Route{Team: t.ID, Channel: casework.Telegram}
		out.senders[route] = countedSender{sender, route.Channel, s.metrics}
		out.rates[route] = telegram.PerSecond
		senders = append(senders, sender)
	}
	return senders, nil
}

// listen makes the bots that take what people write.
func (s *Service) listen(senders []*telegram.Sender) {
	for _, sender := range senders {
		b := telegram.New(telegram.Config{
			Sender: sender, Engine: countedEngine{s.engine, s.metrics}, Delivery: s.delivery, Now: s.config.Now, Log: s.config.Log,
		})
		s.chats.bots = append(s.chats.bots, b)
		if sender.Hooked() {
			s.chats.hooked = append(s.chats.hooked, b)
		}
	}
}

// loops ask Telegram for what has come, or tell it once where to post.
func (c chats) loops(s *Service) (out []loop) {
	for _, b := range c.bots {
		out = append(out, loop{name: "telegram", step: b.Listen, every: time.Second, log: s.config.Log})
	}
	return out
}

// drain refuses what the webhooks still bring.
func (c chats) drain() {
	for _, b := range c.hooked {
		b.Drain()
	}
}
