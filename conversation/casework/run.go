package casework

import "time"

// Run is the last run of something that happens by the calendar: the worker's
// digest, a backup. It is remembered so that a run that was missed, because
// nothing was running, is made up for once, and so that two processes on one
// store do not both do it. It belongs to the service and names nobody.
type Run struct {
	Stamp
	// Name is the name of what runs.
	Name string `json:"name"`
	// For is the moment of the calendar that was last seen to, on time or late.
	For time.Time `json:"for"`
	// BeganAt is when that run began and EndedAt when it succeeded; while it has
	// not, it is tried again.
	BeganAt time.Time `json:"began_at,omitzero"`
	EndedAt time.Time `json:"ended_at,omitzero"`
	// Skipped is set when the run was too late to be of use.
	Skipped bool `json:"skipped,omitempty"`
}

// Runs are found by name.
var Runs = declare(spec[Run]{
	name: "run",
	key:  func(r *Run) string { return r.Name },
	team: func(*Run) TeamID { return "" },
})
