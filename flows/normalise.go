package flows

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// settle is how often the slow path may run before its result must be stable:
// folding case can make a letter that decomposes once more.
const settle = 4

// Normalise gives the form of a text in which it is compared, never shown or
// stored: compatibility forms and case folded, accents and whatever cannot be
// seen removed, look-alike letters of other scripts read as the Latin ones,
// apostrophes dropped ("don't" is "dont"), other punctuation made one space,
// and letters repeated more than twice cut to two. Emoji stay, each a word of
// its own. The work is linear in the text, and doing it twice changes nothing.
func Normalise(text string) string {
	if isSettled(text) {
		return text
	}
	if isASCII(text) {
		return squeeze(text)
	}
	for range settle {
		next := squeeze(plainLetters(fold(text)))
		if next == text {
			break
		}
		text = next
	}
	return text
}

// Words splits a normalised text.
func Words(normalised string) []string {
	return strings.Fields(normalised)
}

// isSettled reports whether a text of plain letters, digits and single spaces is
// normal as it stands. Most labels and short answers are, and they are compared
// with every reply: they must not be copied each time.
func isSettled(text string) bool {
	var last byte = ' ' // a text does not begin with a space
	repeats := 0
	for i := range len(text) {
		c := text[i]
		if c != last {
			repeats = 0
		}
		repeats++
		switch {
		case 'a' <= c && c <= 'z':
			if repeats > 2 {
				return false
			}
		case '0' <= c && c <= '9':
		case c != ' ' || last == ' ':
			return false
		}
		last = c
	}
	return last != ' ' || text == ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// fold removes what cannot be seen before anything is decomposed, so that a
// flood of marks costs no more than its own length, and again afterwards,
// because decomposing is what sets accents free.
func fold(s string) string {
	s = strings.Map(squared, drawn.Replace(strings.ToValidUTF8(s, " ")))
	s = strings.Map(visible, s)
	s = norm.NFKD.String(width.Fold.String(s))
	s = cases.Fold().String(s)
	s = thinMarks(strings.Map(visible, norm.NFKD.String(s)))
	return norm.NFC.String(s)
}

// visible drops zero-width, bidirectional and control characters, variation
// selectors and the accents of European scripts, and turns line breaks and
// blank letters into spaces.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r), r == '\u115f', r == '\u1160', r == '\u3164', r == '\uffa0', r == '\u2800', r == unicode.ReplacementChar:
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Variation_Selector):
		return -1
	case 0x1f3fb <= r && r <= 0x1f3ff: // skin tones
		return -1
	case isEuropeanMark(r):
		return -1
	}
	return r
}

func isEuropeanMark(r rune) bool {
	return 0x0300 <= r && r <= 0x036f || 0x0483 <= r && r <= 0x0489 ||
		0x1ab0 <= r && r <= 0x1aff || 0x1dc0 <= r && r <= 0x1dff ||
		0x20d0 <= r && r <= 0x20ff || 0xfe20 <= r && r <= 0xfe2f
}

// thinMarks keeps at most four marks in a row: Devanagari, Bengali and Arabic
// words need theirs, a flood does not.
func thinMarks(s string) string {
	run := 0
	return strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.M, r) {
			run = 0
			return r
		}
		if run++; run > 4 {
			return -1
		}
		return r
	}, s)
}

// squeeze lower-cases ASCII, reads digits of every script, drops apostrophes,
// makes one space of everything that is not a letter, digit or emoji, and cuts
// repeats.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var last rune // the last rune written, 0 at the start
	repeats, gap := 0, false
	for _, r := range s {
		r = digit(lower(r))
		if isApostrophe(r) || r < ' ' && !unicode.IsSpace(r) || r == 0x7f {
			continue
		}
		emoji := isEmoji(r)
		if !emoji && !isWordRune(r) {
			gap = true
			continue
		}
		gap = gap || emoji || isEmoji(last)
		if gap || r != last {
			repeats = 0
		}
		if repeats++; repeats > 2 && unicode.IsLetter(r) {
			continue
		}
		if gap && last != 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, gap = r, false
	}
	return b.String()
}

func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func isWordRune(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func isEmoji(r rune) bool {
	return r >= 0x80 && unicode.Is(unicode.So, r)
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '‘', '’', '‛', 'ʼ', 'ʻ', 'ʹ', '′', '´':
		return true
	}
	return false
}

// digit reads the decimal digits of every script: Unicode lays each set out in
// order from zero, and ranges hold whole sets.
func digit(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) { //nolint:gosec // Unicode ends at 0x10ffff
			return '0' + (r-rune(t.Lo))%10 //nolint:gosec // as above
		}
	}
	return r
}
