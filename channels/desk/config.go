package desk

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// Store runs transactions over the records.
type Store interface {
	Update(ctx context.Context, site casework.Site, team casework.TeamID, fn func(casework.Tx) error) error
	View(ctx context.Context, team casework.TeamID, fn func(casework.Tx) error) error
}

// Engine does what a worker asks for. Each act is audited and commits before it
// returns; a record of another team is casework.ErrNotFound.
type Engine interface {
	caseActs
	writingActs
	dutyActs
	appointmentActs
	supportActs
	courseActs
}

// caseActs move a case along.
type caseActs interface {
	PickUp(ctx context.Context, by conversation.Actor, id casework.CaseID, meeting conversation.Meeting) error
	GiveBack(ctx context.Context, by conversation.Actor, id casework.CaseID) error
	Close(ctx context.Context, by conversation.Actor, id casework.CaseID, closing conversation.Closing) error
	Read(ctx context.Context, by conversation.Actor, id casework.CaseID) error
	TakeOver(ctx context.Context, by conversation.Actor, id casework.CaseID, reason string) error
}

// writingActs keep what a worker wrote; the same Once twice acts once.
type writingActs interface {
	Answer(ctx context.Context, by conversation.Actor, id casework.CaseID, writing conversation.Writing) error
	AddNote(ctx context.Context, by conversation.Actor, id casework.CaseID, writing conversation.Writing) error
}

// dutyActs deal with what cannot wait and with what was asked for.
type dutyActs interface {
	TakeAlert(ctx context.Context, by conversation.Actor, alert string) error
	CloseAlert(ctx context.Context, by conversation.Actor, alert string, outcome conversation.Outcome) error
	FinishTask(ctx context.Context, by conversation.Actor, task string, outcome conversation.Outcome) error
	Invite(ctx context.Context, by conversation.Actor, invite conversation.Invite) error
}

// appointmentActs make appointments and say what became of them.
type appointmentActs interface {
	Book(ctx context.Context, by conversation.Actor, id casework.CaseID, booking conversation.Booking) (string, error)
	Move(ctx context.Context, by conversation.Actor, id casework.CaseID, appointment string, start time.Time, place casework.Private) error
	CallOff(ctx context.Context, by conversation.Actor, id casework.CaseID, appointment string) error
	InviteToGroup(ctx context.Context, by conversation.Actor, id casework.CaseID, session conversation.Booking) (string, error)
	MarkVisit(ctx context.Context, by conversation.Actor, id casework.CaseID, appointment string, came bool) error
}

// supportActs lead a person on to groups and services.
type supportActs interface {
	Refer(ctx context.Context, by conversation.Actor, id casework.CaseID, referral conversation.Referral) (string, error)
	MoveReferral(ctx context.Context, by conversation.Actor, id casework.CaseID, referral, event string, outcome casework.Private) error
	Suggest(ctx context.Context, by conversation.Actor, id casework.CaseID, signpost casework.Signpost) error
	NoteUnmet(ctx context.Context, by conversation.Actor, id casework.CaseID, unmet casework.UnmetNeed, once string) error
}

// courseActs keep what was done and agreed between pick-up and closing.
type courseActs interface {
	LogContact(ctx context.Context, by conversation.Actor, id casework.CaseID, contact casework.Contact, once string) error
	RingAgain(ctx context.Context, by conversation.Actor, id casework.CaseID, at time.Time) error
	WritePlan(ctx context.Context, by conversation.Actor, id casework.CaseID, version int, plan casework.Plan) error
	SayEnding(ctx context.Context, by conversation.Actor, id casework.CaseID, day string) error
}

// Config is what a desk is made of. All of it comes in from outside.
type Config struct {
	Store  Store
	Engine Engine
	// Texts sends a text again that failed.
	Texts Texts
	// Library gives the words of the questions and of their options.
	Library *flows.Library
	Teams   []*conversation.Team
	// Now is the clock and Random the source of tokens and ids.
	Now    func() time.Time
	Random io.Reader
	// Secure is set when the public URL is https: cookies then travel on TLS
	// alone.
	Secure bool
	// Address gives the address a request came from, where a trusted proxy
	// stands before us; nil takes the connection's own.
	Address func(*http.Request) string
	Log     *slog.Logger
}

func (c *Config) validate() error {
	switch {
	case c.Store == nil:
		return errors.New("desk: no store")
	case c.Engine == nil:
		return errors.New("desk: no engine")
	case c.Texts == nil:
		return errors.New("desk: no way to send a text again")
	case c.Library == nil:
		return errors.New("desk: no flows")
	case c.Now == nil || c.Random == nil || c.Log == nil:
		return errors.New("desk: no clock, randomness or log")
	}
	return nil
}

// lockedReader lets several requests draw from one source of randomness.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

// Read fills p whole.
func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return io.ReadFull(l.r, p)
}
