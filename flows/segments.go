package flows

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How many units fit into one text alone, and into each part of a longer one
// (3GPP TS 23.038; the user data header of a joined text takes the rest).
const (
	gsmSingle = 160
	gsmPart   = 153
	ucsSingle = 70
	ucsPart   = 67
)

// The two encodings a text can travel in.
const (
	GSM7 = "GSM-7"
	UCS2 = "UCS-2"
)

// gsmBasic and gsmExtension are the characters of the default alphabet of
// 3GPP TS 23.038 6.2.1 and of its extension table, whose characters cost two.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtension = "\f^{}\\[~]|€"
)

// Segments is what a text costs on the SMS network.
type Segments struct {
	// Encoding is GSM7 or UCS2.
	Encoding string
	// Units counts septets in GSM-7 and UTF-16 units in UCS-2.
	Units int
	// Parts is how many texts the network sends and charges; 0 for no text.
	Parts int
	// Foreign holds the characters that forced UCS-2, each once, in order.
	Foreign []rune
}

// Count measures a text as the network does (messaging 1.4). An escape pair
// or a surrogate pair is never split over two parts, so a part may end one
// unit short.
func Count(text string) Segments {
	s := Segments{Encoding: GSM7, Foreign: foreign(text)}
	cost, single, part := gsmCost, gsmSingle, gsmPart
	if len(s.Foreign) > 0 {
		s.Encoding = UCS2
		cost, single, part = utf16Cost, ucsSingle, ucsPart
	}
	joined, room := 0, 0
	for _, r := range text {
		n := cost(r)
		s.Units += n
		if n > room {
			joined++
			room = part
		}
		room -= n
	}
	s.Parts = joined
	if s.Units > 0 && s.Units <= single {
		s.Parts = 1
	}
	return s
}

func foreign(text string) []rune {
	var out []rune
	for _, r := range text {
		if gsmCost(r) == 0 && !strings.ContainsRune(string(out), r) {
			out = append(out, r)
		}
	}
	return out
}

// gsmCost returns the septets a character takes, or 0 when GSM-7 lacks it.
func gsmCost(r rune) int {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', ' ' <= r && r <= '?':
		return 1 // nearly every character, without a search
	case r == utf8.RuneError:
		return 0
	case strings.ContainsRune(gsmBasic, r):
		return 1
	case strings.ContainsRune(gsmExtension, r):
		return 2
	}
	return 0
}

func utf16Cost(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// plainer gives the GSM-7 spelling of characters that word processors and
// phones put in unasked, each of which would more than halve what fits.
var plainer = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'", "ʼ", "'", "`", "'", "´", "'", "‹", "'", "›", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "″", `"`, "«", `"`, "»", `"`,
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-",
	"…", "...", "•", "-", "‣", "-", "◦", "-", "●", "-", "▪", "-", "·", "-",
	"\u00a0", " ", "\u202f", " ", "\u2007", " ", "\u2009", " ", "\u200a", " ", "\u2002", " ",
	"\u2003", " ", "\u2008", " ", "\u205f", " ", "\u3000", " ", "\t", " ", "\u2028", "\n", "\u2029", "\n",
	"\u200b", "", "\u2060", "", "\ufeff", "", "\u00ad", "",
	"ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st",
	"œ", "oe", "Œ", "OE", "×", "x",
)

// PlainSMS rewrites a text with the GSM-7 equivalents of curly quotes,
// dashes, odd spaces, bullets and ligatures. What has no equivalent (Welsh
// circumflexes, emoji, another script) stays: losing it would change a word.
func PlainSMS(text string) string {
	if isASCII(text) && !strings.ContainsAny(text, "`\t") {
		return text // as most are; the replacer copies also what it leaves alone
	}
	return plainer.Replace(norm.NFC.String(text))
}
