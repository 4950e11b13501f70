package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// answer is what a reply to a yes/no question holds.
type answer struct {
	yes, no    bool
	generous   bool // said with a word that only manners make an answer
	firmly     bool // said with a word that can mean nothing else
	doubt      bool // a hedge or "not sure"
	outside    bool // a number that is no option
	first, end int  // tokens of the leading answer
	left       int  // words that nothing explains
	contrary   bool // one of those turns the meaning
	rule       string
}

func readYesNo(q Question, lex *lexicon, s said) Reading {
	if r, ok := namedOption(q, s); ok {
		return r
	}
	s.tokens = stripPolite(lex, withoutName(lex, s))
	if whole := wholeAnswer(lex, cutSignature(lex, s.all)); whole != nil {
		s.tokens = whole // "please do", "thats right": manners are the answer
	}
	a := weigh(q, lex, s)
	side := a.side()
	switch {
	case q.Strict && (asksBack(s.text) || a.reported(lex, s.tokens)):
		return unclear("yes-no.question")
	case a.yes && a.no:
		return unclear("yes-no.mixed")
	case a.doubt && !a.yes && !a.no:
		return unclear("yes-no.unsure")
	case a.outside:
		return unclear("yes-no.out-of-range")
	case side == "":
		return unclear("yes-no.unknown")
	case q.Strict && a.clearNo(lex, s.tokens):
		return value("yes-no.refused", echoYesNo(q, side), side)
	case a.contrary:
		return unclear("yes-no.mixed")
	case q.Strict && a.doubt:
		return unclear("yes-no.hedged")
	case q.Strict && (a.generous || a.left > 0) && !a.clearYes(lex, s.tokens):
		return unclear("yes-no.not-clear", side)
	case a.doubt && a.left > 0, a.left > 0 && a.first != 0, a.left > 0 && noThing(lex, s.tokens), a.goesOn(lex, s.tokens):
		return unclear("yes-no.not-clear", side)
	}
	r := value(a.rule, echoYesNo(q, side), side)
	if a.left > 0 {
		r.Rest = s.from(s.tokens, a.end)
	}
	return r
}

// wholeAnswer takes manners from the ends word by word and returns the longest
// rest that is an answer as a whole, or nil.
func wholeAnswer(lex *lexicon, tokens []token) []token {
	for from := 0; from < len(tokens); {
		for to := len(tokens); to > from; {
			if lex.yesNo.means[join(tokens[from:to])] != noGrade {
				return tokens[from:to]
			}
			n := politeEnding(lex, tokens[from:to])
			if n == 0 {
				break
			}
			to -= n
		}
		_, n := lex.sets["polite"].at(tokens, from)
		if n == 0 && isDecoration(lex, tokens[from].word) {
			n = 1
		}
		if n == 0 {
			break
		}
		from += n
	}
	return nil
}

// asksBack reports a question mark: "yes?" is no clear yes.
func asksBack(text string) bool {
	return strings.ContainsAny(text, "?？؟")
}

// withoutName takes away a first name at the end, as people sign a text: one or
// two capitalised words on a line or in a clause of their own, none of them a
// word that could be part of an answer.
func withoutName(lex *lexicon, s said) []token {
	if len(s.tokens) == 0 {
		return s.tokens
	}
	first := len(s.tokens) - 1
	for first > 0 && s.tokens[first-1].clause == s.tokens[first].clause {
		first--
	}
	if first == 0 || len(s.tokens)-first > 2 {
		return s.tokens
	}
	for _, t := range s.tokens[first:] {
		initial, size := utf8.DecodeRuneInString(s.text[t.start:])
		rest := s.text[t.start+size : t.end]
		if !unicode.IsUpper(initial) || rest != strings.ToLower(rest) || lex.answers(t.word) {
			return s.tokens
		}
	}
	return s.tokens[:first]
}

