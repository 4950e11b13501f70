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
	whole  bool // must be all that this text says
	places []place
	// needs are the sets of which a text must hold a word for it to match.
	needs []int
}

// place is a step of a pattern: a word of a set, or one of several runs of
// words.
type place struct {
	set                     int // -1 for none
	runs                    [][]int32
	first                   int // the set of the words that begin the runs
	gap                     int
	any, end, optional, not bool
}

// patterns are the phrases of a language. The words of a step make a set, and
// each word knows the sets that it is in: however many words a step allows, it
// costs one look. A pattern is looked at only where the rarest of the words
// that it needs stands in the text, so that most cost nothing at all.
type patterns struct {
	all   []pattern
	sets  map[string]int // by its words
	words [][]int32      // of each set
	in    [][]uint64     // by word, a bit for each set it is in; nil for none
	under [][]int32      // by word, the patterns whose rarest set holds it
	raw   []raw          // as read, until finish
	spare *sync.Pool     // of *scratch
	vocab *vocabulary
}

// raw is a phrase as it was read.
type raw struct {
	steps []step
	rule  int
	whole bool
}

// presence has a bit for each set of which a text holds a word.
type presence []uint64

func (p presence) has(set int) bool { return p != nil && p[set/64]&(1<<(set%64)) != 0 }

// scratch is what one search writes to, used again for the next.
type scratch struct {
	present presence
	tried   presence // a bit for each pattern
}

func newPatterns(v *vocabulary) *patterns {
	return &patterns{sets: map[string]int{}, vocab: v}
}

func (p *patterns) add(r raw) { p.raw = append(p.raw, r) }

// finish compiles the phrases, once every word and group is known.
func (p *patterns) finish() {
	for _, r := range p.raw {
		one := pattern{rule: r.rule, whole: r.whole}
		for _, s := range r.steps {
			pl, words := p.place(s)
			if s.asks() {
				one.needs = append(one.needs, p.set(words))
			}
			one.places = append(one.places, pl)
		}
		p.all = append(p.all, one)
	}
	p.raw = nil
	size := len(p.words)/64 + 1
	p.in = make([][]uint64, len(p.vocab.ids)+1)
	for set, words := range p.words {
		for _, w := range words {
			if p.in[w] == nil {
				p.in[w] = make([]uint64, size)
			}
			p.in[w][set/64] |= 1 << (set % 64)
		}
	}
	p.spare = &sync.Pool{New: func() any {
		return &scratch{present: make(presence, size), tried: make(presence, len(p.all)/64+1)}
	}}
	p.index()
}

// place compiles a step, and returns every word with which it can be met.
func (p *patterns) place(s step) (place, []int32) {
	pl := place{set: -1, optional: s.optional, gap: s.gap, not: s.not}
	var words, first []int32
	for _, edge := range s.edges {
		switch {
		case edge == anyWord:
			pl.any = true
		case edge == theEnd:
			pl.end = true
		case strings.Contains(edge, " "):
			run := p.run(edge)
			pl.runs, first = append(pl.runs, run), append(first, run[0])
		case edge[0] == '<':
			for _, w := range p.vocab.groups[edge] {
				if strings.Contains(w, " ") {
					run := p.run(w)
					pl.runs, first = append(pl.runs, run), append(first, run[0])
					continue
				}
				words = append(words, p.vocab.id(w))
			}
		case edge == anyNumber:
			words = append(words, p.vocab.id(anyNumber), p.vocab.id(anyTens), p.vocab.id(anyYear))
		default:
			words = append(words, p.vocab.id(edge))
		}
	}
	if len(words) > 0 {
		pl.set = p.set(words)
	}
	if len(first) > 0 {
		pl.first = p.set(first)
	}
	return pl, append(first, words...)
}

func (p *patterns) run(words string) []int32 {
	var run []int32
	for w := range strings.FieldsSeq(words) {
		run = append(run, p.vocab.id(w))
	}
	return run
}

// set numbers a set of words.
func (p *patterns) set(words []int32) int {
	words = slices.Clone(words)
	slices.Sort(words)
	words = slices.Compact(words)
	var key []byte
	for _, w := range words {
		key = binary.LittleEndian.AppendUint32(key, uint32(w)) //nolint:gosec // numbers of words
	}
	set, ok := p.sets[string(key)]
	if !ok {
		set = len(p.words)
		p.sets[string(key)] = set
		p.words = append(p.words, words)
	}
	return set
}

// index notes each pattern under the words of the rarest set that it needs.
func (p *patterns) index() {
	p.under = make([][]int32, len(p.in))
	for i, one := range p.all {
		rarest := slices.MinFunc(one.needs, func(a, b int) int { return p.common(a) - p.common(b) })
		for _, w := range p.words[rarest] {
			p.under[w] = append(p.under[w], int32(i))
		}
	}
}

// common guesses how often a set is met: by its words, above all those that
// stand in every text.
func (p *patterns) common(set int) int {
	const everywhere = 40
	n := len(p.words[set])
	for _, w := range p.words[set] {
		if p.vocab.is(w, isCommon) {
			n += everywhere
		}
	}
	return n
}
