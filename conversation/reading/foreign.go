package reading

import "slices"

// meaning is what a whole text says in one language.
type meaning struct {
	language string
	grade    grade
	intent   Intent
}

// babel is every language's yes, no and requests as whole texts: what a person
// may send whatever language she chose to be written to in.
type babel struct {
	means  map[string][]meaning
	polite *lexicon // only its polite words
}

// learn adds the whole texts of one language.
func (b *babel) learn(language string, alone *lexicon) {
	for text, g := range alone.yesNo.means {
		b.means[text] = append(b.means[text], meaning{language: language, grade: g})
	}
	for intent, texts := range alone.intents {
		for text := range texts {
			b.means[text] = append(b.means[text], meaning{language: language, intent: intent})
		}
	}
	for _, set := range []string{"polite"} {
		merged := b.polite.sets[set]
		for text := range alone.sets[set].means {
			merged.add(true, []string{text})
		}
		b.polite.sets[set] = merged
	}
}

// whole returns what a text says in the enabled languages, first as it stands
// and then without its manners.
func (b *babel) whole(s said, enabled []string) []meaning {
	if len(s.all) == 0 || len(s.all) > 8 {
		return nil
	}
	for _, text := range []string{join(s.all), join(stripPolite(b.polite, s.all)), join(s.tokens)} {
		var found []meaning
		for _, m := range b.means[text] {
			if enabled == nil || slices.Contains(enabled, m.language) {
				found = append(found, m)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// otherLanguage reads a yes or no of a language that is not the person's, where
// her own has no such word. Two languages that disagree are asked about, and a
// strict question takes only a clear word, as ever.
func (q Question) otherLanguage(s said, r Reading) Reading {
	if r.Outcome == Value || r.Rule != "yes-no.unknown" && r.Rule != "yes-no.not-clear" {
		return r
	}
	if own := lexiconFor(q.Language); own.yesNo.means[join(s.all)] != noGrade || own.yesNo.means[join(s.tokens)] != noGrade {
		return r // the Welsh "do" is a yes, the English one is not clear
	}
	yes, no, generous, unsureToo := false, false, false, false
	for _, m := range library().babel.whole(s, q.Enabled) {
		switch m.grade {
		case clearYes, generousYes, barelyYes:
			yes = true
		case clearNo, generousNo, barelyNo:
			no = true
		case unsure:
			unsureToo = true
		case noGrade, hedged, aloneYes, states, asksFor, manners, firstRequest:
		}
		generous = generous || m.grade != clearYes && m.grade != clearNo
	}
	side := ""
	if yes != no {
		side = map[bool]string{true: "yes", false: "no"}[yes]
	}
	switch {
	case side == "" || unsureToo:
		return r
	case q.Strict && (generous || asksBack(s.text)):
		return unclear("yes-no.not-clear", side)
	}
	return value("yes-no.other-language", echoYesNo(q, side), side)
}
