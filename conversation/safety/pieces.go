package safety

import (
	"strings"
	"unicode"

	"linkline/flows"
)

// piece is one word of a text before any language has looked at it.
type piece struct {
	word   string // as flows.Normalise gives it, with Arabic letters folded
	clause int
}

// pieces cuts a text into words and adds them to those of earlier texts.
func (v *vocabulary) pieces(text string, out []piece) []piece {
	clause := 0
	if len(out) > 0 {
		clause = out[len(out)-1].clause
	}
	text = strings.ReplaceAll(v.unmask(text), "\n", " . ") // a line is a clause
	for len(text) > 0 {
		part := text
		stop := strings.IndexFunc(text, endsClause)
		if stop >= 0 {
			part = text[:stop]
			text = strings.TrimLeftFunc(text[stop:], endsClause)
		} else {
			text = ""
		}
		for word := range strings.FieldsSeq(flows.Normalise(part)) {
			out = append(out, piece{word: foldArabic(word), clause: clause})
		}
		if stop >= 0 {
			clause++
		}
	}
	return out
}

// endsClause reports punctuation that parts what is said from what follows.
func endsClause(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '?', '!', '(', ')', '،', '؛', '؟', '۔', '।':
		return true
	}
	return false
}

// plain brings a word of the phrases to the form of a piece.
func plain(word string) string { return foldArabic(flows.Normalise(word)) }

// foldArabic writes the letters that Arabic, Persian and Urdu keyboards give
// for one another in one way, and leaves vowel signs out.
func foldArabic(word string) string {
	if !strings.ContainsFunc(word, func(r rune) bool { return 0x0600 <= r && r <= 0x06ff }) {
		return word
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'أ', r == 'إ', r == 'آ', r == 'ٱ':
			return 'ا'
		case r == 'ي', r == 'ى', r == 'ئ', r == 'ے':
			return 'ی'
		case r == 'ك':
			return 'ک'
		case r == 'ة', r == 'ھ', r == 'ہ', r == 'ۃ', r == 'ۂ':
			return 'ه'
		case r == 'ؤ':
			return 'و'
		case r == 'ـ', unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, word)
}

// unmask reads signs that stand for letters inside a word: "d!e", "$uicide",
// "k*ll".
func (v *vocabulary) unmask(text string) string {
	text = strings.ToValidUTF8(text, " ")
	if !strings.ContainsAny(text, "@$!*€") {
		return text
	}
	words := strings.Split(text, " ")
	for i, w := range words {
		if !strings.ContainsFunc(w, unicode.IsLetter) {
			continue
		}
		if known, ok := v.masked[strings.ToLower(w)]; ok {
			words[i] = known
			continue
		}
		inner := strings.TrimRight(w, "!*")
		words[i] = strings.NewReplacer("@", "a", "$", "s", "!", "i", "€", "e", "*", "").Replace(inner) + w[len(inner):]
	}
	return strings.Join(words, " ")
}
