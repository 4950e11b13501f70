package twilio

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"linkline/conversation/casework"
)

// DefaultAPIURL is where Twilio's API is found.
const DefaultAPIURL = "https://api.twilio.com"

// DefaultPerSecond is what a long code bears. A text of three parts counts as
// three.
const DefaultPerSecond = 1

// Account is one team's account at Twilio. Several teams may share one account
// with different numbers.
type Account struct {
	Team casework.TeamID
	SID  string
	// Tokens are the auth tokens: one, or two while one is being changed for the
	// other. The first signs our own calls.
	Tokens []string
	// Numbers are the numbers that people text, in E.164 form or short codes; the
	// first is the one that texts them.
	Numbers []string
	// WhatsApp is the team's WhatsApp number; empty where it has none, and then
	// nothing of WhatsApp is taken.
	WhatsApp string
	// PerSecond is how many parts of texts a second the number bears; zero for
	// DefaultPerSecond.
	PerSecond float64
	// PublicURL is the address the world reaches us at. Signatures are checked
	// against it and never against what a request says of itself.
	PublicURL string
	// APIURL is a stand-in for Twilio's API; empty for the real one.
	APIURL string
}

// Validate returns what is wrong with the account.
func (a Account) Validate() error {
	switch {
	case a.Team == "":
		return errors.New("twilio account without a team")
	case a.SID == "":
		return fmt.Errorf("twilio account of team %s has no account sid", a.Team)
	case len(a.Numbers) == 0:
		return fmt.Errorf("twilio account of team %s has no number", a.Team)
	case a.PerSecond < 0:
		return fmt.Errorf("twilio account of team %s sends less than nothing a second", a.Team)
	}
	if _, err := NewVerifier(a.Tokens...); err != nil {
		return fmt.Errorf("team %s: %w", a.Team, err)
	}
	if err := address(a.PublicURL); err != nil {
		return fmt.Errorf("public url of team %s: %w", a.Team, err)
	}
	if err := address(a.api()); err != nil {
		return fmt.Errorf("twilio api url of team %s: %w", a.Team, err)
	}
	return nil
}

// address checks a URL that paths are added to.
func address(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return errors.New("not a url")
	case u.Scheme != "http" && u.Scheme != "https":
		return errors.New("not an http or https url")
	case u.Host == "":
		return errors.New("no host")
	case u.RawQuery != "" || u.Fragment != "":
		return errors.New("must end before any query or fragment")
	}
	return nil
}

func (a Account) api() string {
	if a.APIURL == "" {
		return DefaultAPIURL
	}
	return strings.TrimSuffix(a.APIURL, "/")
}

func (a Account) public() string { return strings.TrimSuffix(a.PublicURL, "/") }

// owns reports whether an address, as Twilio writes it, is the team's.
func (a Account) owns(address string) bool {
	if number, ok := strings.CutPrefix(address, whatsAppPrefix); ok {
		return number != "" && number == a.WhatsApp
	}
	return slices.Contains(a.Numbers, address)
}

// from is the address that texts people on a channel, as Twilio writes it.
func (a Account) from(channel casework.Channel) string {
	if channel == casework.WhatsApp {
		return whatsAppPrefix + a.WhatsApp
	}
	return a.Numbers[0]
}

// Rate is how many parts of texts a second its number bears.
func (a Account) Rate() float64 { return cmp.Or(a.PerSecond, DefaultPerSecond) }

// addresses are all the team's own on a channel, as Twilio writes them: a reply
// in TwiML leaves by the number that was texted.
func (a Account) addresses(channel casework.Channel) []string {
	if channel == casework.WhatsApp {
		return []string{whatsAppPrefix + a.WhatsApp}
	}
	return a.Numbers
}

// wire is a person's address as Twilio writes it.
func wire(channel casework.Channel, address casework.Private) string {
	if channel == casework.WhatsApp {
		return whatsAppPrefix + address.Reveal()
	}
	return address.Reveal()
}
