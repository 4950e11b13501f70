package desk

import (
	"errors"
	"fmt"
	"net/http"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// draft is what a worker had typed on a case page, so that it is still there
// when the page must be shown again.
type draft struct {
	Status   int
	Problems []problem
	Notice   string

	Reply, Note            string
	Day, Month, Year, Hour string
	// Token keeps the token of the form that was sent, so that sending it again
	// after an unknown outcome acts once.
	Token string
	// Counted is set when the length of the reply was asked for.
	Counted bool
}

// casePage shows a case.
func (d *Desk) casePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showCase(w, r, v, draft{Notice: notices(r.FormValue("done"))})
}

// showCase shows a case with what had been typed on it. Looking at it marks
// the person's texts as read and leaves a trace, before anything is shown.
func (d *Desk) showCase(w http.ResponseWriter, r *http.Request, v *visit, typed draft) error {
	records, err := d.readCase(r.Context(), v, r.PathValue("reference"), cursor(r.FormValue("before")))
	if err != nil {
		return err
	}
	if err := d.config.Engine.Read(r.Context(), v.actor(), records.c.ID); err != nil {
		return fmt.Errorf("open a case: %w", err)
	}
	token := typed.Token
	if token == "" {
		if token, err = d.formToken(); err != nil {
			return err
		}
	}
	body := d.caseView(v, records, typed)
	body.Token = token
	return d.render(w, v, "case", page{
		Title: body.Name + ", " + body.Reference, Here: "case", Status: typed.Status,
		Problems: typed.Problems, Notice: typed.Notice, Body: body,
	})
}

// findCase finds a case of the visitor's team by its reference. Another team's
// is casework.ErrNotFound, as one that never was.
func findCase(tx casework.Tx, reference string) (*casework.Case, error) {
	reference, ok := conversation.ValidReference(reference)
	if !ok {
		return nil, casework.ErrNotFound
	}
	found, _, err := casework.Cases.Range(tx, casework.Span{Index: "reference", Prefix: reference, Limit: 10})
	if err != nil {
		return nil, fmt.Errorf("find a case: %w", err)
	}
	for _, c := range found {
		if c.Reference == reference {
			return c, nil
		}
	}
	return nil, casework.ErrNotFound
}

// caseOf finds the case a form is about.
func (d *Desk) caseOf(r *http.Request, v *visit) (*casework.Case, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fmt.Errorf("read a form: %w", err)
	}
	var c *casework.Case
	err := d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		var err error
		c, err = findCase(tx, r.PathValue("reference"))
		return err
	})
	return c, err
}

// settle answers the outcome of an act on a case: on to the case when it was
// done; the same page with what was typed when it was not.
func (d *Desk) settle(w http.ResponseWriter, r *http.Request, v *visit, acted acted) error {
	if acted.err == nil {
		http.Redirect(w, r, "/case/"+acted.c.Reference+"?done="+acted.done, http.StatusSeeOther)
		return nil
	}
	if errors.Is(acted.err, casework.ErrNotFound) {
		return acted.err
	}
	status, say := sentence(acted.err)
	if status == http.StatusInternalServerError {
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, acted.err)...)
	}
	acted.draft.Status = status
	acted.draft.Problems = []problem{{acted.field, say}}
	return d.showCase(w, r, v, acted.draft)
}

// acted is what became of an act: on which case, what is said when it was done,
// and otherwise what had been typed and in which field.
type acted struct {
	c     *casework.Case
	err   error
	done  string
	field string
	draft draft
}
