package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// contactBody is the page on which a contact is noted: which way, how it went,
// and what there is to say about it.
type contactBody struct {
	formHead
	Ways []choice
	Hows []choice
	Note string
}

// hows lists how a call or a visit went.
func hows() []string { return []string{"reached", "no_answer", "left_message"} }

func howWords(how string) string {
	switch how {
	case "reached":
		return "We spoke"
	case "no_answer":
		return "No answer"
	case "left_message":
		return "Left a message"
	}
	return words.Plain(how)
}

// contactPage asks what became of a call or a visit.
func (d *Desk) contactPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showContact(w, r, v, page{})
}

func (d *Desk) showContact(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "contact", open: true, make: func(_ *caseRecords, head formHead) (string, any, error) {
		way := r.FormValue("way")
		if way == "" {
			way = string(casework.ByPhone)
		}
		return "Contact with " + head.Name, contactBody{
			formHead: head, Ways: choices(casework.ContactWays(), words.ContactWay, way),
			Hows: choices(hows(), howWords, r.PostForm.Get("how")), Note: r.PostForm.Get("note"),
		}, nil
	}})
}

// logContact notes that somebody was in touch, or tried. After a call that was
// not answered it asks what comes next. Anybody of the team may: whoever rang
// says so (decision 33 is about acting, and this is what was done).
func (d *Desk) logContact(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	contact, problems := readContact(r.PostForm)
	done := formed{c: c, problems: problems, done: "contact", at: "contacts"}
	if len(problems) > 0 {
		return d.settleForm(w, r, v, done, d.showContact)
	}
	done.err = d.config.Engine.LogContact(r.Context(), v.actor(), c.ID, contact, onceOf("contact", r.PostForm))
	if done.err == nil && !contact.Reached && contact.Way == casework.ByPhone {
		http.Redirect(w, r, "/case/"+c.Reference+"/again", http.StatusSeeOther)
		return nil
	}
	return d.settleForm(w, r, v, done, d.showContact)
}

// readContact reads the form of a contact. A message that was left is noted in
// words: she was not reached.
func readContact(form url.Values) (casework.Contact, []problem) {
	how := form.Get("how")
	contact := casework.Contact{Way: casework.ContactWay(form.Get("way")), Reached: how == "reached", Note: private(form, "note")}
	var problems []problem
	if !slices.Contains(casework.ContactWays(), contact.Way) {
		problems = append(problems, problem{"way", "Choose how you were in touch."})
	}
	if !slices.Contains(hows(), how) {
		problems = append(problems, problem{"how", "Choose how it went."})
	}
	if how == "left_message" {
		contact.Note = casework.Private(strings.TrimSpace(howWords(how) + ". " + contact.Note.Reveal()))
	}
	return contact, problems
}
