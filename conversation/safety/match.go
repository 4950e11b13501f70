package safety

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// pattern is a phrase made ready to be matched.
type pattern struct {
	rule   int
	wide   bool
	places []place
	// needs are the sets of which a text must hold a word for it to match.
	needs []int
}

// place is a step of a pattern: a word of a set, or one of several runs of
// words.
type place struct {
	set                     int
	runs                    [][]int32
	any, end, optional, gap bool
}

// patterns are the phrases of a language. The words of a step make a set, and
// each word knows the sets that it is in: however many words a step allows, it
// costs one look.
type patterns struct {
	all     []pattern
	sets    map[string]int // by its words
	in      [][]uint64     // by word, a bit for each set it is in
	starts  [][]int32      // by word, the patterns that may begin with it
	raw     []raw          // as read, until finish
	spare   *sync.Pool     // of presence
	vocab   *vocabulary
	closing map[string]bool // words that may follow the end of a clause
}

// raw is a phrase as it was read.
type raw struct {
	steps []step
	rule  int
}

// presence has a bit for each set of which a text holds a word.
type presence []uint64

func (p presence) has(set int) bool { return p[set/64]&(1<<(set%64)) != 0 }

func newPatterns(v *vocabulary) *patterns {
	return &patterns{sets: map[string]int{}, vocab: v}
}

func (p *patterns) add(steps []step, rule int) { p.raw = append(p.raw, raw{steps, rule}) }

// finish compiles the phrases, once every word and group is known.
func (p *patterns) finish() {
	var sets [][]int32
	for _, r := range p.raw {
		one := pattern{rule: r.rule}
		for _, s := range r.steps {
			pl, words := p.place(s)
			one.wide = one.wide || pl.gap
			if pl.set >= 0 && pl.set == len(sets) {
				sets = append(sets, words)
			}
			if pl.set >= 0 && len(pl.runs) == 0 && !pl.any && !pl.end && !pl.optional {
				one.needs = append(one.needs, pl.set)
			}
			one.places = append(one.places, pl)
		}
		p.all = append(p.all, one)
	}
	p.raw = nil
	size := len(sets)/64 + 1
	p.in = make([][]uint64, len(p.vocab.ids)+1)
	for i := range p.in {
		p.in[i] = make([]uint64, size)
	}
	for set, words := range sets {
		for _, w := range words {
			p.in[w][set/64] |= 1 << (set % 64)
		}
	}
	p.spare = &sync.Pool{New: func() any { out := make(presence, size); return &out }}
	p.index()
}

// place compiles a step; of a set not seen before it returns the words.
func (p *patterns) place(s step) (place, []int32) {
	pl := place{set: -1, optional: s.optional, gap: s.gap}
	var words []int32
	for _, edge := range s.edges {
		switch {
		case edge == anyWord:
			pl.any = true
		case edge == theEnd:
			pl.end = true
		case strings.Contains(edge, " "):
			var run []int32
			for w := range strings.FieldsSeq(edge) {
				run = append(run, p.vocab.id(w))
			}
			pl.runs = append(pl.runs, run)
		case edge[0] == '<':
			for _, w := range p.vocab.groups[edge] {
				words = append(words, p.vocab.id(w))
			}
		case edge == anyNumber:
			words = append(words, p.vocab.id(anyNumber), p.vocab.id(anyTens))
		default:
			words = append(words, p.vocab.id(edge))
		}
	}
	if len(words) == 0 {
		return pl, nil
	}
	slices.Sort(words)
	words = slices.Compact(words)
	var key []byte
	for _, w := range words {
		key = binary.LittleEndian.AppendUint32(key, uint32(w)) //nolint:gosec // numbers of words
	}
	set, ok := p.sets[string(key)]
	if !ok {
		set = len(p.sets)
		p.sets[string(key)] = set
	}
	pl.set = set
	return pl, words
}

