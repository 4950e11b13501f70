package safety

import (
	"slices"
	"strings"
	"unicode"
)

// misspelt finds the known word that a form is meant to be: figures for
// letters, letters dragged out, or one slip in a long word.
func (v *vocabulary) misspelt(form string) string {
	if strings.ContainsAny(form, "013457") && strings.ContainsFunc(form, unicode.IsLetter) {
		if c := v.unleet(form); c != "" {
			return c
		}
	}
	if s := squash(form); s != form || len(form) > 3 {
		if w, ok := v.squash[s]; ok && w != form && len(s) >= 3 && (s != form || len(w) > len(form)) && sameEnough(form, w) {
			return v.canonical(w)
		}
	}
	if len(form) < slipLetters-1 || len(form) > v.longest+1 {
		return ""
	}
	return v.slip(form)
}

// sameEnough keeps a short word from being taken for another that only
// doubles a letter ("god" and "good").
func sameEnough(form, known string) bool {
	return len(known) >= slipLetters || len(form) > len(known)
}

// unleet reads figures as letters, the 1 first as an i and then as an l.
func (v *vocabulary) unleet(form string) string {
	for _, one := range []string{"i", "l"} {
		plain := strings.NewReplacer("0", "o", "1", one, "3", "e", "4", "a", "5", "s", "7", "t").Replace(form)
		if c := v.canonical(plain); c != "" {
			return c
		}
		if c := v.slip(plain); c != "" {
			return c
		}
	}
	return ""
}

// slip finds a known word one slip away: a letter more, less or wrong, or two
// swapped. The first letter must be right, or only swapped: "willing myself"
// is not "killing myself".
func (v *vocabulary) slip(form string) string {
	if !plainLetters(form) {
		return ""
	}
	var scratch [64]byte
	if len(form) >= len(scratch) {
		return ""
	}
	if len(form) >= slipLetters-1 {
		for _, w := range v.slips[form] { // a letter is missing
			if w[0] == form[0] {
				return v.canonical(w)
			}
		}
	}
	for i := range len(form) {
		key := append(append(scratch[:0], form[:i]...), form[i+1:]...)
		if i > 0 && len(key) >= slipLetters && v.ids[string(key)] != 0 && string(key) != form { // a letter too many
			return v.canonical(string(key))
		}
		for _, w := range v.slips[string(key)] {
			if oneSlip(form, w) && (w[0] == form[0] || w[1] == form[0] && w[0] == form[1]) {
				return v.canonical(w)
			}
		}
	}
	return ""
}

// oneSlip reports one wrong letter or two neighbours swapped, in words of the
// same length.
func oneSlip(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	var at [2]int
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			if n == 2 {
				return false
			}
			at[n] = i
			n++
		}
	}
	return n == 1 || n == 2 && at[1] == at[0]+1 && a[at[0]] == b[at[1]] && a[at[1]] == b[at[0]]
}

// gluedLetters is how long a word must be to be looked at as several.
const gluedLetters = 8

// glued reads words typed without spaces ("killmyself"), when all are known.
func (v *vocabulary) glued(form string) []string {
	if len(form) < gluedLetters || len(form) > 40 {
		return nil
	}
	return v.cut(form)
}

// cut splits a run of letters into known words, as few as possible; nil when
// that cannot be done.
func (v *vocabulary) cut(run string) []string {
	if len(run) > 60 || !plainLetters(run) {
		return nil
	}
	fewest := make([]int, len(run)+1) // words needed up to here, 0 for never
	from := make([]int, len(run)+1)
	for to := 1; to <= len(run); to++ {
		for start := max(0, to-v.longest); start < to; start++ {
			if start > 0 && fewest[start] == 0 || !v.cuttable(run[start:to]) {
				continue
			}
			if n := fewest[start] + 1; fewest[to] == 0 || n < fewest[to] {
				fewest[to], from[to] = n, start
			}
		}
	}
	if fewest[len(run)] == 0 {
		return nil
	}
	var words []string
	for to := len(run); to > 0; to = from[to] {
		words = append(words, v.written(run[from[to]:to])...)
	}
	slices.Reverse(words)
	return words
}

// cuttable reports a word that may stand in a run; of single letters only I.
func (v *vocabulary) cuttable(w string) bool {
	if len(w) == 1 {
		return w == "i"
	}
	if _, ok := v.spell[w]; ok && len(w) > 2 {
		return true
	}
	return v.canonical(w) != ""
}

// written returns a word's canonical form, or what it is short for, last first.
func (v *vocabulary) written(w string) []string {
	if long, ok := v.spell[w]; ok && len(w) > 2 {
		reversed := slices.Clone(long)
		slices.Reverse(reversed)
		return reversed
	}
	if c := v.canonical(w); c != "" {
		return []string{c}
	}
	return []string{w}
}
