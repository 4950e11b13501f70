package conversation

import (
	"context"
	"errors"
	"fmt"

	"linkline/conversation/casework"
)

// Wake runs one due job: it is an input like any other, and marks the job done
// in the commit of its effects. A job that has been settled, moved or claimed by
// another since it was found does nothing.
func (e *Engine) Wake(ctx context.Context, job *casework.Job) error {
	team, ok := e.teams[job.Team]
	if !ok {
		return ErrNoTeam
	}
	now := e.config.Now()
	err := e.config.Store.Update(ctx, SiteWake, job.Team, func(tx casework.Tx) error {
		key := casework.JobKey(job.Conversation, job.Kind)
		due, err := casework.Jobs.Find(tx, key)
		if err != nil || due == nil {
			return err
		}
		if due.State != casework.JobWaiting || due.DueAt.After(now) {
			return nil
		}
		due.State, due.SettledAt = casework.JobDone, now
		if err := casework.Jobs.Put(tx, due); err != nil {
			return err
		}
		return e.wake(tx, team, due)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", SiteWake, err)
	}
	e.planned()
	return nil
}

func (e *Engine) wake(tx casework.Tx, team *Team, job *casework.Job) error {
	conv, err := casework.Conversations.Get(tx, string(job.Conversation))
	if errors.Is(err, casework.ErrNotFound) || errors.Is(err, casework.ErrErased) {
		return nil
	}
	if err != nil {
		return err
	}
	now := e.config.Now()
	b := &books{
		tx: tx, engine: e, team: team, now: now, ids: casework.NewIDs(now, e.random),
		actor: casework.ByService, address: conv.Address, conv: conv, class: casework.ClassNotice,
		once: string(job.Kind) + ":" + string(job.Conversation) + ":" + casework.Moment(job.DueAt),
	}
	facts, err := b.facts()
	if err != nil {
		return err
	}
	_, err = e.turn(b, facts, Woken{Kind: job.Kind})
	return err
}
