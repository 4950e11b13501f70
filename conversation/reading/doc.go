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
// How people say things is data: words/<language>.yaml for lists of words and whole
// phrases, answers/ and requests/ for how a yes, a no or a request of the service
// is put together from parts, and needs/ for the ways in which people tell a need.
// Adding a language is adding its files; one marked as a draft gives its yes, no
// and STOP until a speaker has checked it.
//
// A phrase of parts explains words, and what no phrase explains decides as much as
// what one does: a strict question takes an answer only where nothing is left that
// could turn it, and a request only counts where a clause is explained to its last
// word.
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
// Spelling: golang.org/x/text folds case, width and accents, in
// flows.Normalise. Bank holidays: rickar/cal knows England and Wales only and
// no one-off days after 2023, so package calendar has the published list.
//
// Not tried here, chosen from what their authors say: agnivade/levenshtein,
// which counts two swapped letters as two mistakes; a stemmer, since one makes
// "news" and "new" one word as well as "housing" and "house", so endings are
// forgiven to labels only; and the published table of confusables, which joins
// letters that people do not mix up when they type.
package reading
