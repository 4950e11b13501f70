package memory

import (
	"bytes"
	"hash/maphash"

	"linkline/store"
)

// node is a treap: a search tree by key and a heap by weight, which is a hash
// of the key, so that it is balanced whatever the order of the writes. It is
// never changed: a write makes new nodes along its path, and whoever holds the
// root before it still sees the table as it was.
type node struct {
	row         store.Row
	weight      uint64
	left, right *node
}

func (n *node) get(key []byte) []byte {
	for n != nil {
		switch c := bytes.Compare(key, n.row.Key); {
		case c == 0:
			return n.row.Value
		case c < 0:
			n = n.left
		default:
			n = n.right
		}
	}
	return nil
}

// put returns the tree with the row in it.
func (n *node) put(row store.Row) *node {
	return n.insert(&node{row: row, weight: maphash.Bytes(seed, row.Key)})
}

// seed only shapes the trees; nothing that is read depends on it.
var seed = maphash.MakeSeed()

func (n *node) insert(added *node) *node {
	if n == nil {
		return added
	}
	c := bytes.Compare(added.row.Key, n.row.Key)
	if c == 0 {
		return &node{row: added.row, weight: n.weight, left: n.left, right: n.right}
	}
	if added.weight > n.weight {
		added.left, added.right = n.split(added.row.Key)
		return added
	}
	out := *n
	if c < 0 {
		out.left = n.left.insert(added)
	} else {
		out.right = n.right.insert(added)
	}
	return &out
}

// split returns the nodes before a key and those after it; a node of the key
// itself is in neither.
func (n *node) split(key []byte) (before, behind *node) {
	if n == nil {
		return nil, nil
	}
	out := *n
	switch c := bytes.Compare(key, n.row.Key); {
	case c == 0:
		return n.left, n.right
	case c < 0:
		before, out.left = n.left.split(key)
		return before, &out
	default:
		out.right, behind = n.right.split(key)
		return &out, behind
	}
}

// without returns the tree without the row of a key.
func (n *node) without(key []byte) *node {
	if n == nil {
		return nil
	}
	out := *n
	switch c := bytes.Compare(key, n.row.Key); {
	case c == 0:
		return merge(n.left, n.right)
	case c < 0:
		out.left = n.left.without(key)
	default:
		out.right = n.right.without(key)
	}
	return &out
}

// merge joins two trees of which one lies before the other.
func merge(before, behind *node) *node {
	switch {
	case before == nil:
		return behind
	case behind == nil:
		return before
	case before.weight > behind.weight:
		out := *before
		out.right = merge(before.right, behind)
		return &out
	default:
		out := *behind
		out.left = merge(before, behind.left)
		return &out
	}
}

// walk calls fn with the rows within the bounds, in order, until it answers
// false; it reports whether it went to the end.
func (n *node) walk(b store.Bounds, fn func(store.Row) bool) bool {
	if n == nil {
		return true
	}
	low, high := inside(b, n.row.Key)
	first, firstMay, last, lastMay := n.left, low, n.right, high
	if b.Reverse {
		first, firstMay, last, lastMay = last, lastMay, first, firstMay
	}
	if firstMay && !first.walk(b, fn) {
		return false
	}
	if low && high && !fn(n.row) {
		return false
	}
	return !lastMay || last.walk(b, fn)
}
