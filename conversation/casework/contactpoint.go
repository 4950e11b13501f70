package casework

import "time"

// ContactState says whether texts may go to a contact point.
type ContactState string

// The states of a contact point.
const (
	// ContactActive may be texted.
	ContactActive ContactState = "active"
	// ContactOptedOut asked us to stop; nothing automated leaves (I1).
	ContactOptedOut ContactState = "opted_out"
	// ContactBlocked is stopped at the provider (Twilio 21610): a text would not
	// arrive, so a person rings.
	ContactBlocked ContactState = "blocked"
	// ContactUndeliverable is a number the provider says cannot be reached.
	ContactUndeliverable ContactState = "undeliverable"
)

// Safety of texting a number, as the person answered W4.
const (
	SafeUnknown = ""
	SafeYes     = "yes"
	SafeLimited = "limited"
	SafeNo      = "no"
)

// ContactPoint says whether and how one number or account may be texted. It
// names nobody: it outlives the erasure of a conversation, so that a STOP is
// remembered for ever.
type ContactPoint struct {
	Stamp
	ID      ConversationID `json:"id"`
	Team    TeamID         `json:"team"`
	Channel Channel        `json:"channel"`
	State   ContactState   `json:"state"`
	// StateAt is when the state was learnt and StateFrom from whom: the person's
	// "word" or "phrase", the "provider", or a worker.
	StateAt   time.Time `json:"state_at,omitzero"`
	StateFrom string    `json:"state_from,omitempty"`
	// DoubtedAt is when a provider said that the number is dead or has been given
	// to somebody else. Whoever has it is asked "is this still you?" before
	// anything personal leaves (I35); the answer clears it.
	DoubtedAt time.Time `json:"doubted_at,omitzero"`
	// Safe is one of SafeYes, SafeLimited, SafeNo, SafeUnknown.
	Safe string `json:"safe,omitempty"`
	// SafeTimes are the times at which texts are safe, as option ids.
	SafeTimes []string `json:"safe_times,omitempty"`
	// Neutral is set when others may see the texts on this phone: no service
	// name, no health words, no person's name.
	Neutral bool `json:"neutral,omitempty"`
}

// ContactPoints lie beside their conversation, under the team's key.
var ContactPoints = declare(spec[ContactPoint]{
	name: "contact_point", group: "conversation",
	key:  func(c *ContactPoint) string { return ContactPointKey(c.ID) },
	team: func(c *ContactPoint) TeamID { return c.Team },
})

// ContactPointKey is the key of the contact point of a conversation.
func ContactPointKey(c ConversationID) string { return string(c) + "!" }
