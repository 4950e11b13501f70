package conversation

import (
	"context"
	"errors"
	"slices"

	"linkline/conversation/casework"
)

// ErrReason means that a reason is not one of the fixed list.
var ErrReason = errors.New("choose a reason from the list")

// Close closes a case with a reason. Nothing is sent: the closing talk comes
// before it (F17).
func (e *Engine) Close(ctx context.Context, by Actor, id casework.CaseID, c Closing) error {
	if !slices.Contains(CloseReasons(), c.Reason) {
		return ErrReason
	}
	return e.work(ctx, SiteClose, by, id, func(b *books, facts Facts) error {
		if b.caseOf.State == casework.CaseClosed {
			return unlessTheSame(b.caseOf.Close == c.Reason && b.caseOf.CloseNote == c.Note)
		}
		if b.caseOf.Worker != "" && b.caseOf.Worker != by.User {
			return casework.ErrClaimed
		}
		if err := b.caseOf.Fire("close"); err != nil {
			return err
		}
		b.replans = true
		b.changeCase().ClosedAt, b.caseOf.Close, b.caseOf.CloseNote = b.now, c.Reason, c.Note
		b.caseOf.NeedsReply, b.caseOf.Unread = false, 0
		if b.conv.Case == id {
			b.conv.Stack, b.conv.Prompt, b.conv.Trail = nil, nil, nil
			b.conv.Waiting = false // a person has seen to what happened (I17)
		}
		if err := b.callOffAll(c.Reason); err != nil {
			return err
		}
		if _, err := e.turn(b, facts, GivenBack{By: by}); err != nil {
			return err
		}
		return b.audit("case closed", string(id), c.Reason)
	})
}

// callOffAll cancels what is still booked in a case that is closed. She is told
// by a person: no text leaves for a closed case.
func (b *books) callOffAll(reason string) error {
	course, err := b.theCourse()
	if err != nil || course == nil {
		return err
	}
	for _, a := range course.Appointments {
		if !a.Stands() || a.Start.Before(b.now) {
			continue
		}
		if err := a.Fire("cancel", b.now); err != nil {
			return err
		}
		b.courseChanged = true
		if err := b.audit("appointment cancelled", a.ID, reason); err != nil {
			return err
		}
	}
	if !b.courseChanged || reason == died {
		return nil
	}
	return Task{Kind: casework.TaskRing}.apply(b)
}
