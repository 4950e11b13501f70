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
// what is answered, who is told, or who is writing. What people say is data, in
// phrases/<language>.yaml, or a folder of that name with a file for each class,
// with a version, an owner and the day on which a speaker last checked it. Every
// language is searched, whatever the person's own (decision 28); one of whose
// words none stands in the text costs nothing.
//
// A phrase is a row of places, and a place is a set of words: "want|wish|like ~
// die" is three hundred sentences. A phrase is looked at only where the rarest
// word that it needs stands in the text, and nothing is allocated for one that
// does not match. Punctuation is no part of it: people leave it out, so that
// "and", "but" or a name at the end tell where a thought ends.
//
// Tried: a list of regular expressions costs time with every phrase added, an
// Aho-Corasick search over letters cannot forgive spelling, and a trie over
// words grows past all measure once a phrase has several places of many words
// each. Sets of words, a bit for each, do none of that. Sentences learnt one by
// one were tried too: they find the texts that they were taken from and few
// others, and a loose sentence alarms on ordinary ones. Phrases are therefore
// measured on ordinary prose as well as on cries, and on texts nobody has read.
package safety
