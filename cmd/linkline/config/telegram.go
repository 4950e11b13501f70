package config

import (
	"net/url"
	"regexp"
	"strings"
)

// Telegram is a team's bot. It is empty where the team has none, and then nothing
// of Telegram's is taken or sent.
type Telegram struct {
	Token Secret
	// APIURL is a Bot API server of one's own; empty for Telegram's.
	APIURL string
	// Webhook is set where Telegram posts to the public URL; otherwise it is asked.
	Webhook bool
}

// Set reports whether the team has a bot.
func (t Telegram) Set() bool { return t.Token != "" }

// The variables of Telegram. The token without a team is the demo team's, as its
// Twilio account is; the others hold for every bot.
const (
	telegramToken   = prefix + "TELEGRAM_TOKEN"
	telegramAPI     = prefix + "TELEGRAM_API_URL"
	telegramWebhook = prefix + "TELEGRAM_WEBHOOK"
)

// bots takes the teams' bots from the environment, and returns the names of those
// that teams may set.
func (l *loader) bots(env *variables, c *Config) (known []string) {
	var api, hook string
	env.set(telegramAPI, &api, l.at, "telegram_api")
	env.set(telegramWebhook, &hook, l.at, "telegram_webhook")
	if hook != "" && hook != "on" && hook != "off" {
		l.problems.add(environment, "write on or off", "%s is neither on nor off", telegramWebhook)
	}
	if api != "" {
		api = l.baseURL("telegram_api", api)
		l.loopback(telegramAPI, api)
	}
	for i := range c.Teams {
		t := &c.Teams[i]
		own := teamPrefix + envID(*t) + "_TELEGRAM_TOKEN"
		known = append(known, own)
		names := []string{own}
		if t.Demo {
			names = append(names, telegramToken)
		}
		for _, name := range names {
			if token, ok := env.secret(name); ok {
				l.bot(name, token)
				t.Telegram = Telegram{Token: token, APIURL: api, Webhook: hook == "on"}
			}
		}
	}
	l.oneTeamEach(c.Teams)
	return known
}

// bot refuses what is no token of a bot's, without showing it.
func (l *loader) bot(name string, token Secret) {
	if !regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{16,128}$`).MatchString(token.Reveal()) {
		l.problems.add(environment, "copy the whole token from BotFather, the number and the colon too", "%s is not a bot's token", name)
	}
}

// oneTeamEach refuses one bot for two teams: each would take the other's texts.
func (l *loader) oneTeamEach(teams []Team) {
	of := map[string]Team{}
	for _, t := range teams {
		bot, _, _ := strings.Cut(t.Telegram.Token.Reveal(), ":")
		if other, taken := of[bot]; taken && bot != "" {
			l.problems.add(environment, "make a bot for each team", "teams %q and %q have the same Telegram bot", other.ID, t.ID)
		}
		of[bot] = t
	}
}

// telegramHook asks for an address that Telegram posts to.
func (l *loader) telegramHook(c *Config) {
	u, err := url.Parse(c.PublicURL)
	for _, t := range c.Teams {
		if t.Telegram.Webhook && t.Telegram.APIURL == "" && (err != nil || u.Scheme != "https") {
			l.problems.add(environment, "set public_url to an https address, or leave "+telegramWebhook+" off",
				"Telegram posts to https addresses only")
			return
		}
	}
}
