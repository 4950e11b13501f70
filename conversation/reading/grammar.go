package reading

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// grammar is how a language puts its answers together out of parts: words that
// stand for one another, and phrases made of them. Lists of whole phrases can
// never be long enough ("yes thats absolutely fine by me mate"); a few dozen
// phrases of this kind cover a text or show which of its words they do not.
type grammar struct {
	// ids numbers the words that a phrase knows, same brings variants to them.
	ids  map[string]wordID
	same map[string][]wordID
	// slips holds the longer words by first letter, for a mistake in one.
	slips   map[byte][]string
	classes map[string][]string
	rules   []rule
	// heads are the rules by the word they may begin with.
	heads [][]uint16
	// turns are the words that narrow or put off an answer, noTurns those that
	// do so to a no, why those with which its reason begins.
	// opens those that undo either wherever they stand.
	turns, noTurns, why, opens map[string]bool
	// own are the words that no other language has.
	own map[string]bool
	// denies are the words that no phrase should end with where more follows.
	denies map[wordID]bool
}

// wordID stands for a word of a grammar, so that comparing costs nothing.
type wordID uint16

const (
	unknownWord wordID = iota
	figureWord         // a number that no phrase names
	nameWord           // a word that no phrase knows, with a capital
	firstWord
)

// rule is one phrase and what it says.
type rule struct {
	grade grade
	steps []ruleStep
}

// ruleStep is a place in a phrase: one of several words, or of short runs of
// them.
type ruleStep struct {
	word          wordID   // the only word, where set is nil
	set           []uint64 // bit by word
	runs          [][]wordID
	optional, any bool
	again         bool
}

// piece is a word as the grammar knows it and the token it comes from; one token
// may give several ("dont" is "do not").
type piece struct {
	id            wordID
	token, clause int
	// loose holds where a phrase may begin inside a token: "yesplease".
	loose bool
}

// span is a part of a reply that a phrase covers, in tokens.
type span struct {
	grade    grade
	from, to int
}

// mostPieces is how much of a reply is covered: one bit each. An answer stands at
// the head of a longer one.
const mostPieces = 63

// has reports whether a step takes a word.
func (s *ruleStep) has(id wordID) bool {
	switch {
	case s.any && s.set == nil:
		return id == unknownWord
	case s.set == nil:
		return s.word == id && id != unknownWord
	}
	return s.set[id/64]&(1<<(id%64)) != 0
}

// reach returns where a step may end, given where it may begin: bit i is the
// place before piece i.
func (s *ruleStep) reach(pieces []piece, from uint64) uint64 {
	out := uint64(0)
	for rest := from; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		if i < len(pieces) && s.has(pieces[i].id) {
			out |= 1 << (i + 1)
		}
		for _, run := range s.runs {
			if runsAt(pieces, i, run) {
				out |= 1 << (i + len(run))
			}
		}
	}
	return out
}

func runsAt(pieces []piece, i int, run []wordID) bool {
	if i+len(run) > len(pieces) {
		return false
	}
	for j, id := range run {
		if pieces[i+j].id != id {
			return false
		}
	}
	return true
}

// ends returns where a rule may end that begins at pieces[i], as bits.
func (r *rule) ends(pieces []piece, i int) uint64 {
	at := uint64(1) << i
	for k := range r.steps {
		s := &r.steps[k]
		next := s.reach(pieces, at)
		if s.again {
			for more := next; more != 0; {
				more = s.reach(pieces, more) &^ next
				next |= more
			}
		}
		if s.optional {
			next |= at
		}
		if next == 0 {
			return 0
		}
		at = next
	}
	return at &^ (1 << i)
}

// cover explains as many words of a reply as it can with as few phrases as it
// can, and returns them in order. What no span holds, nothing explains.
func (g *grammar) cover(pieces []piece) []span {
	const unexplained = 100 // a word left over costs more than any phrases
	pieces = pieces[:min(len(pieces), mostPieces)]
	n := len(pieces)
	var cost [mostPieces + 1]int
	var next [mostPieces + 1]int
	var by [mostPieces + 1]int
	for i := n - 1; i >= 0; i-- {
		cost[i], next[i], by[i] = cost[i+1]+unexplained, i+1, -1
		for _, r := range g.heads[pieces[i].id] {
			for ends := g.rules[r].ends(pieces, i); ends != 0; ends &= ends - 1 {
				j := bits.TrailingZeros64(ends)
				if c := cost[j] + 1 + g.cut(pieces, j); whole(pieces, i, j) && (c < cost[i] || c == cost[i] && j > next[i]) {
					cost[i], next[i], by[i] = c, j, int(r)
				}
			}
		}
	}
	var spans []span
	for i := 0; i < n; i = next[i] {
		if by[i] >= 0 {
			spans = append(spans, span{grade: g.rules[by[i]].grade, from: pieces[i].token, to: pieces[next[i]-1].token + 1})
		}
	}
	return spans
}

