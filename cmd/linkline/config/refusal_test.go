package config_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/cmd/linkline/config"
)

// team is a made-up team that needs nothing from the environment; its first
// line is line 2 of the files below.
const team = `  - id: fen
    name: Fen Wellbeing
    nation: england
    hours: {open: "09:00", close: "17:00"}
    phone: 01632 960001
    privacy_url: https://example.org/privacy
    numbers: ["+447700900000"]
    duty: [07700 900001]
    demo: true
`

// realTeam is what a team that serves people would write, but for its numbers,
// which need Given.Drama.
const realTeam = `  - id: moor-edge
    name: Moor Edge
    nation: wales
    hours: {open: "08:30", close: "16:30", days: [mon, wed]}
    phone: 01632 960005
    privacy_url: https://example.org/privacy
    numbers: [07700 900010]
    duty: [07700 900011]
`

// with swaps one line of the made-up team.
func with(old, line string) string { return "teams:\n" + strings.Replace(team, old, line, 1) }

// TestLoadRefuses holds the rows of B78 that concern settings, each with the
// exact words an operator reads.
func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		file    string
		environ []string
		want    string // lines, with FILE for the file's name
	}{
		{"empty", "", nil, `FILE:1: the file is empty. Fix: write it with "linkline init", or remove it to play with the demo team`},
		{"no team", "listen: 127.0.0.1:80\n", nil, `FILE:1: no team is named. Fix: add a team under teams:, as "linkline init" writes one`},
		{"unknown key", "lisen: 127.0.0.1:80\nteams:\n" + team, nil, `FILE:1: "lisen" is not a setting. Fix: did you mean "listen"?`},
		{
			"unknown key in a team", with("demo: true", "demo: true\n    nashun: wales"), nil,
			`FILE:11: "nashun" is not a setting. Fix: did you mean "nation"?`,
		},
		{
			"duplicate key", with("demo: true", "demo: true\n    name: Other"), nil,
			`FILE:11: "name" is also set on line 3. Fix: keep one of them`,
		},
		{"tab", "teams:\n\t- id: fen\n", nil, `FILE:2: the line is indented with a tab. Fix: indent with spaces`},
		{"two documents", "teams:\n" + team + "---\nlisten: x\n", nil, `FILE:1: the file has 2 documents. Fix: keep one document, without ---`},
		{
			"anchor", with("name: Fen Wellbeing", "name: &n Fen"), nil,
			`FILE:3: anchor values are not used here. Fix: write the value out`,
		},
		{
			"list for a word", with("phone: 01632 960001", "phone: [01632 960001]"), nil,
			`FILE:6: a list stands here instead of a word. Fix: write one value, such as 01632 960001`,
		},
		{
			"word for a list", with(`numbers: ["+447700900000"]`, "numbers: +447700900000"), nil,
			`FILE:8: "+447700900000" stands here instead of a list. Fix: write a list, such as [+447700900000]`,
		},
		{
			"word for a group", with(`hours: {open: "09:00", close: "17:00"}`, "hours: 9 to 5"), nil,
			`FILE:5: "9 to 5" stands here instead of a group of settings. Fix: write it as name: value lines`,
		},
		{"no rate", with("demo: true", "demo: true\n    per_second: fast"), nil, `FILE:11: "fast" is no rate. Fix: write how many texts a second, such as 1`},
		{"a rate of nothing", with("demo: true", "demo: true\n    per_second: 0"), nil, `FILE:11: "0" is no rate. Fix: write how many texts a second, such as 1`},
		{"a rate that is no number", with("demo: true", "demo: true\n    per_second: NaN"), nil, `FILE:11: "NaN" is no rate. Fix: write how many texts a second, such as 1`},
		{"texts at night", with("demo: true", "demo: true\n    texts_from: \"07:00\""), nil, `FILE:11: automatic texts cannot leave from 07:00 to 18:00. Fix: write hours between "08:00" and "20:00"`},
		{"texts that never leave", with("demo: true", "demo: true\n    texts_to: \"09:00\""), nil, `FILE:11: automatic texts cannot leave from 09:00 to 09:00. Fix: write hours between "08:00" and "20:00"`},
		{"texts at no time", with("demo: true", "demo: true\n    texts_to: noon"), nil, `FILE:11: "09:00" to "noon" are no hours. Fix: write times such as "09:00"`},
		{"yes for true", with("demo: true", "demo: yes"), nil, `FILE:10: "yes" is neither true nor false. Fix: write true or false`},
		{
			"unknown day", with(`close: "17:00"`, `close: "17:00", days: [mon, tues]`), nil,
			`FILE:5: "tues" is not a day of the week. Fix: did you mean "tue"?`,
		},
		{
			"opens after it closes", with(`"09:00"`, `"18:00"`), nil,
			`FILE:5: closing time 17:00 is not after opening time 18:00. Fix: write hours: {open: "09:00", close: "17:00"}`,
		},
		{
			"no hours", with("    hours: {open: \"09:00\", close: \"17:00\"}\n", ""), nil,
			`FILE:2: team "fen" has no hours. Fix: write hours: {open: "09:00", close: "17:00"}`,
		},
		{
			"unknown nation", with("england", "cornwall"), nil,
			`FILE:4: "cornwall" is not a nation. Fix: write england, wales, scotland or northern_ireland`,
		},
		{
			"secret in the file", with("demo: true", "demo: true\n    twilio_auth_token: abc"), nil,
			`FILE:11: "twilio_auth_token" is a secret and may not stand in the file. Fix: remove the line and set it in the environment, see docs/settings.md`,
		},
		{
			"sender that is a name", with(`"+447700900000"`, "FENWELL"), nil,
			`FILE:8: "FENWELL" is a name, and nobody can answer or stop texts from a name. Fix: use a mobile number or a short code`,
		},
		{
			"landline as a sender", with(`"+447700900000"`, "01632 960000"), nil,
			`FILE:8: "01632 960000" is not a British mobile number. Fix: use a mobile number or a short code`,
		},
		{
			"privacy page without https", with("https://example.org", "http://example.org"), nil,
			`FILE:7: "http://example.org/privacy" is not where a person can read how we keep what she tells us. Fix: give the https address of the privacy notice`,
		},
		{
			"duty number that cannot be texted", with("07700 900001", "01632 960001"), nil,
			`FILE:9: duty number 1 of team "fen" cannot be texted. Fix: write a mobile number, such as 07700 900001`,
		},
		{
			"two teams, one number and one id", "teams:\n" + team + team, nil,
			`FILE:11: another team is "fen" too. Fix: give each team an id of its own
FILE:17: another team has number +447700900000 too. Fix: keep it in one team`,
		},
		{
			"listen without port", "listen: localhost\nteams:\n" + team, nil,
			`FILE:1: "localhost" is not an address to listen on. Fix: write host:port, such as 127.0.0.1:8080`,
		},
		{
			"public url that is none", "public_url: texts.example.org\nteams:\n" + team, nil,
			`FILE:1: "texts.example.org" is not a web address. Fix: write it like https://texts.example.org`,
		},
		{
			"public url with a query", "public_url: https://texts.example.org/?a=b\nteams:\n" + team, nil,
			`FILE:1: "https://texts.example.org/?a=b" has more than an address. Fix: write the address alone`,
		},
		{
			"example numbers for a real team", "public_url: https://t.example.org\n" + with("    demo: true\n", ""),
			[]string{"LINKLINE_TEAM_FEN_TWILIO_ACCOUNT_SID=AC1", "LINKLINE_TEAM_FEN_TWILIO_AUTH_TOKEN=0123456789abcdef"},
			`FILE:7: nobody answers 01632 960001: it is kept for examples. Fix: write the team's own number, or demo: true
FILE:9: +447700900000 is kept for examples. Fix: write the team's own number, or demo: true
FILE:10: duty number 1 of team "fen" is kept for examples. Fix: write the number of somebody on duty`,
		},
		{
			"real team over http", "public_url: http://texts.example.org\nteams:\n" + realTeam,
			[]string{"LINKLINE_TEAM_MOOR_EDGE_TWILIO_ACCOUNT_SID=AC1", "LINKLINE_TEAM_MOOR_EDGE_TWILIO_AUTH_TOKEN=0123456789abcdef"},
			`FILE:1: team "moor-edge" is not a demo, and public_url is not https. Fix: set public_url to the https address that Twilio calls`,
		},
		{
			"real team without an account", "public_url: https://texts.example.org\nteams:\n" + realTeam, nil,
			`FILE:3: team "moor-edge" has no Twilio account, so no text could be proved to be Twilio's. Fix: set LINKLINE_TEAM_MOOR_EDGE_TWILIO_ACCOUNT_SID and LINKLINE_TEAM_MOOR_EDGE_TWILIO_AUTH_TOKEN`,
		},
		{
			"short token for a real team", "public_url: https://texts.example.org\nteams:\n" + realTeam,
			[]string{"LINKLINE_TEAM_MOOR_EDGE_TWILIO_ACCOUNT_SID=AC1", "LINKLINE_TEAM_MOOR_EDGE_TWILIO_AUTH_TOKEN=12345"},
			`environment: the auth token of team "moor-edge" has 5 characters. Fix: set the whole token`,
		},
		{
			"a list of no teams", "listen: 127.0.0.1:80\nteams: []\n", nil,
			`FILE:2: no team is named. Fix: add a team under teams:, as "linkline init" writes one`,
		},
		{
			"a team that is a word", "teams: fen\n", nil,
			`FILE:1: "fen" stands here instead of a list. Fix: begin each team with a dash and its id, such as - id: fen`,
		},
		{
			"url of the environment that is none", "teams:\n" + team,
			[]string{"LINKLINE_PUBLIC_URL=texts.example.org"},
			`environment: LINKLINE_PUBLIC_URL: "texts.example.org" is not a web address. Fix: write it like https://texts.example.org`,
		},
		{
			"unknown variable", "teams:\n" + team,
			[]string{"LINKLINE_LISTN=x"},
			`environment: LINKLINE_LISTN is not a setting. Fix: did you mean "LINKLINE_LISTEN"?`,
		},
		{
			"variable that is like no other", "teams:\n" + team,
			[]string{"LINKLINE_FOO=x"},
			`environment: LINKLINE_FOO is not a setting. Fix: use one of LINKLINE_LISTEN, LINKLINE_METRICS_LISTEN, LINKLINE_DATA_DIR, LINKLINE_PUBLIC_URL, LINKLINE_DESK_URL, LINKLINE_KEY, LINKLINE_DATABASE_URL, LINKLINE_TWILIO_ACCOUNT_SID, LINKLINE_TWILIO_AUTH_TOKEN, LINKLINE_TWILIO_API_URL, LINKLINE_TELEGRAM_TOKEN, LINKLINE_TELEGRAM_API_URL, LINKLINE_TELEGRAM_WEBHOOK, LINKLINE_TEAM_FEN_TWILIO_ACCOUNT_SID, LINKLINE_TEAM_FEN_TWILIO_AUTH_TOKEN, LINKLINE_TEAM_FEN_TWILIO_AUTH_TOKEN_2, LINKLINE_TEAM_FEN_TELEGRAM_TOKEN`,
		},
		{
			"variable of no team", "teams:\n" + team,
			[]string{"LINKLINE_TEAM_MOOR_TWILIO_AUTH_TOKEN=0123456789abcdef"},
			`environment: LINKLINE_TEAM_MOOR_TWILIO_AUTH_TOKEN is not a setting. Fix: name a team of the file: fen`,
		},
		{
			"empty token", "teams:\n" + team,
			[]string{"LINKLINE_TWILIO_AUTH_TOKEN="},
			`environment: LINKLINE_TWILIO_AUTH_TOKEN is empty, and an empty secret lets anybody in. Fix: set it, or unset it`,
		},
		{
			"placeholder token", "teams:\n" + team,
			[]string{"LINKLINE_TWILIO_AUTH_TOKEN=your_auth_token"},
			`environment: LINKLINE_TWILIO_AUTH_TOKEN is a placeholder. Fix: set the real one`,
		},
		{
			"token twice", "teams:\n" + team,
			[]string{"LINKLINE_TWILIO_AUTH_TOKEN=a1", "LINKLINE_TWILIO_AUTH_TOKEN_FILE=b"},
			`environment: LINKLINE_TWILIO_AUTH_TOKEN and LINKLINE_TWILIO_AUTH_TOKEN_FILE are both set. Fix: keep one of them`,
		},
		{
			"token file that is not there", "teams:\n" + team,
			[]string{"LINKLINE_TWILIO_AUTH_TOKEN_FILE=/nowhere/token"},
			`environment: LINKLINE_TWILIO_AUTH_TOKEN_FILE: /nowhere/token: no such file or directory. Fix: name a file that is there`,
		},
		{
			"key of the wrong length", "teams:\n" + team,
			[]string{"LINKLINE_KEY=YWJj"},
			`environment: LINKLINE_KEY is not 32 bytes in base64. Fix: openssl rand -base64 32`,
		},
		{
			"stand-in that is elsewhere", "teams:\n" + team,
			[]string{"LINKLINE_TWILIO_API_URL=http://twilio.example.org"},
			`environment: LINKLINE_TWILIO_API_URL would carry the token over the network in clear. Fix: use an address such as http://127.0.0.1:9999`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file := write(t, test.file)
			_, err := config.Load(config.Given{File: file, Environ: test.environ, Drama: !strings.HasPrefix(test.name, "example numbers")})
			if _, ok := errors.AsType[config.Problems](err); !ok {
				t.Fatalf("got %v, want problems", err)
			}
			got := strings.ReplaceAll(err.Error(), file, "FILE")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLoadRefusesAMissingFile(t *testing.T) {
	t.Parallel()
	_, err := config.Load(config.Given{File: "/nowhere/linkline.yaml"})
	const want = "/nowhere/linkline.yaml: no such file or directory. " +
		"Fix: name a file that can be read with --config"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
