package conversation

import (
	"context"
	"fmt"

	"linkline/conversation/casework"
)

// FinishTask says that a task is done, and how.
func (e *Engine) FinishTask(ctx context.Context, by Actor, id string, o Outcome) error {
	now := e.config.Now()
	err := e.config.Store.Update(ctx, SiteFinishTask, by.Team, func(tx casework.Tx) error {
		task, err := casework.Tasks.Get(tx, id)
		if err != nil {
			return err
		}
		if !task.DoneAt.IsZero() {
			return unlessTheSame(task.DoneBy == by.User && task.Outcome == o.Note)
		}
		task.DoneAt, task.DoneBy, task.Outcome = now, by.User, o.Note
		if err := casework.Tasks.Put(tx, task); err != nil {
			return err
		}
		b := &books{tx: tx, engine: e, team: e.teams[by.Team], now: now, ids: casework.NewIDs(now, e.random), actor: casework.Author(by.User)}
		return b.audit("task done", id, "")
	})
	if err != nil {
		return fmt.Errorf("%s: %w", SiteFinishTask, err)
	}
	return nil
}
