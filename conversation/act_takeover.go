package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"linkline/conversation/casework"
)

// ErrTakeOver means that the reason for taking a case over is not one of the
// fixed list.
var ErrTakeOver = errors.New("choose why the case is taken over")

// TakeOverReasons are why a worker may act on a colleague's case (decision 33).
func TakeOverReasons() []string {
	return []string{"colleague_away", "colleague_asked", "cannot_wait", "moved_to_me"}
}

// TakeOver gives a colleague's case to a worker, with all that the colleague was
// still to do on it: the appointments to come and the conversation, if she held
// it. Nobody is texted, because the worker says herself who she is; who had the
// case before stands in the audit with the reason.
func (e *Engine) TakeOver(ctx context.Context, by Actor, id casework.CaseID, reason string) error {
	if !slices.Contains(TakeOverReasons(), reason) {
		return ErrTakeOver
	}
	return e.work(ctx, SiteTakeOver, by, id, func(b *books, _ Facts) error {
		before := b.caseOf.Worker
		switch {
		case before == by.User:
			return nil // a form sent twice
		case before == "" || b.caseOf.State == casework.CaseClosed:
			return fmt.Errorf("%w: nobody has the case, or it is closed", casework.ErrNotAllowed)
		}
		if err := b.inherit(before, by.User); err != nil {
			return err
		}
		b.replans = true
		b.changeCase().Worker = by.User
		if b.conv.Case == id && b.conv.Holder == before {
			b.conv.Holder, b.conv.HeldAt = by.User, b.now
			if err := b.giveBackLater(); err != nil {
				return err
			}
		}
		if err := b.audit("case taken over from "+string(before), string(id), reason); err != nil {
			return err
		}
		return b.write(nil)
	})
}

// inherit gives the appointments that are still to come to their new worker, so
// that they stand in her calendar.
func (b *books) inherit(before, after casework.UserID) error {
	course, err := b.theCourse()
	if err != nil || course == nil {
		return err
	}
	for _, a := range course.Appointments {
		if a.Worker != before || !a.SettledAt.IsZero() {
			continue
		}
		a.Worker, b.courseChanged = after, true
	}
	return nil
}

// giveBackLater starts the day after which the conversation goes back to the
// bot anew: the new worker has it as long as if she had written herself
// (decision 19).
func (b *books) giveBackLater() error {
	return Schedule{Kind: casework.JobGiveBack, DueAt: b.now.Add(heldFor)}.apply(b)
}
