package channels

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"linkline/conversation"
	"linkline/flows"
)

// longestLabel is how much of a button a phone shows; a longer one is cut off by
// it, so the option is also written out above.
const longestLabel = 36

// renderTelegram puts a turn into one plain text. There is room for every word,
// so nothing is put shorter, and what is said stands apart from what is asked.
// The options are buttons (ux 5.1). They are written out too where she may want
// more than one button gives: several numbers, or her own words.
func renderTelegram(p conversation.Prompt) string {
	var parts []string
	add := func(text string) {
		if text = strings.TrimSpace(flows.PlainSMS(text)); text != "" {
			parts = append(parts, text)
		}
	}
	for _, said := range p.Said {
		add(said.Text)
	}
	if q := p.Question; q != nil {
		add(q.Text)
		add(writtenOut(q))
	}
	return strings.Join(parts, "\n\n")
}

// writtenOut is the hint of a question and its options, a line each, where the
// buttons alone do not do.
func writtenOut(q *flows.Question) string {
	hint := strings.TrimSpace(q.Hint)
	long := false
	for _, o := range q.Options {
		long = long || utf8.RuneCountInString(o.Label) > longestLabel
	}
	if hint == "" && !long {
		return ""
	}
	var lines []string
	if hint != "" {
		lines = append(lines, hint)
	}
	for _, o := range q.Options {
		lines = append(lines, strconv.Itoa(o.Number)+" "+o.Label)
	}
	return strings.Join(lines, "\n")
}
