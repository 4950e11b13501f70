package conversation

import (
	"context"
	"errors"
	"strings"

	"linkline/conversation/casework"
)

// AddNote keeps a note for the team. The form's token is the note's id, so that
// a form sent twice adds one.
func (e *Engine) AddNote(ctx context.Context, by Actor, id casework.CaseID, w Writing) error {
	if strings.TrimSpace(w.Text.Reveal()) == "" {
		return ErrEmpty
	}
	err := e.work(ctx, SiteNote, by, id, func(b *books, _ Facts) error {
		note := &casework.Note{
			ID: casework.Moment(b.now) + w.Once, Team: by.Team, Case: id, DataKey: b.caseOf.DataKey,
			By: by.User, Text: w.Text, At: b.now, Once: w.Once,
		}
		if err := casework.Notes.Put(b.tx, note); err != nil {
			return err
		}
		return b.audit("note added", string(id), "")
	})
	if errors.Is(err, casework.ErrTaken) || errors.Is(err, casework.ErrConflict) {
		return nil // the same form again, perhaps in the same millisecond
	}
	return err
}
