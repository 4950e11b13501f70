package desk

import (
	"net/http"
	"strings"
	"time"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// againBody is the page after a call that was not answered: text her, and when
// to try again.
type againBody struct {
	formHead
	Text   string
	Whens  []choice
	Longer int
}

// againTimes are when to try again: the working day after at ten or at two, or
// a week on.
func againTimes(v *visit) map[string]time.Time {
	today := v.team.Calendar.On(v.now)
	at := func(day calendar.Date, hour int) time.Time {
		return v.team.Calendar.WorkingDayOnOrAfter(day).Time(hour, 0, v.team.Calendar.Location())
	}
	const week = 7
	return map[string]time.Time{
		"morning": at(today.AddDays(1), 10), "afternoon": at(today.AddDays(1), 14), "week": at(today.AddDays(week), 10),
	}
}

// againPage offers a text and another try, both chosen already: one tap more is
// enough.
func (d *Desk) againPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showAgain(w, r, v, page{})
}

func (d *Desk) showAgain(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "again", open: true, make: func(cr *caseRecords, head formHead) (string, any, error) {
		chosen := r.PostForm.Get("when")
		if chosen == "" {
			chosen = "morning"
		}
		body := againBody{formHead: head, Text: r.PostForm.Get("text"), Longer: conversation.LongestText}
		times := againTimes(v)
		for _, name := range []string{"morning", "afternoon", "week"} {
			body.Whens = append(body.Whens, choice{name, v.clock().Coming(times[name]), name == chosen})
		}
		body.Whens = append(body.Whens, choice{"no", "Do not remind us", chosen == "no"})
		if why, _ := d.cannotReply(v, cr); why != "" {
			body.NoTexts = why
		}
		if r.Method != http.MethodPost {
			body.Text = calledText(v, cr)
		}
		return "No answer from " + head.Name, body, nil
	}})
}

// calledText is the text that says that somebody rang. On a phone that others
// see it names nobody (messaging-safety I9).
func calledText(v *visit, cr *caseRecords) string {
	if cr.point != nil && cr.point.Neutral {
		return "Hello. I rang you today and will try again. You can text back if another time is better."
	}
	name := firstWord(nameOf(cr.person))
	if name == noName {
		name = ""
	}
	hello := strings.TrimSpace("Hello " + name)
	return hello + ", this is " + v.user.Name.Reveal() + " from " + v.team.Name +
		". I rang you today and will try again. You can text back if another time is better."
}

// again sends the text, if one is wanted, and asks the team to ring again.
func (d *Desk) again(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	text, sends := r.PostForm.Get("text"), r.PostForm.Get("do") == "text"
	done := formed{c: c, done: "again", at: "contacts", field: "text"}
	at, planned := againTimes(v)[r.PostForm.Get("when")]
	switch {
	case !planned && r.PostForm.Get("when") != "no":
		done.problems = []problem{{"when", "Choose when to try again."}}
	case sends && strings.TrimSpace(text) == "":
		done.problems = []problem{{"text", "Write the text, or choose to send none."}}
	case sends:
		done.done = "again-texted"
		done.err = d.config.Engine.Answer(r.Context(), v.actor(), c.ID, conversation.Writing{
			Text: casework.Private(text), Once: once(r.PostForm.Get("token"), "again", text),
		})
	}
	if planned && len(done.problems) == 0 && done.err == nil {
		done.field, done.err = "when", d.config.Engine.RingAgain(r.Context(), v.actor(), c.ID, at)
	}
	return d.settleForm(w, r, v, done, d.showAgain)
}
