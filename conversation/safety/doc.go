// Package safety finds the texts that must not wait: a person who wants to
// die, has taken something, is being hurt, fears for a child, cannot breathe,
// has no food, or says that it is urgent. It is asked about every text, in
// every state, before anything else reads it.
//
// It answers which words of the text matched which named rule, and nothing
// more. There is no score, no level and no label (decision 24, NICE NG225 1.6).
// A text that is negated, past or about another person matches like any other
// and is only marked: the reply is the same (B18). Missing a cry is worse than
// a needless reply, so spelling is forgiven freely.
//
// The package is pure, and a Scanner never changes after New. It must not know
// what is answered, who is told, or who is writing. What people say is data,
// in phrases/<language>.yaml; the cost of a scan does not grow with it.
//
// Tried: a list of regular expressions costs time with every phrase added, and
// an Aho-Corasick search over letters cannot forgive spelling; this is a trie
// over words, each looked up by its form, its sound-alikes and its one-slip
// neighbours.
package safety
