package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"linkline/channels"
	"linkline/cmd/linkline/config"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/store"
)

// Operator is what whoever runs the service may look at and do, without a name,
// a number or a word of anybody: what will leave, when, and why something did
// not. It works on an open store, whether the whole service runs on it or a
// command has it for a moment.
type Operator struct {
	Store    store.Store
	Delivery *channels.Delivery
	Teams    []casework.TeamID
}

// NewOperator returns the operator of a store on which no service runs: nothing
// leaves by it.
func NewOperator(db store.Store, settings *config.Config, now func() time.Time, random io.Reader) *Operator {
	return &Operator{Store: db, Teams: teamIDs(settings), Delivery: channels.NewDelivery(channels.DeliveryConfig{
		Store: db, Zone: Zone(), Now: now, Random: random, Log: slog.New(slog.DiscardHandler),
	})}
}

// Operator returns the operator of the running service.
func (s *Service) Operator() *Operator {
	return &Operator{Store: s.config.Store, Delivery: s.delivery, Teams: teamIDs(s.config.Settings)}
}

func teamIDs(settings *config.Config) []casework.TeamID {
	out := make([]casework.TeamID, len(settings.Teams))
	for i, t := range settings.Teams {
		out[i] = t.ID
	}
	return out
}

// hands are what an operator may do to one message.
var hands = map[string]func(*channels.Delivery, context.Context, channels.Hand) error{
	"hold":    (*channels.Delivery).Hold,
	"release": (*channels.Delivery).Release,
	"retry":   (*channels.Delivery).Retry,
}

// Do holds, releases or retries a message, and says in a sentence why it cannot.
func (o *Operator) Do(ctx context.Context, hand, message, why string) error {
	do, ok := hands[hand]
	if !ok {
		return fmt.Errorf("nothing is known of %q", hand)
	}
	err := do(o.Delivery, ctx, channels.Hand{Message: message, By: "operator", Why: why})
	switch {
	case errors.Is(err, casework.ErrNotFound):
		return errors.New("no such message: copy its key from linkline outbox list")
	case errors.Is(err, casework.ErrNotAllowed):
		return fmt.Errorf("this message cannot be %s: see where it stands with linkline outbox list", past(hand))
	}
	return err
}

func past(hand string) string {
	return map[string]string{"hold": "held", "release": "released", "retry": "sent again"}[hand]
}

// DueJob is one job of a person's case, for an operator.
type DueJob struct {
	Job      string            `json:"job"`
	State    casework.JobState `json:"state"`
	DueAt    time.Time         `json:"due_at"`
	NotAfter time.Time         `json:"not_after,omitzero"`
	Send     string            `json:"send,omitempty"`
	Task     casework.TaskKind `json:"task,omitempty"`
	About    string            `json:"about,omitempty"`
	Reason   string            `json:"reason,omitempty"`
}

// Jobs lists the jobs of the person whose case has this reference, the next
// first, those that wait before those that are over.
func (o *Operator) Jobs(ctx context.Context, reference string) (out []DueJob, err error) {
	c, err := o.caseOf(ctx, reference)
	if err != nil {
		return nil, err
	}
	err = o.Store.View(ctx, c.Team, func(tx casework.Tx) error {
		out = nil
		span := casework.Span{Prefix: casework.JobPrefix(c.Conversation)}
		for {
			jobs, next, err := casework.Jobs.Range(tx, span)
			if err != nil {
				return err
			}
			for _, j := range jobs {
				out = append(out, DueJob{
					Job: string(j.Kind), State: j.State, DueAt: j.DueAt, NotAfter: j.NotAfter,
					Send: j.Send, Task: j.Task, About: string(j.About.Kind), Reason: j.Reason,
				})
			}
			if next == "" {
				return nil
			}
			span.After = next
		}
	})
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	slices.SortStableFunc(out, func(a, b DueJob) int {
		if (a.State == casework.JobWaiting) != (b.State == casework.JobWaiting) {
			if a.State == casework.JobWaiting {
				return -1
			}
			return 1
		}
		return a.DueAt.Compare(b.DueAt)
	})
	return out, nil
}

// errNoCase means that no case has the reference.
var errNoCase = errors.New("no case has that reference: it is the number the person was told, such as MKV-482-7")

// caseOf finds a case of any team by its reference.
func (o *Operator) caseOf(ctx context.Context, reference string) (found *casework.Case, err error) {
	reference, ok := conversation.ValidReference(reference)
	if !ok {
		return nil, errNoCase
	}
	for _, team := range o.Teams {
		err := o.Store.View(ctx, team, func(tx casework.Tx) error {
			page, _, err := casework.Cases.Range(tx, casework.Span{Index: "reference", Prefix: reference, Limit: 1})
			if len(page) > 0 {
				found = page[0]
			}
			return err
		})
		if err != nil || found != nil {
			return found, err
		}
	}
	return nil, errNoCase
}
