package reading

import (
	"strings"
	"unicode"

	"linkline/flows"
)

// token is one normalised word and where it stands in the text as typed.
type token struct {
	word       string
	start, end int
	// clause counts the commas, full stops and line breaks before the word.
	clause int
	// minus marks a dash straight before the word, dash one inside the piece
	// it came in ("1-3").
	minus, dash bool
}

// said is a reply cut into words: all of them, and those left when what
// surrounds an answer is taken away.
type said struct {
	text        string
	all, tokens []token
}

// tokenise cuts a reply into words and takes greetings, kisses, thanks,
// signatures and decorations from both its ends.
func tokenise(lex *lexicon, text string) said {
	s := said{text: strings.ToValidUTF8(text, "\uFFFD")}
	s.all = unglue(lex, joinLetters(split(s.text)))
	s.tokens = cutSignature(lex, s.all)
	s.tokens = stripPolite(lex, s.tokens)
	return s
}

// split cuts at white space and normalises each piece, which may give several
// words ("1,4") or none ("...").
func split(text string) []token {
	var out []token
	clause, start := 0, -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		if strings.Trim(text[start:end], "-–—") == "" {
			clause++ // "STOP - Maureen"
		}
		out = appendPiece(out, text[start:end], start, &clause)
		start = -1
	}
	for i, r := range text {
		if !unicode.IsSpace(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		flush(i)
		if r == '\n' || r == '\r' {
			clause++
		}
	}
	flush(len(text))
	return out
}

// appendPiece cuts one piece between spaces at its punctuation.
func appendPiece(out []token, piece string, at int, clause *int) []token {
	from := 0
	for i, r := range piece {
		if !isBreak(r) {
			continue
		}
		out = appendWords(out, piece[from:i], at+from, *clause)
		*clause++
		from = i + len(string(r))
	}
	return appendWords(out, piece[from:], at+from, *clause)
}

func isBreak(r rune) bool {
	return strings.ContainsRune(",;.!?()，。！？؟،", r)
}

func appendWords(out []token, part string, at, clause int) []token {
	first := len(out)
	dashed := strings.IndexAny(part, "-–—−")
	for word := range strings.FieldsSeq(flows.Normalise(part)) {
		t := token{word: word, start: at, end: at + len(part), clause: clause}
		if len(out) == first {
			t.minus = dashed == 0
		} else {
			t.dash = dashed > 0
		}
		out = append(out, t)
	}
	return out
}

// joinLetters reads a text of single letters only as the word they spell
// ("S T O P").
func joinLetters(tokens []token) []token {
	if len(tokens) < 3 {
		return tokens
	}
	var word strings.Builder
	for _, t := range tokens {
		if len(t.word) != 1 || t.word[0] < 'a' || t.word[0] > 'z' {
			return tokens
		}
		word.WriteString(t.word)
	}
	return []token{{word: word.String(), start: tokens[0].start, end: tokens[len(tokens)-1].end}}
}

// unglue parts a figure from the word typed onto it: "1pls", "1and4", "7ish".
func unglue(lex *lexicon, tokens []token) []token {
	var out []token
	for i, t := range tokens {
		pieces := gluedPieces(lex, t.word)
		if pieces == nil {
			if out != nil {
				out = append(out, t)
			}
			continue
		}
		if out == nil {
			out = append(make([]token, 0, len(tokens)+2), tokens[:i]...)
		}
		for _, piece := range pieces {
			t.word = piece
			out = append(out, t)
		}
	}
	if out == nil {
		return tokens
	}
	return out
}

// gluedPieces cuts a word that begins with a figure and goes on with a word
// that changes nothing; others stay whole, as "1e3" must.
func gluedPieces(lex *lexicon, word string) []string {
	pieces := cutAlnum(word)
	if !isDigitByte(word[0]) {
		if len(pieces) == 2 && lex.is("number_signs", pieces[0]) {
			return pieces // "no5", "option2"
		}
		return nil
	}
	if len(pieces) < 2 || len(pieces) > 3 || isSuffix(pieces[1]) {
		return nil
	}
	if !lex.is("polite", pieces[1]) && !lex.is("joiners", pieces[1]) && !lex.is("hedges", pieces[1]) {
		return nil
	}
	return pieces
}

// cutSignature drops what a mail program or a polite person puts below.
func cutSignature(lex *lexicon, tokens []token) []token {
	for i := 1; i < len(tokens); i++ {
		if tokens[i].clause == tokens[i-1].clause {
			continue
		}
		if _, n := lex.sets["signature"].at(tokens, i); n > 0 {
			return cutTitle(lex, tokens[:i])
		}
	}
	return cutTitle(lex, tokens)
}

// cutTitle drops a last clause that is a name with a title: "number two please. Mrs
// Gill".
func cutTitle(lex *lexicon, tokens []token) []token {
	for i := len(tokens) - 2; i > 0 && len(tokens)-i <= 4; i-- {
		if lex.is("titles", tokens[i].word) && tokens[i].clause != tokens[i-1].clause {
			return tokens[:i]
		}
	}
	return tokens
}

// stripPolite takes polite words and emoji that answer nothing from both ends,
// but never the last words left: "hello" and "thanks" may be all there is.
func stripPolite(lex *lexicon, tokens []token) []token {
	for len(tokens) > 1 {
		n := politeEnding(lex, tokens)
		if n == 0 || n == len(tokens) {
			break
		}
		tokens = tokens[:len(tokens)-n]
	}
	for len(tokens) > 1 {
		_, n := lex.sets["polite"].at(tokens, 0)
		if n == 0 && isDecoration(lex, tokens[0].word) {
			n = 1
		}
		if n == 0 || n == len(tokens) {
			break
		}
		tokens = tokens[n:]
	}
	return tokens
}

// politeEnding returns how many tokens at the end say nothing.
func politeEnding(lex *lexicon, tokens []token) int {
	for n := min(4, len(tokens)); n > 0; n-- {
		if lex.is("polite", join(tokens[len(tokens)-n:])) {
			return n
		}
	}
	if isDecoration(lex, tokens[len(tokens)-1].word) {
		return 1
	}
	return 0
}

// isDecoration reports whether a word is an emoji without a meaning of yes or
// no.
func isDecoration(lex *lexicon, word string) bool {
	for _, r := range word {
		if r < 0x80 || !unicode.Is(unicode.So, r) {
			return false
		}
	}
	return lex.yesNo.means[word] == noGrade
}

func join(tokens []token) string {
	if len(tokens) == 1 {
		return tokens[0].word
	}
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.word)
	}
	return b.String()
}

// from returns the text as typed from a token on, or "" past the last.
func (s said) from(tokens []token, i int) string {
	if i >= len(tokens) {
		return ""
	}
	return strings.TrimSpace(s.text[tokens[i].start:tokens[len(tokens)-1].end])
}

// ranged reports whether a dash stands between tokens[i-1] and tokens[i].
func (s said) ranged(tokens []token, i int) bool {
	if i == 0 || tokens[i].dash {
		return i > 0
	}
	between := s.text[min(tokens[i-1].end, tokens[i].start):tokens[i].start]
	return strings.ContainsAny(between, "-–—−") || tokens[i].minus
}
