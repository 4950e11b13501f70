package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// Given is where the settings of one run come from.
type Given struct {
	// File is --config; empty to look for linkline.yaml in the data directory.
	File string
	// DataDir and Listen are --data and --listen.
	DataDir string
	Listen  string
	// Environ is os.Environ().
	Environ []string
	// Drama accepts Ofcom's drama numbers for a team that is not a demo: tests
	// have no other numbers (decision 10).
	Drama bool
}

// Load reads the settings and checks them. Its error is Problems, all that
// were found.
func Load(given Given) (*Config, error) {
	l := &loader{at: places{}, drama: given.Drama}
	c := &Config{Listen: DefaultListen, MetricsListen: DefaultMetricsListen, DataDir: DefaultDataDir}
	env := readEnviron(given.Environ, &l.problems)
	env.set("LINKLINE_DATA_DIR", &c.DataDir, l.at, "data_dir")
	c.DataDir = cmp.Or(given.DataDir, c.DataDir)

	l.readFile(given, c)
	env.set("LINKLINE_LISTEN", &c.Listen, l.at, "listen")
	env.set("LINKLINE_METRICS_LISTEN", &c.MetricsListen, l.at, "metrics_listen")
	env.set("LINKLINE_DATA_DIR", &c.DataDir, l.at, "data_dir")
	env.set("LINKLINE_PUBLIC_URL", &c.PublicURL, l.at, "public_url")
	env.set("LINKLINE_DESK_URL", &c.DeskURL, l.at, "desk_url")
	if given.Listen != "" {
		c.Listen, l.at["listen"] = given.Listen, place{file: "--listen"}
	}
	c.DataDir = cmp.Or(given.DataDir, c.DataDir)
	c.Key, _ = env.secret("LINKLINE_KEY")
	c.Database, _ = env.secret("LINKLINE_DATABASE_URL")
	if c.File == "" {
		c.Teams = []Team{SampleTeam()}
	}
	l.accounts(env, c)

	l.check(c)
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	return c, nil
}

// check adds what the checks find to what reading found, leaving out what is
// said of a line that could not be read, and puts all of it in order.
func (l *loader) check(c *Config) {
	unread := map[int]bool{}
	for _, p := range l.problems {
		unread[p.Line] = p.Line > 0
	}
	found := l.problems
	l.problems = nil
	l.validate(c)
	for _, p := range l.problems {
		if !unread[p.Line] {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(a.Line, b.Line))
	})
	l.problems = found
}

// SampleTeam is the made-up team that stands in where nothing is configured.
func SampleTeam() Team {
	return Team{
		ID: "demo", Name: "Fen Wellbeing", Nation: calendar.England,
		Hours: calendar.Hours{Open: "09:00", Close: "17:00"},
		Phone: "01632 960001", PrivacyURL: "https://example.org/privacy",
		Languages: []string{"en"}, Numbers: []string{"+447700900000"},
		Practices: []string{"Fen Road Surgery", "Market Place Practice"},
		Duty:      []casework.Private{"+447700900001"}, Demo: true,
	}
}

type loader struct {
	problems Problems
	at       places
	drama    bool
}

// readFile reads the configuration file, where there is one.
func (l *loader) readFile(given Given, c *Config) {
	file := cmp.Or(given.File, filepath.Join(c.DataDir, FileName))
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) && given.File == "" {
		return
	}
	c.File = file
	top := place{file: file}
	if err != nil {
		l.problems.add(top, "name a file that can be read with --config", "%s", reason(err))
		return
	}
	n, ok := parseYAML(file, data, &l.problems)
	if !ok {
		return
	}
	decoder{problems: &l.problems, at: l.at}.service(n, c)
	if at := l.at["teams"]; len(c.Teams) == 0 && !l.problems.at(at) {
		l.problems.add(place{file, max(at.line, 1)}, `add a team under teams:, as "linkline init" writes one`, "no team is named")
	}
}

// accounts takes each team's Twilio account from the environment. The names
// without a team mean the demo team (decision 9).
func (l *loader) accounts(env *variables, c *Config) {
	var known []string
	for _, s := range serviceSettings() {
		if s.Env != "" {
			known = append(known, s.Env)
		}
	}
	for i := range c.Teams {
		t := &c.Teams[i]
		name := teamPrefix + envID(*t) + "_TWILIO_"
		known = append(known, name+"ACCOUNT_SID", name+"AUTH_TOKEN", name+"AUTH_TOKEN_2")
		if t.Demo {
			l.account(env, t, prefix+"TWILIO_", i)
		}
		l.account(env, t, name, i)
	}
	known = append(known, l.bots(env, c)...)
	env.rest(known, c.Teams)
}

func (l *loader) account(env *variables, t *Team, name string, i int) {
	env.set(name+"ACCOUNT_SID", &t.Twilio.AccountSID, l.at, teamPath(i)+"account")
	if name == prefix+"TWILIO_" {
		env.set(name+"API_URL", &t.Twilio.APIURL, l.at, teamPath(i)+"api")
	}
	for _, suffix := range []string{"AUTH_TOKEN", "AUTH_TOKEN_2"} {
		if token, ok := env.secret(name + suffix); ok {
			t.Twilio.Tokens = append(t.Twilio.Tokens, token)
		}
	}
}

// teamPath begins the paths of the settings of a team.
func teamPath(i int) string { return fmt.Sprintf("teams.%d.", i) }

// cause is the path and the reason of a file's error.
func cause(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Path + ": " + at.Err.Error()
	}
	return err.Error()
}

// reason is cause where the message names the path already.
func reason(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err.Error()
	}
	return err.Error()
}
