package conversation

import (
	"context"

	"linkline/conversation/casework"
)

// GiveBack lets the bot speak again. Only who holds the conversation can
// (decision 33).
func (e *Engine) GiveBack(ctx context.Context, by Actor, id casework.CaseID) error {
	return e.work(ctx, SiteGiveBack, by, id, func(b *books, facts Facts) error {
		// The holder counts, not the case: the case may be an earlier one, closed
		// long ago, of somebody who now talks with a colleague.
		if h := b.conv.Holder; h != "" && h != casework.HeldByTeam && h != by.User {
			return casework.ErrClaimed
		}
		_, err := e.turn(b, facts, GivenBack{By: by})
		return err
	})
}
