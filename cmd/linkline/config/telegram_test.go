package config_test

import (
	"strings"
	"testing"

	"linkline/cmd/linkline/config"
)

const botToken = "123456:AAtest-token_of-a-made-up-bot"

// A bot is off unless its token is set; the name without a team is the demo's.
func TestTelegram(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		environ []string
		want    config.Telegram
	}{
		"none":  {nil, config.Telegram{}},
		"token": {[]string{"LINKLINE_TELEGRAM_TOKEN=" + botToken}, config.Telegram{Token: botToken}},
		"own":   {[]string{"LINKLINE_TEAM_DEMO_TELEGRAM_TOKEN=" + botToken}, config.Telegram{Token: botToken}},
		"all": {
			[]string{
				"LINKLINE_TELEGRAM_TOKEN=" + botToken, "LINKLINE_TELEGRAM_API_URL=http://127.0.0.1:9999/",
				"LINKLINE_TELEGRAM_WEBHOOK=on",
			},
			config.Telegram{Token: botToken, APIURL: "http://127.0.0.1:9999", Webhook: true},
		},
		"an api alone is no bot": {[]string{"LINKLINE_TELEGRAM_API_URL=http://127.0.0.1:9999"}, config.Telegram{}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := config.Load(config.Given{DataDir: t.TempDir(), Environ: c.environ})
			if err != nil {
				t.Fatal(err)
			}
			if bot := got.Teams[0].Telegram; bot != c.want {
				t.Errorf("bot with a token %t, api %q, webhook %t", bot.Set(), bot.APIURL, bot.Webhook)
			}
		})
	}
}

func TestTelegramRefused(t *testing.T) {
	t.Parallel()
	for want, environ := range map[string][]string{
		"LINKLINE_TELEGRAM_TOKEN is not a bot's token": {"LINKLINE_TELEGRAM_TOKEN=AAtest-token_of-a-made-up-bot"},
		"LINKLINE_TELEGRAM_TOKEN is empty":             {"LINKLINE_TELEGRAM_TOKEN="},
		"LINKLINE_TELEGRAM_WEBHOOK is neither":         {"LINKLINE_TELEGRAM_WEBHOOK=yes"},
		"LINKLINE_TELEGRAM_API_URL would carry":        {"LINKLINE_TELEGRAM_API_URL=http://api.example.org"},
		"Telegram posts to https":                      {"LINKLINE_TELEGRAM_TOKEN=" + botToken, "LINKLINE_TELEGRAM_WEBHOOK=on"},
		"LINKLINE_TELEGRAM_TOKENS is not a setting":    {"LINKLINE_TELEGRAM_TOKENS=x"},
		"LINKLINE_TEAM_DEMO_TELEGRAM is not a setting": {"LINKLINE_TEAM_DEMO_TELEGRAM=x"},
	} {
		_, err := config.Load(config.Given{DataDir: t.TempDir(), Environ: environ})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", environ[0][:24], err, want)
			continue
		}
		if strings.Contains(err.Error(), "AAtest") {
			t.Errorf("the token is shown: %v", err)
		}
	}
}
