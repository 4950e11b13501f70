package reading

import (
	"strings"
	"unicode/utf8"
)

// typoLetters is how long a word must be for one mistake in it to be forgiven:
// in shorter ones a slip makes another word.
const typoLetters = 5

// near reports whether a typed word is a known one with at most one slip: a
// letter more, less or wrong, or two neighbours swapped (the optimal string
// alignment distance), or its plural.
func near(typed, known string) bool {
	if typed == known || len(known) >= typoLetters-1 && (cutLetter(typed, known) || cutLetter(known, typed)) {
		return true
	}
	if len(known) < typoLetters || len(typed) < typoLetters-1 || len(known)-len(typed) > utf8.UTFMax || len(typed)-len(known) > utf8.UTFMax {
		return false
	}
	return utf8.RuneCountInString(known) >= typoLetters && oneSlip(typed, known)
}

// cutLetter reports whether long is short and an s.
func cutLetter(long, short string) bool {
	return len(long) == len(short)+1 && long[len(short)] == 's' && strings.HasPrefix(long, short)
}

// oneSlip reports whether one edit makes a out of b. It allocates nothing,
// because it is asked for every word of a list.
func oneSlip(a, b string) bool {
	a, b = afterCommon(a, b)
	if a == "" || b == "" {
		return utf8.RuneCountInString(a)+utf8.RuneCountInString(b) <= 1
	}
	restA, restB := dropRune(a), dropRune(b)
	if restA == restB || restA == b || a == restB {
		return true
	}
	if restA == "" || restB == "" {
		return false
	}
	swapped := strings.HasPrefix(restB, a[:len(a)-len(restA)]) && strings.HasPrefix(restA, b[:len(b)-len(restB)])
	return swapped && dropRune(restA) == dropRune(restB)
}

// afterCommon drops the letters with which both words begin.
func afterCommon(a, b string) (restA, restB string) {
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y || n != m {
			break
		}
		a, b = a[n:], b[m:]
	}
	return a, b
}

func dropRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[n:]
}

// longName is from how many letters on a name may have two slips in it.
const longName = 8

// twoSlips reports whether two edits make one long name of another. Names of
// places are spelt worse than other words, and only a list of a few is
// compared.
func twoSlips(a, b string) bool {
	if len(a) < longName-1 || len(b) < longName || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return false
	}
	for i := 0; i <= len(a); i++ { // mend one slip in a, then look for the other
		switch {
		case i < len(a) && oneSlip(a[:i]+a[i+1:], b) && len(b) <= len(a):
			return true
		case i < len(a) && i < len(b) && oneSlip(a[:i]+b[i:i+1]+a[i+1:], b):
			return true
		case i < len(b) && len(a) < len(b) && oneSlip(a[:i]+b[i:i+1]+a[i:], b):
			return true
		}
	}
	return false
}