// clearYes reports whether everything beside a clear yes is only the thing that
// was asked for: "yes you can keep it". A word that narrows it ("only", "but",
// "if") is none of those.
func (a *answer) clearYes(lex *lexicon, tokens []token) bool {
	return a.yes && a.firmly && !a.doubt && !asksWithoutMark(tokens) && beside(lex, tokens, func(string) bool { return false })
}

// clearNo is the same of a no, where what was asked for is refused once more:
// "no please dont keep my details".
func (a *answer) clearNo(lex *lexicon, tokens []token) bool {
	refused := false
	only := beside(lex, tokens, func(word string) bool {
		again := lex.is("refusals", word)
		refused = refused || again
		return again || lex.is("refused", word)
	})
	return a.no && a.firmly && a.first == 0 && !a.doubt && refused && only
}

// noThing reports a "no" that belongs to the word after it: "no money".
func noThing(lex *lexicon, tokens []token) bool {
	return len(tokens) > 1 && tokens[0].word == "no" && tokens[0].clause == tokens[1].clause && !lex.is("after_no", tokens[1].word)
}

// asksWithoutMark reports the order of words of a question: "yes can you".
func asksWithoutMark(tokens []token) bool {
	verbs := []string{"can", "will", "would", "do", "does", "is", "may"}
	for i := 1; i < len(tokens); i++ {
		who := tokens[i].word == "you" || tokens[i].word == "u" || tokens[i].word == "i" || tokens[i].word == "it"
		if who && slices.Contains(verbs, tokens[i-1].word) {
			return true
		}
	}
	return false
}

// reported reports a yes or no that is told or asked about, not given: "the nurse
// said yes", "is that a yes".
func (a *answer) reported(lex *lexicon, tokens []token) bool {
	return a.first > 0 && slices.ContainsFunc(tokens[:a.first], func(t token) bool { return lex.is("reported", t.word) })
}

// goesOn reports a phrase of manners that the next word makes another one of:
// "i dont understand", "i do worry".
func (a *answer) goesOn(lex *lexicon, tokens []token) bool {
	if a.firmly || a.left == 0 || a.end == 0 || a.end >= len(tokens) || tokens[a.end].clause != tokens[a.end-1].clause {
		return a.left > 2 && !a.firmly
	}
	subject := tokens[a.first].word == "i" || tokens[a.first].word == "it" || tokens[a.first].word == "im"
	return a.left > 2 || subject && a.end-a.first > 1 && !lex.is("polite", tokens[a.end].word)
}

// beside reports whether every word is a yes or no, manners, or part of what was
// asked for.
func beside(lex *lexicon, tokens []token, also func(word string) bool) bool {
	for i, t := range tokens {
		g := lex.yesNo.means[t.word]
		switch {
		case also(t.word), g != noGrade && g != unsure, lex.is("assent", t.word), lex.is("polite", t.word), t.word == "and":
		default:
			if _, n := lex.sets["polite"].at(tokens, i); n == 0 {
				return false
			}
		}
	}
	return true
}

// answers reports whether a word has a part in any closed answer.
func (l *lexicon) answers(word string) bool {
	if l.yesNo.starts[word] > 0 || l.numbers.starts[word] > 0 || l.ordinals.starts[word] > 0 {
		return true
	}
	if l.is("before", word) || l.is("after", word) || l.is("sentence", word) || l.is("not_names", word) {
		return true
	}
	return l.is("against", word) || l.is("hedges", word) || l.is("either", word) || l.is("dress", word) || l.is("joiners", word)
}

// namedOption reads a whole label or synonym that the question itself gives.
func namedOption(q Question, s said) (Reading, bool) {
	whole := join(s.tokens)
	found := ""
	for _, o := range q.Options {
		for _, w := range o.Words {
			if plain(w) != whole {
				continue
			}
			if found != "" && found != o.ID {
				return Reading{}, false
			}
			found = o.ID
		}
	}
	if found == "" {
		return Reading{}, false
	}
	return value("yes-no.label", echoYesNo(q, found), found), true
}

