package channels

import (
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// Render gives a turn the form it has on a channel: one plain text, with numbered
// options where the channel has no buttons for them.
func Render(l *flows.Library, channel casework.Channel, p conversation.Prompt) string {
	if p.Empty() {
		return ""
	}
	switch channel {
	case casework.Telegram:
		return renderTelegram(p)
	case casework.SMS, casework.WhatsApp, casework.WebChat:
	}
	return l.Compose(p.Language, p.Said, p.Question)
}
