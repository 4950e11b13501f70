package service

import "runtime/debug"

// garbage is how much may pile up before it is collected, in percent of what
// lives. What lives is small, some tens of megabytes of flows and phrases, and
// a turn leaves little, so Go's own 100 would look through all of it every few
// hundred texts, which took a fifth of their time.
const garbage = 400

// TuneGarbage lets more garbage pile up than Go does by itself. An operator's
// GOGC wins.
func TuneGarbage(gogc string) {
	if gogc == "" {
		debug.SetGCPercent(garbage)
	}
}
