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
	next  map[edgeFrom]int
	ends  [][]int // by node, the rules of phrases that end there
	after []bool  // by node, whether it has a group or sign among its edges
	// closing are the words that may follow the end of a clause: thanks, kisses.
	closing map[string]bool
}

type edgeFrom struct {
	node int
	edge string
}

func newTree() tree {
	return tree{next: map[edgeFrom]int{}, ends: make([][]int, 1), after: make([]bool, 1)}
}

// add enters a phrase, every way it can be said.
func (t *tree) add(steps []step, rule int) {
	nodes := []int{0}
	for _, s := range steps {
		var next []int
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
func (t *tree) path(node int, edge string) int {
	for word := range strings.FieldsSeq(edge) {
		node = t.child(node, word)
	}
	return node
}

func (t *tree) child(node int, edge string) int {
	key := edgeFrom{node, edge}
	if n, ok := t.next[key]; ok {
		return n
	}
	n := len(t.ends)
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

// find calls found with every phrase in the tokens that ends after the first
// old ones. No two nodes of a walk can be reached twice by one word, so the
// work is bounded by the depth of the tree and the signs along it.
func (t *tree) find(tokens []token, old int, found func(span)) {
	for i := range tokens {
		t.walk(tokens, i, i, 0, func(to, rule int) {
			if to > old {
				found(span{from: i, to: to, rule: rule})
			}
		})
	}
}

func (t *tree) walk(tokens []token, from, at, node int, found func(to, rule int)) {
	for _, rule := range t.ends[node] {
		found(at, rule)
	}
	if t.after[node] && at > from && t.endsAt(tokens, at) {
		if n, ok := t.next[edgeFrom{node, theEnd}]; ok {
			for _, rule := range t.ends[n] {
				found(at, rule)
			}
		}
	}
	if at == len(tokens) {
		return
	}
	w := tokens[at]
	if n, ok := t.next[edgeFrom{node, w.word}]; ok {
		t.walk(tokens, from, at+1, n, found)
	}
	if !t.after[node] {
		return
	}
	for _, edge := range w.also {
		if n, ok := t.next[edgeFrom{node, edge}]; ok {
			t.walk(tokens, from, at+1, n, found)
		}
	}
	if n, ok := t.next[edgeFrom{node, anyWord}]; ok {
		t.walk(tokens, from, at+1, n, found)
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
