package desk

import (
	"net/http"
	"slices"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// referralBody is the page on which is said what became of a referral.
type referralBody struct {
	formHead
	ID      string
	Now     onwardRow
	Events  []choice
	Outcome string
	// Stands is where the referral stood when the worker opened the page.
	Stands string
}

// onwardEvents are what can become of a referral from where it stands.
func onwardEvents(s casework.OnwardState) []string {
	switch s {
	case casework.OnwardAsked:
		return []string{"permit", "refuse"}
	case casework.OnwardRefused:
		return []string{"permit"}
	case casework.OnwardRequested:
		return []string{"acknowledge", "accept", "wait", "start", "reject", "give_up"}
	case casework.OnwardReceived:
		return []string{"accept", "wait", "start", "reject", "give_up"}
	case casework.OnwardAccepted:
		return []string{"wait", "start", "give_up"}
	case casework.OnwardWaiting:
		return []string{"accept", "start", "reject", "give_up"}
	case casework.OnwardStarted:
		return []string{"complete", "give_up"}
	case casework.OnwardRejected, casework.OnwardCompleted, casework.OnwardNotStarted:
	}
	return nil
}

// referralPage asks what became of a referral.
func (d *Desk) referralPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showReferral(w, r, v, page{})
}

func (d *Desk) showReferral(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "referral_move", make: func(cr *caseRecords, head formHead) (string, any, error) {
		o := cr.course.Referral(r.PathValue("id"))
		if o == nil {
			return "", nil, casework.ErrNotFound
		}
		body := referralBody{
			formHead: head, ID: o.ID, Now: d.onwardRow(v.clock(), o), Outcome: o.Outcome.Reveal(), Stands: string(o.State),
			Events: choices(onwardEvents(o.State), words.OnwardEvent, r.PostForm.Get("event")),
		}
		if r.Method == http.MethodPost {
			body.Outcome = r.PostForm.Get("outcome")
		}
		return body.Now.Org + ": " + head.Name, body, nil
	}})
}

// moveReferral notes what became of a referral.
func (d *Desk) moveReferral(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, done: "referral-moved", at: "services", field: "event"}
	if err == nil {
		done.problems, done.err = d.moveReferralIt(r, v, c)
	}
	return d.settleForm(w, r, v, done, d.showReferral)
}

func (d *Desk) moveReferralIt(r *http.Request, v *visit, c *casework.Case) ([]problem, error) {
	event, id := r.PostForm.Get("event"), r.PathValue("id")
	course, err := d.courseOf(r, v, c)
	if err != nil {
		return nil, err
	}
	o := course.Referral(id)
	if o == nil {
		return nil, casework.ErrNotFound
	}
	seen := casework.OnwardState(r.PostForm.Get("stands"))
	if !slices.Contains(onwardEvents(seen), event) {
		return []problem{{"event", "Choose what became of it."}}, nil
	}
	outcome := private(r.PostForm, "outcome")
	if seen != o.State && o.Outcome != outcome {
		return nil, casework.ErrConflict
	}
	return nil, d.config.Engine.MoveReferral(r.Context(), v.actor(), c.ID, id, event, outcome)
}
