package config

import (
	"cmp"
	"log/slog"
	"net"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// The defaults of the settings that have one.
const (
	DefaultListen        = "127.0.0.1:8080"
	DefaultMetricsListen = "127.0.0.1:9090"
	DefaultDataDir       = "linkline-data"
	// FileName is the configuration's name inside the data directory.
	FileName = "linkline.yaml"
)

// Config is everything an operator sets, checked.
type Config struct {
	// File is where it was read from; empty where there was no file and the
	// demo team stands in.
	File          string
	Listen        string
	MetricsListen string
	DataDir       string
	// PublicURL is the address the world reaches us at, without a slash at its
	// end. Signatures are checked against it, never against what a request says.
	PublicURL string
	DeskURL   string
	// Key is the store's key in base64; empty where the key file in the data
	// directory is used.
	Key Secret
	// Database is the address of the PostgreSQL database that holds the store;
	// empty where it is the file in the data directory.
	Database Secret
	Teams    []Team
}

// Team is one team as its operator describes it (decision 9).
type Team struct {
	ID         casework.TeamID
	Name       string
	Nation     calendar.Nation
	Hours      calendar.Hours
	Phone      string
	LocalLine  string
	PrivacyURL string
	Languages  []string
	// Numbers are those people text, in E.164 form, or a short code.
	Numbers   []string
	Practices []string
	// TextsFrom and TextsTo are between which hours of a working day automatic
	// texts leave.
	TextsFrom, TextsTo calendar.Clock
	// PerSecond is how many parts of texts a second the team's number bears; zero
	// for what a long code does.
	PerSecond float64
	// Duty are the numbers told of an alert, in order.
	Duty   []casework.Private
	Demo   bool
	Twilio Twilio
	// Telegram is the team's bot there.
	Telegram Telegram
}

// Twilio is a team's account. It is empty where none is configured.
type Twilio struct {
	AccountSID string
	// Tokens are the auth tokens that may sign a webhook: one, or two while one
	// is being changed for the other. The first signs our own calls.
	Tokens []Secret
	// APIURL is a stand-in for Twilio's API; empty for the real one.
	APIURL string
}

// Set reports whether an account is configured.
func (t Twilio) Set() bool { return t.AccountSID != "" && len(t.Tokens) > 0 }

// DemoTeam returns the first made-up team, if there is one.
func (c *Config) DemoTeam() (*Team, bool) {
	for i := range c.Teams {
		if c.Teams[i].Demo {
			return &c.Teams[i], true
		}
	}
	return nil, false
}

// Secret is a key or a token. It prints as a mark, so that it cannot slip into
// a log or an error.
type Secret string

// Reveal returns the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String hides the secret.
func (s Secret) String() string { return "[secret]" }

// GoString hides the secret.
func (s Secret) GoString() string { return "[secret]" }

// LogValue hides the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue("[secret]") }

// MarshalText hides the secret in JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }

// Place is where the settings are, for a message about them.
func (c *Config) Place() string {
	if c.File == "" {
		return "settings"
	}
	return c.File
}

// URLs are the public URL and the desk's, as they are set, or made of the
// address that is listened on.
func (c *Config) URLs(listening string) (public, desk string) {
	public = cmp.Or(c.PublicURL, "http://"+reachable(listening))
	return public, cmp.Or(c.DeskURL, public)
}

// reachable turns "every address" into one that a browser here can open.
func reachable(listening string) string {
	host, port, err := net.SplitHostPort(listening)
	if err != nil {
		return listening
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
