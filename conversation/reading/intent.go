package reading

import (
	"slices"

	"linkline/conversation/calendar"
)

// Intent is something a person may ask for at any moment, whatever is open.
type Intent string

// The intents. Which of them outranks the answer to an open question is for
// package conversation to say (decision 17).
const (
	// NoIntent is a text that asks for nothing special.
	NoIntent Intent = ""
	// OptOutWord is STOP and its kin as the whole text, in any dress (B1).
	// The carrier acts on it too.
	OptOutWord Intent = "opt_out_word"
	// OptOutPhrase is an opt-out in other words (B2): only we act on it.
	OptOutPhrase Intent = "opt_out_phrase"
	// OptIn is START or UNSTOP as the whole text, and never YES.
	OptIn Intent = "opt_in"
	// Back undoes the last answer.
	Back Intent = "back"
	// Change lists the answers, to change one.
	Change Intent = "change"
	// Skip passes over a question.
	Skip Intent = "skip"
	// Menu asks what can be done.
	Menu Intent = "menu"
	// Person asks for a person or a call; "0" never does.
	Person Intent = "person"
	// Pause asks for no texts for a while.
	Pause Intent = "pause"
	// Urgent is URGENT as the whole text: the self-declared cry.
	Urgent Intent = "urgent"
	// Hello greets, and nothing else.
	Hello Intent = "hello"
	// Withdraw takes a permission back.
	Withdraw Intent = "withdraw"
	// WrongNumber says that the phone is not the person's (B24).
	WrongNumber Intent = "wrong_number"
	// CarrierWord is CANCEL, END, QUIT, REVOKE or OPTOUT as the whole text:
	// by itself no opt-out (decision 21).
	CarrierWord Intent = "carrier_word"
	// HelpWord is HELP or INFO.
	HelpWord Intent = "help_word"
	// Deceased says that the person we text has died (B24).
	Deceased Intent = "deceased"
	// DeleteData asks for everything held to be deleted (B33).
	DeleteData Intent = "delete_data"
	// HeldData asks what is held about her (B33).
	HeldData Intent = "what_held"
	// Complaint complains about the service, or asks how to (B33).
	Complaint Intent = "complaint"
)

// Intents returns every intent but NoIntent, in the order they are tried.
func Intents() []Intent {
	return []Intent{
		OptOutWord, OptIn, CarrierWord, Urgent, HelpWord, Pause, Deceased, DeleteData, HeldData, Complaint,
		OptOutPhrase, WrongNumber, Withdraw, Person, Back, Change, Skip, Menu, Hello,
	}
}

// Asked is a request found in a text.
type Asked struct {
	Intent Intent
	// Until is the day a Pause lasts to, as 2006-01-02, or "".
	Until string
	// Rule names what matched.
	Rule string
}

// exactOnly holds for the words that carriers act on: manners around one make
// it another text to them.
func exactOnly(i Intent) bool {
	return i == OptOutWord || i == OptIn || i == CarrierWord
}

// IntentOf returns the request that a text is. Words count as the whole text
// only; opt-outs, wrong numbers and asking for a person are also found as
// phrases, where nothing in their clause gives them another meaning ("bus
// stop" and "can't stop crying" have none: B3). The words of every language
// that a team enables are understood, whatever the person's own; none named is
// all of them.
func IntentOf(text, language string, today calendar.Date, enabled ...string) Asked {
	lex := lexiconFor(language)
	s := tokenise(lex, text)
	if len(s.all) == 0 {
		return Asked{}
	}
	if a := intentIn(lex, s, language, today); a.Intent != NoIntent {
		return a
	}
	for _, m := range library().babel.whole(s, enabled) {
		if m.intent != NoIntent && m.intent != Deceased {
			return Asked{Intent: m.intent, Rule: string(m.intent) + ".word"}
		}
	}
	return otherRequest(s, language, today, enabled)
}

func intentIn(lex *lexicon, s said, language string, today calendar.Date) Asked {
	exact, mannered := join(withoutEmoji(lex, s.all)), join(s.tokens)
	for _, intent := range Intents() {
		whole := lex.intents[intent]
		if whole[exact] || !exactOnly(intent) && intent != Deceased && whole[mannered] { // "my friend died"
			return Asked{Intent: intent, Rule: string(intent) + ".word"}
		}
	}
	if reportsDeath(lex, s.all) {
		return Asked{Intent: Deceased, Rule: string(Deceased) + ".phone"}
	}
	covered := coveredRequest(lex, s, language, today)
	intent, at := phraseIn(lex, s.all)
	if covered.Intent != NoIntent && !outranks(intent, covered.Intent) {
		return covered
	}
	if intent == NoIntent {
		return clauseIn(lex, s)
	}
	a := Asked{Intent: intent, Rule: string(intent) + ".phrase"}
	if intent == Pause || intent == pauseDated {
		a = Asked{Intent: Pause, Rule: string(Pause) + ".phrase", Until: until(lex, s.all[at:], language, today)}
	}
	if intent == pauseDated && a.Until == "" {
		return Asked{}
	}
	return a
}

// outranks reports whether a request is tried before another.
func outranks(a, b Intent) bool {
	order := Intents()
	return a != NoIntent && a != pauseDated && slices.Index(order, a) < slices.Index(order, b)
}

// pauseDated is a way of asking for a pause that is none without a date: "text
// me after 20 March".
const pauseDated Intent = "pause_dated"

// reportsDeath reports a death told to us together with whose phone it was.
func reportsDeath(lex *lexicon, tokens []token) bool {
	dead, phone, toUs := false, false, false
	for i, t := range tokens {
		dead = dead || lex.is("deaths", t.word)
		toUs = toUs || lex.is("to_us", t.word)
		phone = phone || i > 0 && lex.is("phones", t.word) && lex.is("whose", tokens[i-1].word)
	}
	return dead && phone && toUs
}

