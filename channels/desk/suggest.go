package desk

import (
	"net/http"

	"linkline/conversation/casework"
)

// suggestBody is the page on which a person is told of a service that she can
// ring herself.
type suggestBody struct {
	formHead
	Org, What, Cost, Phone string
}

// suggestPage asks which service.
func (d *Desk) suggestPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showSuggest(w, r, v, page{})
}

func (d *Desk) showSuggest(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "signpost", make: func(_ *caseRecords, head formHead) (string, any, error) {
		return "Suggest a service to " + head.Name, suggestBody{
			formHead: head, Org: r.PostForm.Get("org"), What: r.PostForm.Get("what"), Cost: r.PostForm.Get("cost"),
			Phone: r.PostForm.Get("phone"),
		}, nil
	}})
}

// suggest tells the person of a service.
func (d *Desk) suggest(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, done: "suggested", at: "services", field: "org", tells: true}
	if err == nil {
		done.problems = append(needed(r.PostForm, "org", "Write the name of the service."),
			needed(r.PostForm, "phone", "Write the number or the address that the person can use.")...)
		done.problems = append(done.problems, tooLong(r.PostForm, longestName, "org", "phone", "cost")...)
		done.problems = append(done.problems, tooLong(r.PostForm, longestLine, "what")...)
	}
	if err == nil && len(done.problems) == 0 {
		done.err = d.config.Engine.Suggest(r.Context(), v.actor(), c.ID, casework.Signpost{
			ID: onceOf("suggest", r.PostForm), Org: private(r.PostForm, "org"), What: private(r.PostForm, "what"),
			Cost: private(r.PostForm, "cost"), Phone: private(r.PostForm, "phone"),
		})
	}
	return d.settleForm(w, r, v, done, d.showSuggest)
}
