package safety

import (
	"slices"
	"strings"
)

// token is one word of a text in the form in which phrases are looked up.
type token struct {
	word   string // the canonical word
	id     int32  // the number of that word, 0 for one in no phrase
	figure int32  // the number of the sign for a figure, or 0
	source string // the word as flows.Normalise gives it
	at     int    // which source word it came from
	clause int
}

// vocabulary knows the words of the phrases and the ways they are misspelt.
type vocabulary struct {
	skip    map[string]bool
	same    map[string]string   // variant to canonical word
	spell   map[string][]string // short form to the words it is short for
	groups  map[string][]string // "<name>" to its canonical words
	tens    map[string]bool     // words for ten and more
	ids     map[string]int32    // words of phrases, numbered from 1
	known   map[string]bool     // canonical words in phrases
	slips   map[string][]string // a word with one letter left out, to the words it may be
	masked  map[string]string   // a word with one letter starred
	squash  map[string]string   // a word without doubled letters
	longest int
}

func newVocabulary(f file) vocabulary {
	v := vocabulary{
		skip: map[string]bool{}, same: map[string]string{}, spell: map[string][]string{}, groups: map[string][]string{},
		tens: map[string]bool{}, ids: map[string]int32{}, known: map[string]bool{},
	}
	for _, w := range f.Skip {
		v.skip[plain(w)] = true
	}
	for canonical, variants := range f.Same {
		for _, w := range variants {
			v.same[plain(w)] = canonical
		}
	}
	for short, long := range f.Spell {
		v.spell[plain(short)] = strings.Fields(long)
	}
	for name := range f.Groups {
		for _, w := range groupWords(f.Groups, name, nil) {
			v.groups["<"+name+">"] = append(v.groups["<"+name+">"], v.enter(plain(w)))
		}
	}
	for _, w := range f.Tens {
		v.tens[v.enter(w)] = true
	}
	return v
}

// groupWords returns the words of a group and of the groups inside it.
func groupWords(groups map[string][]string, name string, above []string) []string {
	if slices.Contains(above, name) {
		return nil
	}
	var out []string
	for _, w := range groups[name] {
		if inner, ok := strings.CutPrefix(w, "<"); ok {
			out = append(out, groupWords(groups, strings.TrimSuffix(inner, ">"), append(above, name))...)
			continue
		}
		out = append(out, w)
	}
	return out
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
		out[v.enter(plain(w))] = true
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

// tokens brings the words of a text to the form of the phrases.
func (v *vocabulary) tokens(pieces []piece) []token {
	out := make([]token, 0, len(pieces)+len(pieces)/4+2)
	var letters []token // single letters in a row ("k i l l")
	for i, p := range pieces {
		t := token{word: p.word, source: p.word, at: i, clause: p.clause}
		if len(p.word) == 1 && p.word[0] >= 'a' && p.word[0] <= 'z' {
			letters = append(letters, t)
			continue
		}
		if len(letters) > 0 {
			out = v.joined(letters, out)
			letters = letters[:0]
		}
		out = v.appendWord(out, t)
	}
	return v.joined(letters, out)
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
			last.id = v.ids[pair]
			return out
		}
	}
	t.id = v.ids[t.word]
	switch {
	case v.tens[t.word]:
		t.figure = v.ids[anyTens]
	case t.word != "" && t.word[0] >= '0' && t.word[0] <= '9':
		t.figure = v.figure(t.word)
	}
	return append(out, t)
}

// figure returns the sign that a word of figures stands for.
func (v *vocabulary) figure(word string) int32 {
	digits := strings.TrimRight(word, "mgx")
	switch {
	case strings.Trim(digits, "0123456789") != "":
		return 0
	case len(digits) > 1:
		return v.ids[anyTens]
	}
	return v.ids[anyNumber]
}

// id numbers a word of a phrase.
func (v *vocabulary) id(word string) int32 {
	id, ok := v.ids[word]
	if !ok {
		id = int32(len(v.ids)) + 1 //nolint:gosec // a few thousand words
		v.ids[word] = id
	}
	return id
}
