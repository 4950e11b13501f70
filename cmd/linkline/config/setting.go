package config

// Setting is one thing that can be set, as the settings table shows it.
type Setting struct {
	// Name is the key in the file, "team.hours.open" for one inside a group;
	// empty for what comes from the environment only.
	Name string
	// Env is the variable, with <ID> for a team's id in capitals; empty for what
	// stands in the file only.
	Env string
	// Secret may also be given as a file's name in the variable Env_FILE.
	Secret  bool
	Default string
	Example string
	About   string
}

// Settings returns everything that can be set. The README's table and
// docs/settings.md are this list.
func Settings() []Setting {
	return append(serviceSettings(), teamSettings()...)
}

func serviceSettings() []Setting {
	return []Setting{
		{
			Name: "listen", Env: "LINKLINE_LISTEN", Default: DefaultListen, Example: "0.0.0.0:8080",
			About: "address and port of the desk and the webhooks",
		},
		{
			Name: "metrics_listen", Env: "LINKLINE_METRICS_LISTEN", Default: DefaultMetricsListen,
			Example: "127.0.0.1:9090", About: "address and port of /metrics, a listener of its own; off for none",
		},
		{
			Name: "data_dir", Env: "LINKLINE_DATA_DIR", Default: DefaultDataDir, Example: "/var/lib/linkline",
			About: "directory of the store, its key and the admin socket",
		},
		{
			Name: "public_url", Env: "LINKLINE_PUBLIC_URL", Default: "the listen address",
			Example: "https://texts.example.org", About: "address that Twilio calls; signatures are checked against it",
		},
		{
			Name: "desk_url", Env: "LINKLINE_DESK_URL", Default: "public_url",
			Example: "https://desk.example.org", About: "address link workers open; alerts link to it",
		},
		{
			Env: "LINKLINE_KEY", Secret: true, Default: "the file key in data_dir",
			Example: "(32 bytes in base64)", About: "key that seals the store",
		},
		{
			Env: "LINKLINE_DATABASE_URL", Secret: true, Default: "the file store in data_dir",
			Example: "postgres://linkline@db/linkline",
			About:   "PostgreSQL database that several replicas share; see docs/postgres.md",
		},
		{
			Env: "LINKLINE_TWILIO_ACCOUNT_SID", Default: "a made-up account",
			Example: "AC...", About: "Twilio account of the demo team",
		},
		{
			Env: "LINKLINE_TWILIO_AUTH_TOKEN", Secret: true, Default: "the file demo-token in data_dir",
			Example: "(32 characters)", About: "auth token of the demo team",
		},
		{
			Env: "LINKLINE_TWILIO_API_URL", Default: "nothing is sent", Example: "http://127.0.0.1:9999",
			About: "a local stand-in for Twilio's API, for the demo team",
		},
		{
			Env: "LINKLINE_TELEGRAM_TOKEN", Secret: true, Default: "no Telegram",
			Example: "(123456:...)", About: "Telegram bot of the demo team; see docs/telegram.md",
		},
		{
			Env: "LINKLINE_TELEGRAM_API_URL", Default: "Telegram's own", Example: "http://127.0.0.1:8081",
			About: "a Bot API server of your own, for every bot",
		},
		{
			Env: "LINKLINE_TELEGRAM_WEBHOOK", Default: "off", Example: "on",
			About: "on where Telegram posts to public_url; otherwise it is asked",
		},
	}
}

func teamSettings() []Setting {
	return []Setting{
		{Name: "team.id", Example: "fen", About: "short name: small letters, digits and -"},
		{Name: "team.name", Example: "Fen Wellbeing", About: "as people are told it"},
		{Name: "team.nation", Example: "england", About: "england, wales, scotland or northern_ireland"},
		{Name: "team.hours.open", Example: `"09:00"`, About: "when the team opens"},
		{Name: "team.hours.close", Example: `"17:00"`, About: "when the team closes"},
		{Name: "team.hours.days", Default: "mon to fri", Example: "[mon, tue, thu]", About: "days it is open"},
		{Name: "team.phone", Example: "01632 960001", About: "where people can ring, as it is printed in a text"},
		{Name: "team.local_line", Example: "01632 960002", About: "urgent local help with food, heat or a home"},
		{Name: "team.privacy_url", Example: "https://example.org/privacy", About: "how what people tell us is kept safe"},
		{Name: "team.languages", Default: "[en]", Example: "[en]", About: "languages the team speaks, the first its default"},
		{Name: "team.numbers", Example: "[+447700900000]", About: "numbers people text"},
		{Name: "team.practices", Example: "[Fen Road Surgery]", About: "GP practices the team serves"},
		{Name: "team.duty", Example: "[07700 900001]", About: "numbers told of an alert, in order"},
		{Name: "team.texts_from", Default: "09:00", Example: `"10:00"`, About: "from when on a working day automatic texts leave, 08:00 at the earliest"},
		{Name: "team.texts_to", Default: "18:00", Example: `"17:00"`, About: "until when they leave, 20:00 at the latest"},
		{Name: "team.per_second", Default: "1", Example: "10", About: "texts a second that the team's number bears; a long text counts as its parts"},
		{Name: "team.demo", Default: "false", Example: "true", About: "a made-up team: plays at /try, texts nobody"},
		{Env: "LINKLINE_TEAM_<ID>_TWILIO_ACCOUNT_SID", Example: "AC...", About: "the team's Twilio account"},
		{
			Env: "LINKLINE_TEAM_<ID>_TWILIO_AUTH_TOKEN", Secret: true,
			Example: "(32 characters)", About: "its auth token",
		},
		{
			Env: "LINKLINE_TEAM_<ID>_TWILIO_AUTH_TOKEN_2", Secret: true,
			Example: "(32 characters)", About: "its other auth token, while one replaces the other",
		},
		{
			Env: "LINKLINE_TEAM_<ID>_TELEGRAM_TOKEN", Secret: true,
			Example: "(123456:...)", About: "the team's Telegram bot",
		},
	}
}
