package main

import (
	"cmp"
	"context"

	"linkline/channels/twilio"
	"linkline/cmd/linkline/service"
)

// greet says where everything is. What lets somebody in goes to the terminal
// and never to the log.
func (h *host) greet(ctx context.Context) error {
	say := h.process.say
	say("linkline is up: %s", h.public)
	say("  desk      %s/", h.desk)
	if h.metrics != nil {
		say("  metrics   http://%s/metrics", h.metrics.Addr())
	}
	demo, ok := h.settings.DemoTeam()
	if !ok {
		return nil
	}
	say("  try       %s/try    play a patient beside the desk's queue", h.public)
	link, err := h.service.Users().Demo(ctx, demo.ID)
	if err != nil {
		return err
	}
	if link != "" {
		say("\nSign in to the desk as Amy, a made-up link worker (once, within a day):\n  %s%s", h.desk, link)
	} else {
		say("\nAmy, the made-up link worker, signs in as amy with the password you chose for her.")
	}
	say("\n%s, a made-up team, takes webhooks signed as Twilio signs them (docs/twilio.md shows one):", demo.Name)
	say("  url       %s%s", h.public, twilio.InboundPath)
	say("  number    %s", demo.Numbers[0])
	say("  account   %s", cmp.Or(demo.Twilio.AccountSID, service.DemoAccount))
	if len(demo.Twilio.Tokens) == 0 {
		say("  token     %s", h.token.Reveal())
	} else {
		say("  token     the one you set")
	}
	say("\nStop with Ctrl-C.")
	return nil
}
