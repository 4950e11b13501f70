package reading

import "slices"

// remarksOnly reports that what nothing explains is the reason of a no, or a
// remark in a clause of its own, and that no word of it turns the answer.
func (a *answer) remarksOnly() bool {
	lead, ok := a.first()
	switch {
	case a.dangles():
		return false
	case len(a.left) == 0:
		return true
	case !ok || !a.firm(lead) || len(a.tokens) > mostPieces/2:
		return false
	}
	own := a.tokens[lead.from].clause
	for _, i := range a.left {
		t := a.tokens[i]
		switch {
		case a.lex.grammar.turns[t.word]:
			return false
		case i < lead.from:
			if t.clause == own || a.lex.is("reported", t.word) {
				return false
			}
		case t.clause == own:
			return false
		}
	}
	return true
}

// open reports a word that takes an answer back or makes it conditional, but for
// one inside the only phrase there is: "sorry but no".
func (a *answer) open() bool {
	graded := 0
	for _, sp := range a.spans {
		if sp.grade != manners {
			graded++
		}
	}
	at := 0
	for i, t := range a.tokens {
		for at < len(a.spans) && a.spans[at].to <= i {
			at++
		}
		inside := at < len(a.spans) && a.spans[at].from <= i && (a.firm(a.spans[at]) || a.spans[at].grade == states || a.spans[at].grade == manners)
		if inside && !a.firm(a.spans[at]) {
			continue // "only i use this phone", "only just seen this"
		}
		if a.lex.grammar.opens[t.word] && (!inside || graded > 1 || len(a.left) > 0) {
			return true
		}
	}
	return false
}

func nonEmpty(side string) []string {
	if side == "" {
		return nil
	}
	return []string{side}
}

// dangles reports an answer that breaks off: "yes and", "no but".
func (a *answer) dangles() bool {
	last := a.tokens[len(a.tokens)-1].word
	return len(a.tokens) > 1 && a.lex.is("dangling", last)
}

// refusedFor reports a no at the head and the reason for it: "no my husband reads
// my texts". The reason may tell of anything, but not hedge or take back.
func (a *answer) refusedFor() bool {
	lead, ok := a.first()
	if !ok || lead.grade != clearNo || lead.to >= len(a.tokens) || len(a.tokens) > mostPieces/2 || a.dangles() {
		return false
	}
	next := a.tokens[lead.to]
	if next.clause == a.tokens[lead.to-1].clause && (!a.lex.grammar.why[next.word] || !a.tellsWhy(lead.to)) {
		return false
	}
	for _, i := range a.left {
		if i < lead.from {
			return false
		}
	}
	for _, sp := range a.spans {
		if sp.grade == clearYes || sp.grade == asksFor || sp.grade == unsure || sp.grade == hedged || sp.grade == barelyNo || sp.grade == barelyYes {
			return false
		}
	}
	return !a.outside && !slices.ContainsFunc(a.tokens[lead.to:], func(t token) bool { return a.lex.grammar.noTurns[t.word] })
}

// tellsWhy reports that the words from a token on are about what strict questions
// ask: her phone, who reads it, her age, what is kept.
func (a *answer) tellsWhy(from int) bool {
	return slices.ContainsFunc(a.tokens[from:], func(t token) bool { return a.lex.is("why_not", t.word) }) ||
		slices.ContainsFunc(a.spans, func(sp span) bool { return sp.from >= from && (sp.grade == states || sp.grade == clearNo) })
}
