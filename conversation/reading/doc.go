// Package reading finds what a reply means: a choice, yes or no, a name, a
// date, a number, and the few requests that count at any moment (stop, back, a
// person ...). It says what it understood in words fit to be read back, and by
// which rule, and when two readings are possible it names both and takes
// neither. On a strict question (permission and safety) it accepts only what
// cannot be meant otherwise: asking once more costs a text, a wrong yes costs
// trust.
//
// The package is pure: no clock (Today comes with the question), no input or
// output, nothing that changes after the words are loaded. It must not know
// which flow asks, what is stored, or what a reply leads to; texts that must
// not wait are package safety's.
//
// How people say things is data: words/<language>.yaml, and needs/<language>.yaml
// for the ways in which people tell a need. Adding a language is adding a file;
// one marked as a draft gives its yes, no and STOP until a speaker has checked
// it.
//
// # What was tried
//
// Dates: olebedev/when, araddon/dateparse, tj/go-naturaldate and go-dateparser
// each read some ordinary British date wrongly and without an error (3/4/56 as
// 2027 or 2056, 1956-04-03 with day and month swapped, "half 2" dropped, "a week
// on Monday" as this Monday), and a date of birth may never be wrong in silence.
//
// Phone numbers: nyaruka/phonenumbers is used, after the number has been cut out
// of the text: it reads the words around one as vanity letters ("07912 345678
// thanks" gains seven figures). It calls the numbers kept for drama invalid.
//
// Slips: agnivade/levenshtein counts two swapped letters as two mistakes, and
// allocates for each word of a list. Stems: an English stemmer makes "housing"
// and "house" one word, which is wanted, and "news" and "new" too, which is not;
// endings are forgiven to labels only.
//
// Spelling: golang.org/x/text folds case, width and accents, in
// flows.Normalise; its confusables are a table of our own, since the published
// one also maps "rn" to "m". Bank holidays: rickar/cal lacks one-off days, so
// package calendar has the published list.
package reading
