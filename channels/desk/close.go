package desk

import (
	"errors"
	"net/http"
	"slices"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// closeBody is the body of the page on which a case is closed.
type closeBody struct {
	Reference, Name string
	Reasons         []choice
	Note            string
	Alerts          int // open ones, which closing the case does not close
}

// choice is one answer to choose from.
type choice struct {
	Value, Label string
	Chosen       bool
}

// closePage asks why a case is closed.
func (d *Desk) closePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showClose(w, r, v, page{}, closeBody{})
}

func (d *Desk) showClose(w http.ResponseWriter, r *http.Request, v *visit, p page, body closeBody) error {
	records, err := d.readCase(r.Context(), v, r.PathValue("reference"), "")
	if err != nil {
		return err
	}
	if records.c.State == casework.CaseClosed {
		http.Redirect(w, r, "/case/"+records.c.Reference, http.StatusSeeOther)
		return nil
	}
	body.Reference, body.Name, body.Alerts = records.c.Reference, nameOf(records.person), len(records.alerts)
	chosen := r.PostForm.Get("reason")
	for _, reason := range conversation.CloseReasons() {
		body.Reasons = append(body.Reasons, choice{reason, words.CloseReason(reason), reason == chosen})
	}
	p.Title, p.Here, p.Body = "Close the case of "+body.Name, "case", body
	return d.render(w, v, "close", p)
}

// closeCase closes a case with a reason.
func (d *Desk) closeCase(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	closing := conversation.Closing{Reason: r.PostForm.Get("reason"), Note: casework.Private(r.PostForm.Get("note"))}
	body := closeBody{Note: closing.Note.Reveal()}
	if !slices.Contains(conversation.CloseReasons(), closing.Reason) {
		return d.showClose(w, r, v, page{
			Status: http.StatusUnprocessableEntity, Problems: []problem{{"reason", "Choose why the case is closed."}},
		}, body)
	}
	err = d.config.Engine.Close(r.Context(), v.actor(), c.ID, closing)
	if err == nil {
		http.Redirect(w, r, "/case/"+c.Reference+"?done=closed", http.StatusSeeOther)
		return nil
	}
	if errors.Is(err, casework.ErrNotFound) {
		return err
	}
	status, say := sentence(err)
	if status == http.StatusInternalServerError {
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, err)...)
	}
	return d.showClose(w, r, v, page{Status: status, Problems: []problem{{"", say}}}, body)
}
