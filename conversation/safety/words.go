package safety

import (
	"slices"
	"strings"
	"unicode"

	"linkline/flows"
)

// token is one word of a text in the form in which phrases are looked up.
type token struct {
	word   string   // the canonical word
	also   []string // groups and signs the word stands for as well
	source string   // the word as flows.Normalise gives it
	at     int      // which source word it came from
	clause int
}

// vocabulary knows the words of the phrases and the ways they are misspelt.
type vocabulary struct {
	skip    map[string]bool
	same    map[string]string   // variant to canonical word
	spell   map[string][]string // short form to the words it is short for
	groups  map[string]bool     // "<name>"
	members map[string][]string // word to its groups and signs
	known   map[string]bool     // canonical words in phrases
	slips   map[string][]string // a word with one letter left out, to the words it may be
	masked  map[string]string   // a word with one letter starred
	squash  map[string]string   // a word without doubled letters
	longest int
}

func newVocabulary(f file) vocabulary {
	v := vocabulary{
		skip: map[string]bool{}, same: map[string]string{}, spell: map[string][]string{}, groups: map[string]bool{},
		members: map[string][]string{}, known: map[string]bool{},
	}
	for _, w := range f.Skip {
		v.skip[flows.Normalise(w)] = true
	}
	for canonical, variants := range f.Same {
		for _, w := range variants {
			v.same[flows.Normalise(w)] = canonical
		}
	}
	for short, long := range f.Spell {
		v.spell[flows.Normalise(short)] = strings.Fields(long)
	}
	for name, words := range f.Groups {
		group := "<" + name + ">"
		v.groups[group] = true
		for _, w := range words {
			w = v.enter(flows.Normalise(w))
			v.members[w] = append(v.members[w], group)
		}
	}
	for _, w := range f.Tens {
		v.members[w] = append(v.members[w], anyNumber, anyTens)
	}
	return v
}

// enter adds a word of a phrase and returns its canonical form.
func (v *vocabulary) enter(word string) string {
	if canonical, ok := v.same[word]; ok {
		word = canonical
	}
	v.known[word] = true
	return word
}

func (v *vocabulary) set(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[flows.Normalise(w)] = true
	}
	return out
}

// slipLetters is how long a word must be for one slip in it to be forgiven.
const slipLetters = 5

// finish builds the look-ups of misspellings, once all phrases are entered.
func (v *vocabulary) finish() {
	v.slips, v.masked, v.squash = map[string][]string{}, map[string]string{}, map[string]string{}
	for _, w := range v.forms() {
		v.longest = max(v.longest, len(w))
		if s := squash(w); s != w {
			v.squash[s] = w
		} else if _, taken := v.squash[w]; !taken {
			v.squash[w] = w
		}
		if !plainLetters(w) {
			continue
		}
		for i := range len(w) {
			if len(w) >= 3 {
				v.masked[w[:i]+"*"+w[i+1:]] = w
			}
			if len(w) >= slipLetters {
				key := w[:i] + w[i+1:]
				v.slips[key] = append(v.slips[key], w)
			}
		}
	}
}

// forms returns every spelling that is known, in a fixed order.
func (v *vocabulary) forms() []string {
	var out []string
	for w := range v.known {
		out = append(out, w)
	}
	for w, canonical := range v.same {
		if v.known[canonical] {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func plainLetters(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// squash writes doubled letters once.
func squash(w string) string {
	var b strings.Builder
	var last rune
	for _, r := range w {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// canonical returns the known word that a form is, or "".
func (v *vocabulary) canonical(form string) string {
	if c, ok := v.same[form]; ok {
		return c
	}
	if v.known[form] {
		return form
	}
	return ""
}

// tokens cuts a text into words and brings each to the form of the phrases.
func (v *vocabulary) tokens(text string, out []token) []token {
	clause, at := 0, 0
	if len(out) > 0 {
		clause, at = out[len(out)-1].clause, out[len(out)-1].at+1
	}
	var letters []token // single letters in a row ("k i l l")
	flush := func() {
		out = v.joined(letters, out)
		letters = letters[:0]
	}
	for chunk := range strings.FieldsSeq(v.unmask(text)) {
		for len(chunk) > 0 {
			piece := chunk
			stop := strings.IndexAny(chunk, ".,;:?!()")
			if stop >= 0 {
				piece, chunk = chunk[:stop], chunk[stop+1:]
			} else {
				chunk = ""
			}
			for source := range strings.FieldsSeq(flows.Normalise(piece)) {
				t := token{word: source, source: source, at: at, clause: clause}
				at++
				if len(source) == 1 && source[0] >= 'a' && source[0] <= 'z' {
					letters = append(letters, t)
					continue
				}
				flush()
				out = v.appendWord(out, t)
			}
			if stop >= 0 {
				clause++
			}
		}
	}
	flush()
	return out
}

// unmask reads signs that stand for letters inside a word: "d!e", "$uicide",
// "k*ll".
func (v *vocabulary) unmask(text string) string {
	text = strings.ToValidUTF8(text, " ")
	if !strings.ContainsAny(text, "@$!*€") {
		return text
	}
	words := strings.Fields(text)
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

// joined reads a row of single letters as the words they spell, when they
// spell known ones; two letters are left as they are.
func (v *vocabulary) joined(letters, out []token) []token {
	if len(letters) >= 3 {
		var b strings.Builder
		for _, t := range letters {
			b.WriteString(t.word)
		}
		if words := v.cut(b.String()); words != nil {
			for _, w := range words {
				t := letters[0]
				t.word, t.source = w, b.String()
				out = v.appendKnown(out, t)
			}
			return out
		}
	}
	for _, t := range letters {
		out = v.appendWord(out, t)
	}
	return out
}

// appendWord brings one word to its canonical form.
func (v *vocabulary) appendWord(out []token, t token) []token {
	if v.skip[t.word] {
		return out
	}
	if long, ok := v.spell[t.word]; ok {
		for _, w := range long {
			t.word = w
			out = v.appendKnown(out, t)
		}
		return out
	}
	if c := v.canonical(t.word); c != "" {
		t.word = c
		return v.appendKnown(out, t)
	}
	if c := v.misspelt(t.word); c != "" {
		t.word = c
		return v.appendKnown(out, t)
	}
	if words := v.glued(t.word); words != nil {
		for _, w := range words {
			t.word = w
			out = v.appendKnown(out, t)
		}
		return out
	}
	return v.appendKnown(out, t)
}

// appendKnown adds a token with its groups, joining "my self".
func (v *vocabulary) appendKnown(out []token, t token) []token {
	if t.word == "self" && len(out) > 0 {
		last := &out[len(out)-1]
		if pair := v.canonical(last.word + "self"); pair != "" && last.clause == t.clause {
			last.word, last.source = pair, last.source+" "+t.source
			last.also = v.members[pair]
			return out
		}
	}
	t.also = v.members[t.word]
	if len(t.also) == 0 && t.word != "" && t.word[0] >= '0' && t.word[0] <= '9' {
		t.also = numberSigns(t.word)
	}
	return append(out, t)
}

func numberSigns(word string) []string {
	digits := strings.TrimRight(word, "mgx")
	switch {
	case strings.Trim(digits, "0123456789") != "":
		return nil
	case len(digits) > 1:
		return tensSigns()
	}
	return tensSigns()[:1]
}

func tensSigns() []string { return []string{anyNumber, anyTens} }

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
		if i > 0 && len(key) >= slipLetters && v.known[string(key)] && string(key) != form { // a letter too many
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
