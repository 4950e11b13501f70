package desk

import (
	"net/http"

	"linkline/conversation/casework"
)

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
	if err == nil && !came && d.alone(r, v, c) {
		done = "missed-alone"
	}
	return d.settle(w, r, v, acted{c: c, err: err, done: done})
}

// alone reports whether nobody of ours was at an appointment: then the person is
// not told that we missed her.
func (d *Desk) alone(r *http.Request, v *visit, c *casework.Case) bool {
	course, err := d.courseOf(r, v, c)
	if err != nil {
		return false // only what the page says is at stake
	}
	a := course.Appointment(r.PathValue("id"))
	return a != nil && a.Type == casework.OnwardVisit
}
