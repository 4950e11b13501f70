// Package calendar knows days: civil dates, the working days and bank holidays
// of the four nations of the United Kingdom, when a team is open, and when a
// text may be sent. It keeps what the queue may promise a person honest.
//
// The package is pure. It has no clock: every instant comes in as an argument,
// and every rule is evaluated in Europe/London, whose clock changes it
// carries with it so that a bare container needs no time zone files. It must
// not know about people, messages, jobs or how dates are typed (that is
// package reading).
//
// Bank holidays of the years in holidays.txt are read from it, so that a
// one-off (a coronation, a cup) is a line of data. Other years follow the
// rules in rules.go. rickar/cal was tried and knows neither Scotland nor
// Northern Ireland.
package calendar
