package desk

import (
	"net/http"

	"linkline/conversation/casework"
)

// callOffBody is the page that asks whether an appointment is called off.
type callOffBody struct {
	formHead
	ID  string
	Now appointmentRow
}

// callOffPage asks once more: the person is told at once.
func (d *Desk) callOffPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showCallOff(w, r, v, page{})
}

func (d *Desk) showCallOff(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "calloff", make: func(cr *caseRecords, head formHead) (string, any, error) {
		a := cr.course.Appointment(r.PathValue("id"))
		if a == nil {
			return "", nil, casework.ErrNotFound
		}
		body := callOffBody{formHead: head, ID: a.ID, Now: d.appointmentRow(v.clock(), cr, a)}
		return "Call off: " + body.Now.What + " with " + head.Name, body, nil
	}})
}

// callOff cancels an appointment for our own reasons.
func (d *Desk) callOff(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	if err == nil {
		err = d.config.Engine.CallOff(r.Context(), v.actor(), c.ID, r.PathValue("id"))
	}
	return d.settleForm(w, r, v, formed{c: c, err: err, done: "called-off", at: "next", tells: true}, d.showCallOff)
}
