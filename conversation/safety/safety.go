package safety

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Class is the kind of thing a rule looks for, lettered as in messaging 2.3.
type Class string

// The classes.
const (
	// Explicit is a person who says that she wants to die or harm herself.
	Explicit Class = "A"
	// ActiveHarm is harm done now: taken, cut, about to jump.
	ActiveHarm Class = "B"
	// Indirect is despair that does not say so outright.
	Indirect Class = "C"
	// HarmToOthers is a threat to somebody else.
	HarmToOthers Class = "D"
	// Abuse is abuse, or a home that is not safe.
	Abuse Class = "E"
	// ChildAtRisk is a child hurt or left alone.
	ChildAtRisk Class = "F"
	// Medical is a medical emergency or a fire.
	Medical Class = "G"
	// SelfDeclared is URGENT as the whole text (decision 17).
	SelfDeclared Class = "H"
	// Essentials is no food, no heat or no roof today (decision 25).
	Essentials Class = "I"
)

// Classes returns every class, the most pressing first.
func Classes() []Class {
	return []Class{ActiveHarm, Medical, Explicit, ChildAtRisk, Abuse, HarmToOthers, Indirect, SelfDeclared, Essentials}
}

// Match is one rule that a text matched.
type Match struct {
	// Class is the kind of thing matched.
	Class Class
	// Rule is the stable name of the rule, such as "A.kill-myself".
	Rule string
	// Words are the words that matched, as flows.Normalise gives them.
	Words string
	// Softened marks words that are negated, past or about another person:
	// the reply is the same, never suppressed.
	Softened bool
	// AboutOther marks words about another person.
	AboutOther bool
}

// Scanner finds texts that must not wait. It is safe for concurrent use.
type Scanner struct {
	languages []*language
	// marks holds the long words of every language after the first: a text
	// with none of them is not searched in that language at all.
	marks map[string]uint32
}

// New returns a scanner of the phrases inside the program, whatever language
// the person has chosen.
func New() (*Scanner, error) {
	s := &Scanner{marks: map[string]uint32{}}
	for i, name := range []string{"en", "cy", "pl", "ro", "ur", "pa", "bn", "ar"} {
		l, err := load(name)
		if err != nil {
			return nil, err
		}
		s.languages = append(s.languages, l)
		for _, form := range l.words.forms() {
			if i > 0 && marking(form) {
				s.marks[form] |= 1 << i
			}
		}
	}
	return s, nil
}

// marking reports a word long enough, or foreign enough, to tell a language by.
func marking(form string) bool { return len(form) > 3 }

// Sources returns where the phrases of each language come from.
func (s *Scanner) Sources() []Source {
	var out []Source
	for _, l := range s.languages {
		out = append(out, l.source)
	}
	return out
}

// Scan returns the rules that a text matches in any language, the most
// pressing class first, each rule once. recent holds the texts of the last
// five minutes, oldest first: a phrase that began in one of them counts when
// this text ends it (B20); one that lies wholly in them was found before.
func (s *Scanner) Scan(text string, recent ...string) []Match {
	pieces := s.recentPieces(recent)
	old := len(pieces)
	pieces = s.languages[0].words.pieces(text, pieces)
	out := s.languages[0].scan(pieces, old)
	marked := s.marked(pieces)
	for i, l := range s.languages[1:] {
		if marked&(1<<(i+1)) != 0 {
			out = append(out, l.scan(pieces, old)...)
		}
	}
	if !shouts(text) {
		out = slices.DeleteFunc(out, func(m Match) bool { return m.Rule == ruleShout })
	}
	if len(out) > 1 {
		order := Classes()
		slices.SortStableFunc(out, func(a, b Match) int {
			return cmp.Compare(slices.Index(order, a.Class), slices.Index(order, b.Class))
		})
	}
	return out
}

// ruleShout is the rule of the bare word help, which counts only as a shout. As
// it is it asks for the help text and is left to the carrier (decision 17); the
// carrier does not know "HELP!!!", and a person who shouts is not shown a menu.
const ruleShout = "H.shout"

var shout = regexp.MustCompile(`(?i)help\s*!\s*!`)

// shouts reports the word help with more than one exclamation mark behind it,
// whatever marks are hidden in it.
func shouts(text string) bool {
	if strings.Count(text, "!") < 2 {
		return false
	}
	return shout.MatchString(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text))
}

// recentPieces returns the last words of the last texts.
func (s *Scanner) recentPieces(recent []string) []string {
	if len(recent) > recentTexts {
		recent = recent[len(recent)-recentTexts:]
	}
	var out []string
	for _, text := range recent {
		out = s.languages[0].words.pieces(text, out)
	}
	if len(out) > recentWords {
		out = slices.Clone(out[len(out)-recentWords:])
	}
	return out
}

// marked returns a bit for each language that has a word in the text.
func (s *Scanner) marked(pieces []string) uint32 {
	var out uint32
	for _, p := range pieces {
		out |= s.marks[p]
	}
	return out
}
