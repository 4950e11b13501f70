package desk

import (
	"fmt"
	"net/http"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// reply sends a text to the person, or only counts it.
func (d *Desk) reply(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	text, token := r.PostForm.Get("text"), r.PostForm.Get("token")
	typed := draft{Reply: text, Token: token}
	if r.PostForm.Get("do") == "count" {
		typed.Counted = true
		return d.showCase(w, r, v, typed)
	}
	records, err := d.readCase(r.Context(), v, c.Reference, "")
	if err != nil {
		return err
	}
	if why, instead := d.cannotReply(v, records); why != "" {
		typed.Status, typed.Problems = http.StatusConflict, []problem{{"text", "Nothing was sent. " + why + " " + instead}}
		return d.showCase(w, r, v, typed)
	}
	err = d.config.Engine.Answer(r.Context(), v.actor(), c.ID, conversation.Writing{
		Text: casework.Private(text), Once: once(token, "reply", text),
	})
	return d.settle(w, r, v, acted{c: c, err: err, done: "replied", field: "text", draft: typed})
}

// count says how long a text is, for the line under the reply box.
func (d *Desk) count(w http.ResponseWriter, r *http.Request, _ *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(length(r.PostForm.Get("text"))))
	return nil
}
