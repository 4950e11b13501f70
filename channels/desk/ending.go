package desk

import (
	"net/http"
)

// endingBody is the page on which a worker says when she means to close a case.
type endingBody struct {
	formHead
	When  whenField
	Known string // the day that is planned, in words
}

// endingPage asks for the day.
func (d *Desk) endingPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showEnding(w, r, v, page{})
}

func (d *Desk) showEnding(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "ending", make: func(cr *caseRecords, head formHead) (string, any, error) {
		when := typedWhen(r.PostForm, "")
		if year, month, day, ok := splitDate(cr.course.Ending); ok && r.Method != http.MethodPost {
			when.Year, when.Month, when.Day = year, month, day
		}
		return "The end of the work with " + head.Name, endingBody{
			formHead: head, Known: dayWords(cr.course.Ending),
			When: when.asked(p, "On which day do you mean to close the case?", "For example 27 3 2027", false),
		}, nil
	}})
}

// sayEnding keeps the day, or takes it back.
func (d *Desk) sayEnding(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, done: "ending", at: "ending-title", field: "day"}
	day := ""
	switch {
	case err != nil:
	case r.PostForm.Get("do") == "none":
		done.done = "no-ending"
	default:
		date, problems := typedWhen(r.PostForm, "").date(v)
		day, done.problems = date.String(), problems
	}
	if err == nil && len(done.problems) == 0 {
		done.err = d.config.Engine.SayEnding(r.Context(), v.actor(), c.ID, day)
	}
	return d.settleForm(w, r, v, done, d.showEnding)
}
