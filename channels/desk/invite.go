package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// inviteBody is the page on which somebody is invited whom an agency suggested.
type inviteBody struct {
	Name, Phone, Referrer, Reason string
	Token                         string
}

// invitePage asks who suggested whom.
func (d *Desk) invitePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showInvite(w, r, v, page{})
}

func (d *Desk) showInvite(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	form := r.PostForm
	body := inviteBody{
		Name: form.Get("name"), Phone: form.Get("phone"), Referrer: form.Get("referrer"), Reason: form.Get("reason"), Token: form.Get("token"),
	}
	if body.Token == "" {
		var err error
		if body.Token, err = d.formToken(); err != nil {
			return err
		}
	}
	p.Title, p.Here, p.Body = "Invite somebody", "invite", body
	return d.render(w, v, "invite", p)
}

// invite asks somebody by text whether she would like our help (F19).
func (d *Desk) invite(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	in, problems := readInvite(r.PostForm)
	if len(problems) > 0 {
		return d.showInvite(w, r, v, page{Status: http.StatusUnprocessableEntity, Problems: problems})
	}
	err := d.config.Engine.Invite(r.Context(), v.actor(), in)
	if err == nil {
		http.Redirect(w, r, "/queue?done=invited", http.StatusSeeOther)
		return nil
	}
	status, say := sentence(err)
	if status == http.StatusInternalServerError {
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, err)...)
	}
	field := "phone"
	if errors.Is(err, conversation.ErrNoReferrer) {
		field = "referrer"
	}
	return d.showInvite(w, r, v, page{Status: status, Problems: []problem{{field, say}}})
}

// readInvite reads the form of an invitation. Only a mobile can be texted.
func readInvite(form url.Values) (conversation.Invite, []problem) {
	problems := append(needed(form, "name", "Write the name of the person."), needed(form, "referrer", "Write who suggested us.")...)
	problems = append(problems, tooLong(form, longestName, "name", "referrer")...)
	digits := britishIn(form.Get("phone"))
	if !strings.HasPrefix(digits, "447") {
		problems = append(problems, problem{"phone", "Write one British mobile number, for example 07700 900123."})
	}
	return conversation.Invite{
		Name: private(form, "name"), Phone: casework.Private("+" + digits), Referrer: private(form, "referrer"),
		Reason: private(form, "reason"), Once: onceOf("invite", form),
	}, problems
}
