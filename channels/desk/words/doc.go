// Package words puts what the records hold into plain English for the people
// who work here: states, kinds, times, and a person's own text made safe to
// look at. It is pure: it knows no page, no store and no clock of its own.
package words
