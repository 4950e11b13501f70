package service

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"linkline/channels/twilio"
	"linkline/cmd/linkline/config"
)

// DemoAccount is the made-up Twilio account of the demo team, until an operator
// names a real one.
const DemoAccount = "AC0000000000000000000000000000demo"

// Accounts are the Twilio accounts whose webhooks are taken: each team's, and
// for a demo team without one the made-up account with the token of the data
// directory.
func Accounts(teams []config.Team, publicURL string, demoToken config.Secret) []twilio.Account {
	var out []twilio.Account
	for _, t := range teams {
		a := twilio.Account{
			Team: t.ID, SID: t.Twilio.AccountSID, Numbers: t.Numbers, PublicURL: publicURL, APIURL: t.Twilio.APIURL,
			PerSecond: t.PerSecond,
		}
		if a.SID == "" && t.Demo {
			a.SID = DemoAccount
		}
		for _, token := range t.Twilio.Tokens {
			a.Tokens = append(a.Tokens, token.Reveal())
		}
		if len(a.Tokens) == 0 && t.Demo {
			a.Tokens = []string{demoToken.Reveal()}
		}
		out = append(out, a)
	}
	return out
}

// leaves reports whether a team's messages leave this machine's loopback, or go
// to a stand-in there. Otherwise /try shows them and that is all (decision 10).
func leaves(t config.Team) bool {
	return !t.Demo || t.Twilio.Set() || t.Twilio.APIURL != ""
}

// callbackKey derives the key that signs ids in callback URLs from the store's
// key, so that it stays while the store does.
func callbackKey(storeKey []byte) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, storeKey, nil, "linkline twilio callback 1", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive the callback key: %w", err)
	}
	return key, nil
}
