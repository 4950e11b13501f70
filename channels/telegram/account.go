package telegram

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"linkline/conversation/casework"
)

// DefaultAPIURL is where Telegram's Bot API is found.
const DefaultAPIURL = "https://api.telegram.org"

// PerSecond is how many messages a second a bot may send in all; one that sends
// more is told to wait (messaging-safety 1.6).
const PerSecond = 25

// Account is the bot of one team.
type Account struct {
	Team casework.TeamID
	// Token is the bot's own, as Telegram gave it: "123456:...".
	Token string
	// APIURL is a Bot API server of one's own, or a stand-in for tests; empty for
	// Telegram's.
	APIURL string
	// PublicURL is where Telegram reaches us with webhooks; empty for long polling.
	PublicURL string
}

// Validate returns what is wrong with the account. It never shows the token.
func (a Account) Validate() error {
	switch {
	case a.Team == "":
		return errors.New("telegram bot without a team")
	case !regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{16,128}$`).MatchString(a.Token):
		return fmt.Errorf("telegram token of team %s has not the form that Telegram gives", a.Team)
	}
	for _, raw := range []string{a.api(), a.PublicURL} {
		u, err := url.Parse(raw)
		if raw != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.User != nil) {
			return fmt.Errorf("a telegram address of team %s is not a plain web address", a.Team)
		}
	}
	return nil
}

func (a Account) api() string {
	if a.APIURL == "" {
		return DefaultAPIURL
	}
	return strings.TrimSuffix(a.APIURL, "/")
}

// id is the bot's own number, the part of its token that is no secret. It stands
// before the ids of updates: those of two bots of one team are not the same.
func (a Account) id() string {
	id, _, _ := strings.Cut(a.Token, ":")
	return id
}

// derive makes a secret that Telegram is given from the one we share with it, so
// that a restart, and each replica, has the same.
func (a Account) derive(purpose string) (string, error) {
	key, err := hkdf.Key(sha256.New, []byte(a.Token), nil, "linkline telegram "+purpose, 24)
	if err != nil {
		return "", fmt.Errorf("derive the telegram %s: %w", purpose, err)
	}
	return base64.RawURLEncoding.EncodeToString(key), nil
}
