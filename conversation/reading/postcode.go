package reading

import (
	"slices"
	"strings"
)

// areas are the postcode areas of the United Kingdom and the Crown
// dependencies; GX is Gibraltar's and is none of ours.
const areas = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX " +
	"FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW " +
	"OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN " +
	"WR WS WV YO ZE "

// figures must be among the characters of a code: repairs alone make none
// ("skip" is not SK1P).
const figures = "0123456789"

// outwardForms are the shapes of the outward half: A a letter, 9 a digit.
func outwardForms() []string {
	return []string{"A9", "A99", "AA9", "AA99", "A9A", "AA9A"}
}

// readPostcode reads a whole postcode anywhere in a reply, or the first half
// standing alone, and repairs a letter O for a zero and the like (B38). A
// person who does not want to say gives "".
func readPostcode(lex *lexicon, s said) Reading {
	if lex.is("not_given", join(s.all)) || lex.is("not_given", join(s.tokens)) {
		return value("postcode.not-given", "", "")
	}
	words := upperWords(s)
	if bfpo, ok := readBFPO(words); ok {
		return value("postcode.bfpo", bfpo, bfpo)
	}
	if eircode(words) {
		return unclear("postcode.eircode")
	}
	whole := wholePostcodes(words)
	switch {
	case len(whole) == 1 && slices.ContainsFunc(s.tokens, func(t token) bool { return lex.is("either", t.word) }):
		return unclear("postcode.several", whole...)
	case len(whole) == 1:
		return value("postcode.whole", whole[0], whole[0])
	case len(whole) > 1:
		return unclear("postcode.several", whole...)
	}
	var left []string
	for _, w := range words {
		if !lex.is("postcode_dress", strings.ToLower(w)) {
			left = append(left, w)
		}
	}
	alone := strings.Join(left, "")
	if len(left) == 2 {
		if _, half := outward(left[0]); half && strings.ContainsAny(left[1], figures) {
			return unclear("postcode.unknown") // "LS6 2": the rest is missing
		}
	}
	if out, ok := outward(alone); ok && len(left) <= 2 && strings.ContainsAny(alone, figures) {
		return value("postcode.outward", out, out)
	}
	if out := outwardAmong(left); out != "" {
		return value("postcode.outward", out, out)
	}
	return unclear("postcode.unknown")
}

// outwardAmong finds the one half standing as a word beside the name of a place:
// "LS1 leeds". Another word with a figure in it may be the rest, or a house.
func outwardAmong(words []string) string {
	found := ""
	for _, w := range words {
		if !strings.ContainsAny(w, figures) {
			continue
		}
		out, ok := outward(w)
		if !ok || found != "" || len(words) > 3 || out != w {
			return ""
		}
		found = out
	}
	return found
}

func upperWords(s said) []string {
	words := make([]string, 0, len(s.tokens))
	for _, t := range s.tokens {
		words = append(words, strings.ToUpper(t.word))
	}
	return words
}

func readBFPO(words []string) (string, bool) {
	for i, w := range words {
		number, ok := strings.CutPrefix(w, "BFPO")
		if !ok {
			continue
		}
		if number == "" && i+1 < len(words) {
			number = words[i+1]
		}
		if n, ok := digits(number); ok && n > 0 {
			return "BFPO " + number, true
		}
	}
	return "", false
}

// eircode reports an Irish postcode (D02 X285), which no service here covers.
func eircode(words []string) bool {
	joined := strings.Join(words, "")
	if len(joined) != 7 {
		return false
	}
	dublin6w := fits(joined[:2], "A9") && joined[2] == 'W'
	if !dublin6w && !fits(joined[:3], "A99") {
		return false
	}
	_, british := inward(joined[4:])
	_, out := outward(joined[:4])
	return !british || !out
}

// wholePostcodes tries neighbouring words together, down to single letters.
func wholePostcodes(words []string) []string {
	var found []string
	for i := 0; i < len(words); i++ {
		for n := 7; n > 0; n-- {
			if i+n > len(words) {
				continue
			}
			if code, ok := wholePostcode(strings.Join(words[i:i+n], "")); ok {
				if !slices.Contains(found, code) {
					found = append(found, code)
				}
				i += n - 1
				break
			}
		}
	}
	return found
}

func wholePostcode(s string) (string, bool) {
	if len(s) < 5 || len(s) > 7 || !strings.ContainsAny(s, figures) {
		return "", false
	}
	out, ok := outward(s[:len(s)-3])
	if !ok {
		return "", false
	}
	in, ok := inward(s[len(s)-3:])
	return out + " " + in, ok
}

// outward reads the half before the space, with as few repairs as possible.
func outward(s string) (string, bool) {
	best, fewest := "", len(s)+1
	for _, form := range outwardForms() {
		fixed, repairs, ok := repair(s, form)
		if !ok || repairs >= fewest || !knownArea(fixed, form) {
			continue
		}
		best, fewest = fixed, repairs
	}
	return best, best != ""
}

// knownArea also refuses a district such as S01: it is SO1 with a slip.
func knownArea(s, form string) bool {
	at := strings.IndexByte(form, '9')
	area := s[:at]
	if strings.HasSuffix(form, "99") && s[at] == '0' {
		return false
	}
	if strings.HasSuffix(form, "9A") && !strings.Contains(" E EC N NW SE SW W WC ", " "+area+" ") {
		return false // only inner London has districts such as W1A: CF1O is CF10
	}
	return strings.Contains(areas, " "+area+" ")
}

// inward reads the half after the space, which never holds C I K M O or V.
func inward(s string) (string, bool) {
	fixed, _, ok := repair(s, "9AA")
	if !ok || strings.ContainsAny(fixed[1:], "CIKMOV") {
		return "", false
	}
	return fixed, true
}

// repair brings s to a form, taking O for 0 and I or L for 1 and back, and
// counts what it had to change.
func repair(s, form string) (string, int, bool) {
	if len(s) != len(form) {
		return "", 0, false
	}
	out, repairs := []byte(s), 0
	for i := range out {
		if fits(s[i:i+1], form[i:i+1]) {
			continue
		}
		to, ok := lookAlike(s[i], form[i])
		if !ok {
			return "", 0, false
		}
		out[i] = to
		repairs++
	}
	return string(out), repairs, true
}

func lookAlike(b, form byte) (byte, bool) {
	digit, letter := strings.IndexByte("OIL", b), strings.IndexByte("01", b)
	switch {
	case form == '9' && digit >= 0:
		return "011"[digit], true
	case form == 'A' && letter >= 0:
		return "OI"[letter], true
	}
	return 0, false
}

func fits(s, form string) bool {
	for i := range len(s) {
		letter, digit := s[i] >= 'A' && s[i] <= 'Z', s[i] >= '0' && s[i] <= '9'
		if form[i] == 'A' && !letter || form[i] == '9' && !digit {
			return false
		}
	}
	return true
}
