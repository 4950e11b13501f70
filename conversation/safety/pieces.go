package safety

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"linkline/flows"
)

// pieces cuts a text into words, before any language has looked at them, and
// adds them to those of earlier texts. A word is as flows.Normalise gives it,
// so that punctuation, case and the like change nothing; Arabic letters are
// folded besides.
func (v *vocabulary) pieces(text string, out []string) []string {
	normal := foldArabic(flows.Normalise(v.unmask(text)))
	out = slices.Grow(out, strings.Count(normal, " ")+1)
	for word := range strings.FieldsSeq(normal) {
		out = append(out, word)
	}
	return out
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
		case r == 'ـ', 0x0600 <= r && r <= 0x06ff && unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, word)
}

// signs stand for letters inside a word: "d!e", "$uicide", "k*ll".
const signs = "@$!*€"

// unmask reads signs that stand for letters.
func (v *vocabulary) unmask(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, " ")
	}
	if !masked(text) {
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
		read := strings.NewReplacer("@", "a", "$", "s", "!", "i", "€", "e", "*", "").Replace(inner)
		if strings.Contains(inner, "!") && v.canonical(strings.ToLower(read)) == "" {
			continue // "sorry!im late"
		}
		words[i] = read + w[len(inner):]
	}
	return strings.Join(words, " ")
}

// masked reports a sign with a letter right behind it; most texts have none.
func masked(text string) bool {
	for i := 0; i < len(text); {
		at := strings.IndexAny(text[i:], signs)
		if at < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(text[i+at:])
		i += at + size
		if r, _ := utf8.DecodeRuneInString(text[i:]); unicode.IsLetter(r) || strings.ContainsRune("@$*€", r) {
			return true
		}
	}
	return false
}
