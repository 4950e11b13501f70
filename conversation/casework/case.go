package casework

import "time"

// CaseState is where a case stands (domain 5.4; the table of its life is in
// caselife.go).
type CaseState string

// The states of a case that this service reaches by itself or at the desk.
const (
	CaseStarted   CaseState = "started"   // permission given, not yet enough to work with
	CaseWorkable  CaseState = "workable"  // name, contact and what matters are known
	CaseSubmitted CaseState = "submitted" // the person checked it and sent it
	CaseAssigned  CaseState = "assigned"  // a link worker picked it up
	CaseActive    CaseState = "active"    // she has been in touch
	CaseClosed    CaseState = "closed"
)

// Route says by which way a case came in.
type Route string

// The routes of domain 5.1 that exist so far.
const (
	RouteSelfText Route = "self_text"
	RouteSelfWeb  Route = "self_web"
)

// FiredRule is a rule that moved a case forward in the queue, with the words
// that made it fire. It is not a level and not a score (decision 24).
type FiredRule struct {
	Rule  string    `json:"rule"`
	Words Private   `json:"words,omitempty"`
	At    time.Time `json:"at"`
}

// Statement is something a person said about what matters to her, in her own
// words. It is never changed; a later one is added after it (R20).
type Statement struct {
	Words Private   `json:"words"`
	At    time.Time `json:"at"`
}

// Case is one person's request for help and what became of it.
type Case struct {
	Stamp
	ID           CaseID         `json:"id"`
	Team         TeamID         `json:"team"`
	Person       PersonID       `json:"person"`
	Conversation ConversationID `json:"conversation"`
	DataKey      KeyID          `json:"data_key"`
	Reference    string         `json:"reference"`
	Route        Route          `json:"route"`
	State        CaseState      `json:"state"`

	WhatMatters []Statement       `json:"what_matters,omitempty"`
	Answers     map[string]Answer `json:"answers,omitempty"`
	Needs       []string          `json:"needs,omitempty"`
	First       string            `json:"first,omitempty"` // the need she wants to change first

	// CannotWait puts the case at the top of the queue; Fired says why.
	CannotWait bool        `json:"cannot_wait,omitempty"`
	Fired      []FiredRule `json:"fired,omitempty"`
	// DueAt is when a person must have been in touch; Promised is the civil date
	// the person was told.
	DueAt    time.Time `json:"due_at,omitzero"`
	Promised string    `json:"promised,omitempty"`
	// Struggled is set when the chat could not understand her.
	Struggled bool `json:"struggled,omitempty"`

	Worker     UserID    `json:"worker,omitempty"`
	PickedUpAt time.Time `json:"picked_up_at,omitzero"`
	// NeedsReply is set while a text from the person waits to be read.
	NeedsReply bool      `json:"needs_reply,omitempty"`
	Unread     int       `json:"unread,omitempty"`
	OpenedAt   time.Time `json:"opened_at"`
	// SubmittedAt is when she first sent it: the weeks of the measures count from
	// it (J18).
	SubmittedAt time.Time `json:"submitted_at,omitzero"`
	LastInAt    time.Time `json:"last_in_at,omitzero"`
	LastOutAt   time.Time `json:"last_out_at,omitzero"`
	ClosedAt    time.Time `json:"closed_at,omitzero"`
	Close       string    `json:"close_reason,omitempty"`
	CloseNote   Private   `json:"close_note,omitempty"`
}

// Cases are found in the order of the queue, by reference, by person and by
// worker.
var Cases = declare(spec[Case]{
	name: "case",
	key:  func(c *Case) string { return string(c.ID) },
	team: func(c *Case) TeamID { return c.Team },
	seal: func(c *Case) KeyID { return c.DataKey },
	indexes: []index[Case]{
		{name: "queue", entries: queueEntries},
		{name: "reference", unique: true, entries: func(c *Case) []string { return some(c.Reference) }},
		{name: "person", entries: func(c *Case) []string { return []string{Join(string(c.Person), Moment(c.OpenedAt))} }},
		{name: "worker", entries: func(c *Case) []string {
			if c.Worker == "" || c.State == CaseClosed {
				return nil
			}
			return []string{Join(string(c.Worker), Moment(c.DueAt))}
		}},
	},
})

// Sections of the queue, in the order the desk shows them. The prefix of a
// queue entry is its section.
const (
	SectionWaiting    = "waiting"    // nobody has picked it up
	SectionReply      = "reply"      // picked up, and the person wrote last
	SectionTheirs     = "theirs"     // picked up, and we wrote last
	SectionUnfinished = "unfinished" // the person has not finished
	SectionClosed     = "closed"
)

// Section is the part of the queue a case stands in. A case that cannot wait
// is never among the unfinished.
func (c *Case) Section() string {
	switch {
	case c.State == CaseClosed:
		return SectionClosed
	case c.Worker != "" && c.NeedsReply:
		return SectionReply
	case c.Worker != "":
		return SectionTheirs
	case c.State == CaseStarted && !c.CannotWait && !c.NeedsReply:
		return SectionUnfinished
	}
	return SectionWaiting
}

// queueEntries sorts a section by what cannot wait, then by when it is due,
// then by how long it has waited.
func queueEntries(c *Case) []string {
	first := "1"
	if c.CannotWait {
		first = "0"
	}
	due := c.DueAt
	if c.State == CaseClosed {
		first, due = "1", c.ClosedAt
	}
	return []string{Join(c.Section(), first, Moment(due), Moment(c.OpenedAt))}
}
