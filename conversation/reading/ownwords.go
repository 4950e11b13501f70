package reading

import "slices"

// suggested is how many needs are offered for confirmation at most.
const suggested = 3

// The options that lead to needs which a menu does not show, or which have no
// name: no story tells of them.
const (
	idMore  = "more"
	idOther = "other"
)

// ownWords looks in a story for the needs it tells of, where a choice among
// needs was not made. They are only ever candidates, for the person to confirm,
// and never on a strict question.
func (c *choosing) ownWords(r Reading) Reading {
	if r.Outcome != Unclear || c.q.Strict || !c.mayTell(r.Rule) || !c.q.offersNeeds() {
		return r
	}
	tokens := c.said.all
	if len(tokens) == 1 && (c.lex.yesNo.means[tokens[0].word] != noGrade || c.lex.is("polite", tokens[0].word)) {
		return r
	}
	var ids []string
	add := func(id string) {
		if !c.q.offers(id) {
			id = idMore
		}
		if c.q.offers(id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, m := range c.mentions {
		if m.option >= 0 && m.from == 0 && !c.against {
			add(c.q.Options[m.option].ID) // "money because i lost my job"
		}
	}
	for _, need := range needsIn(c.q.Language).heard(tokens) {
		add(need)
	}
	for _, m := range c.mentions {
		if m.option >= 0 && !m.figure && c.q.Options[m.option].ID != idOther && c.q.Options[m.option].ID != idMore {
			add(c.q.Options[m.option].ID)
		}
	}
	if len(ids) == 0 {
		return r
	}
	return unclear("choice.own-words", ids[:min(len(ids), suggested)]...)
}

// mayTell reports a rule after which a story may still be heard. A number that is no
// option may be part of one: "im 15 and look after my mum".
func (c *choosing) mayTell(rule string) bool {
	return guessable(rule) || rule == "choice.out-of-range" && len(c.left) > 2
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
