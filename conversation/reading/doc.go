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
// How people say things is data: words/<language>.yaml. Adding a language is
// adding a file.
//
// Tried and not used: olebedev/when, araddon/dateparse, tj/go-naturaldate and
// go-dateparser each read some ordinary British date wrongly and without an
// error (3/4/56 as 2027 or 2056, ISO dates with day and month swapped), and a
// date of birth may never be wrong in silence. agnivade/levenshtein counts two
// swapped letters as two mistakes. nyaruka/phonenumbers is used for numbers,
// after the number has been cut out of the text: it reads the words around one
// as vanity letters.
package reading
