package casework

import "time"

// OnwardState is where a referral to a group or a service stands (domain 5.1).
type OnwardState string

// The states of an onward referral.
const (
	OnwardAsked      OnwardState = "asked"     // her permission to share is asked for (C5)
	OnwardRefused    OnwardState = "refused"   // she said no
	OnwardRequested  OnwardState = "requested" // a summary was sent
	OnwardReceived   OnwardState = "received"  // the provider acknowledged it
	OnwardAccepted   OnwardState = "accepted"
	OnwardRejected   OnwardState = "rejected" // the provider cannot take her
	OnwardWaiting    OnwardState = "waiting"
	OnwardStarted    OnwardState = "started"
	OnwardCompleted  OnwardState = "completed"
	OnwardNotStarted OnwardState = "did_not_start"
)

// Onward is a referral to a group or a service. What is sent needs her
// permission for that one organisation.
type Onward struct {
	ID    string      `json:"id"`
	State OnwardState `json:"state"`
	// Org is the organisation's name and Need the need it is for.
	Org  Private `json:"org"`
	Need string  `json:"need,omitempty"`
	// Permission is the key of the permission to share, empty until it is given.
	Permission string `json:"permission,omitempty"`
	// Summary is what was sent, word for word.
	Summary        Private   `json:"summary,omitempty"`
	MadeAt         time.Time `json:"made_at"`
	SentAt         time.Time `json:"sent_at,omitzero"`
	AcknowledgedAt time.Time `json:"acknowledged_at,omitzero"`
	// SettledAt is when it came to an end: rejected, completed, not started.
	SettledAt time.Time `json:"settled_at,omitzero"`
	Outcome   Private   `json:"outcome,omitempty"`
	// Said are her answers: whether the provider has been in touch, whether she
	// went, how it was and what got in the way.
	Said Answers `json:"said,omitempty"`
}

// Open reports whether something is still to come of the referral.
func (o *Onward) Open() bool {
	switch o.State {
	case OnwardRefused, OnwardRejected, OnwardCompleted, OnwardNotStarted:
		return false
	case OnwardAsked, OnwardRequested, OnwardReceived, OnwardAccepted, OnwardWaiting, OnwardStarted:
	}
	return true
}

// Subject names the referral.
func (o *Onward) Subject() About { return o.about() }

func (o *Onward) about() About      { return About{Kind: AboutOnward, ID: o.ID} }
func (o *Onward) answers() *Answers { return &o.Said }

// Fire moves the referral along its life: permit, refuse, acknowledge, accept,
// reject, wait, start, complete, give_up.
func (o *Onward) Fire(event string, now time.Time) error { return o.fire(event, now) }

func (o *Onward) fire(event string, now time.Time) error {
	to, err := onwardLife.fire(string(o.State), event)
	if err != nil {
		return err
	}
	switch {
	case event == "permit" && to != string(o.State):
		o.SentAt = now
	case event == "acknowledge" && o.AcknowledgedAt.IsZero():
		o.AcknowledgedAt = now
	}
	o.State = OnwardState(to)
	if !o.Open() && o.SettledAt.IsZero() {
		o.SettledAt = now
	}
	return nil
}

// Signpost is a service that she was told of and means to ring herself (F14).
type Signpost struct {
	ID    string        `json:"id"`
	State SignpostState `json:"state"`
	Org   Private       `json:"org"`
	What  Private       `json:"what,omitempty"`
	Cost  Private       `json:"cost,omitempty"`
	Phone Private       `json:"phone,omitempty"`
	// GivenAt is when she was told of it.
	GivenAt time.Time `json:"given_at"`
	Said    Answers   `json:"said,omitempty"`
}

// SignpostState is where a signpost stands.
type SignpostState string

// The states of a signpost.
const (
	SignpostGiven   SignpostState = "given"
	SignpostHelps   SignpostState = "helps"   // she means to ring
	SignpostOther   SignpostState = "other"   // she would like another idea
	SignpostReached SignpostState = "reached" // she has been in touch
	SignpostPerson  SignpostState = "person"  // she would rather talk to a link worker
)

// Subject names the signpost.
func (s *Signpost) Subject() About { return s.about() }

func (s *Signpost) about() About      { return About{Kind: AboutSignpost, ID: s.ID} }
func (s *Signpost) answers() *Answers { return &s.Said }

func (s *Signpost) fire(event string, _ time.Time) error {
	to, err := signpostLife.fire(string(s.State), event)
	if err != nil {
		return err
	}
	s.State = SignpostState(to)
	return nil
}
