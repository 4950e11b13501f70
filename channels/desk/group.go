package desk

import (
	"net/http"
	"net/url"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// groupBody is the page on which a person is invited to a session of a group.
type groupBody struct {
	formHead
	GroupName, Place string
	When             whenField
	// Asks is set where she was never asked whether she would like such texts: she
	// is asked that first. Refused is set where she said no.
	Asks, Refused bool
}

// groupPage asks which group, when and where.
func (d *Desk) groupPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showGroup(w, r, v, page{})
}

func (d *Desk) showGroup(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "group", make: func(cr *caseRecords, head formHead) (string, any, error) {
		body := groupBody{
			formHead: head, GroupName: r.PostForm.Get("title"), Place: r.PostForm.Get("place"),
			When: typedWhen(r.PostForm, "").asked(p, "Day and time", "For example 27 3 at 2:30pm", true),
		}
		if cr.talk != nil {
			said, asked := cr.talk.Permitted[casework.PurposeGroups]
			body.Asks, body.Refused = !asked, asked && said != casework.PermissionYes
		}
		return "Invite " + head.Name + " to a group", body, nil
	}})
}

// inviteToGroup invites the person to one session of a group. The engine has
// the last word on whether she may be asked, and how often (F13).
func (d *Desk) inviteToGroup(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, done: "group", at: "next", field: "title", tells: true}
	if err == nil {
		var at time.Time
		at, done.problems = readGroup(r.PostForm, v)
		if len(done.problems) == 0 {
			_, done.err = d.config.Engine.InviteToGroup(r.Context(), v.actor(), c.ID, conversation.Booking{
				Type: casework.GroupVisit, Slots: []time.Time{at}, Title: private(r.PostForm, "title"),
				Place: private(r.PostForm, "place"), Once: onceOf("group", r.PostForm),
			})
		}
	}
	return d.settleForm(w, r, v, done, d.showGroup)
}

// readGroup reads when the session is, and what is wrong with the form. The text
// names the group and the place, so neither is left empty.
func readGroup(form url.Values, v *visit) (time.Time, []problem) {
	problems := append(needed(form, "title", "Write what the group is called."), tooLong(form, longestName, "title")...)
	at, wrong := typedWhen(form, "").moment(v)
	problems = append(problems, wrong...)
	problems = append(problems, needed(form, "place", "Write where the group meets.")...)
	return at, append(problems, tooLong(form, longestLine, "place")...)
}
