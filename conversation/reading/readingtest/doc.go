// Package readingtest measures how well replies are read, on the labelled sets
// in reading's testdata. Each set has two halves: the rules were written from
// the one and are only measured on the other, which nobody may look at while
// changing a rule.
//
// It must not know any rule: it asks package reading what a program would ask
// it, and counts.
package readingtest
