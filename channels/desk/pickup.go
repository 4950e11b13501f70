package desk

import (
	"net/http"
	"strings"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
)

// pickUpBody is the form with which a worker takes a case.
type pickUpBody struct {
	Offer bool
	// Texts is set when the person is told by text; With and Without are the
	// words of that text.
	Texts                  bool
	With, Without          string
	Day, Month, Year, Hour string
}

// farthest is how far ahead a call can be promised.
const farthest = 90

// pickUpView makes the form. It shows what the person will be told.
func (d *Desk) pickUpView(v *visit, cr *caseRecords, typed draft, texts bool) pickUpBody {
	why, _ := v.clock().Reach(cr.point, cr.talk)
	body := pickUpBody{
		Offer: cr.c.Worker == "" && cr.c.State != casework.CaseClosed,
		Texts: texts || why == "",
		Day:   typed.Day, Month: typed.Month, Year: typed.Year, Hour: typed.Hour,
	}
	language := "en"
	if cr.talk != nil {
		language = cr.talk.Language
	}
	fill := strings.NewReplacer(
		"{name}", firstWord(nameOf(cr.person)), "{lw}", v.user.Name.Reveal(), "{worker}", v.user.Name.Reveal(),
		"{date}", "[date]", "{time}", "[time]", "{service}", v.team.Name, "{phone}", v.team.Phone,
	)
	with, without := flows.TextPickedUp, flows.TextPickedUpOnly
	if cr.point != nil && cr.point.Neutral {
		with, without = flows.TextPickedUpNeutral, flows.TextPickedUpOnlyNeutral
	}
	body.With = fill.Replace(d.serviceText(language, with))
	body.Without = fill.Replace(d.serviceText(language, without))
	return body
}

func (d *Desk) serviceText(language, key string) string {
	text, _, ok := d.config.Library.Words(language, flows.ServiceWords, key)
	if !ok {
		return ""
	}
	return text.Say
}

// pickUp gives a case to the visitor. The person is told who she is and, if she
// says so, when she will ring.
func (d *Desk) pickUp(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	typed := draft{
		Day: strings.TrimSpace(r.PostForm.Get("day")), Month: strings.TrimSpace(r.PostForm.Get("month")),
		Year: strings.TrimSpace(r.PostForm.Get("year")), Hour: strings.TrimSpace(r.PostForm.Get("hour")),
	}
	var meeting conversation.Meeting
	if r.PostForm.Get("do") != "without" {
		var problems []problem
		if meeting, problems = readMeeting(typed, v); len(problems) > 0 {
			typed.Status, typed.Problems = http.StatusUnprocessableEntity, problems
			return d.showCase(w, r, v, typed)
		}
	}
	records, err := d.readCase(r.Context(), v, c.Reference, "")
	if err != nil {
		return err
	}
	done := "picked-up"
	if records.point != nil && records.point.Safe == casework.SafeLimited {
		done = "picked-up-later"
	}
	if why, _ := v.clock().Reach(records.point, records.talk); why != "" {
		done = "picked-up-quietly"
	}
	err = d.config.Engine.PickUp(r.Context(), v.actor(), c.ID, meeting)
	return d.settle(w, r, v, acted{c: c, err: err, done: done, draft: typed})
}

// readMeeting reads the day and the time that a worker promises.
func readMeeting(typed draft, v *visit) (conversation.Meeting, []problem) {
	var problems []problem
	today := v.team.Calendar.On(v.now)
	day, ok := readDate(typed.Day, typed.Month, typed.Year, today)
	switch {
	case typed.Day == "" && typed.Month == "" && typed.Year == "":
		problems = append(problems, problem{"day", "Write the day you will ring, or pick up without a time."})
	case !ok:
		problems = append(problems, problem{"day", "Write a real date, for example 27 3 2027."})
	case day.Before(today):
		problems = append(problems, problem{"day", "That day has passed. Write one that is still to come."})
	case today.DaysUntil(day) > farthest:
		problems = append(problems, problem{"day", "That day is more than three months away. Write a nearer one."})
	}
	at, ok := readHour(typed.Hour)
	if !ok {
		problems = append(problems, problem{"hour", "Write the time you will ring, for example 2:30pm."})
	}
	if len(problems) > 0 {
		return conversation.Meeting{}, problems
	}
	if minutes, _ := calendar.Clock(at).Minutes(); day.Time(minutes/60, minutes%60, v.team.Calendar.Location()).Before(v.now) {
		return conversation.Meeting{}, []problem{{"hour", "That time has passed. Write one that is still to come."}}
	}
	return conversation.Meeting{On: day, At: at}, nil
}
