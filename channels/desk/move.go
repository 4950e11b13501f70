package desk

import (
	"fmt"
	"net/http"

	"linkline/conversation/casework"
)

// moveBody is the page on which an appointment gets another time or place.
type moveBody struct {
	formHead
	ID    string
	Now   appointmentRow // as it stands
	When  whenField
	Place string
	// Stands names the appointment as the worker saw it: one that was changed
	// meanwhile is shown to her before she changes it again.
	Stands string
}

// stands names an appointment as it now is.
func stands(a *casework.Appointment) string {
	return fmt.Sprintf("%s.%d.%s", a.State, a.Rev, casework.Moment(a.Start))
}

// movePage asks for the new time.
func (d *Desk) movePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showMove(w, r, v, page{})
}

func (d *Desk) showMove(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "move", make: func(cr *caseRecords, head formHead) (string, any, error) {
		a := cr.course.Appointment(r.PathValue("id"))
		if a == nil {
			return "", nil, casework.ErrNotFound
		}
		body := moveBody{
			formHead: head, ID: a.ID, Now: d.appointmentRow(v.clock(), cr, a), Place: a.Place.Reveal(), Stands: stands(a),
			When: typedWhen(r.PostForm, "").asked(p, "New day and time", "For example 27 3 at 2:30pm", true),
		}
		if r.Method == http.MethodPost {
			body.Place = r.PostForm.Get("place")
		} else if !a.Start.IsZero() {
			body.When = whenOn(a.Start.In(v.team.Calendar.Location()), "").asked(p, body.When.Legend, body.When.Hint, true)
		}
		return body.Now.What + " with " + head.Name, body, nil
	}})
}

// move gives an appointment another time or place.
func (d *Desk) move(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, done: "moved", at: "next", field: "day", tells: true}
	if err == nil {
		done.problems, done.err = d.moveIt(r, v, c)
	}
	return d.settleForm(w, r, v, done, d.showMove)
}

func (d *Desk) moveIt(r *http.Request, v *visit, c *casework.Case) ([]problem, error) {
	at, problems := typedWhen(r.PostForm, "").moment(v)
	problems = append(problems, tooLong(r.PostForm, longestLine, "place")...)
	if len(problems) > 0 {
		return problems, nil
	}
	course, err := d.courseOf(r, v, c)
	if err != nil {
		return nil, err
	}
	id, place := r.PathValue("id"), private(r.PostForm, "place")
	a := course.Appointment(id)
	if a == nil {
		return nil, casework.ErrNotFound
	}
	already := a.Stands() && a.Start.Equal(at) && a.Place == place // the same form again
	if seen := r.PostForm.Get("stands"); seen != "" && seen != stands(a) && !already {
		return nil, casework.ErrConflict
	}
	return nil, d.config.Engine.Move(r.Context(), v.actor(), c.ID, id, at, place)
}

// courseOf reads what has happened to a case since pick-up; empty, never nil,
// before anything has.
func (d *Desk) courseOf(r *http.Request, v *visit, c *casework.Case) (*casework.Course, error) {
	course := &casework.Course{}
	err := d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		found, err := casework.Courses.Find(tx, string(c.ID))
		if found != nil {
			course = found
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read a course: %w", err)
	}
	return course, nil
}
