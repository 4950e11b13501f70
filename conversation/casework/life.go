package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/looplab/fsm"
)

// ErrNotAllowed means that a record's life has no such step from where it is.
var ErrNotAllowed = errors.New("not possible from this state")

// Life is the table of how one kind of record moves from state to state. It is
// a looplab/fsm table; each is drawn in docs/lives.md.
type Life struct {
	name   string
	first  string
	events []fsm.EventDesc
}

// fire returns the state that an event leads to. An event that leads nowhere
// new is allowed and changes nothing.
func (l Life) fire(state, event string) (string, error) {
	machine := fsm.NewFSM(l.first, l.events, nil)
	if !slices.ContainsFunc(l.events, func(e fsm.EventDesc) bool {
		return e.Dst == state || slices.Contains(e.Src, state)
	}) {
		return "", fmt.Errorf("%s: unknown state %q", l.name, state)
	}
	machine.SetState(state)
	err := machine.Event(context.Background(), event)
	var same fsm.NoTransitionError
	if errors.As(err, &same) {
		return state, nil
	}
	if err != nil {
		return "", fmt.Errorf("%w: %s is %s, cannot %s", ErrNotAllowed, l.name, state, event)
	}
	return machine.Current(), nil
}

// Name is the name of the kind of record whose life it is.
func (l Life) Name() string { return l.name }

// Diagram draws the life as a Mermaid state diagram.
func (l Life) Diagram() (string, error) {
	return fsm.VisualizeWithType(fsm.NewFSM(l.first, l.events, nil), fsm.MERMAID)
}

// Lives lists the lives, in the order docs/lives.md draws them.
func Lives() []Life {
	return []Life{
		caseLife, alertLife, messageLife,
		appointmentLife, onwardLife, signpostLife, planLife, measureLife, invitationLife,
	}
}

// The life of a case (domain 5.4).
var caseLife = Life{name: "case", first: string(CaseStarted), events: []fsm.EventDesc{
	{Name: "work", Src: []string{string(CaseStarted)}, Dst: string(CaseWorkable)},
	{Name: "work", Src: []string{string(CaseWorkable)}, Dst: string(CaseWorkable)},
	{Name: "submit", Src: []string{string(CaseStarted), string(CaseWorkable)}, Dst: string(CaseSubmitted)},
	{Name: "submit", Src: []string{string(CaseSubmitted)}, Dst: string(CaseSubmitted)},
	{Name: "pick_up", Src: []string{string(CaseStarted), string(CaseWorkable), string(CaseSubmitted)}, Dst: string(CaseAssigned)},
	{Name: "contact", Src: []string{string(CaseAssigned)}, Dst: string(CaseActive)},
	{Name: "contact", Src: []string{string(CaseActive)}, Dst: string(CaseActive)},
	{Name: "close", Src: []string{
		string(CaseStarted), string(CaseWorkable), string(CaseSubmitted), string(CaseAssigned), string(CaseActive),
	}, Dst: string(CaseClosed)},
}}

// Fire moves the case along its life: work, submit, pick_up, contact, close.
// A case that is past an event of the person's (work, submit) stays where it
// is: what she adds later does not send it back.
func (c *Case) Fire(event string) error {
	past := c.State == CaseAssigned || c.State == CaseActive || c.State == CaseSubmitted
	if past && (event == "work" || event == "submit") {
		return nil
	}
	to, err := caseLife.fire(string(c.State), event)
	if err != nil {
		return err
	}
	c.State = CaseState(to)
	return nil
}

// The life of an alert (messaging-safety 2.5): only a person closes it.
var alertLife = Life{name: "alert", first: string(AlertRaised), events: []fsm.EventDesc{
	{Name: "see", Src: []string{string(AlertRaised)}, Dst: string(AlertSeen)},
	{Name: "see", Src: []string{string(AlertSeen)}, Dst: string(AlertSeen)},
	{Name: "acknowledge", Src: []string{string(AlertRaised), string(AlertSeen)}, Dst: string(AlertAcknowledged)},
	{Name: "close", Src: []string{string(AlertAcknowledged)}, Dst: string(AlertClosed)},
}}

// Fire moves the alert along its life: see, acknowledge, close.
func (a *Alert) Fire(event string) error {
	to, err := alertLife.fire(string(a.State), event)
	if err != nil {
		return err
	}
	a.State = AlertState(to)
	return nil
}

// The life of an outbound message (decision 7, messaging-safety 3.3). An
// unknown outcome is settled by evidence, never by sending again blindly.
var messageLife = Life{name: "message", first: string(Planned), events: []fsm.EventDesc{
	{Name: "claim", Src: []string{string(Planned)}, Dst: string(Attempting)},
	{Name: "suppress", Src: []string{string(Planned)}, Dst: string(Suppressed)},
	{Name: "accept", Src: []string{string(Attempting), string(Unknown)}, Dst: string(Accepted)},
	{Name: "reject", Src: []string{string(Attempting), string(Unknown)}, Dst: string(Rejected)},
	{Name: "defer", Src: []string{string(Attempting)}, Dst: string(Planned)},
	{Name: "lose", Src: []string{string(Attempting)}, Dst: string(Unknown)},
	{Name: "resend", Src: []string{string(Unknown)}, Dst: string(Planned)},
	{Name: "retry", Src: []string{
		string(Accepted), string(Rejected), string(Suppressed), string(Unknown),
	}, Dst: string(Planned)},
}}

// Fire moves the message along its life: claim, suppress, accept, reject,
// defer (certainly not sent), lose (outcome unknown), resend (the provider has
// no trace of it), retry (it is known not to have arrived, or an operator says
// so).
func (d *Delivery) Fire(event string) error {
	to, err := messageLife.fire(string(d.State), event)
	if err != nil {
		return err
	}
	d.State = DeliveryState(to)
	return nil
}
