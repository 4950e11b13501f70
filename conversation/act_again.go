package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"linkline/conversation/casework"
)

// ErrTooFar means that a moment lies further ahead than anybody plans.
var ErrTooFar = errors.New("that is too far ahead")

// mostAhead is how far ahead a call can be put off.
const mostAhead = 90 * 24 * time.Hour

// RingAgain asks the team to ring a person again at a moment, after a call that
// was not answered. A call that is waiting already is moved, so that a form sent
// twice asks once.
func (e *Engine) RingAgain(ctx context.Context, by Actor, id casework.CaseID, at time.Time) error {
	return e.work(ctx, SiteRingAgain, by, id, func(b *books, _ Facts) error {
		switch {
		case b.caseOf.State == casework.CaseClosed:
			return casework.ErrNotAllowed
		case at.Before(b.now):
			return ErrPast
		case at.Sub(b.now) > mostAhead:
			return ErrTooFar
		}
		waits, err := b.callAt(at)
		if err != nil || waits {
			return err // a form sent twice
		}
		person, err := casework.People.Find(b.tx, string(b.caseOf.Person))
		if err != nil {
			return err
		}
		task := Task{Kind: casework.TaskRing, DueAt: at}
		if person != nil {
			task.Name, task.Address = person.PreferredName, person.Phone
		}
		if err := task.apply(b); err != nil {
			return err
		}
		return b.audit("call planned", string(id), "")
	})
}

// callAt reports whether a call to the person at that moment is asked for
// already.
func (b *books) callAt(at time.Time) (bool, error) {
	open, _, err := casework.Tasks.Range(b.tx, casework.Span{
		Index: "open_for", Prefix: casework.OpenTask(b.conv.ID, casework.TaskRing), Limit: 1,
	})
	if err != nil {
		return false, fmt.Errorf("find the open call: %w", err)
	}
	return len(open) > 0 && open[0].DueAt.Equal(at), nil
}
