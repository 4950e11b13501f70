package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"linkline/conversation/casework"
)

// caseForm is a page with one form about one case. The case page leads to it,
// and it leads back there when the form is done.
type caseForm struct {
	name string // of the template
	// open is set where anybody of the team may fill it in: whoever rang says so.
	open bool
	// make puts the case into the page's title and body; an error is answered.
	make func(cr *caseRecords, head formHead) (title string, body any, err error)
}

// formHead is what the page of every form on a case begins with.
type formHead struct {
	Reference, Name, First string
	Token                  string
	// NoTexts says why no text reaches the person now, empty when one does.
	NoTexts string
	Careful []string // what to mind when texting
}

// barredBody is the body of the page that says why nothing can be done on a
// case, and keeps what was typed.
type barredBody struct {
	Reference, Name string
	Why             string
	TakeOver        bool
	Kept            []keptText
}

// showForm shows the page of a form, or says why it cannot be filled in: on a
// colleague's case only after taking it over (decision 33).
func (d *Desk) showForm(w http.ResponseWriter, r *http.Request, v *visit, p page, f caseForm) error {
	records, err := d.readCase(r.Context(), v, r.PathValue("reference"), "")
	if err != nil {
		return err
	}
	if why, takeOver := notYours(v, records, f.open); why != "" {
		return d.showBarred(w, r, v, p, barredBody{
			Reference: records.c.Reference, Name: nameOf(records.person), Why: why, TakeOver: takeOver,
		})
	}
	head := formHead{
		Reference: records.c.Reference, Name: nameOf(records.person), First: firstWord(nameOf(records.person)),
		Token: r.PostForm.Get("token"), Careful: d.catalogue.Careful(records.point),
	}
	head.NoTexts, _ = v.clock().Reach(records.point, records.talk)
	if head.Token == "" {
		if head.Token, err = d.formToken(); err != nil {
			return err
		}
	}
	title, body, err := f.make(records, head)
	if err != nil {
		return err
	}
	p.Title, p.Here, p.Body = title, "case", body
	return d.render(w, v, f.name, p)
}

// notYours says why the visitor cannot act on a case, and whether taking it
// over would help.
func notYours(v *visit, cr *caseRecords, open bool) (why string, takeOver bool) {
	switch {
	case cr.c.State == casework.CaseClosed:
		return "This case is closed.", false
	case open || cr.c.Worker == v.user.ID:
		return "", false
	case cr.c.Worker == "":
		return "Nobody has picked this up yet. Pick it up first.", false
	}
	name := cr.names[cr.c.Worker]
	if name == "" {
		name = "A colleague"
	}
	return name + " has this case.", true
}

func (d *Desk) showBarred(w http.ResponseWriter, r *http.Request, v *visit, p page, body barredBody) error {
	body.Kept = typed(r)
	if r.Method == http.MethodPost {
		p.Status, p.Problems = http.StatusConflict, []problem{{"", "Nothing was done. " + body.Why}}
	}
	p.Title, p.Here, p.Body = "Not now: "+body.Name, "case", body
	return d.render(w, v, "barred", p)
}

// formed is what became of a form on a case.
type formed struct {
	c        *casework.Case
	problems []problem // what must be put right before anything is done
	err      error     // of the act
	field    string    // what an error of the act is about
	done     string    // what is said when it is done
	at       string    // the part of the case page it leads back to
	tells    bool      // whether the person is told of it by text
}

// formOf finds the case of a form and says at once where it is a colleague's.
// The engine looks again in the transaction.
func (d *Desk) formOf(r *http.Request, v *visit) (*casework.Case, error) {
	c, err := d.caseOf(r, v)
	switch {
	case err != nil:
		return c, err
	case c.State == casework.CaseClosed:
		return c, casework.ErrNotAllowed
	case c.Worker != v.user.ID:
		return c, casework.ErrClaimed
	}
	return c, nil
}

// settleForm leads back to the case when a form is done, and shows it again with
// what was typed when it is not.
func (d *Desk) settleForm(
	w http.ResponseWriter, r *http.Request, v *visit, f formed,
	show func(http.ResponseWriter, *http.Request, *visit, page) error,
) error {
	switch {
	case len(f.problems) > 0:
		return show(w, r, v, page{Status: http.StatusUnprocessableEntity, Problems: f.problems})
	case f.err == nil:
		if f.tells && d.untold(r, v, f.c) {
			f.done += quietly
		}
		http.Redirect(w, r, "/case/"+f.c.Reference+"?done="+f.done+"#"+f.at, http.StatusSeeOther)
		return nil
	case errors.Is(f.err, casework.ErrNotFound):
		return f.err
	}
	status, say := sentence(f.err)
	if status == http.StatusInternalServerError {
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, f.err)...)
	}
	return show(w, r, v, page{Status: status, Problems: []problem{{f.field, say}}})
}

// untold reports whether no text reaches the person of a case now, so that what
// she would be told must be said on the phone.
func (d *Desk) untold(r *http.Request, v *visit, c *casework.Case) bool {
	var why string
	_ = d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error { // only what the page says is at stake
		point, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(c.Conversation))
		if err != nil {
			return err
		}
		talk, err := casework.Conversations.Find(tx, string(c.Conversation))
		why, _ = v.clock().Reach(point, talk)
		return err
	})
	return why != ""
}

// onceOf names one sending of a form by its token and all that was typed in it:
// the same form sent again acts once, and a changed one is another.
func onceOf(what string, form url.Values) string {
	return once(form.Get("token"), what, form.Encode())
}

// needed is the problem of a field that was left empty.
func needed(form url.Values, field, say string) []problem {
	if strings.TrimSpace(form.Get(field)) == "" {
		return []problem{{field, say}}
	}
	return nil
}

// How much fits into a field whose words may stand in a text.
const (
	longestName = 80
	longestLine = 120
	longestGoal = 300
)

// tooLong is the problem of fields that hold more than fits into a text.
func tooLong(form url.Values, most int, fields ...string) (problems []problem) {
	for _, field := range fields {
		if len([]rune(strings.TrimSpace(form.Get(field)))) > most {
			problems = append(problems, problem{field, fmt.Sprintf("That is too long: %d characters at most.", most)})
		}
	}
	return problems
}

// private is what was typed in a field.
func private(form url.Values, field string) casework.Private {
	return casework.Private(strings.TrimSpace(form.Get(field)))
}

// choices are answers to choose from, with the one that was chosen.
func choices[S ~string](all []S, say func(S) string, chosen string) []choice {
	out := make([]choice, len(all))
	for i, c := range all {
		out[i] = choice{string(c), say(c), string(c) == chosen}
	}
	return out
}
