package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"linkline/conversation/casework"
)

// ErrAction means that what was done is not one of the fixed list, or that a
// reason is missing where one is needed.
var ErrAction = errors.New("choose what was done, and say why where nothing was")

// TakeAlert says that a worker has seen an alert and is seeing to it.
func (e *Engine) TakeAlert(ctx context.Context, by Actor, id string) error {
	return e.alert(ctx, SiteTakeAlert, by, id, func(a *casework.Alert, b *books) error {
		if a.State == casework.AlertAcknowledged || a.State == casework.AlertClosed {
			return unlessTheSame(a.TakenBy == by.User)
		}
		if err := a.Fire("acknowledge"); err != nil {
			return err
		}
		a.SeenBy, a.SeenAt, a.TakenBy, a.TakenAt = by.User, b.now, by.User, b.now
		return b.audit("alert acknowledged", id, "")
	})
}

// CloseAlert closes an alert with what was done. Only a person can (I14).
func (e *Engine) CloseAlert(ctx context.Context, by Actor, id string, o Outcome) error {
	needsWhy := o.Action == "no_action_with_reason"
	if !slices.Contains(AlertActions(), o.Action) || needsWhy && strings.TrimSpace(o.Note) == "" {
		return ErrAction
	}
	return e.alert(ctx, SiteCloseAlert, by, id, func(a *casework.Alert, b *books) error {
		if a.State == casework.AlertClosed {
			return unlessTheSame(a.ClosedBy == by.User && a.Action == o.Action && a.Outcome == o.Note)
		}
		if a.State != casework.AlertAcknowledged {
			if err := a.Fire("acknowledge"); err != nil {
				return err
			}
			a.SeenBy, a.SeenAt, a.TakenBy, a.TakenAt = by.User, b.now, by.User, b.now
		}
		if err := a.Fire("close"); err != nil {
			return err
		}
		a.Action, a.Outcome, a.ClosedBy, a.ClosedAt = o.Action, o.Note, by.User, b.now
		return b.audit("alert closed", id, o.Action)
	})
}

// unlessTheSame answers a form about what is over: the same form sent again is
// done, but what a second worker wrote must not vanish as if it were kept.
func unlessTheSame(same bool) error {
	if same {
		return nil
	}
	return casework.ErrNotAllowed
}

func (e *Engine) alert(ctx context.Context, site casework.Site, by Actor, id string, act func(*casework.Alert, *books) error) error {
	now := e.config.Now()
	err := e.config.Store.Update(ctx, site, by.Team, func(tx casework.Tx) error {
		a, err := casework.Alerts.Get(tx, id)
		if err != nil {
			return err
		}
		b := &books{tx: tx, engine: e, team: e.teams[by.Team], now: now, ids: casework.NewIDs(now, e.random), actor: casework.Author(by.User)}
		if err := act(a, b); err != nil {
			return err
		}
		return casework.Alerts.Put(tx, a)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", site, err)
	}
	return nil
}
