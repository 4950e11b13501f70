package safety

import "strings"

// tokens brings the words of a text to the form of the phrases.
func (v *vocabulary) tokens(pieces []string) []token {
	out := make([]token, 0, len(pieces)+len(pieces)/4+2)
	letters := 0 // single letters in a row before here ("k i l l")
	for i, word := range pieces {
		if len(word) == 1 && word[0] >= 'a' && word[0] <= 'z' {
			letters++
			continue
		}
		if letters > 0 {
			out = v.joined(pieces, i-letters, i, out)
			letters = 0
		}
		out = v.appendWord(out, token{word: word, source: word, at: i})
	}
	return v.joined(pieces, len(pieces)-letters, len(pieces), out)
}

// joined reads a row of single letters as the words they spell, when they
// spell known ones; two letters are left as they are.
func (v *vocabulary) joined(pieces []string, from, to int, out []token) []token {
	kiss := to // where a kiss after them begins
	for kiss > from && pieces[kiss-1] == "x" {
		kiss--
	}
	if kiss-from >= 3 {
		run := strings.Join(pieces[from:kiss], "")
		if words := v.cut(run); words != nil {
			for _, w := range words {
				out = v.appendKnown(out, token{word: w, source: run, at: from})
			}
			from = kiss
		}
	}
	for i := from; i < to; i++ {
		out = v.appendWord(out, token{word: pieces[i], source: pieces[i], at: i})
	}
	return out
}

// appendWord brings one word to its canonical form.
func (v *vocabulary) appendWord(out []token, t token) []token {
	if r, ok := v.read[t.word]; ok {
		if r.word == "" {
			return v.appendAll(out, t, r.long) // none for a word passed over
		}
		t.word = r.word
		return v.appendKnown(out, t)
	}
	if c := v.misspelt(t.word); c != "" {
		t.word = c
		return v.appendKnown(out, t)
	}
	if words := v.glued(t.word); words != nil {
		return v.appendAll(out, t, words)
	}
	return v.appendKnown(out, t)
}

func (v *vocabulary) appendAll(out []token, t token, words []string) []token {
	for _, w := range words {
		t.word = w
		out = v.appendKnown(out, t)
	}
	return out
}

// appendKnown adds a token, joining "my self".
func (v *vocabulary) appendKnown(out []token, t token) []token {
	if t.word == "self" && len(out) > 0 {
		last := &out[len(out)-1]
		if pair := v.canonical(last.word + "self"); pair != "" {
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
	case isYear(word):
		return v.ids[anyYear]
	case len(digits) > 1:
		return v.ids[anyTens]
	}
	return v.ids[anyNumber]
}
