package desk

import (
	"net/http"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// note keeps a note for the team. It has a form of its own, so that a note
// never goes out as a reply.
func (d *Desk) note(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	text, token := r.PostForm.Get("note"), r.PostForm.Get("token")
	err = d.config.Engine.AddNote(r.Context(), v.actor(), c.ID, conversation.Writing{
		Text: casework.Private(text), Once: once(token, "note", text),
	})
	return d.settle(w, r, v, acted{c: c, err: err, done: "noted", field: "note", draft: draft{Note: text, Token: token}})
}
