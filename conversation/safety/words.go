package safety

import (
	"slices"
	"strings"
)

// token is one word of a text in the form in which phrases are looked up.
type token struct {
	word   string // the canonical word
	id     int32  // the number of that word, 0 for one that is not known
	figure int32  // the number of the sign for a figure, or 0
	source string // the word as flows.Normalise gives it
	at     int    // which source word it came from
}

// kind says what part a word plays around a match.
type kind uint16

const (
	isBreak   kind = 1 << iota // another thought begins: "but", "because"
	isOpening                  // another sentence may begin: "i", "he", "my"
	isClosing                  // may follow what was said: "thanks", "x"
	isGreeting
	isName   // may be a signature
	isCommon // stands in every text, and tells none apart
	isNegator
	isDouble // turns a negator round: "can not stop"
	isPast
	isSelf
	isOther
)

// vocabulary knows the words of the phrases and the ways they are misspelt.
type vocabulary struct {
	skip    map[string]bool
	same    map[string]string   // variant to canonical word
	spell   map[string][]string // short form to the words it is short for
	groups  map[string][]string // "<name>" to its canonical words
	tens    map[string]bool     // words for ten and more
	ids     map[string]int32    // known words, numbered from 1
	kinds   []kind              // by number
	read    map[string]reading  // every form that is known, and what it says
	slips   map[string][]string // a word with one letter left out, to the words it may be
	masked  map[string]string   // a word with one letter starred
	squash  map[string]string   // a word without doubled letters
	longest int
}

// reading is what a form is read as: nothing, one known word, or several.
type reading struct {
	word string
	long []string
}

func newVocabulary(f file) vocabulary {
	v := vocabulary{
		skip: map[string]bool{}, same: map[string]string{}, spell: map[string][]string{},
		groups: map[string][]string{}, tens: map[string]bool{}, ids: map[string]int32{}, kinds: make([]kind, 1),
	}
	for _, w := range f.Skip {
		v.skip[plain(w)] = true
	}
	for canonical, variants := range f.Same {
		for _, w := range variants {
			v.same[plain(w)] = canonical
		}
	}
	for long, shorts := range f.Spell {
		for _, short := range shorts {
			v.spell[plain(short)] = strings.Fields(long)
		}
	}
	for _, name := range sorted(f.Groups) {
		v.addGroup(f, name)
	}
	for _, w := range f.Tens {
		v.tens[v.enter(w)] = true
	}
	for words, k := range f.kinds() {
		for _, w := range *words {
			v.kinds[v.id(v.enter(plain(w)))] |= k
		}
	}
	for _, w := range f.Ordinary {
		v.enter(plain(w))
	}
	return v
}

// kinds says what the lists of words around a match are for.
func (f *file) kinds() map[*[]string]kind {
	return map[*[]string]kind{
		&f.Breaks: isBreak, &f.Openings: isOpening, &f.Closing: isClosing, &f.Greetings: isGreeting, &f.Common: isCommon, &f.Names: isName,
		&f.Negators: isNegator, &f.Double: isDouble, &f.Past: isPast, &f.Selves: isSelf, &f.Others: isOther,
	}
}

func (v *vocabulary) addGroup(f file, name string) {
	for _, w := range groupWords(f.Groups, name, nil) {
		var words []string
		for one := range strings.FieldsSeq(strings.ReplaceAll(w, "+", " ")) {
			if long, ok := v.spell[plain(one)]; ok {
				words = append(words, long...)
				continue
			}
			words = append(words, v.enter(plain(one)))
		}
		v.groups["<"+name+">"] = append(v.groups["<"+name+">"], strings.Join(words, " "))
	}
}

// groupWords returns the words of a group and of the groups inside it.
func groupWords(groups map[string][]string, name string, above []string) []string {
	if slices.Contains(above, name) {
		return nil
	}
	var out []string
	for _, line := range groups[name] {
		for w := range strings.FieldsSeq(line) {
			if inner, ok := strings.CutPrefix(w, "<"); ok {
				out = append(out, groupWords(groups, strings.TrimSuffix(inner, ">"), append(above, name))...)
				continue
			}
			out = append(out, w)
		}
	}
	return out
}

// enter adds a known word, so that it is taken for no misspelling of another
// ("thanks" for "thinks"), and returns its canonical form.
func (v *vocabulary) enter(word string) string {
	if canonical, ok := v.same[word]; ok {
		word = canonical
	}
	v.id(word)
	return word
}

// id numbers a known word.
func (v *vocabulary) id(word string) int32 {
	id, ok := v.ids[word]
	if !ok {
		id = int32(len(v.ids)) + 1 //nolint:gosec // a few thousand words
		v.ids[word] = id
		v.kinds = append(v.kinds, 0)
	}
	return id
}

// is reports what part a word plays.
func (v *vocabulary) is(id int32, k kind) bool { return v.kinds[id]&k != 0 }

// slipLetters is how long a word must be for one slip in it to be forgiven.
const slipLetters = 5

// finish builds the look-ups of misspellings, once all phrases are entered.
func (v *vocabulary) finish() {
	v.read = make(map[string]reading, len(v.ids)+len(v.same)+len(v.spell)+len(v.skip))
	for w := range v.skip {
		v.read[w] = reading{}
	}
	for _, w := range v.forms() {
		v.read[w] = reading{word: v.canonical(w)}
	}
	for w, long := range v.spell {
		v.read[w] = reading{long: long}
	}
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
	for w := range v.ids {
		out = append(out, w)
	}
	for w, canonical := range v.same {
		if v.ids[canonical] != 0 {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func plainLetters(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
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
	if v.ids[form] != 0 {
		return form
	}
	if c, ok := v.same[form]; ok && v.ids[c] != 0 {
		return c
	}
	return ""
}
