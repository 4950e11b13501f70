package reading

import "slices"

// leave collects the tokens that no span holds.
func (a *answer) leave() {
	a.left = a.left[:0]
	at := 0
	for _, sp := range a.spans {
		for ; at < sp.from; at++ {
			a.left = append(a.left, at)
		}
		at = sp.to
	}
	for ; at < len(a.tokens); at++ {
		a.left = append(a.left, at)
	}
}

// dropLetters takes "y" and "n" for an answer only where nothing but manners is
// beside them: "n/a" and "me n my dog" hold no "no".
func (a *answer) dropLetters() {
	others := len(a.left)
	for _, sp := range a.spans {
		if sp.grade != manners && sp.grade != aloneYes {
			others++
		}
	}
	if others < 2 {
		return
	}
	a.spans = slices.DeleteFunc(a.spans, func(sp span) bool {
		return sp.to == sp.from+1 && len(a.tokens[sp.from].word) == 1 && (sp.grade == clearYes || sp.grade == clearNo)
	})
	a.leave()
}

// numbers reads the numbers of options: where nothing is beside them that could
// make them a quantity, or where one heads the reply.
func (a *answer) numbers(q Question) {
	var found []span
	bare, doubt := true, false
	for k := 0; k < len(a.left); {
		i := a.left[k]
		word := a.tokens[i].word
		n, taken := a.lex.number(a.tokens, i)
		switch {
		case taken > 0:
			sp := span{from: i, to: i + taken, grade: optionGrade(q, n)}
			if a.side() != "" && (sp.grade == noGrade && n > 9 || a.ordinal(word)) {
				bare = false // "yes 18", "yes to the first bit"
			}
			found = append(found, sp)
			k += taken - 1
		case a.lex.is("hedges", word), a.lex.is("either", word):
			doubt = true
		case a.lex.is("dress", word), a.lex.is("joiners", word):
		default:
			bare = false
		}
		k++
	}
	if len(found) == 0 || a.says(asksFor) { // "which one"
		return
	}
	if !bare {
		first := found[0]
		if first.from > 0 || first.to < len(a.tokens) && a.lex.is("quantities", a.tokens[first.to].word) || first.grade == noGrade {
			return
		}
		found, doubt = found[:1], false
	}
	a.count(found, bare, doubt)
}

// ordinal reports a word like "first", which may be part of what is meant.
func (a *answer) ordinal(word string) bool {
	_, ok := a.lex.ordinal(word)
	return ok
}

// count takes numbers as answers; all that was left beside bare ones was dress.
func (a *answer) count(found []span, bare, doubt bool) {
	for _, sp := range found {
		a.outside = a.outside || sp.grade == noGrade
		if i := sp.from; i > 0 && a.tokens[i-1].word == "no" {
			doubt = true // "No. 1" may be a number
		}
	}
	if doubt {
		found = append(found, span{grade: unsure, from: found[0].from, to: found[0].from})
	}
	a.spans = append(a.spans, found...)
	slices.SortStableFunc(a.spans, func(x, y span) int { return x.from - y.from })
	a.numbered = true
	a.leave()
	if bare {
		a.left = a.left[:0]
	}
}

// optionGrade is what the number of an option says; without options 1 is yes and
// 2 is no.
func optionGrade(q Question, n int) grade {
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
		return clearYes
	case "no":
		return clearNo
	}
	return noGrade
}
