package desk

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"time"

	"linkline/channels/desk/words"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// courseBody is all that happens between pick-up and closing, in words.
type courseBody struct {
	Next     []nextRow
	Gone     []nextRow // what stood on something that has changed
	NoTexts  string    // why none of the texts can leave now
	Held     bool      // whether questions wait until the conversation is given back
	Past     []appointmentRow
	Plan     *planRow
	Older    []planRow
	Onward   []onwardRow
	Suggest  []signpostRow
	Unmet    []unmetRow
	Contacts []contactRow
	Count    string // how many contacts there were
	Homework []statementRow
	Points   []string // when wellbeing was measured, by column
	Measures []measureRow
	Ending   string // the day on which the case is to be closed
	EndSaid  []answerRow
}

// nextRow is one thing that is still to come: an appointment, a text of ours or
// a task.
type nextRow struct {
	When, Kind, What, About string
	Appointment             *appointmentRow
	at                      time.Time
}

// appointmentRow is one appointment, in words.
type appointmentRow struct {
	ID, What, When, Until string
	Place, Meet, With     string
	State                 string
	Bad                   bool // whether somebody must do something
	Slots                 []string
	Said                  []answerRow
	Mark                  bool // whether it is over and nobody has said what became of it
	Missed                bool
	Together              string // the form on which it is booked again, together
	Stands                bool
	Worker                string
}

// signpostRow is a service that was suggested, in words.
type signpostRow struct {
	Org, What, Phone, State, At string
	Said                        []answerRow
}

type unmetRow struct{ Need, Reason, At string }

type contactRow struct {
	What, At, By, Note string
	Reached            bool
}

// courseView puts the course of a case into words.
func (d *Desk) courseView(v *visit, cr *caseRecords) courseBody {
	clock, course := v.clock(), cr.course
	body := courseBody{Ending: dayWords(course.Ending)}
	body.NoTexts, _ = clock.Reach(cr.point, cr.talk)
	body.Held = cr.talk != nil && cr.talk.Holder != ""
	for _, a := range course.Appointments {
		row := d.appointmentRow(clock, cr, a)
		if a.SettledAt.IsZero() {
			body.Next = append(body.Next, nextRow{When: row.When, What: row.What, Appointment: &row, at: a.Start})
		} else {
			body.Past = append(body.Past, row)
		}
		if said, ok := a.Said[homework]; ok {
			body.Homework = append(body.Homework, statementRow{wordsOf(said), clock.At(said.At)})
		}
	}
	d.addJobs(clock, cr, &body)
	slices.SortStableFunc(body.Next, func(a, b nextRow) int { return a.at.Compare(b.at) })
	slices.Reverse(body.Past)
	d.addPlans(clock, cr, &body)
	d.addServices(clock, cr, &body)
	addContacts(clock, cr, &body)
	body.Points, body.Measures = d.measureRows(course)
	if said, ok := cr.c.Answers["closing"]; ok { // the flow about the case keeps it there (X1)
		body.EndSaid = []answerRow{d.answerRow("closing", said)}
	}
	return body
}

// homework is the fact that keeps what she thought about before the next talk.
const homework = "homework"

// wordsOf is an answer as it was typed, or else its values.
func wordsOf(a casework.Answer) string {
	if a.Words != "" || len(a.Values) == 0 {
		return words.Visible(a.Words.Reveal())
	}
	return words.Visible(a.Values[0])
}

// dayWords writes a civil date; empty for none.
func dayWords(date string) string {
	day, err := calendar.ParseDate(date)
	if err != nil {
		return ""
	}
	return day.WordsWithYear("en")
}

