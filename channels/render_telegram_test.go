package channels_test

import (
	"testing"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

func TestRenderTelegram(t *testing.T) {
	t.Parallel()
	two := []flows.Choosable{{ID: "yes", Number: 1, Label: "Yes"}, {ID: "no", Number: 2, Label: "No"}}
	long := []flows.Choosable{{ID: "x", Number: 1, Label: "Somebody to talk to about what is going on"}}
	cases := map[string]struct {
		question *flows.Question
		want     string
	}{
		"said only": {nil, "Thank you."},
		"the options are buttons": {
			&flows.Question{Said: flows.Said{Text: "Is it for you?", Short: "You?"}, Options: two},
			"Thank you.\n\nIs it for you?",
		},
		"several numbers may be wanted": {
			&flows.Question{Said: flows.Said{Text: "Which days?"}, Hint: "Text the numbers, like 1 2.", Options: two},
			"Thank you.\n\nWhich days?\n\nText the numbers, like 1 2.\n1 Yes\n2 No",
		},
		"a label is too long for a button": {
			&flows.Question{Said: flows.Said{Text: "What?"}, Options: long},
			"Thank you.\n\nWhat?\n\n1 Somebody to talk to about what is going on",
		},
		"own words": {
			&flows.Question{Said: flows.Said{Text: "What matters?"}, Hint: "In your own words."},
			"Thank you.\n\nWhat matters?\n\nIn your own words.",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			prompt := conversation.Prompt{Language: "en", Said: []flows.Said{{Text: "Thank you.", Short: "Ta."}}, Question: c.question}
			if got := channels.Render(&flows.Library{}, casework.Telegram, prompt); got != c.want {
				t.Errorf("rendered %q, want %q", got, c.want)
			}
		})
	}
}
