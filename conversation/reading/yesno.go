package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readYesNo reads a yes or no. The phrases of the language cover what they can
// of the reply; what they say and what they leave decides. On a strict question
// all of it must be explained, and by nothing that hedges, narrows or asks.
func readYesNo(q Question, lex *lexicon, s said) Reading {
	if r, ok := namedOption(q, s); ok {
		return r
	}
	if lex.asksFor(s) {
		return unclear("yes-no.request")
	}
	tokens := withoutName(lex, s.text, cutSignature(lex, s.all))
	if q.Strict {
		tokens, s.text = withoutNextSteps(lex, tokens, s.text)
	}
	a := weigh(q, lex, s.text, tokens)
	if q.Strict {
		return a.strictly(q, s)
	}
	return a.generously(q, s)
}

// asksFor reports a reply that is, as a whole, a request of the service: "skip" and
// "go away" are no answers, but a word that is both, such as "prefer not", is.
func (l *lexicon) asksFor(s said) bool {
	whole, typed := join(s.tokens), join(s.all)
	if l.yesNo.means[whole] != noGrade || l.yesNo.means[typed] != noGrade {
		return false
	}
	for intent, texts := range l.intents {
		if intent != Hello && (texts[whole] || texts[typed]) {
			return true
		}
	}
	return false
}

// answer is what a reply to a yes/no question holds.
type answer struct {
	lex    *lexicon
	tokens []token
	spans  []span
	// left are the tokens that no phrase explains.
	left []int
	// numbered holds where an option was named by its number, outside where a
	// number is none.
	numbered, outside bool
}

// weigh covers a reply with phrases, and reads the numbers of options among what
// they leave.
func weigh(q Question, lex *lexicon, text string, tokens []token) *answer {
	a := &answer{lex: lex, tokens: tokens}
	pieces := lex.grammar.pieces(tokens)
	markNames(text, tokens, pieces)
	a.spans = lex.grammar.cover(pieces)
	a.leave()
	a.dropLetters()
	a.numbers(q)
	return a
}

// says reports whether a span of one of the grades is there.
func (a *answer) says(grades ...grade) bool {
	return slices.ContainsFunc(a.spans, func(sp span) bool { return slices.Contains(grades, sp.grade) })
}

// side is what the reply says, all of it taken together: "yes", "no", or "" for
// neither or both.
func (a *answer) side() string {
	yes, no := a.says(clearYes, generousYes, barelyYes), a.says(clearNo, generousNo, barelyNo)
	if !yes && !no && a.says(aloneYes) && len(a.left) == 0 {
		yes = true
	}
	switch {
	case yes && !no:
		return "yes"
	case no && !yes:
		return "no"
	}
	return ""
}

func (a *answer) mixed() bool {
	return a.says(clearYes, generousYes, barelyYes) && a.says(clearNo, generousNo, barelyNo)
}

// rule names what an answer was found by.
func (a *answer) rule() string {
	if a.numbered && !slices.ContainsFunc(a.spans, func(sp span) bool {
		return sp.grade != manners && !a.isNumber(sp)
	}) {
		return "yes-no.number"
	}
	return "yes-no.word"
}

func (a *answer) isNumber(sp span) bool {
	_, taken := a.lex.number(a.tokens, sp.from)
	return taken == sp.to-sp.from
}

// strictly takes only what cannot be meant otherwise. A reason or a remark may
// stand beside it where nothing in it turns the answer.
func (a *answer) strictly(q Question, s said) Reading {
	side := a.side()
	switch {
	case asksBack(s.text):
		return unclear("yes-no.question")
	case a.open():
		return unclear("yes-no.open", nonEmpty(side)...)
	case a.refusedFor():
		return a.taken(q, s, "no")
	case a.says(unsure, asksFor):
		return unclear("yes-no.unsure")
	case a.mixed():
		return unclear("yes-no.mixed")
	case a.outside:
		return unclear("yes-no.out-of-range")
	case side == "" && a.says(hedged):
		return unclear("yes-no.hedged")
	case side == "":
		return unclear("yes-no.unknown")
	case a.says(hedged):
		return unclear("yes-no.hedged", side)
	case a.says(barelyYes, barelyNo), !a.says(clearYes, clearNo), !a.remarksOnly():
		return unclear("yes-no.not-clear", side)
	}
	return a.taken(q, s, side)
}

// generously takes what a person would: an answer at the head counts whatever
// story follows, and manners answer where nothing else does.
func (a *answer) generously(q Question, s said) Reading {
	a.dropStory()
	side := a.side()
	switch {
	case a.mixed():
		return unclear("yes-no.mixed")
	case a.says(unsure), side == "" && a.says(hedged, asksFor):
		return unclear("yes-no.unsure")
	case a.outside:
		return unclear("yes-no.out-of-range")
	case side == "":
		return unclear("yes-no.unknown")
	case len(a.left) > 0 && !a.leads():
		return unclear("yes-no.not-clear", side)
	}
	return a.taken(q, s, side)
}

func (a *answer) taken(q Question, s said, side string) Reading {
	r := value(a.rule(), echoYesNo(q, side), side)
	if len(a.left) > 0 {
		r.Rest = s.from(a.tokens, a.left[0])
	}
	return r
}

