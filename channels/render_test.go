package channels_test

import (
	"testing"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

func TestRender(t *testing.T) {
	t.Parallel()
	library := &flows.Library{Languages: []string{"en"}}
	prompt := conversation.Prompt{Language: "en", Said: []flows.Said{{Text: "Thank you."}, {Text: "See you soon."}}}
	for _, channel := range []casework.Channel{casework.SMS, casework.WebChat, casework.WhatsApp} {
		if got, want := channels.Render(library, channel, prompt), "Thank you. See you soon."; got != want {
			t.Errorf("%s: %q, want %q", channel, got, want)
		}
		if got := channels.Render(library, channel, conversation.Prompt{Language: "en"}); got != "" {
			t.Errorf("%s: an empty turn reads %q, want nothing", channel, got)
		}
	}
}
