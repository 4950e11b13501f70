package service

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/channels/twilio"
	"linkline/cmd/linkline/config"
)

func TestAccounts(t *testing.T) {
	t.Parallel()
	demo := config.SampleTeam()
	own := config.SampleTeam()
	own.Twilio = config.Twilio{AccountSID: "AC1", Tokens: []config.Secret{"one", "two"}, APIURL: "http://127.0.0.1:9"}
	token := config.SampleTeam()
	token.Twilio = config.Twilio{Tokens: []config.Secret{"one"}}
	tests := []struct {
		name   string
		team   config.Team
		want   twilio.Account
		leaves bool
	}{
		{"a demo has a made-up account", demo, twilio.Account{SID: DemoAccount, Tokens: []string{"made"}}, false},
		{"a demo may have a real one", own, twilio.Account{
			SID: "AC1", Tokens: []string{"one", "two"}, APIURL: "http://127.0.0.1:9",
		}, true},
		{"a token alone signs webhooks and sends nothing", token, twilio.Account{SID: DemoAccount, Tokens: []string{"one"}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.want.Team, test.want.Numbers, test.want.PublicURL = test.team.ID, test.team.Numbers, "http://127.0.0.1:8080"
			got := Accounts([]config.Team{test.team}, "http://127.0.0.1:8080", "made")
			if diff := cmp.Diff([]twilio.Account{test.want}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if leaves(test.team) != test.leaves {
				t.Errorf("leaves this machine: got %v, want %v", !test.leaves, test.leaves)
			}
		})
	}
}

func TestATeamThatIsNotMadeUpHasNoMadeUpAccount(t *testing.T) {
	t.Parallel()
	team := config.SampleTeam()
	team.Demo = false
	got := Accounts([]config.Team{team}, "https://texts.example.org", "made")[0]
	if got.SID != "" || len(got.Tokens) != 0 {
		t.Errorf("got %+v", got)
	}
	if !leaves(team) {
		t.Error("its messages do not leave")
	}
}
