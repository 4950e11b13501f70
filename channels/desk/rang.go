package desk

import (
	"errors"
	"net/http"
	"strings"

	"linkline/conversation/casework"
)

// rang notes a call that was made for a task or an alert as a contact of its
// case, once for each of them. Where there is no case, or it is closed, the
// outcome of the task says it alone.
func (d *Desk) rang(
	r *http.Request, v *visit, find func(casework.Tx) (casework.CaseID, error), how, about string,
) (c *casework.Case, err error) {
	err = d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		c = nil
		id, err := find(tx)
		if err != nil || id == "" {
			return err
		}
		c, err = casework.Cases.Find(tx, string(id))
		return err
	})
	if err != nil || c == nil || c.State == casework.CaseClosed {
		return nil, err
	}
	contact := casework.Contact{Way: casework.ByPhone, Reached: how == "reached"}
	if how == "left_message" {
		contact.Note = casework.Private(howWords(how))
	}
	err = d.config.Engine.LogContact(r.Context(), v.actor(), c.ID, contact, once(about, "rang", how))
	if errors.Is(err, casework.ErrNotAllowed) {
		return nil, nil // it was closed a moment ago
	}
	return c, err
}

// rangAbout says how the call went that closed an alert.
func rangAbout(action string) (how string, rang bool) {
	switch action {
	case "rang":
		return "reached", true
	case "left_message":
		return "left_message", true
	}
	return "", false
}

func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }
