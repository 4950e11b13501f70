package safety

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"linkline/flows"
)

// Edges that are no plain words.
const (
	anyWord   = "_"
	anyNumber = "#"
	anyTens   = "##"
	theEnd    = "$"
)

// step is one place in a phrase: any of its edges, and whether it may be
// missing. An edge is a canonical word or several with spaces between, a group
// in angle brackets, or one of the signs above.
type step struct {
	edges    []string
	optional bool
}

// parse reads a phrase and enters its words in the vocabulary.
func (v *vocabulary) parse(text string) ([]step, error) {
	var steps []step
	for field := range strings.FieldsSeq(text) {
		s := step{}
		if inner, ok := strings.CutPrefix(field, "["); ok {
			s.optional = true
			field = strings.TrimSuffix(inner, "]")
		}
		for word := range strings.SplitSeq(field, "|") {
			edges, err := v.edge(word)
			if err != nil {
				return nil, err
			}
			s.edges = append(s.edges, edges)
		}
		slices.Sort(s.edges)
		s.edges = slices.Compact(s.edges)
		steps = append(steps, s)
	}
	if !slices.ContainsFunc(steps, func(s step) bool { return !s.optional }) {
		return nil, errors.New("asks for nothing")
	}
	return steps, nil
}

func (v *vocabulary) edge(word string) (string, error) {
	switch {
	case word == anyWord || word == anyNumber || word == anyTens || word == theEnd:
		return word, nil
	case strings.Contains(word, "+"):
		return v.edges(word)
	case strings.HasPrefix(word, "<"):
		if !v.groups[word] {
			return "", fmt.Errorf("no group %s", word)
		}
		return word, nil
	}
	plain := flows.Normalise(word)
	if plain == "" || strings.Contains(plain, " ") {
		return "", fmt.Errorf("%q is not one word", word)
	}
	if v.skip[plain] {
		return "", fmt.Errorf("%q is passed over and can never match", word)
	}
	if _, written := v.spell[plain]; written {
		return "", fmt.Errorf("%q is written out before phrases are looked for", word)
	}
	return v.enter(plain), nil
}

// edges enters the words of "carry+on".
func (v *vocabulary) edges(words string) (string, error) {
	var out []string
	for word := range strings.SplitSeq(words, "+") {
		edge, err := v.edge(word)
		if err != nil {
			return "", err
		}
		out = append(out, edge)
	}
	return strings.Join(out, " "), nil
}

// tree is a trie of phrases. Node 0 is its root.
type tree struct {
	edges map[string]uint32 // a number for each edge
	next  map[branch]int32  // by node and edge
	ends  [][]int           // by node, the rules of phrases that end there
	after []bool            // by node, whether it has a group or sign among its edges
	// closing are the words that may follow the end of a clause: thanks, kisses.
	closing map[string]bool
}

// branch is a node in its upper half and an edge in its lower.
type branch uint64

func branchOf(node int32, edge uint32) branch {
	return branch(node)<<32 | branch(edge) //nolint:gosec // nodes are counted from 0
}

func newTree() tree {
	return tree{edges: map[string]uint32{}, next: map[branch]int32{}, ends: make([][]int, 1), after: make([]bool, 1)}
}

// add enters a phrase, every way it can be said.
func (t *tree) add(steps []step, rule int) {
	nodes := []int32{0}
	for _, s := range steps {
		var next []int32
		if s.optional {
			next = slices.Clone(nodes)
		}
		for _, n := range nodes {
			for _, edge := range s.edges {
				next = append(next, t.path(n, edge))
			}
		}
		slices.Sort(next)
		nodes = slices.Compact(next)
	}
	for _, n := range nodes {
		if n != 0 && !slices.Contains(t.ends[n], rule) {
			t.ends[n] = append(t.ends[n], rule)
		}
	}
}

// path returns the node that the words of an edge lead to.
func (t *tree) path(node int32, edge string) int32 {
	for word := range strings.FieldsSeq(edge) {
		node = t.child(node, word)
	}
	return node
}

func (t *tree) child(node int32, edge string) int32 {
	id, ok := t.edges[edge]
	if !ok {
		id = uint32(len(t.edges)) + 1 //nolint:gosec // a few thousand words; 0 is no edge
		t.edges[edge] = id
	}
	key := branchOf(node, id)
	if n, ok := t.next[key]; ok {
		return n
	}
	n := int32(len(t.ends)) //nolint:gosec // a few ten thousand nodes
	t.next[key] = n
	t.ends = append(t.ends, nil)
	t.after = append(t.after, false)
	switch {
	case edge[0] == '<', edge == anyWord, edge == anyNumber, edge == anyTens, edge == theEnd:
		t.after[node] = true
	}
	return n
}

// span is a phrase found: tokens from up to but not including to.
type span struct {
	from, to, rule int
}

// search is one walk through the tokens of a text.
type search struct {
	tree   *tree
	tokens []token
	edges  []uint32 // of each token's word, 0 for none
	old    int      // tokens of earlier texts
	found  func(span)
}

// find calls found with every phrase in the tokens that ends after the first
// old ones. Only groups and signs make a walk branch, so the work is bounded by
// the depth of the tree and the few of them along it.
func (t *tree) find(tokens []token, old int, found func(span)) {
	s := search{tree: t, tokens: tokens, edges: make([]uint32, len(tokens)), old: old, found: found}
	for i := range tokens {
		s.edges[i] = t.edges[tokens[i].word]
	}
	for i := range tokens {
		s.walk(i, i, 0)
	}
}

// walk follows the phrases that began at from and have reached a node at at.
func (s *search) walk(from, at int, node int32) {
	t := s.tree
	s.report(from, at, node)
	if t.after[node] && at > from && t.endsAt(s.tokens, at) {
		if n, ok := s.step(node, theEnd); ok {
			s.report(from, at, n)
		}
	}
	if at == len(s.tokens) {
		return
	}
	if edge := s.edges[at]; edge != 0 {
		if n, ok := t.next[branchOf(node, edge)]; ok {
			s.walk(from, at+1, n)
		}
	}
	if !t.after[node] {
		return
	}
	for _, sign := range s.tokens[at].also {
		if n, ok := s.step(node, sign); ok {
			s.walk(from, at+1, n)
		}
	}
	if n, ok := s.step(node, anyWord); ok {
		s.walk(from, at+1, n)
	}
}

func (s *search) step(node int32, edge string) (int32, bool) {
	n, ok := s.tree.next[branchOf(node, s.tree.edges[edge])]
	return n, ok
}

func (s *search) report(from, at int, node int32) {
	if at <= s.old {
		return
	}
	for _, rule := range s.tree.ends[node] {
		s.found(span{from: from, to: at, rule: rule})
	}
}

// endsAt reports whether nothing but manners and pictures is left of a clause.
func (t *tree) endsAt(tokens []token, at int) bool {
	for i := at; i < len(tokens) && tokens[i].clause == tokens[at-1].clause; i++ {
		if !t.closing[tokens[i].word] && tokens[i].word[0] < 0x80 {
			return false
		}
	}
	return true
}