// appointmentRow puts one appointment into words.
func (d *Desk) appointmentRow(clock words.Clock, cr *caseRecords, a *casework.Appointment) appointmentRow {
	row := appointmentRow{
		ID: a.ID, What: words.Appointment(a.Type), When: clock.Coming(a.Start), State: words.AppointmentState(a.State),
		Place: words.Visible(a.Place.Reveal()), Meet: words.Visible(a.Meet.Reveal()),
		Bad:  a.State == casework.ChangeAsked || a.State == casework.NoneOfTheTimes || a.State == casework.DidNotAttend,
		Mark: !a.Start.IsZero() && !a.Start.After(clock.Now) && a.SettledAt.IsZero(), Missed: a.State == casework.DidNotAttend,
		Stands: a.Stands(), Worker: cr.names[a.Worker], Said: d.saidRows(a.Said, casework.FactSlot, homework),
	}
	if title := words.Visible(a.Title.Reveal()); title != "" {
		row.What += ": " + title
	}
	if a.Together && a.Type != casework.Accompany {
		row.What += ", together"
	}
	if a.Minutes > 0 && !a.Start.IsZero() {
		row.Until = words.Hour(a.Start.Add(time.Duration(a.Minutes) * time.Minute).In(clock.Calendar.Location()))
	}
	if o := cr.course.Referral(a.Onward); o != nil {
		row.With = words.Visible(o.Org.Reveal())
	}
	if row.Missed && a.Type == casework.OnwardVisit {
		row.Together = "appointment?" + url.Values{"type": {string(casework.Accompany)}, "onward": {a.Onward}}.Encode()
	}
	for _, slot := range a.Slots {
		row.Slots = append(row.Slots, clock.Coming(slot))
	}
	return row
}

// saidRows lists what she said of one thing, oldest first, without the facts
// that stand elsewhere.
func (d *Desk) saidRows(said casework.Answers, without ...string) []answerRow {
	var facts []string
	for fact := range said {
		if !slices.Contains(without, fact) {
			facts = append(facts, fact)
		}
	}
	slices.SortFunc(facts, func(a, b string) int {
		return cmp.Or(said[a].At.Compare(said[b].At), cmp.Compare(a, b))
	})
	var rows []answerRow
	for _, fact := range facts {
		rows = append(rows, d.answerRow(fact, said[fact]))
	}
	return rows
}

// addContacts lists the contacts, newest first, and counts them (J17).
func addContacts(clock words.Clock, cr *caseRecords, body *courseBody) {
	const usual, most = 6, 12
	for _, c := range slices.Backward(cr.course.Contacts) {
		row := contactRow{
			What: words.ContactWay(c.Way), At: clock.At(c.At), By: cr.names[c.By], Note: words.Visible(c.Note.Reveal()), Reached: c.Reached,
		}
		body.Contacts = append(body.Contacts, row)
	}
	n := cr.course.ContactCount()
	switch {
	case len(cr.course.Contacts) == 0:
		body.Count = "No contact yet."
	case n == 1:
		body.Count = "1 contact so far."
	case n < usual:
		body.Count = fmt.Sprintf("%d contacts so far.", n)
	case n < most:
		body.Count = fmt.Sprintf("%d contacts so far: most people have %d to %d.", n, usual, most)
	default:
		body.Count = fmt.Sprintf("%d contacts so far: review, or think about closing.", n)
	}
}

// addServices lists the referrals, the suggestions and what nothing was found
// for.
func (d *Desk) addServices(clock words.Clock, cr *caseRecords, body *courseBody) {
	for _, o := range cr.course.Onward {
		body.Onward = append(body.Onward, d.onwardRow(clock, o))
	}
	for _, s := range cr.course.Signposts {
		body.Suggest = append(body.Suggest, signpostRow{
			Org: words.Visible(s.Org.Reveal()), What: words.Visible(s.What.Reveal()), Phone: words.Visible(s.Phone.Reveal()),
			State: words.Signpost(s.State), At: clock.At(s.GivenAt), Said: d.saidRows(s.Said),
		})
	}
	for _, u := range cr.course.Unmet {
		body.Unmet = append(body.Unmet, unmetRow{d.needWords(u.Need), words.UnmetReason(u.Reason), clock.At(u.At)})
	}
}

// onwardRow is one referral to a group or a service, in words.
type onwardRow struct {
	ID, Org, Need, State, At string
	Summary, Outcome         string
	Open                     bool
	Said                     []answerRow
}

func (d *Desk) onwardRow(clock words.Clock, o *casework.Onward) onwardRow {
	at := o.MadeAt
	for _, later := range []time.Time{o.SentAt, o.AcknowledgedAt, o.SettledAt} {
		if later.After(at) {
			at = later
		}
	}
	return onwardRow{
		ID: o.ID, Org: words.Visible(o.Org.Reveal()), Need: d.needWords(o.Need), State: words.Onward(o.State), At: clock.At(at),
		Summary: words.Visible(o.Summary.Reveal()), Outcome: words.Visible(o.Outcome.Reveal()),
		Open: len(onwardEvents(o.State)) > 0, Said: d.saidRows(o.Said),
	}
}
