package conversation

import (
	"context"

	"linkline/conversation/casework"
)

// GiveBack lets the bot speak again.
func (e *Engine) GiveBack(ctx context.Context, by Actor, id casework.CaseID) error {
	return e.work(ctx, SiteGiveBack, by, id, func(b *books, facts Facts) error {
		if b.caseOf.Worker != "" && b.caseOf.Worker != by.User {
			return casework.ErrClaimed
		}
		_, err := e.turn(b, facts, GivenBack{By: by})
		return err
	})
}
