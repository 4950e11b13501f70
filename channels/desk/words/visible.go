package words

import (
	"fmt"
	"strings"
	"unicode"
)

// Visible returns a person's text with every character that would act on a page
// or a screen unseen written out instead: control characters, marks that turn
// the reading direction, and characters without width. New lines and the joiners
// that emoji and several scripts need stay.
func Visible(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	if !strings.ContainsFunc(text, unseen) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !unseen(r):
			b.WriteRune(r)
		case r < 0x20:
			b.WriteRune(0x2400 + r) // the picture of the control character
		case r == 0x7F:
			b.WriteRune('\u2421')
		default:
			fmt.Fprintf(&b, "[U+%04X]", r)
		}
	}
	return b.String()
}

// unseen reports whether a character acts without being seen.
func unseen(r rune) bool {
	switch r {
	case '\n', '\u200c', '\u200d':
		return false
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// Phone writes a number for reading aloud: "07700 900123" for a British
// mobile. A number of another shape stays as it is.
func Phone(number string) string {
	national, ok := strings.CutPrefix(number, "+44")
	if !ok || len(national) != 10 {
		return number
	}
	return "0" + national[:4] + " " + national[4:]
}
