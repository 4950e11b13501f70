package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// phrase is one thing that may be sent, with the key it stands under.
type phrase struct {
	name string
	text string
}

// phrases lists whatever of a text a person may read.
func (t Text) phrases() []phrase {
	out := []phrase{{"say", t.Say}, {"ask", t.Ask}, {"short", t.Short}, {"again", t.Again}, {"hint", t.Hint}}
	for _, id := range names(t.Options) {
		out = append(out, phrase{"option " + id, t.Options[id].Label})
	}
	return slices.DeleteFunc(out, func(p phrase) bool { return p.text == "" })
}

var (
	datedWord = regexp.MustCompile(`(?i)\b(today|tomorrow|yesterday|tonight)\b`)
	linkWord  = regexp.MustCompile(`(?i)\bhttps?:|\bwww\.`)
	// telephone is a number that no helpline and no setting stands behind.
	telephone = regexp.MustCompile(`\d{5,}|\d{3,} \d{3,}`)
	// zeroPerson is "0" as the way to somebody who listens.
	zeroPerson = regexp.MustCompile(`(?i)\b0 (to|for)\b[^.?!]*\b(person|human|call|ring|phone|speak|worker|us)\b`)
	// instruction asks for a word to be texted; in any language a carrier word
	// in capitals reads as one.
	instruction = regexp.MustCompile(`(?i)\b(?:text|reply|type|answer)(?: with| back)?(?: the words?)? ["']?([a-z]+)\b`)
	capitals    = regexp.MustCompile(`\b[A-Z]{3,}\b`)
)

// text checks one text for what must never be sent.
func (c *checker) text(w wordsOf, key string) {
	t, at := w.Texts[key], w.at(key)
	for _, p := range t.phrases() {
		for _, word := range datedWord.FindAllString(p.text, -1) {
			if t.Exact == "" || !strings.EqualFold(word, "yesterday") {
				c.problems.add(RuleDatedWord, at, "%s of %q says %q", p.name, key, word)
			}
		}
		if linkWord.MatchString(p.text) {
			c.problems.add(RuleLink, at, "%s of %q has a link of its own", p.name, key)
		}
		if telephone.MatchString(p.text) {
			c.problems.add(RuleHelpline, at, "%s of %q has a telephone number of its own", p.name, key)
		}
		if zeroPerson.MatchString(p.text) {
			c.problems.add(RuleZeroForPerson, at, "%s of %q offers 0 as the way to a person", p.name, key)
		}
		c.placeholders(at, key, p)
		c.characters(at, w, key, p)
		c.instructions(at, w, key, p)
	}
	for _, id := range names(t.Options) {
		c.optionWords(at, key, id, t.Options[id])
	}
}

func (c *checker) placeholders(at place, key string, p phrase) {
	found, whole := placeholdersIn(p.text)
	if !whole {
		c.problems.add(RuleUnknownPlaceholder, at, "%s of %q opens a brace and does not close it", p.name, key)
	}
	for _, name := range found {
		if _, ok := c.longest[name]; !ok {
			c.problems.add(RuleUnknownPlaceholder, at, "%s of %q has the unknown placeholder {%s}, %s", p.name, key, name, suggest(name, names(c.longest)))
		}
	}
}

// characters refuses what would more than halve the room of a text.
func (c *checker) characters(at place, w wordsOf, key string, p phrase) {
	if foreign := Count(PlainSMS(p.text)).Foreign; len(foreign) > 0 && !w.ucs2 {
		c.problems.add(RuleCharacter, at, "%s of %q has %q, which GSM-7 cannot carry", p.name, key, string(foreign))
	}
}

// instructions refuses to ask for a word on which a carrier acts.
func (c *checker) instructions(at place, w wordsOf, key string, p phrase) {
	asked := capitals.FindAllString(p.text, -1)
	for _, m := range instruction.FindAllStringSubmatch(p.text, -1) {
		asked = append(asked, m[1])
	}
	seen := map[string]bool{}
	for _, word := range asked {
		lower := strings.ToLower(word)
		allowed := w.reserved[key] && (lower == "stop" || lower == "start")
		if slices.Contains(carrierWords(), lower) && !allowed && !seen[lower] {
			seen[lower] = true
			c.problems.add(RuleReservedWord, at, "%s of %q asks for %q", p.name, key, strings.ToUpper(word))
		}
	}
}

// optionWords refuses a carrier word as an answer. "Yes" may stand for yes: the
// number is what is asked for, and carriers let it through.
func (c *checker) optionWords(at place, key, id string, o OptionText) {
	for _, word := range append([]string{o.Label}, o.Also...) {
		n := Normalise(word)
		if slices.Contains(carrierWords(), n) && (n != "yes" || id != "yes") {
			c.problems.add(RuleReservedWord, at, "option %q of %q can be chosen with %q", id, key, word)
		}
	}
}

// mayNameStop lists the texts that explain how to opt out and in again: those
// of permissions, of steps that opt somebody out or in, and the confirmations.
func (c *checker) mayNameStop(flow string) map[string]bool {
	out := map[string]bool{}
	if flow == ServiceWords {
		out[TextStopped], out[TextCarrierWord] = true, true
	}
	for _, f := range c.l.flows[flow] {
		opens := slices.Contains(f.Starts, StartOptIn)
		for _, s := range f.Steps {
			does := slices.ContainsFunc(s.Do, func(a Action) bool { return a.Name == DoOptOut || a.Name == DoOptIn })
			if s.Words != "" && (opens || does || s.Kind == KindPermit) {
				out[s.Words] = true
			}
		}
	}
	return out
}

// numberWords are the ways to type a number: its digits and, in English, its
// name.
func numberWords(n int, language string) []string {
	out := []string{strconv.Itoa(n)}
	english := []string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen",
	}
	if language == DefaultLanguage && 0 <= n && n < len(english) {
		out = append(out, english[n])
	}
	return out
}
