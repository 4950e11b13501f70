package flows

import (
	"slices"
	"strconv"
)

// fields says how each key of a map is read. A key that is not there is a
// mistake of the author, and is told with the nearest that is.
type fields map[string]func(node)

// decoder reads nodes into values and notes what does not fit.
type decoder struct {
	problems *Problems
}

// object reads a map and reports the keys it has.
func (d decoder) object(n node, known fields) map[string]place {
	seen := map[string]place{}
	if !d.is(n, isMap) {
		return seen
	}
	for _, p := range n.pairs {
		read, ok := known[p.key]
		if !ok {
			d.problems.add(RuleUnknownKey, p.place, "%q is not a key here, %s", p.key, suggest(p.key, names(known)))
			continue
		}
		seen[p.key] = p.place
		read(p.value)
	}
	return seen
}

// need reports keys that a map must have.
func (d decoder) need(at place, seen map[string]place, keys ...string) {
	for _, k := range keys {
		if _, ok := seen[k]; !ok {
			d.problems.add(RuleMissingKey, at, "%q is missing", k)
		}
	}
}

func (d decoder) is(n node, kind nodeKind) bool {
	if n.kind == kind {
		return true
	}
	d.problems.add(RuleWrongType, n.place, "%s stands here instead of %s", n.kind, kind)
	return false
}

func (d decoder) text(to *string) func(node) {
	return func(n node) {
		if d.is(n, isWord) {
			*to = n.word
		}
	}
}

// word reads an identifier into any type made of a string.
func word[T ~string](d decoder, to *T) func(node) {
	return func(n node) {
		if d.is(n, isWord) {
			*to = T(n.word)
		}
	}
}

func (d decoder) number(to *int) func(node) {
	return func(n node) {
		if !d.is(n, isWord) {
			return
		}
		v, err := strconv.Atoi(n.word)
		if err != nil {
			d.problems.add(RuleWrongType, n.place, "%q is not a whole number", n.word)
			return
		}
		*to = v
	}
}

func (d decoder) flag(to *bool) func(node) {
	return func(n node) {
		if !d.is(n, isWord) {
			return
		}
		switch n.word {
		case "true":
			*to = true
		case "false":
			*to = false
		default:
			d.problems.add(RuleWrongType, n.place, "%q is neither true nor false", n.word)
		}
	}
}

// words reads a list of words, or one word as a list of one.
func words[T ~string](d decoder, to *[]T) func(node) {
	return func(n node) {
		if n.kind == isWord {
			*to = []T{T(n.word)}
			return
		}
		if !d.is(n, isList) {
			return
		}
		for _, item := range n.items {
			if d.is(item, isWord) {
				*to = append(*to, T(item.word))
			}
		}
	}
}

// each reads every item of a list.
func (d decoder) each(read func(node)) func(node) {
	return func(n node) {
		if !d.is(n, isList) {
			return
		}
		for _, item := range n.items {
			read(item)
		}
	}
}

// entries reads a map whose keys are the author's own.
func (d decoder) entries(read func(pair)) func(node) {
	return func(n node) {
		if !d.is(n, isMap) {
			return
		}
		for _, p := range n.pairs {
			read(p)
		}
	}
}

// names lists the keys of a map in a fixed order.
func names[K ~string, V any](m map[K]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, string(k))
	}
	slices.Sort(out)
	return out
}
