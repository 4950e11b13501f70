package desk

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// alertRow is one alert, in words.
type alertRow struct {
	ID              string
	What            string // what kind of words they were
	Said            string // what the person wrote
	Matched         string // the words of it that raised the alert
	At, Ago, Due    string
	Overdue         bool
	Softened        bool
	CouldNotReply   bool
	State           string
	TakenBy         string
	Taken, Mine     bool
	Closed          bool
	Name, Reference string // of the case, where there is one
	Phone           string
	PhoneLink       template.URL
	Action, Outcome string
	ClosedBy, Ended string
	// Duty says whether the duty phone was told, DutyBad that it may not know.
	Duty    string
	DutyBad bool
}

// alertBody is the body of an alert's page.
type alertBody struct {
	Alert   alertRow
	Actions []choice
	Note    string
}

// alertRows puts alerts into words.
func (d *Desk) alertRows(tx casework.Tx, v *visit, alerts []*casework.Alert) ([]alertRow, error) {
	rows := make([]alertRow, len(alerts))
	for i, a := range alerts {
		row, err := d.alertRow(tx, v, a)
		if err != nil {
			return nil, err
		}
		rows[i] = row
	}
	return rows, nil
}

func (d *Desk) alertRow(tx casework.Tx, v *visit, a *casework.Alert) (alertRow, error) {
	clock := v.clock()
	row := alertRow{
		ID: a.ID, What: words.AlertClass(a.Class), At: clock.At(a.RaisedAt), Ago: clock.Since(a.RaisedAt),
		Due: clock.Due(a.DueAt), Overdue: clock.Overdue(a.DueAt), Softened: a.Softened,
		CouldNotReply: a.CouldNotReply, State: words.AlertState(a.State), Taken: !a.TakenAt.IsZero(),
		Mine: a.TakenBy == v.user.ID, Closed: a.State == casework.AlertClosed,
		Action: words.AlertAction(a.Action), Outcome: words.Visible(a.Outcome), Ended: clock.At(a.ClosedAt),
		Name: "Somebody who has no case yet",
	}
	said, err := casework.AlertWords.Find(tx, a.ID)
	if err != nil {
		return row, err
	}
	if said != nil {
		row.Said, row.Matched = words.Visible(said.Text.Reveal()), words.Visible(said.Matched.Reveal())
		row.Phone, row.PhoneLink = ringable(said.Address.Reveal())
	}
	if row.TakenBy, err = userName(tx, a.TakenBy); err != nil {
		return row, err
	}
	if row.ClosedBy, err = userName(tx, a.ClosedBy); err != nil {
		return row, err
	}
	if row.Duty, row.DutyBad, err = dutySaid(tx, clock, v.team, a.ID); err != nil {
		return row, err
	}
	return row, nameCase(tx, a.Case, &row.Name, &row.Reference)
}

// userName is empty for nobody.
func userName(tx casework.Tx, id casework.UserID) (string, error) {
	user, err := casework.Users.Find(tx, string(id))
	if err != nil || user == nil {
		return "", err
	}
	return user.Name.Reveal(), nil
}

// nameCase finds whose case it is.
func nameCase(tx casework.Tx, id casework.CaseID, name, reference *string) error {
	if id == "" {
		return nil
	}
	c, err := casework.Cases.Find(tx, string(id))
	if err != nil || c == nil {
		return err
	}
	person, err := casework.People.Find(tx, string(c.Person))
	if err != nil {
		return err
	}
	*name, *reference = nameOf(person), c.Reference
	return nil
}

// alertPage shows one alert and what can be done about it.
func (d *Desk) alertPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showAlert(w, r, v, page{Notice: notices(r.FormValue("done"))})
}

func (d *Desk) showAlert(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	body := alertBody{Note: r.PostForm.Get("note")}
	err := d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		a, err := casework.Alerts.Get(tx, r.PathValue("id"))
		if err != nil {
			return err
		}
		body.Alert, err = d.alertRow(tx, v, a)
		return err
	})
	if err != nil {
		return fmt.Errorf("read an alert: %w", err)
	}
	for _, action := range conversation.AlertActions() {
		body.Actions = append(body.Actions, choice{action, words.AlertAction(action), action == r.PostForm.Get("action")})
	}
	p.Title, p.Here, p.Body = "Cannot wait: "+body.Alert.Name, "alert", body
	return d.render(w, v, "alert", p)
}

// takeAlert says that the visitor is dealing with an alert.
func (d *Desk) takeAlert(w http.ResponseWriter, r *http.Request, v *visit) error {
	err := d.config.Engine.TakeAlert(r.Context(), v.actor(), r.PathValue("id"))
	return d.settleAlert(w, r, v, acted{err: err, done: "/alert/" + r.PathValue("id") + "?done=alert-taken"})
}

// closeAlert closes an alert with what was done about it.
func (d *Desk) closeAlert(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	outcome := conversation.Outcome{Action: r.PostForm.Get("action"), Note: r.PostForm.Get("note")}
	if !slices.Contains(conversation.AlertActions(), outcome.Action) {
		return d.showAlert(w, r, v, page{
			Status: http.StatusUnprocessableEntity, Problems: []problem{{"action", "Choose what was done."}},
		})
	}
	err := d.config.Engine.CloseAlert(r.Context(), v.actor(), r.PathValue("id"), outcome)
	field := "action"
	if errors.Is(err, conversation.ErrAction) {
		field = "note"
	}
	if how, rang := rangAbout(outcome.Action); rang && err == nil {
		_, err = d.rang(r, v, func(tx casework.Tx) (casework.CaseID, error) {
			a, err := casework.Alerts.Get(tx, r.PathValue("id"))
			if err != nil {
				return "", err
			}
			return a.Case, nil
		}, how, "alert "+r.PathValue("id"))
	}
	return d.settleAlert(w, r, v, acted{err: err, done: "/queue?done=alert-closed", field: field})
}

// settleAlert answers the outcome of an act on an alert.
func (d *Desk) settleAlert(w http.ResponseWriter, r *http.Request, v *visit, acted acted) error {
	if acted.err == nil {
		http.Redirect(w, r, acted.done, http.StatusSeeOther)
		return nil
	}
	if errors.Is(acted.err, casework.ErrNotFound) {
		return acted.err
	}
	status, say := sentence(acted.err)
	switch {
	case errors.Is(acted.err, conversation.ErrAction):
		say = "Say why nothing was done."
	case errors.Is(acted.err, casework.ErrNotAllowed):
		say = "A colleague was faster. Nothing was done. Read where the alert stands now."
	}
	if status == http.StatusInternalServerError {
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, acted.err)...)
	}
	return d.showAlert(w, r, v, page{Status: status, Problems: []problem{{acted.field, say}}})
}
