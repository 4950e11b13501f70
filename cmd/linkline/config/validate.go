package config

import (
	"encoding/base64"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// validate refuses settings under which the service would not work, or would
// not be safe for those who text it.
func (l *loader) validate(c *Config) {
	l.address("listen", c.Listen)
	if c.MetricsListen != "off" {
		l.address("metrics_listen", c.MetricsListen)
	}
	c.PublicURL = l.baseURL("public_url", c.PublicURL)
	c.DeskURL = l.baseURL("desk_url", c.DeskURL)
	if raw, err := base64.StdEncoding.DecodeString(c.Key.Reveal()); c.Key != "" && (err != nil || len(raw) != 32) {
		l.problems.add(environment, "openssl rand -base64 32", "LINKLINE_KEY is not 32 bytes in base64")
	}
	l.publicURL(c)
	l.telegramHook(c)
	for i := range c.Teams {
		l.team(i, &c.Teams[i])
	}
	l.unique(c.Teams)
}

// where is the place of a setting, or of the group it is missing from.
func (l *loader) where(path string) place {
	for _, p := range []string{path, path[:strings.LastIndex(path, ".")+1], ""} {
		if at, ok := l.at[p]; ok {
			return at
		}
	}
	return environment
}

func (l *loader) address(name, value string) {
	_, port, err := net.SplitHostPort(value)
	if err == nil && regexp.MustCompile(`^\d{1,5}$`).MatchString(port) {
		return
	}
	l.problems.add(l.where(name), "write host:port, such as "+DefaultListen, "%q is not an address to listen on", value)
}

// baseURL checks a base URL and takes the slash off its end.
func (l *loader) baseURL(name, value string) string {
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		l.problems.add(l.where(name), "write it like https://texts.example.org", "%q is not a web address", value)
		return value
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		l.problems.add(l.where(name), "write the address alone", "%q has more than an address", u.Redacted())
	}
	return strings.TrimRight(value, "/")
}

// loopback keeps a stand-in for a provider's API on this machine.
func (l *loader) loopback(name, base string) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme == "https" || u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback() {
		return
	}
	l.problems.add(environment, "use an address such as http://127.0.0.1:9999",
		"%s would carry the token over the network in clear", name)
}

// publicURL asks for https wherever people who are not made up are served.
func (l *loader) publicURL(c *Config) {
	served := slices.IndexFunc(c.Teams, func(t Team) bool { return !t.Demo })
	if served < 0 || strings.HasPrefix(c.PublicURL, "https://") {
		return
	}
	l.problems.add(l.where("public_url"), "set public_url to the https address that Twilio calls",
		"team %q is not a demo, and public_url is not https", c.Teams[served].ID)
}
