package flows

import (
	"strings"
	"unicode"
)

// drawn pairs signs that compatibility folding leaves alone, or breaks ("½"
// would be a 1 and a 2), with what people mean by them.
var drawn = strings.NewReplacer(
	"¼", " quarter ", "½", " half ", "¾", " three quarters ",
	"➀", " 1 ", "➁", " 2 ", "➂", " 3 ", "➃", " 4 ", "➄", " 5 ", "➅", " 6 ", "➆", " 7 ", "➇", " 8 ", "➈", " 9 ", "➉", " 10 ",
	"❶", " 1 ", "❷", " 2 ", "❸", " 3 ", "❹", " 4 ", "❺", " 5 ", "❻", " 6 ", "❼", " 7 ", "❽", " 8 ", "❾", " 9 ", "❿", " 10 ",
	"➊", " 1 ", "➋", " 2 ", "➌", " 3 ", "➍", " 4 ", "➎", " 5 ", "➏", " 6 ", "➐", " 7 ", "➑", " 8 ", "➒", " 9 ", "➓", " 10 ",
	"⓿", " 0 ", "⓵", " 1 ", "⓶", " 2 ", "⓷", " 3 ", "⓸", " 4 ", "⓹", " 5 ", "⓺", " 6 ", "⓻", " 7 ", "⓼", " 8 ", "⓽", " 9 ", "⓾", " 10 ",
	"🔟", " 10 ", "🄋", " 0 ", "🄌", " 0 ",
	"Æ", "ae", "æ", "ae", "Œ", "oe", "œ", "oe",
)

// plainLetters reads look-alike letters. A word is changed when it holds a
// Latin letter, or nothing but look-alikes; most Russian and Greek words have
// a letter that no Latin one resembles and stay whole.
func plainLetters(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	start := -1
	for i, r := range s {
		if isWordRune(r) || isApostrophe(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			b.WriteString(latinWord(s[start:i]))
			start = -1
		}
		b.WriteRune(r)
	}
	if start >= 0 {
		b.WriteString(latinWord(s[start:]))
	}
	return b.String()
}

func latinWord(word string) string {
	if isASCII(word) {
		return word
	}
	latin, strange := false, false
	for _, r := range word {
		to := latinLike(r)
		latin = latin || 'a' <= r && r <= 'z'
		strange = strange || to == r && r >= 0x80 && unicode.IsLetter(r) && !isApostrophe(r)
	}
	if strange && !latin {
		return word
	}
	return strings.Map(latinLike, word)
}

// latinLike returns the Latin letter a letter is taken for, after case folding
// (so a capital's likeness counts too), or the letter itself. It holds what
// phones and pranksters produce and no more: the full Unicode table of
// confusables calls "rn" an "m", which would break words.
func latinLike(r rune) rune {
	if r < 0x80 {
		return r
	}
	if to := latinStroke(r); to != r {
		return to
	}
	return latinScript(r)
}

// squared reads white-on-black letters, which have no compatibility form.
func squared(r rune) rune {
	switch {
	case 0x1f150 <= r && r <= 0x1f169:
		return 'a' + r - 0x1f150
	case 0x1f170 <= r && r <= 0x1f189:
		return 'a' + r - 0x1f170
	}
	return r
}

// latinStroke reads small capitals and letters with a stroke or a twist.
func latinStroke(r rune) rune {
	const strokes = "ᴀaɑaʙbᴄcᴅdđdᴇeꜰfƒfɢgɡgʜhħhɪiıiɩiᴊjȷjᴋkʟlłlᴍmɴnᴏoøoᴘpʀrꜱsᴛtŧtᴜuᴠvᴡwʏyᴢz"
	return paired(strokes, r)
}

// latinScript reads Cyrillic and Greek letters.
func latinScript(r rune) rune {
	const cyrillic = "аaвbсcеeнhіiјjкkӏlмmоoрpѕsтtуyхxԁdԛqԝwьbѵvһhүy"
	const greek = "αaβbεeηnιiκkνvοoρpτtυuχxϲcϳjωw"
	if unicode.Is(unicode.Greek, r) {
		return paired(greek, r)
	}
	return paired(cyrillic, r)
}

// paired looks a letter up in a string of pairs, the likeness after the letter.
func paired(pairs string, r rune) rune {
	i := strings.IndexRune(pairs, r)
	if i < 0 {
		return r
	}
	return rune(pairs[i+len(string(r))])
}