// cut is what it costs to end a phrase after a "not" that the next word belongs
// to: "im not | happy with that".
func (g *grammar) cut(pieces []piece, j int) int {
	if j == len(pieces) || pieces[j-1].clause != pieces[j].clause || !g.denies[pieces[j-1].id] {
		return 0
	}
	return 1
}

// whole reports that no token is cut in two: "dont" is never only its "do".
func whole(pieces []piece, i, j int) bool {
	return (i == 0 || pieces[i].loose || pieces[i-1].token != pieces[i].token) &&
		(j == len(pieces) || pieces[j].loose || pieces[j-1].token != pieces[j].token)
}

// pieces brings the words of a reply to the form of the phrases.
func (g *grammar) pieces(tokens []token) []piece {
	out := make([]piece, 0, min(2*len(tokens), 2*mostPieces))
	for i, t := range tokens {
		if len(out) > mostPieces {
			break
		}
		at := len(out)
		if t.word == "n" && i > 0 && i+1 < len(tokens) && tokens[i+1].word != "a" {
			t.word = "and"
		}
		out = g.known(out, t.word, i)
		for ; at < len(out); at++ {
			out[at].clause = t.clause
		}
	}
	return out
}

// known appends a word as the grammar knows it: as it is, with its letters
// dragged out, said again without a space ("yesyes"), glued to manners
// ("yesplease"), or with one slip in it.
func (g *grammar) known(out []piece, word string, token int) []piece {
	if ids, ok := g.look(word); ok {
		return appendIDs(out, ids, token)
	}
	switch first, _ := utf8.DecodeRuneInString(word); {
	case isDigitByte(word[0]):
		return append(out, piece{id: figureWord, token: token})
	case unicode.Is(unicode.So, first): // a picture that answers nothing
		word = "x"
	}
	if ids, ok := g.look(squash(word)); ok {
		return appendIDs(out, ids, token)
	}
	if n := period(word); n > 1 {
		if ids, ok := g.look(word[:n]); ok {
			return appendIDs(out, ids, token)
		}
	}
	if ids, ok := g.glued(word); ok {
		at := len(out) + 1
		out = appendIDs(out, ids, token)
		if at < len(out) {
			out[at].loose = true
		}
		return out
	}
	if near := g.slipped(word); near != "" {
		ids, _ := g.look(near)
		return appendIDs(out, ids, token)
	}
	return append(out, piece{id: unknownWord, token: token})
}

func appendIDs(out []piece, ids []wordID, token int) []piece {
	for _, id := range ids {
		out = append(out, piece{id: id, token: token})
	}
	return out
}

func (g *grammar) look(word string) ([]wordID, bool) {
	ids, ok := g.same[word]
	return ids, ok
}

// period returns the length of the run that a word repeats, or 0.
func period(word string) int {
	for n := 2; n <= len(word)/2; n++ {
		if len(word)%n == 0 && strings.Repeat(word[:n], len(word)/n) == word {
			return n
		}
	}
	return 0
}

// glued cuts a yes or no from the manners typed onto it. Other words may begin
// so by chance ("noone", "normal").
func (g *grammar) glued(word string) ([]wordID, bool) {
	for n := 2; n < len(word) && n <= 5; n++ {
		class := g.classes["yes"]
		if word[0] == 'n' {
			class = g.classes["no"]
		}
		if !slices.Contains(class, word[:n]) || !slices.Contains(g.classes["glue"], word[n:]) {
			continue
		}
		first, _ := g.look(word[:n])
		second, ok := g.look(word[n:])
		return append(slices.Clone(first), second...), ok
	}
	return nil, false
}

// slipped returns the one known word that a longer word misspells, or "".
func (g *grammar) slipped(word string) string {
	if len(word) < typoLetters {
		return ""
	}
	found := ""
	for _, known := range g.slips[word[0]] {
		if word[len(word)-1] == 's' && known[len(known)-1] != 's' {
			continue // "my son agrees" is not "agree"
		}
		if d := len(word) - len(known); d > 1 || d < -1 || !oneSlip(word, known) {
			continue
		}
		if found != "" {
			return ""
		}
		found = known
	}
	return found
}
