package config_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/cmd/linkline/config"
)

// write puts a configuration file into a new directory.
func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), config.FileName)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestLoadWithoutFileIsTheDemoTeam(t *testing.T) {
	t.Parallel()
	c, err := config.Load(config.Given{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	demo, ok := c.DemoTeam()
	if !ok || len(c.Teams) != 1 {
		t.Fatalf("teams are %v, want the demo team alone", c.Teams)
	}
	if got, want := demo.Numbers, []string{"+447700900000"}; !cmp.Equal(got, want) {
		t.Errorf("demo numbers: got %v, want %v", got, want)
	}
	if c.Listen != config.DefaultListen {
		t.Errorf("listen: got %q, want %q", c.Listen, config.DefaultListen)
	}
}

func TestSampleIsTheDemoTeam(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, config.FileName), config.Sample, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := config.Load(config.Given{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	want, err := config.Load(config.Given{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	got.File, got.DataDir, want.DataDir = "", "", ""
	got.Teams[0].Hours.Days = nil // the sample writes Monday to Friday out
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the sample is not the demo team (-want +got):\n%s", diff)
	}
}

func TestLoadOrder(t *testing.T) {
	t.Parallel()
	file := write(t, "listen: 127.0.0.1:1001\nteams:\n"+team)
	environ := []string{"LINKLINE_LISTEN=127.0.0.1:1002"}
	tests := []struct {
		name  string
		given config.Given
		want  string
	}{
		{"file", config.Given{File: file}, "127.0.0.1:1001"},
		{"environment over file", config.Given{File: file, Environ: environ}, "127.0.0.1:1002"},
		{"flag over environment", config.Given{File: file, Environ: environ, Listen: "127.0.0.1:1003"}, "127.0.0.1:1003"},
		{"empty variable is unset", config.Given{File: file, Environ: []string{"LINKLINE_LISTEN="}}, "127.0.0.1:1001"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(test.given)
			if err != nil {
				t.Fatal(err)
			}
			if c.Listen != test.want {
				t.Errorf("got %q, want %q", c.Listen, test.want)
			}
		})
	}
}

func TestLoadReadsAWholeTeam(t *testing.T) {
	t.Parallel()
	file := write(t, "public_url: https://texts.example.org/\nteams:\n"+realTeam)
	c, err := config.Load(config.Given{File: file, Drama: true, Environ: []string{
		"LINKLINE_TEAM_MOOR_EDGE_TWILIO_ACCOUNT_SID=AC0123456789",
		"LINKLINE_TEAM_MOOR_EDGE_TWILIO_AUTH_TOKEN=0123456789abcdef",
		"LINKLINE_TEAM_MOOR_EDGE_TWILIO_AUTH_TOKEN_2=fedcba9876543210",
		"PATH=/bin", "LINKLINE_TEST_POSTGRES=somewhere",
	}})
	if err != nil {
		t.Fatal(err)
	}
	got := c.Teams[0]
	if got.ID != "moor-edge" || got.Demo || got.Hours.Close != "16:30" || len(got.Hours.Days) != 2 {
		t.Errorf("got %+v", got)
	}
	if got.Numbers[0] != "+447700900010" || got.Duty[0].Reveal() != "+447700900011" {
		t.Errorf("numbers are not in E.164 form: %v", got.Numbers)
	}
	if want := (config.Twilio{AccountSID: "AC0123456789", Tokens: []config.Secret{"0123456789abcdef", "fedcba9876543210"}}); !cmp.Equal(got.Twilio, want) {
		t.Error("the account is not what the environment says")
	}
	if c.PublicURL != "https://texts.example.org" {
		t.Errorf("public url: got %q", c.PublicURL)
	}
}

func TestSecretHidesItself(t *testing.T) {
	t.Parallel()
	const token = config.Secret("fedcba9876543210")
	encoded, err := json.Marshal(map[string]any{"t": token})
	if err != nil {
		t.Fatal(err)
	}
	printed := fmt.Sprintf("%v %+v %#v %s %s %s", token, struct{ T config.Secret }{token}, token, token, token.LogValue(), encoded)
	if strings.Contains(printed, "fedcba") {
		t.Errorf("the secret shows in %s", printed)
	}
	if token.Reveal() != "fedcba9876543210" {
		t.Error("the secret is lost")
	}
}

func TestSecretFromFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("0123456789abcdef\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(config.Given{DataDir: t.TempDir(), Environ: []string{"LINKLINE_TWILIO_AUTH_TOKEN_FILE=" + file}})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Teams[0].Twilio.Tokens; len(got) != 1 || got[0] != "0123456789abcdef" {
		t.Error("the token is not what the file holds")
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = config.Load(config.Given{DataDir: t.TempDir(), Environ: []string{"LINKLINE_TWILIO_AUTH_TOKEN_FILE=" + file}})
	want := "environment: LINKLINE_TWILIO_AUTH_TOKEN_FILE: others may read " + file + ". Fix: chmod 600 " + file
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
