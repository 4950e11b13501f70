package casework

import "time"

// Way says whether a message came in or went out.
type Way string

// The two ways of a message.
const (
	In  Way = "in"
	Out Way = "out"
)

// Author says who wrote a message: the person, the service, or a worker by id.
type Author string

// The authors that are not a worker.
const (
	ByPerson  Author = "person"
	ByService Author = "service"
)

// DeliveryState is the state of an outbound message (decision 7; the table of
// its life is in delivery.go).
type DeliveryState string

// The states of an outbound message.
const (
	Planned    DeliveryState = "planned"
	Attempting DeliveryState = "attempting"
	Accepted   DeliveryState = "accepted"
	Rejected   DeliveryState = "rejected"
	Unknown    DeliveryState = "unknown"
	Suppressed DeliveryState = "suppressed"
)

// DeliveryClass says how pressing an outbound message is, and so what may hold
// it back and what is done when its outcome is unknown.
type DeliveryClass string

// The classes of outbound message.
const (
	// ClassAnswer rides back on the answer to the person's own text.
	ClassAnswer DeliveryClass = "answer"
	// ClassSafety is held back by nothing.
	ClassSafety DeliveryClass = "safety"
	// ClassWorker is written by a link worker.
	ClassWorker DeliveryClass = "worker"
	// ClassNotice is automatic and proactive.
	ClassNotice DeliveryClass = "notice"
	// ClassReminder is a notice about an appointment, or of what a worker has just
	// done: no cap holds it back, and it never counts as unanswered (decision 30).
	ClassReminder DeliveryClass = "reminder"
	// ClassDuty goes to the duty number, with no detail of the person.
	ClassDuty DeliveryClass = "duty"
	// ClassStaff goes to a worker's own work phone and can wait, as the list of
	// the morning does; it too has no detail of a person.
	ClassStaff DeliveryClass = "staff"
)

// Delivery is the sending side of an outbound message.
type Delivery struct {
	State DeliveryState `json:"state"`
	Class DeliveryClass `json:"class"`
	// To is the address; it is empty for an answer, which rides back on the
	// webhook's own answer.
	To        Private   `json:"to,omitempty"`
	NotBefore time.Time `json:"not_before"`
	NotAfter  time.Time `json:"not_after"`
	// Within is the end of the contact window it was let go in: the provider
	// stops trying then (messaging-safety 1.7).
	Within time.Time `json:"within,omitzero"`
	// Fence grows with every claim; a result with a stale fence is evidence, not
	// a change of state (I23).
	Fence    uint64    `json:"fence,omitempty"`
	Attempt  int       `json:"attempt,omitempty"`
	Deadline time.Time `json:"deadline,omitzero"` // when an attempt counts as unknown
	// Reason says why it was suppressed or rejected, in a fixed word.
	Reason string `json:"reason,omitempty"`
	// Code is the provider's error code, zero for none.
	Code int `json:"code,omitempty"`
	// ProviderID is the provider's own id of the message.
	ProviderID string `json:"provider_id,omitempty"`
	// Carrier is the furthest state the carrier has reported: queued, sending,
	// sent, delivered, read, undelivered, failed. It never regresses (I25).
	Carrier   string    `json:"carrier,omitempty"`
	SettledAt time.Time `json:"settled_at,omitzero"`

	// ClaimedAt is when the last attempt was claimed: whatever the provider has
	// of it came after.
	ClaimedAt time.Time `json:"claimed_at,omitzero"`
	// LookAt is when the provider is asked again what became of it, zero for
	// never; Looks is how often it was asked since it last said anything.
	LookAt time.Time `json:"look_at,omitzero"`
	Looks  int       `json:"looks,omitempty"`
	// Lost is the last attempt that is known not to have arrived: what is still
	// reported of it says nothing of those that follow. Retries counts how often
	// it was planned again after that.
	Lost    int `json:"lost,omitempty"`
	Retries int `json:"retries,omitempty"`
	// Resent is set when it was sent again because the provider had no trace of
	// it; that is done once.
	Resent bool `json:"resent,omitempty"`
	// Held keeps it back until an operator releases it.
	Held bool `json:"held,omitempty"`
}

