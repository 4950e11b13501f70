package safety

// span is a phrase found: tokens from up to but not including to.
type span struct{ from, to, rule int }

// search is one walk through the tokens of a text.
type search struct {
	*patterns
	tokens []token
	from   int
	old    int // tokens of earlier texts
	start  int // the first token of this text after a greeting
	one    *pattern
	every  bool
	found  func(span)
}

// find calls found with the phrases in the tokens that end after the first old
// ones: of an idiom every way it can be read, of other phrases the shortest.
func (p *patterns) find(tokens []token, old int, every func(rule int) bool, found func(span)) {
	spare, _ := p.spare.Get().(*scratch)
	defer p.spare.Put(spare)
	clear(spare.present)
	clear(spare.tried)
	for i := range tokens {
		p.note(spare.present, tokens[i].id)
		p.note(spare.present, tokens[i].figure)
	}
	s := search{patterns: p, tokens: tokens, old: old, start: old, found: found}
	for s.start < len(tokens) && p.vocab.is(tokens[s.start].id, isGreeting) {
		s.start++
	}
	for i := range tokens {
		s.try(spare, p.under[tokens[i].id], every)
		if tokens[i].figure != 0 {
			s.try(spare, p.under[tokens[i].figure], every)
		}
	}
}

// note adds the sets that a word is in.
func (p *patterns) note(present presence, word int32) {
	if word == 0 {
		return
	}
	for k, bits := range p.in[word] {
		present[k] |= bits
	}
}

// try looks for the patterns that a word has under it, each once in a text.
func (s *search) try(spare *scratch, which []int32, every func(int) bool) {
next:
	for _, n := range which {
		if spare.tried.has(int(n)) {
			continue
		}
		spare.tried[n/64] |= 1 << (n % 64)
		one := &s.all[n]
		for _, set := range one.needs {
			if !spare.present.has(set) {
				continue next
			}
		}
		s.one, s.every = one, every(one.rule)
		if one.whole {
			s.from = s.start
			if !s.match(one.places, s.from) {
				s.from = s.old // what greets may be the text itself
				s.match(one.places, s.from)
			}
			continue
		}
		for s.from = range s.tokens {
			s.match(one.places, s.from)
		}
	}
}

// match follows a pattern from a token on and reports whether it is done with
// it. A gap is at most a few words wide and a pattern a few places long, so the
// work is bounded.
func (s *search) match(places []place, at int) bool {
	if len(places) == 0 {
		if at <= s.old || at <= s.from || s.one.whole && !s.closes(at) {
			return false
		}
		s.found(span{from: s.from, to: at, rule: s.one.rule})
		return !s.every
	}
	pl := &places[0]
	switch {
	case pl.not && at == s.from: // a refusal at the beginning looks back
		return !s.refuses(pl, at-1) && s.match(places[1:], at)
	case pl.not:
		return !s.refuses(pl, at) && s.match(places[1:], at)
	case pl.optional && s.match(places[1:], at):
		return true
	}
	for last := s.reach(pl, at); at <= last; at++ {
		if s.matchAt(pl, places[1:], at) {
			return true
		}
	}
	return false
}

// parts reports where a gap ends: at another thought ("but", "because"), and
// where this text begins after an earlier one. A phrase typed in two texts has
// its words side by side (B20).
func (s *search) parts(at int) bool {
	return s.vocab.is(s.tokens[at].id, isBreak) || at == s.old && at > 0
}

// reach is the last token at which a place may begin.
func (s *search) reach(pl *place, at int) int {
	for n := 0; n < pl.gap && at < len(s.tokens) && !s.parts(at); n++ {
		at++
	}
	return min(at, len(s.tokens))
}

// refuses reports whether what a phrase must not have stands at a token.
func (s *search) refuses(pl *place, at int) bool {
	if at < 0 {
		return false
	}
	if at == len(s.tokens) {
		return pl.end
	}
	if pl.end && s.endsAt(at) || pl.set >= 0 && s.isIn(at, pl.set) {
		return true
	}
	if len(pl.runs) == 0 || !s.isIn(at, pl.first) {
		return false
	}
	for _, run := range pl.runs {
		if s.runs(run, at) {
			return true
		}
	}
	return false
}

// isIn reports whether a token is of a set, as a word or as a figure.
func (s *search) isIn(at, set int) bool {
	t := &s.tokens[at]
	return presence(s.in[t.id]).has(set) || t.figure != 0 && presence(s.in[t.figure]).has(set)
}

func (s *search) matchAt(pl *place, rest []place, at int) bool {
	if pl.end && at > s.from && s.endsAt(at) && s.match(rest, at) {
		return true
	}
	if at == len(s.tokens) {
		return false
	}
	if (pl.any || pl.set >= 0 && s.isIn(at, pl.set)) && s.match(rest, at+1) {
		return true
	}
	if len(pl.runs) == 0 || !s.isIn(at, pl.first) {
		return false
	}
	for _, run := range pl.runs {
		if s.runs(run, at) && s.match(rest, at+len(run)) {
			return true
		}
	}
	return false
}

func (s *search) runs(run []int32, at int) bool {
	if at+len(run) > len(s.tokens) {
		return false
	}
	for i, id := range run {
		if t := &s.tokens[at+i]; t.id != id && t.figure != id {
			return false
		}
	}
	return true
}

// signature is how many names, or words that nobody knows, may stand at the end.
const signature = 2

// endsAt reports whether nothing but manners, pictures and a name is left, or
// another thought begins. Punctuation says nothing: people leave it out.
func (s *search) endsAt(at int) bool {
	for ; at < len(s.tokens); at++ {
		if s.vocab.is(s.tokens[at].id, isBreak|isOpening) {
			return true
		}
		if !s.isManners(at) {
			return false
		}
	}
	return true
}

// closes reports whether nothing but manners, pictures and a name is left.
func (s *search) closes(at int) bool {
	for ; at < len(s.tokens); at++ {
		if !s.isManners(at) {
			return false
		}
	}
	return true
}

// isManners reports a token that may stand behind what was said.
func (s *search) isManners(at int) bool {
	t := &s.tokens[at]
	unknown := t.id == 0 || s.vocab.is(t.id, isName)
	return s.vocab.is(t.id, isClosing) || t.word[0] >= 0x80 || unknown && at >= len(s.tokens)-signature
}
