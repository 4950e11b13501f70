package conversation

import (
	"context"
	"fmt"

	"linkline/conversation/casework"
)

// PickUp gives a case to a worker and tells the person who she is, by text. It
// is casework.ErrClaimed when somebody else has it.
func (e *Engine) PickUp(ctx context.Context, by Actor, id casework.CaseID, m Meeting) error {
	return e.work(ctx, SitePickUp, by, id, func(b *books, facts Facts) error {
		if b.caseOf.Worker == by.User {
			return nil // a form sent twice
		}
		user, err := casework.Users.Get(b.tx, string(by.User))
		if err != nil {
			return fmt.Errorf("find the worker: %w", err)
		}
		b.class, b.once = casework.ClassReminder, "pick up:"+string(id)+":"+string(by.User)
		if _, err := e.turn(b, facts, PickedUp{By: by, Name: user.Name, Meeting: m}); err != nil {
			return err
		}
		return b.audit("case picked up", string(id), "")
	})
}

// work runs an act of a worker on the books of a case.
func (e *Engine) work(ctx context.Context, site casework.Site, by Actor, id casework.CaseID, act func(*books, Facts) error) error {
	team, ok := e.teams[by.Team]
	if !ok {
		return ErrNoTeam
	}
	now := e.config.Now()
	err := e.config.Store.Update(ctx, site, by.Team, func(tx casework.Tx) error {
		c, err := casework.Cases.Get(tx, string(id))
		if err != nil {
			return err
		}
		conv, err := casework.Conversations.Get(tx, string(c.Conversation))
		if err != nil {
			return err
		}
		b := &books{
			tx: tx, engine: e, team: team, now: now, ids: casework.NewIDs(now, e.random),
			actor: casework.Author(by.User), address: conv.Address, conv: conv, class: casework.ClassWorker,
		}
		facts, err := b.facts()
		if err != nil {
			return err
		}
		if b.caseOf == nil || b.caseOf.ID != id {
			b.caseOf, facts.Case = c, c // an earlier case of the same person
		}
		return act(b, facts)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", site, err)
	}
	e.planned()
	return nil
}
