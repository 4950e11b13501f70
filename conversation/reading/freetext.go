package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// echoLetters is how much of a long answer is read back.
const echoLetters = 80

// readFreeText takes the words as they are. Nothing is ever cut from the value:
// a text over Max is kept whole, and the rule says that it is long (B13).
func readFreeText(q Question, s said) Reading {
	text := cleanText(s.text)
	letters := utf8.RuneCountInString(text)
	if !hasLetterOrEmoji(text) && !looksLikeNumber(text) {
		return unclear("text.no-words", text)
	}
	if letters < q.Min {
		return unclear("text.too-short")
	}
	rule := "text.words"
	if q.Max > 0 && letters > q.Max {
		rule = "text.long"
	}
	return value(rule, shorten(text, echoLetters), text)
}

// cleanText drops control characters, keeps line breaks and trims the ends.
func cleanText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, unicode.Is(unicode.Bidi_Control, r), r == '\ufeff':
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

func hasLetterOrEmoji(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.So, r) })
}

// shorten cuts a text at a word, with three dots to show it.
func shorten(text string, letters int) string {
	runes := []rune(text)
	if len(runes) <= letters {
		return text
	}
	cut := string(runes[:letters])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "..."
}

// phoneDigits is how many digits make a telephone number of some kind.
const phoneDigits = 7

// looksLikeNumber reports whether a text is a telephone number: words are asked
// for, and the number to ring is what she answers.
func looksLikeNumber(text string) bool {
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= phoneDigits
}