// Ends is when a provider must stop trying: when the text is of no use any more,
// or the contact window it left in ends; zero for no bound.
func (d *Delivery) Ends() time.Time {
	if d.Within.IsZero() || !d.NotAfter.IsZero() && d.NotAfter.Before(d.Within) {
		return d.NotAfter
	}
	return d.Within
}

// Message is one text, in or out, of a conversation.
type Message struct {
	Stamp
	ID           string         `json:"id"`
	Conversation ConversationID `json:"conversation"`
	Team         TeamID         `json:"team"`
	DataKey      KeyID          `json:"data_key"`
	Case         CaseID         `json:"case,omitempty"`
	Way          Way            `json:"way"`
	By           Author         `json:"by"`
	At           time.Time      `json:"at"`
	// Text is empty for an inbound text before permission (decision 14).
	Text  Private `json:"text,omitempty"`
	Media int     `json:"media,omitempty"` // how many attachments came with it; they are never fetched
	// Place is the step that asked or answered it; zero for a text to a worker.
	Place Place `json:"place,omitzero"`
	// Unread is set on an inbound text that no flow has consumed, until a worker
	// opens it (I15).
	Unread bool `json:"unread,omitempty"`
	// Once names what the message is sent for, so that it is planned once.
	Once string `json:"once,omitempty"`
	// About is what it is about, in the version it was written for; Job is the
	// key of the job that planned it.
	About About  `json:"about,omitzero"`
	Job   string `json:"job,omitempty"`
	// Opens is the question that it asks: it opens when the message is claimed,
	// and is closed again when the message does not leave (decision 20).
	Opens *Opening `json:"opens,omitempty"`
	// Asks are its buttons, on a channel that has them.
	Asks     *Asking   `json:"asks,omitempty"`
	Delivery *Delivery `json:"delivery,omitempty"`
}

// Opening is a question that is asked by a text of ours which has not left yet:
// the frames that will stand on the conversation once it does.
type Opening struct {
	Prompt PromptID `json:"prompt"`
	Frames []Frame  `json:"frames"`
	// Wording and WordingVersion are those of a permission, as in OpenPrompt.
	Wording        string `json:"wording,omitempty"`
	WordingVersion int    `json:"wording_version,omitempty"`
}

// Asking is a question as its buttons put it. It is kept with the message, since
// a button shows what was filled in when the turn was written.
type Asking struct {
	Prompt  PromptID `json:"prompt"`
	Options []Button `json:"options"`
}

// Button is one option of a question. Its label may name a person.
type Button struct {
	Option string  `json:"option"`
	Label  Private `json:"label"`
}

// Buttons reports whether a channel shows the options of a question as buttons
// (ux 3.1).
func (c Channel) Buttons() bool { return c == Telegram }

// Messages lie beside their conversation, in order of time. The outbox index
// finds what is to be sent and what became of it (outbox.go).
var Messages = declare(spec[Message]{
	name: "message", group: "conversation",
	key:  func(m *Message) string { return MessageKey(m.Conversation, m.ID) },
	team: func(m *Message) TeamID { return m.Team },
	seal: func(m *Message) KeyID { return m.DataKey },
	indexes: []index[Message]{
		{name: "outbox", fleet: true, entries: outboxEntries},
		{name: "once", unique: true, entries: func(m *Message) []string { return some(m.Once) }},
	},
})

// MessageKey is the key of a message.
func MessageKey(c ConversationID, id string) string { return string(c) + "/" + id }

// MessagePrefix begins the keys of all messages of a conversation.
func MessagePrefix(c ConversationID) string { return string(c) + "/" }

// some is the list of the entries that are not empty.
func some(entries ...string) []string {
	var out []string
	for _, e := range entries {
		if e != "" {
			out = append(out, e)
		}
	}
	return out
}
