package reading

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"linkline/conversation/calendar"
)

// Type is what kind of answer a question wants.
type Type string

// The closed set of answer types a flow may ask for.
const (
	Choice      Type = "choice"        // one of the options
	Choices     Type = "choices"       // one option or more
	YesNo       Type = "yes_no"        // "yes" or "no"
	Name        Type = "name"          // what a person likes to be called
	FullName    Type = "full_name"     // the name a surgery has
	DateOfBirth Type = "date_of_birth" // 1956-04-03
	Postcode    Type = "postcode"      // SW1A 1AA, SW1A, or "" for not given
	Phone       Type = "phone"         // +447700900123
	Practice    Type = "practice"      // a surgery's name, or "unknown"
	Scale       Type = "scale"         // a whole number
	FreeText    Type = "text"          // the words as typed
	FutureDate  Type = "future_date"   // 2026-03-24
	DateTime    Type = "date_time"     // 2026-03-24T14:30, local time
	Date        Type = "date"          // 1987-06-01, any day: when something was or will be
	Time        Type = "time"          // 14:30
	Number      Type = "number"        // a whole number
	NHSNumber   Type = "nhs_number"    // 9434765919, or "" for not given
)

// Types returns every answer type.
func Types() []Type {
	return []Type{
		Choice, Choices, YesNo, Name, FullName, DateOfBirth, Postcode, Phone, Practice,
		Scale, FreeText, FutureDate, DateTime, Date, Time, Number, NHSNumber,
	}
}

// Option is one answer a question offers.
type Option struct {
	// ID is what is stored; the ids "yes" and "no" stand for those words.
	ID string
	// Number is the digit that chooses it.
	Number int
	// Words are its label and then its synonyms, in the person's language.
	Words []string
}

// Question is what is known about the open question.
type Question struct {
	// Type is the kind of answer wanted.
	Type Type
	// Options are what Choice, Choices and YesNo offer. A YesNo without any
	// has 1 for yes and 2 for no. A Practice with options is looked for among
	// them; without any it is taken as typed.
	Options []Option
	// Strict forbids every guess: permission and safety.
	Strict bool
	// Min and Max are the bounds of a Scale (0 to 10 when both are 0), the
	// ages of a DateOfBirth (18 to 110), the bounds of a Number (Max 0 is
	// none), or the letters of a text or a name.
	Min, Max int
	// Language is the person's; STOP and digits are read in every language.
	Language string
	// Enabled are the languages in which her team understands yes, no and
	// STOP whatever the person's own; nil is every language there are words of.
	Enabled []string
	// Calendar knows the bank holidays of her nation; nil is England's.
	Calendar *calendar.Calendar
	// Today is the day of the reply.
	Today calendar.Date
}

// Outcome is how a reply was understood.
type Outcome string

// The outcomes of reading a reply.
const (
	// Value means an answer, in Values.
	Value Outcome = "value"
	// Several means more than one where one was asked for, in Candidates.
	Several Outcome = "several"
	// Unclear means ask again; Candidates holds what it may have meant.
	Unclear Outcome = "unclear"
	// Impossible means understood, but there can be no such thing.
	Impossible Outcome = "impossible"
	// UnderAge means a date of birth of someone too young for the service.
	UnderAge Outcome = "under_age"
)

// Reading is what a reply was understood to be.
type Reading struct {
	// Outcome is how it was understood.
	Outcome Outcome
	// Values are option ids, or the one value in its stored form: 1956-04-03,
	// +447700900123, SW1A 1AA, 7. It is empty unless Outcome is Value.
	Values []string
	// Candidates are the values it may have meant, most likely first.
	Candidates []string
	// Rest is what was said beyond the choice, as typed.
	Rest string
	// Echo is what was understood, in words fit to be read back.
	Echo string
	// Rule names the rule that decided.
	Rule string
}

// Read returns what a reply to a question means. It never panics, whatever
// bytes it is given, and an empty reply is Unclear by the rule "empty".
func Read(q Question, text string) Reading {
	if !keepsSpelling(q.Type) {
		text = narrow(text)
	}
	if first, ok := spokenOf(q, text); ok {
		return first
	}
	r := readIn(q, lexiconFor(q.Language), text)
	if r.Outcome != Unclear || !eitherTongue(q.Type) {
		return r
	}
	return readElsewhere(q, text, r)
}

// readElsewhere reads again in the other complete languages what was unclear in the
// person's own, where a word of theirs is said.
func readElsewhere(q Question, text string, r Reading) Reading {
	needs := (q.Type == Choice || q.Type == Choices) && (len(r.Candidates) == 0 || r.Rule == "choice.own-words" && len(tokenise(lexiconFor(q.Language), text).tokens) <= 2) && q.offersNeeds()
	for _, other := range Languages()[1:] { // English is in every one
		if other == q.Language || q.Enabled != nil && !slices.Contains(q.Enabled, other) {
			continue
		}
		byName := needs && namesNeed(other, text)
		if !saidIn(other, text) && !byName {
			continue
		}
		asked := q
		if byName {
			asked.Options = named(q.Options, other)
		}
		if again := readIn(asked, lexiconFor(other), text); again.Outcome == Value {
			return again
		}
	}
	return r
}

