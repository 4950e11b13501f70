package channels

import (
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// Render gives a turn the form it has on a channel. Every channel so far
// carries one plain text with numbered options; buttons come with the channels
// that have them.
func Render(l *flows.Library, channel casework.Channel, p conversation.Prompt) string {
	if p.Empty() {
		return ""
	}
	switch channel {
	case casework.SMS, casework.WhatsApp, casework.Telegram, casework.WebChat:
	}
	return l.Compose(p.Language, p.Said, p.Question)
}