// clauseIn finds an opt-out that is the whole first or last clause of a text:
// "STOP - Maureen", "no thank you, unsubscribe me". In the middle of a story it
// may be anyone's.
func clauseIn(lex *lexicon, s said) Asked {
	tokens := s.tokens
	first, last := 0, len(tokens)-1
	for first < len(tokens) && tokens[first].clause == tokens[0].clause {
		first++
	}
	for last >= 0 && tokens[last].clause == tokens[len(tokens)-1].clause {
		last--
	}
	for _, clause := range [][]token{tokens[:first], tokens[last+1:]} {
		if lex.is("opt_out_clause", join(stripPolite(lex, clause))) {
			return Asked{Intent: OptOutPhrase, Rule: string(OptOutPhrase) + ".clause"}
		}
	}
	return Asked{}
}

// withoutEmoji drops decorations, so that STOP with a picture is STOP.
func withoutEmoji(lex *lexicon, tokens []token) []token {
	kept := make([]token, 0, len(tokens))
	for _, t := range tokens {
		if !isDecoration(lex, t.word) {
			kept = append(kept, t)
		}
	}
	return kept
}

// phraseIn finds the most pressing phrase that stands in a text as a request, and
// where: before it in its clause only words that ask, or nothing about anybody
// else, and after it only words that do not turn it round, or a new clause.
func phraseIn(lex *lexicon, tokens []token) (Intent, int) {
	best, where := NoIntent, 0
	p := place{lex: lex, tokens: tokens, free: true, own: true, related: true}
	order := Intents()
	rank := len(order)
	for p.i = range tokens {
		if p.i > 0 && tokens[p.i].clause != tokens[p.i-1].clause {
			p.free, p.own = true, true
		}
		for _, o := range lex.openings[tokens[p.i].word] {
			r := slices.Index(order, o.intent)
			if o.intent == pauseDated {
				r = slices.Index(order, Pause)
			}
			if r < rank && p.holds(o) {
				best, where, rank = o.intent, p.i, r
			}
		}
		p.free = p.free && lex.is("before", tokens[p.i].word)
		p.own = p.own && !lex.is("someone_else", tokens[p.i].word)
		p.related = p.related && (lex.is("before", tokens[p.i].word) || lex.is("relation", tokens[p.i].word))
	}
	return best, where
}

// place is where in a text a phrase is looked for. So far in its clause there
// were only asking words where it is free, and nobody else where it is own.
type place struct {
	lex       *lexicon
	tokens    []token
	i         int
	free, own bool
	// related holds while only who is writing was said: "this is his wife".
	related bool
}

// holds reports whether a phrase stands here as a request.
func (p *place) holds(o opening) bool {
	before := ""
	if p.i > 0 {
		before = p.tokens[p.i-1].word
	}
	if o.intent == OptOutPhrase && denies(before) {
		return false // "do not stop texting me"
	}
	here := p.free || asks(before) || opens(p.tokens[p.i].word) || p.own && amidst(o.intent) || p.related && o.intent == Deceased
	return here && standsAt(p.lex, o.pattern, p.tokens, p.i) && (o.intent != Deceased || !ownLoss(p.lex, p.tokens))
}

// amidst holds for requests whose phrases name the texts or the service
// themselves: they may stand anywhere in a clause that is about nobody else.
func amidst(i Intent) bool {
	return slices.Contains([]Intent{
		OptOutPhrase, WrongNumber, DeleteData, HeldData, Complaint, Withdraw, pauseDated, Pause, Change, Back,
	}, i)
}

func denies(word string) bool {
	return word == "not" || word == "dont" || word == "never"
}

// ownLoss reports whether a death is told by the one who mourns: of "my mum", or
// with words of grief. Then it is a need and no message about the number.
func ownLoss(lex *lexicon, tokens []token) bool {
	for j, t := range tokens {
		if lex.is("grieving", t.word) || lex.is("kin", t.word) && (j == 0 || lex.is("mine", tokens[j-1].word)) {
			return true
		}
	}
	return false
}

func standsAt(lex *lexicon, p pattern, tokens []token, i int) bool {
	for _, end := range p.match(tokens, i) {
		if oneClause(tokens[i:end]) && (p.open || closes(lex, tokens, end)) {
			return true
		}
	}
	return false
}

// asks reports a word after which a request starts even in mid-clause.
func asks(word string) bool {
	return word == "please" || word == "pls" || word == "plz"
}

// opens reports a word with which a request starts wherever it stands: "im
// rubbish at texting can u ring me".
func opens(word string) bool {
	return word == "can" || word == "could" || asks(word)
}

func oneClause(tokens []token) bool {
	return len(tokens) == 0 || tokens[0].clause == tokens[len(tokens)-1].clause
}

// closes reports whether what follows a phrase leaves its meaning alone.
func closes(lex *lexicon, tokens []token, end int) bool {
	for i := end; i < len(tokens); i++ {
		word := tokens[i].word
		switch {
		case i > 0 && tokens[i].clause != tokens[i-1].clause, lex.is("starters", word):
			return true
		case lex.is("after", word), isDigitByte(word[0]), isDecoration(lex, word):
		default:
			return false
		}
	}
	return true
}

// until reads the day a pause ends.
func until(lex *lexicon, tokens []token, language string, today calendar.Date) string {
	q := Question{Language: language, Today: today}
	r, named := q.namedDay(lex, tokens)
	if !named {
		r = readDay(q, lex, dateParts(lex, tokens))
	}
	if r.Outcome != Value {
		return ""
	}
	return r.Values[0]
}
