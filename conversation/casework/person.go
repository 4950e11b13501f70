package casework

import (
	"strings"
	"time"
)

// Person is somebody who has agreed that we keep what she tells us.
type Person struct {
	Stamp
	ID            PersonID       `json:"id"`
	Team          TeamID         `json:"team"`
	DataKey       KeyID          `json:"data_key"`
	Conversation  ConversationID `json:"conversation"`
	PreferredName Private        `json:"preferred_name,omitempty"`
	FullName      Private        `json:"full_name,omitempty"`
	DateOfBirth   string         `json:"date_of_birth,omitempty"` // 2006-01-02
	Postcode      Private        `json:"postcode,omitempty"`
	Practice      Private        `json:"practice,omitempty"` // as typed; "unknown" where she was not sure
	Phone         Private        `json:"phone,omitempty"`    // where she can be rung, E.164
	Language      string         `json:"language"`
	AccessNeeds   []string       `json:"access_needs,omitempty"`
	ContactBy     string         `json:"contact_by,omitempty"`
	BestTime      string         `json:"best_time,omitempty"`
	CreatedAt     time.Time      `json:"created_at"`
}

// People are found by a keyed hash of their number, their postcode and each
// whole word of their names (decision 34).
var People = declare(spec[Person]{
	name: "person",
	key:  func(p *Person) string { return string(p.ID) },
	team: func(p *Person) TeamID { return p.Team },
	seal: func(p *Person) KeyID { return p.DataKey },
	indexes: []index[Person]{
		{name: "look_up", blind: true, entries: personEntries},
	},
})

func personEntries(p *Person) []string {
	var entries []string
	if p.Phone != "" {
		entries = append(entries, Join("phone", p.Phone.Reveal()))
	}
	if p.Postcode != "" {
		full := strings.ToLower(p.Postcode.Reveal())
		outward, _, split := strings.Cut(full, " ")
		entries = append(entries, Join("postcode", strings.ReplaceAll(full, " ", "")))
		if split {
			entries = append(entries, Join("postcode", outward))
		}
	}
	seen := map[string]bool{}
	for _, word := range strings.Fields(strings.ToLower(p.PreferredName.Reveal() + " " + p.FullName.Reveal())) {
		if !seen[word] {
			seen[word] = true
			entries = append(entries, Join("name", word))
		}
	}
	return entries
}
