package casework

import "time"

// Purpose says what a permission is for (domain 5.1, "Permission").
type Purpose string

// The purposes asked for by the shipped flows.
const (
	// PurposeKeep covers keeping what she tells us, sharing it with the link
	// worker and texting about it (decision 13).
	PurposeKeep       Purpose = "keep"
	PurposeTellGP     Purpose = "tell_gp"
	PurposeTextMe     Purpose = "text_me" // reminders, homework, check-ins and measures
	PurposeEvaluation Purpose = "evaluation"
	PurposeGroups     Purpose = "group_invites" // at most two a month (F13)
)

// Permission is one answer to one request for permission, or its withdrawal.
// It is only ever added: the latest for a purpose is in force.
type Permission struct {
	Stamp
	ID       string   `json:"id"`
	Team     TeamID   `json:"team"`
	Person   PersonID `json:"person"`
	DataKey  KeyID    `json:"data_key"`
	Purpose  Purpose  `json:"purpose"`
	Value    string   `json:"value"`   // yes, no, withdrawn
	Wording  string   `json:"wording"` // exactly as it was put
	Version  int      `json:"version"` // of the wording
	Language string   `json:"language"`
	Channel  Channel  `json:"channel"`
	// Reply is what the person typed.
	Reply   Private   `json:"reply"`
	TakenBy Author    `json:"taken_by"`
	At      time.Time `json:"at"`
}

// Values of a permission.
const (
	PermissionYes       = "yes"
	PermissionNo        = "no"
	PermissionWithdrawn = "withdrawn"
)

// Permissions are found by person, in order of time.
var Permissions = declare(spec[Permission]{
	name: "permission",
	key:  func(p *Permission) string { return PermissionKey(p.Person, p.ID) },
	team: func(p *Permission) TeamID { return p.Team },
	seal: func(p *Permission) KeyID { return p.DataKey },
})

// PermissionKey is the key of one permission of a person.
func PermissionKey(person PersonID, id string) string { return string(person) + "/" + id }

// InForce returns the permission in force for each purpose, from the person's
// permissions in order of time.
func InForce(permissions []*Permission) map[Purpose]*Permission {
	latest := map[Purpose]*Permission{}
	for _, p := range permissions {
		latest[p.Purpose] = p
	}
	return latest
}
