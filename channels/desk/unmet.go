package desk

import (
	"net/http"
	"slices"
	"strings"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// unmetBody is the page on which is noted that nothing suitable was found.
type unmetBody struct {
	formHead
	Needs, Reasons []choice
	Area           string
}

// unmetPage asks for what nothing was found, and why.
func (d *Desk) unmetPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showUnmet(w, r, v, page{})
}

func (d *Desk) showUnmet(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "unmet", make: func(cr *caseRecords, head formHead) (string, any, error) {
		return "Nothing suitable for " + head.Name, unmetBody{
			formHead: head, Needs: d.needChoices(cr, r.PostForm.Get("need")), Area: outward(cr.person),
			Reasons: choices(casework.UnmetReasons(), words.UnmetReason, r.PostForm.Get("reason")),
		}, nil
	}})
}

// outward is the first part of a person's postcode: enough to see where things
// are missing, and nobody can be found by it.
func outward(p *casework.Person) string {
	if p == nil {
		return ""
	}
	first, _, ok := strings.Cut(p.Postcode.Reveal(), " ")
	if !ok {
		return ""
	}
	return first
}

// noteUnmet records that nothing suitable was found for a need.
func (d *Desk) noteUnmet(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, done: "unmet", at: "services", field: "reason"}
	if err == nil {
		done.problems = needed(r.PostForm, "need", "Choose what nothing was found for.")
		if !slices.Contains(casework.UnmetReasons(), r.PostForm.Get("reason")) {
			done.problems = append(done.problems, problem{"reason", "Choose why nothing suits."})
		}
	}
	if err == nil && len(done.problems) == 0 {
		done.err = d.config.Engine.NoteUnmet(r.Context(), v.actor(), c.ID, casework.UnmetNeed{
			Need: r.PostForm.Get("need"), Reason: r.PostForm.Get("reason"), Area: d.area(r, v, c),
		}, onceOf("unmet", r.PostForm))
	}
	return d.settleForm(w, r, v, done, d.showUnmet)
}

// area is where the person of a case lives, as far as is kept with a gap.
func (d *Desk) area(r *http.Request, v *visit, c *casework.Case) string {
	var found string
	_ = d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error { // without it the gap still counts
		person, err := casework.People.Find(tx, string(c.Person))
		found = outward(person)
		return err
	})
	return found
}
