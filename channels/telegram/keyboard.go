package telegram

import (
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"linkline/conversation/casework"
)

// maxData is how much a button carries, in bytes, and narrow how long a label
// still leaves room for another beside it (ux 5.1).
const (
	maxData = 64
	narrow  = 16
)

// dataOf is what a button brings back: the question and the option.
func dataOf(prompt casework.PromptID, option string) string { return string(prompt) + ":" + option }

// parseData reads what a button brings back.
func parseData(data string) (prompt casework.PromptID, option string, ok bool) {
	p, option, found := strings.Cut(data, ":")
	return casework.PromptID(p), option, found && p != "" && option != "" && len(data) <= maxData && utf8.ValidString(data)
}

// keyboardOf puts the options under a message, two in a row where both are short.
// It is false when one does not fit: a button that lacks its option is no answer.
func keyboardOf(asks *casework.Asking) (*models.InlineKeyboardMarkup, bool) {
	out := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{}}
	var half bool // the last row has room for one more
	for _, o := range asks.Options {
		data, label := dataOf(asks.Prompt, o.Option), strings.TrimSpace(o.Label.Reveal())
		if _, _, ok := parseData(data); !ok || label == "" {
			return nil, false
		}
		button := models.InlineKeyboardButton{Text: label, CallbackData: data}
		short := utf8.RuneCountInString(label) <= narrow
		if last := len(out.InlineKeyboard) - 1; half && short {
			out.InlineKeyboard[last] = append(out.InlineKeyboard[last], button)
			half = false
			continue
		}
		out.InlineKeyboard = append(out.InlineKeyboard, []models.InlineKeyboardButton{button})
		half = short
	}
	return out, true
}
