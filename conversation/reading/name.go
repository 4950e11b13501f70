package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readName takes a name out of what people put around it ("my names Jo Smith
// x") and keeps its spelling: O'Brien, Nguyễn, X Æ A-12, one name alone. What
// reads as a sentence or as an answer to something else is asked again.
func readName(q Question, lex *lexicon, s said) Reading {
	tokens := trimName(lex, s.all)
	name := tidyName(s, tokens)
	limit := q.Max
	if limit == 0 {
		limit = map[Type]int{Name: 60, FullName: 100}[q.Type]
	}
	switch {
	case len(tokens) == 0 || lex.is("not_names", join(tokens)) || lex.yesNo.means[join(s.tokens)] != noGrade:
		return unclear("name.not-a-name")
	case !strings.ContainsFunc(name, unicode.IsLetter):
		return unclear("name.no-letters")
	case utf8.RuneCountInString(name) > limit:
		return unclear("name.too-long")
	case strings.ContainsAny(s.text, "?？") || isSentence(lex, tokens):
		return unclear("name.sentence")
	}
	return value("name.words", name, name)
}

// trimName takes lead-ins, greetings, kisses and emoji from the ends. It keeps
// to words that are no surnames: Love, Bliss and Mann are.
func trimName(lex *lexicon, tokens []token) []token {
	for len(tokens) > 1 {
		n := longest(tokens, lex.sets["name_lead"], lex.sets["name_polite"])
		if n == 0 && isDecoration(lex, tokens[0].word) {
			n = 1
		}
		if n == 0 || n >= len(tokens) {
			break
		}
		tokens = tokens[n:]
	}
	for len(tokens) > 1 {
		n := nameEnding(lex, tokens)
		if n == 0 || n >= len(tokens) {
			break
		}
		tokens = tokens[:len(tokens)-n]
	}
	return tokens
}

func longest(tokens []token, sets ...phrases[bool]) int {
	most := 0
	for _, set := range sets {
		_, n := set.at(tokens, 0)
		most = max(most, n)
	}
	return most
}

func nameEnding(lex *lexicon, tokens []token) int {
	for n := min(4, len(tokens)-1); n > 0; n-- {
		end := join(tokens[len(tokens)-n:])
		if lex.is("name_trail", end) || lex.is("name_polite", end) {
			return n
		}
	}
	if isDecoration(lex, tokens[len(tokens)-1].word) {
		return 1
	}
	return 0
}

// isSentence reports whether too many words are none that names are made of.
// One may be: An, My, To and The are names somewhere.
func isSentence(lex *lexicon, tokens []token) bool {
	function := 0
	for _, t := range tokens {
		if lex.is("sentence", t.word) {
			function++
		}
	}
	return lex.is("against", tokens[0].word) || function >= 2 || len(tokens) > 6 || function == 1 && len(tokens) >= 5
}

// tidyName keeps the typed letters, drops what is not part of a name, and gives
// capitals to a name typed without any.
func tidyName(s said, tokens []token) string {
	if len(tokens) == 0 {
		return ""
	}
	text := strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == '‘' || r == '`' || r == '´':
			return '\''
		case r == '–' || r == '—' || r == '‐' || r == '‑':
			return '-'
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), r == '\'', r == '-', r == '.', r == '&':
			return r
		case unicode.IsControl(r) && !unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return ' '
	}, s.text[tokens[0].start:tokens[len(tokens)-1].end])
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = strings.Trim(w, ".-'&")
	}
	words = slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, "0123456789") == "" })
	name := strings.Join(words, " ")
	if name == strings.ToLower(name) {
		return capitals(name)
	}
	if len(words) > 0 && name == strings.ToUpper(name) && utf8.RuneCountInString(words[0]) > 3 {
		return capitals(strings.ToLower(name))
	}
	return name
}

// capitals raises the first letter of each part: "jo o'brien-smith".
func capitals(name string) string {
	first := true
	return strings.Map(func(r rune) rune {
		out := r
		if first {
			out = unicode.ToTitle(r)
		}
		first = r == ' ' || r == '-' || r == '\''
		return out
	}, name)
}
