package service

import (
	"fmt"

	"linkline/channels"
	"linkline/channels/twilio"
	"linkline/conversation/casework"
)

// senders are the ways out of each team. A demo team without an account has a
// loopback: /try shows its messages, and none leaves this machine.
func (s *Service) senders(accounts []twilio.Account, key []byte) (map[channels.Route]channels.Sender, error) {
	out := map[channels.Route]channels.Sender{}
	for i, t := range s.config.Settings.Teams {
		var sender channels.Sender = channels.Loopback{}
		if leaves(t) {
			var err error
			sender, err = twilio.NewSender(twilio.SenderConfig{
				Account: accounts[i], Channel: casework.SMS, Key: key, Now: s.config.Now,
			})
			if err != nil {
				return nil, fmt.Errorf("sender of team %s: %w", t.ID, err)
			}
		}
		out[channels.Route{Team: t.ID, Channel: casework.SMS}] = countedSender{sender, casework.SMS, s.metrics}
	}
	return out, nil
}
