package casework

import "time"

// Audit is one thing that somebody did, or the service did by itself. It names
// objects by id and fields by name: it never holds what was said.
type Audit struct {
	Stamp
	ID     string    `json:"id"`
	Team   TeamID    `json:"team"`
	At     time.Time `json:"at"`
	Actor  Author    `json:"actor"`
	Action string    `json:"action"`
	Object string    `json:"object"`
	Reason string    `json:"reason,omitempty"`
}

// Audits are kept in order of time, and found by what they are about.
var Audits = declare(spec[Audit]{
	name: "audit",
	key:  func(a *Audit) string { return a.ID },
	team: func(a *Audit) TeamID { return a.Team },
	indexes: []index[Audit]{
		{name: "object", entries: func(a *Audit) []string { return []string{Join(a.Object, a.ID)} }},
	},
})
