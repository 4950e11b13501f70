package reading

import "slices"

// suggested is how many needs are offered for confirmation at most.
const suggested = 3

// idMore is the option that leads to the needs that a menu does not show.
const idMore = "more"

// ownWords looks in a story for the needs it tells of, where a choice among
// needs was not made. They are only ever candidates, for the person to confirm,
// and never on a strict question.
func (q Question) ownWords(lex *lexicon, s said, r Reading) Reading {
	if r.Outcome != Unclear || q.Strict || !guessable(r.Rule) || !q.offersNeeds() {
		return r
	}
	tokens := s.all
	if len(tokens) == 1 && (lex.yesNo.means[tokens[0].word] != noGrade || lex.is("polite", tokens[0].word)) {
		return r
	}
	var ids []string
	add := func(id string) {
		if !q.offers(id) {
			id = idMore
		}
		if q.offers(id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if r.Rule == "choice.mentioned" {
		for _, id := range r.Candidates {
			add(id)
		}
	}
	for _, need := range needsIn(q.Language).heard(tokens) {
		add(need)
	}
	if len(ids) == 0 {
		return r
	}
	return unclear("choice.own-words", ids[:min(len(ids), suggested)]...)
}

// guessable are the rules after which a story may still be heard: not a tie, a
// number that is no option, or a word said outright to be unsure.
func guessable(rule string) bool {
	return rule == "choice.unknown" || rule == "choice.mentioned" || rule == "choice.against"
}

// offersNeeds reports whether the options are needs: two of them at least, and
// no other.
func (q Question) offersNeeds() bool {
	known := 0
	for _, o := range q.Options {
		if slices.ContainsFunc(needsIn("en").options, func(n Option) bool { return n.ID == o.ID }) {
			known++
		}
	}
	return known >= 2 && known == len(q.Options)
}
