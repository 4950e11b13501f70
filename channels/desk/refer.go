package desk

import (
	"net/http"

	"linkline/channels/desk/words"
	"linkline/conversation"
)

// referBody is the page on which a person is referred to a group or a service.
type referBody struct {
	formHead
	Org, Summary string
	Needs        []choice
}

// referPage asks where to, what for and what would be sent.
func (d *Desk) referPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showRefer(w, r, v, page{})
}

func (d *Desk) showRefer(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "referral", make: func(cr *caseRecords, head formHead) (string, any, error) {
		return "Refer " + head.Name + " on", referBody{
			formHead: head, Org: r.PostForm.Get("org"), Summary: r.PostForm.Get("summary"),
			Needs: d.needChoices(cr, r.PostForm.Get("need")),
		}, nil
	}})
}

// needChoices are the needs that a referral, or a gap, can be for: hers first,
// then the others that can be named.
func (d *Desk) needChoices(cr *caseRecords, chosen string) []choice {
	var out []choice
	seen := map[string]bool{morePage: true}
	for _, need := range append(append([]string{}, cr.c.Needs...), d.catalogue.Options("needs")...) {
		if !seen[need] {
			seen[need] = true
			out = append(out, choice{need, d.catalogue.Need(need), need == chosen})
		}
	}
	return append(out, choice{"other", "Something else", chosen == "other"})
}

// refer asks the person whether her name may be sent to an organisation.
func (d *Desk) refer(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, done: "referred", at: "services", field: "org", tells: true}
	if err == nil {
		done.problems = append(needed(r.PostForm, "org", "Write the name of the group or service."),
			needed(r.PostForm, "need", "Choose what it is for.")...)
		done.problems = append(done.problems, tooLong(r.PostForm, longestName, "org")...)
	}
	if err == nil && len(done.problems) == 0 {
		_, done.err = d.config.Engine.Refer(r.Context(), v.actor(), c.ID, conversation.Referral{
			Org: private(r.PostForm, "org"), Need: r.PostForm.Get("need"), Summary: private(r.PostForm, "summary"),
			Once: onceOf("refer", r.PostForm),
		})
	}
	return d.settleForm(w, r, v, done, d.showRefer)
}

// needWords puts the need of a referral into words.
func (d *Desk) needWords(need string) string {
	if need == "" {
		return ""
	}
	return words.Visible(d.catalogue.Need(need))
}