// weigh goes through the words once: phrases of yes and no, numbers, hedges
// and dress; what is none of these is left.
func weigh(q Question, lex *lexicon, s said) answer {
	a := answer{first: -1}
	for i := 0; i < len(s.tokens); {
		word := s.tokens[i].word
		if g, n := gradeAt(lex, s.tokens, i); n > 0 {
			if q.Strict && word == "no" && i+1 < len(s.tokens) && isFigure(s.tokens[i+1].word) {
				a.doubt = true // "no. 2" may be a number
			}
			a.add(g, i, i+n, a.firmly && word[0] >= utf8.RuneSelf)
			i += n
			continue
		}
		if n, taken := lex.number(s.tokens, i); taken > 0 {
			counts := i+taken < len(s.tokens) && lex.is("quantities", s.tokens[i+taken].word)
			if n > 9 && a.first >= 0 || counts { // "yes over 18", "2 kids"
				a.left++
			} else {
				a.number(q, n, i, i+taken)
			}
			i += taken
			continue
		}
		switch {
		case lex.is("hedges", word), lex.is("either", word):
			a.doubt = true
		case lex.is("dress", word), lex.is("polite", word), lex.is("joiners", word) && a.first < 0:
		case lex.is("against", word):
			a.contrary = true
			a.left++
		default:
			a.left++
		}
		i++
	}
	return a
}

// gradeAt finds a yes or no phrase, also with letters dragged out ("yesss").
// A single letter answers only alone: "n/a" is no "no".
func gradeAt(lex *lexicon, tokens []token, i int) (grade, int) {
	if g, n := lex.yesNo.at(tokens, i); n > 0 {
		if len(tokens[i].word) == 1 && n == 1 && len(tokens) > 1 {
			return noGrade, 0
		}
		return g, n
	}
	if g := lex.yesNo.means[squash(tokens[i].word)]; g != noGrade && len(tokens[i].word) > 2 {
		return g, 1
	}
	return noGrade, 0
}

// squash drops every repeated letter.
func squash(word string) string {
	out := make([]byte, 0, len(word))
	for i := range len(word) {
		if i == 0 || word[i] != word[i-1] {
			out = append(out, word[i])
		}
	}
	return string(out)
}

func (a *answer) add(g grade, from, to int, picture bool) {
	switch g {
	case clearYes, generousYes:
		a.yes = true
	case clearNo, generousNo:
		a.no = true
	default:
		a.doubt = true
		return
	}
	if g == generousYes || g == generousNo {
		a.generous = a.generous || !picture
	} else {
		a.firmly = true
	}
	a.mark(from, to, "yes-no.word")
}

// number reads the digit of an option; without options 1 is yes and 2 is no.
func (a *answer) number(q Question, n, from, to int) {
	id := map[int]string{1: "yes", 2: "no"}[n]
	if len(q.Options) > 0 {
		id = ""
		for _, o := range q.Options {
			if o.Number == n {
				id = o.ID
			}
		}
	}
	switch id {
	case "yes":
		a.yes = true
	case "no":
		a.no = true
	default:
		a.outside = true
		return
	}
	a.firmly = true
	a.mark(from, to, "yes-no.number")
}

func (a *answer) mark(from, to int, rule string) {
	if a.first < 0 {
		a.first, a.rule = from, rule
	}
	a.end = to
}

func (a *answer) side() string {
	switch {
	case a.yes && !a.no:
		return "yes"
	case a.no && !a.yes:
		return "no"
	}
	return ""
}

// echoYesNo is the question's own label where it has one.
func echoYesNo(q Question, id string) string {
	for _, o := range q.Options {
		if o.ID == id && len(o.Words) > 0 {
			return o.Words[0]
		}
	}
	if q.Language == "cy" {
		return map[string]string{"yes": "ie", "no": "na"}[id]
	}
	return id
}