// first returns the first span that answers.
func (a *answer) first() (span, bool) {
	for _, sp := range a.spans {
		if sp.grade != manners && sp.grade != hedged && sp.grade != aloneYes && sp.grade != asksFor && sp.grade != states {
			return sp, true
		}
	}
	return span{}, false
}

// dropStory takes no notice of what a story says after the answer: "yes, but I
// am not in till 3" is no "no". A plain yes or no that stands alone still
// counts.
func (a *answer) dropStory() {
	lead, ok := a.first()
	if !ok || len(a.left) == 0 || a.left[0] < lead.from || !a.firm(lead) && !a.connects(lead) {
		return
	}
	left := a.left[0]
	for left > lead.to && a.tokens[left-1].clause == a.tokens[left].clause {
		left--
	}
	a.spans = slices.DeleteFunc(a.spans, func(sp span) bool {
		return sp.from >= left && (!a.plainAt(sp) || !a.alone(sp))
	})
	a.leave()
	a.left = slices.DeleteFunc(a.left, func(i int) bool { return i < left })
}

// firm reports a plain yes or no, or the number of one.
func (a *answer) firm(sp span) bool {
	return sp.grade == clearYes || sp.grade == clearNo
}

// plainAt reports a span that is only a yes or no.
func (a *answer) plainAt(sp span) bool {
	return sp.to == sp.from+1 && a.firm(sp)
}

// alone reports that a clause begins or ends with the span.
func (a *answer) alone(sp span) bool {
	starts := sp.from == 0 || a.tokens[sp.from-1].clause != a.tokens[sp.from].clause
	ends := sp.to == len(a.tokens) || a.tokens[sp.to-1].clause != a.tokens[sp.to].clause
	return starts && ends || sp.to == len(a.tokens)
}

// leads reports that the answer comes before what nothing explains, or in a
// clause of its own after it, and that the next word does not make it something
// else: "no money", "i do worry", "fine weather".
func (a *answer) leads() bool {
	lead, ok := a.first()
	if !ok {
		return false
	}
	if a.left[0] < lead.from {
		return a.firm(lead) && a.tokens[a.left[0]].clause != a.tokens[lead.from].clause && a.alone(lead)
	}
	if lead.to >= len(a.tokens) || a.left[0] > lead.to || a.tokens[lead.to].clause != a.tokens[lead.to-1].clause {
		return a.left[0] > lead.to || lead.to >= len(a.tokens) || a.firm(lead) || len(a.left) < 9
	}
	next := a.tokens[lead.to].word
	switch {
	case a.tokens[lead.to-1].word == "no":
		return a.lex.is("after_no", next)
	case a.firm(lead):
		return true
	}
	return a.connects(lead)
}

// connects reports manners that go on with a condition or a question: "ok but
// not before 10", "sure what time".
func (a *answer) connects(lead span) bool {
	if lead.to >= len(a.tokens) || !a.lex.is("assenting", join(a.tokens[lead.from:lead.to])) {
		return false
	}
	return a.tokens[lead.to].clause != a.tokens[lead.to-1].clause || a.lex.is("connects", a.tokens[lead.to].word)
}

// withoutNextSteps takes away a last clause that only asks what comes next: "yes
// please. when will you ring?" agrees as clearly as the yes alone.
func withoutNextSteps(lex *lexicon, tokens []token, text string) ([]token, string) {
	for i := len(tokens) - 1; i > 0; i-- {
		if tokens[i].clause == tokens[i-1].clause {
			continue
		}
		if _, n := lex.sets["next_steps"].at(tokens, i); n > 0 {
			return tokens[:i], text[:tokens[i].start]
		}
		break
	}
	return tokens, text
}

// asksBack reports a question mark: "yes?" is no clear yes.
func asksBack(text string) bool {
	return strings.ContainsAny(text, "?？؟")
}

// withoutName takes away a first name at the end, as people sign a text: one or
// two capitalised words on a line or in a clause of their own, none of them a
// word that could be part of an answer.
func withoutName(lex *lexicon, text string, tokens []token) []token {
	if len(tokens) == 0 {
		return tokens
	}
	end := len(tokens)
	for end > 1 && (lex.is("polite", tokens[end-1].word) || isDecoration(lex, tokens[end-1].word)) {
		end--
	}
	first := end - 1
	for first > 0 && tokens[first-1].clause == tokens[first].clause {
		first--
	}
	if first == 0 || end-first > 2 {
		return tokens
	}
	for _, t := range tokens[first:end] {
		initial, size := utf8.DecodeRuneInString(text[t.start:])
		rest := text[t.start+size : t.end]
		if !unicode.IsUpper(initial) || rest != strings.ToLower(rest) || lex.answers(t.word) {
			return tokens
		}
	}
	return tokens[:first]
}

// answers reports whether a word has a part in any closed answer.
func (l *lexicon) answers(word string) bool {
	if l.yesNo.starts[word] > 0 || l.numbers.starts[word] > 0 || l.ordinals.starts[word] > 0 {
		return true
	}
	for _, set := range []string{"before", "after", "sentence", "not_names", "against", "hedges", "either", "dress", "joiners"} {
		if l.is(set, word) {
			return true
		}
	}
	_, known := l.grammar.ids[word]
	return known
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
