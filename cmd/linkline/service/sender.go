package service

import (
	"fmt"

	"linkline/channels"
	"linkline/channels/twilio"
	"linkline/conversation/casework"
)

// waysOut are the ways out of the teams, whom to ask what became of a message
// there, and how many a second they bear.
type waysOut struct {
	senders map[channels.Route]channels.Sender
	listers map[channels.Route]channels.Lister
	rates   map[channels.Route]float64
}

// waysOut are made for each team. A demo team without an account has a loopback:
// /try shows its messages, and none leaves this machine.
func (s *Service) waysOut(accounts []twilio.Account, key []byte) (waysOut, error) {
	out := waysOut{
		senders: map[channels.Route]channels.Sender{}, listers: map[channels.Route]channels.Lister{},
		rates: map[channels.Route]float64{},
	}
	for i, t := range s.config.Settings.Teams {
		route := channels.Route{Team: t.ID, Channel: casework.SMS}
		if !leaves(t) {
			out.senders[route] = countedSender{channels.Loopback{}, route.Channel, s.metrics}
			continue
		}
		sender, err := twilio.NewSender(twilio.SenderConfig{
			Account: accounts[i], Channel: route.Channel, Key: key, Now: s.config.Now,
		})
		if err != nil {
			return waysOut{}, fmt.Errorf("sender of team %s: %w", t.ID, err)
		}
		out.senders[route] = countedSender{sender, route.Channel, s.metrics}
		out.listers[route], out.rates[route] = sender, accounts[i].Rate()
	}
	return out, nil
}

// real are the accounts that Twilio, or a stand-in for it, knows.
func (s *Service) real(accounts []twilio.Account) (out []twilio.Account) {
	for i, t := range s.config.Settings.Teams {
		if leaves(t) {
			out = append(out, accounts[i])
		}
	}
	return out
}
