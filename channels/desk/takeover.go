package desk

import (
	"net/http"
	"slices"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// takeOverBody is the page on which a worker takes a colleague's case over.
type takeOverBody struct {
	formHead
	Worker  string
	Reasons []choice
	Note    string
}

// takeOverPage asks why. A case that is nobody's, the visitor's own or closed
// leads back to itself.
func (d *Desk) takeOverPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showTakeOver(w, r, v, page{})
}

func (d *Desk) showTakeOver(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "takeover", open: true, make: func(cr *caseRecords, head formHead) (string, any, error) {
		return "Take over the case of " + head.Name, takeOverBody{
			formHead: head, Worker: cr.names[cr.c.Worker], Note: r.PostForm.Get("note"),
			Reasons: choices(conversation.TakeOverReasons(), words.TakeOver, r.PostForm.Get("reason")),
		}, nil
	}})
}

// takeOver gives a colleague's case to the visitor. What she writes to the
// colleague is kept as a note for the team.
func (d *Desk) takeOver(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	reason, note := r.PostForm.Get("reason"), private(r.PostForm, "note")
	done := formed{c: c, done: "taken-over", at: "main", field: "reason"}
	if !slices.Contains(conversation.TakeOverReasons(), reason) {
		done.problems = []problem{{"reason", "Choose why you take this case over."}}
		return d.settleForm(w, r, v, done, d.showTakeOver)
	}
	done.err = d.config.Engine.TakeOver(r.Context(), v.actor(), c.ID, reason)
	if done.err == nil && note != "" {
		done.field = "note"
		done.err = d.config.Engine.AddNote(r.Context(), v.actor(), c.ID, conversation.Writing{
			Text: note, Once: once(r.PostForm.Get("token"), "take over", note.Reveal()),
		})
	}
	return d.settleForm(w, r, v, done, d.showTakeOver)
}

// ownerOf is the worker who has a case, by name; empty for nobody or oneself.
func ownerOf(v *visit, cr *caseRecords) string {
	if cr.c.Worker == "" || cr.c.Worker == v.user.ID || cr.c.State == casework.CaseClosed {
		return ""
	}
	if name := cr.names[cr.c.Worker]; name != "" {
		return name
	}
	return "A colleague"
}
