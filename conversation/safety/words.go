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

// set returns words as a set, and enters them too, so that none of them is
// taken for a misspelling of another ("thanks" for "thinks").
func (v *vocabulary) set(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[v.enter(flows.Normalise(w))] = true
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
	text = strings.ReplaceAll(v.unmask(text), "\n", " . ") // a line is a clause
	for chunk := range strings.FieldsSeq(text) {
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