// index notes with which words each pattern may begin.
func (p *patterns) index() {
	p.starts = make([][]int32, len(p.in))
	note := func(word, i int) {
		if n := len(p.starts[word]); n == 0 || p.starts[word][n-1] != int32(i) { //nolint:gosec // a few thousand
			p.starts[word] = append(p.starts[word], int32(i)) //nolint:gosec // as above
		}
	}
	for i, one := range p.all {
		for _, pl := range one.places {
			p.begins(pl, func(word int) { note(word, i) })
			if !pl.optional {
				break
			}
		}
	}
}

// begins calls note with every word that a place takes first.
func (p *patterns) begins(pl place, note func(word int)) {
	for word := range p.in {
		if pl.any || pl.set >= 0 && presence(p.in[word]).has(pl.set) {
			note(word)
		}
	}
	for _, run := range pl.runs {
		note(int(run[0]))
	}
}

// span is a phrase found: tokens from up to but not including to.
type span struct {
	from, to, rule int
	wide           bool // whether its phrase has a gap
}

// search is one walk through the tokens of a text.
type search struct {
	*patterns
	tokens []token
	from   int
	old    int // tokens of earlier texts
	rule   int
	wide   bool
	every  bool
	found  func(span)
}

// find calls found with the phrases in the tokens that end after the first old
// ones: of an idiom every way it can be read, of other phrases the shortest.
func (p *patterns) find(tokens []token, old int, every func(rule int) bool, found func(span)) {
	present, _ := p.spare.Get().(*presence)
	defer p.spare.Put(present)
	clear(*present)
	for i := range tokens {
		for k, bits := range p.in[tokens[i].id] {
			(*present)[k] |= bits
		}
		for k, bits := range p.in[tokens[i].figure] {
			(*present)[k] |= bits
		}
	}
	s := search{patterns: p, tokens: tokens, old: old, found: found}
	for i := range tokens {
		s.from = i
		s.begin(*present, p.starts[tokens[i].id], every)
		if tokens[i].figure != 0 {
			s.begin(*present, p.starts[tokens[i].figure], every)
		}
	}
}

// begin tries the patterns that may begin at a token.
func (s *search) begin(present presence, which []int32, every func(int) bool) {
next:
	for _, n := range which {
		one := &s.all[n]
		for _, set := range one.needs {
			if !present.has(set) {
				continue next
			}
		}
		s.every, s.rule, s.wide = every(one.rule), one.rule, one.wide
		s.match(one.places, s.from)
	}
}

// match follows a pattern from a token on and reports whether it is done with
// it. A gap is at most gapWords wide and a pattern a few places long, so the
// work is bounded.
func (s *search) match(places []place, at int) bool {
	if len(places) == 0 {
		if at <= s.old || at <= s.from {
			return false
		}
		s.found(span{from: s.from, to: at, rule: s.rule, wide: s.wide})
		return !s.every
	}
	pl := &places[0]
	if pl.optional && s.match(places[1:], at) {
		return true
	}
	last := at
	if pl.gap {
		last += gapWords
	}
	for ; at <= last && at <= len(s.tokens); at++ {
		if s.matchAt(pl, places[1:], at) {
			return true
		}
	}
	return false
}

func (s *search) matchAt(pl *place, rest []place, at int) bool {
	if pl.end && at > s.from && s.endsAt(at) && s.match(rest, at) {
		return true
	}
	if at == len(s.tokens) {
		return false
	}
	t := &s.tokens[at]
	if pl.any || pl.set >= 0 && (presence(s.in[t.id]).has(pl.set) || presence(s.in[t.figure]).has(pl.set)) {
		if s.match(rest, at+1) {
			return true
		}
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
		if s.tokens[at+i].id != id {
			return false
		}
	}
	return true
}

// endsAt reports whether nothing but manners and pictures is left of a clause.
func (s *search) endsAt(at int) bool {
	for i := at; i < len(s.tokens) && s.tokens[i].clause == s.tokens[at-1].clause; i++ {
		if !s.closing[s.tokens[i].word] && s.tokens[i].word[0] < 0x80 {
			return false
		}
	}
	return true
}