// needNames are the words of the names of needs by language: most texts have none
// of another language's.
var needNames = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, language := range Languages() {
		out[language] = map[string]bool{}
		for _, o := range needsIn(language).options {
			for _, name := range o.Words {
				for word := range strings.FieldsSeq(normalise(name)) {
					out[language][word] = true
				}
			}
		}
	}
	for language, names := range out {
		for word := range out["en"] {
			whole := slices.ContainsFunc(needsIn(language).options, func(o Option) bool { return slices.Contains(o.Words, word) })
			if language != "en" && !whole { // "tai" is housing, and half of tai chi
				delete(names, word)
			}
		}
	}
	return out
})

// namesNeed reports whether a text has a word of the name of a need in a language.
func namesNeed(language, text string) bool {
	for word := range strings.FieldsSeq(normalise(text)) {
		if needNames()[language][word] {
			return true
		}
	}
	return false
}

// named gives the options that are needs the names they have in another language.
func named(options []Option, language string) []Option {
	out := slices.Clone(options)
	for i, o := range out {
		for _, n := range needsIn(language).options {
			if n.ID == o.ID {
				out[i].Words = n.Words
			}
		}
	}
	return out
}

// spokenOf reads a date, time or name in the other language where one of its words is
// said: in English "yfory am 2" would be a morning, in Welsh it is two o'clock.
func spokenOf(q Question, text string) (Reading, bool) {
	if q.Type != DateTime && q.Type != FutureDate && q.Type != Time && q.Type != Name && q.Type != FullName {
		return Reading{}, false
	}
	for _, other := range Languages()[1:] {
		if other == q.Language || q.Enabled != nil && !slices.Contains(q.Enabled, other) || !saidIn(other, text) {
			continue
		}
		if r := readIn(q, lexiconFor(other), text); r.Outcome == Value {
			return r, true
		}
	}
	return Reading{}, false
}

// saidIn reports whether a text has a word of a language.
func saidIn(language, text string) bool {
	begins := library().begins[language]
	for word := range strings.FieldsSeq(normalise(text)) {
		if begins[word] {
			return true
		}
	}
	return false
}

// keepsSpelling lists the answers whose letters are kept as typed.
func keepsSpelling(t Type) bool {
	return t == Name || t == FullName || t == Practice || t == FreeText
}

// narrow writes full-width punctuation and figures as the plain ones, which
// decide what joins two numbers, and drops what cannot be seen between them.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		if r >= 0xff01 && r <= 0xff5e {
			return r - 0xfee0
		}
		return r
	}, text)
}

// eitherTongue lists the answers that are understood in every complete language
// whatever the person's own, where a text has a word that is of that one only:
// the Welsh "do" is a yes.
func eitherTongue(t Type) bool {
	switch t {
	case YesNo, Choice, Choices, DateOfBirth, Scale, Number, FutureDate, Date, DateTime, Time:
		return true
	case Name, FullName, Postcode, Phone, Practice, FreeText, NHSNumber:
	}
	return false
}

func readIn(q Question, lex *lexicon, text string) Reading {
	said := tokenise(lex, text)
	if len(said.tokens) == 0 {
		return Reading{Outcome: Unclear, Rule: "empty"}
	}
	if r, ok := readClosed(q, lex, said); ok {
		return r
	}
	switch q.Type {
	case Name, FullName:
		return readName(q, lex, said)
	case DateOfBirth:
		return readBirth(q, lex, said)
	case Postcode:
		return readPostcode(lex, said)
	case Phone:
		return readPhone(lex, said)
	case NHSNumber:
		return readNHSNumber(lex, said)
	case Practice:
		return readPractice(q, lex, said)
	case FreeText:
		return readFreeText(q, said)
	case FutureDate, Date:
		return readFutureDate(q, lex, said)
	case DateTime:
		return readDateTime(q, lex, said)
	case Time:
		return readTime(q, lex, said)
	case Choice, Choices, YesNo, Scale, Number: // read above
	}
	return Reading{Outcome: Unclear, Rule: "unknown-type"}
}

// readClosed reads the answers that are picked and not told.
func readClosed(q Question, lex *lexicon, s said) (Reading, bool) {
	switch q.Type {
	case Choice, Choices:
		return readChoice(q, lex, s), true
	case YesNo:
		return q.otherLanguage(s, readYesNo(q, lex, s)), true
	case Scale:
		return readScale(q, lex, s), true
	case Number:
		return readNumber(q, lex, s), true
	case Name, FullName, DateOfBirth, Postcode, Phone, Practice, FreeText, FutureDate, DateTime, Date, Time, NHSNumber:
	}
	return Reading{}, false
}

func value(rule, echo string, values ...string) Reading {
	return Reading{Outcome: Value, Values: values, Echo: echo, Rule: rule}
}

func unclear(rule string, candidates ...string) Reading {
	return Reading{Outcome: Unclear, Candidates: candidates, Rule: rule}
}
