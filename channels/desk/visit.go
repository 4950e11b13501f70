package desk

import "net/http"

// markVisit says whether the person came. It has no page of its own: the buttons
// stand with the appointment.
func (d *Desk) markVisit(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	came, done := r.PostForm.Get("came") == "yes", "missed"
	if came {
		done = "came"
	}
	if err == nil {
		err = d.config.Engine.MarkVisit(r.Context(), v.actor(), c.ID, r.PathValue("id"), came)
	}
	return d.settle(w, r, v, acted{c: c, err: err, done: done})
}
