package conversation

import (
	"context"
	"fmt"
	"time"

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
		due, err := casework.Jobs.Find(tx, job.Key())
		if err != nil || due == nil {
			return err
		}
		if due.State != casework.JobWaiting || due.DueAt.After(now) {
			return nil
		}
		if due.Kind == casework.JobEscalate {
			return e.escalate(tx, team, due, now)
		}
		return e.wake(tx, team, due, now)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", SiteWake, err)
	}
	e.planned()
	return nil
}

func (e *Engine) wake(tx casework.Tx, team *Team, job *casework.Job, now time.Time) error {
	conv, err := casework.Conversations.Find(tx, string(job.Conversation))
	if err != nil {
		return err
	}
	if conv == nil {
		return done(tx, job, now)
	}
	b := &books{
		tx: tx, engine: e, team: team, now: now, ids: casework.NewIDs(now, e.random),
		actor: casework.ByService, address: conv.Address, conv: conv, class: casework.ClassNotice,
		once: job.Key() + ":" + casework.Moment(job.DueAt),
	}
	facts, err := b.facts()
	if err != nil {
		return err
	}
	if job.Case == "" {
		if err := done(tx, job, now); err != nil {
			return err
		}
		if job.Kind == casework.JobInvite {
			if err := b.companions(&facts); err != nil {
				return err
			}
			return e.inviteDue(b, facts)
		}
		_, err = e.turn(b, facts, Woken{Kind: job.Kind})
		return err
	}
	if b.caseOf == nil || b.caseOf.ID != job.Case || e.config.Plan == nil {
		return done(tx, job, now) // she has come back since, with another request
	}
	if err := b.companions(&facts); err != nil {
		return err
	}
	return e.follow(b, facts, job)
}

func done(tx casework.Tx, job *casework.Job, now time.Time) error {
	job.State, job.SettledAt = casework.JobDone, now
	return casework.Jobs.Put(tx, job)
}
