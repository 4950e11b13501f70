package desk

import (
	"time"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// goneFor is how long the page says of a text that it will not be sent after
// all.
const goneFor = 7 * 24 * time.Hour

// addJobs lists what will be sent and asked by itself, and what of it stood on
// something that has changed since.
func (d *Desk) addJobs(clock words.Clock, cr *caseRecords, body *courseBody) {
	for _, j := range cr.jobs {
		row := nextRow{When: clock.Coming(j.DueAt), Kind: "Text", About: d.aboutWords(clock, cr, j.About), at: j.DueAt}
		switch {
		case j.Send != "":
			row.What = words.Send(j.Send)
		case j.Task != "":
			row.Kind, row.What = "Task", words.Task(j.Task)
		case j.Kind == casework.JobGiveBack || j.Kind == casework.JobUnpause:
			row.Kind, row.What = "", words.JobKind(j.Kind)
		default:
			continue // what the service does for itself
		}
		switch {
		case j.State == casework.JobWaiting && stillStands(cr.course, j.About):
			body.Next = append(body.Next, row)
		case j.State == casework.JobWaiting,
			j.State == casework.JobCancelled && j.Send != "" && clock.Now.Sub(j.SettledAt) < goneFor && j.DueAt.After(clock.Now):
			body.Gone = append(body.Gone, row)
		}
	}
}

// stillStands reports whether what a job is about is as it was when the job was
// planned. Measures begin to exist when they are first asked for.
func stillStands(course *casework.Course, a casework.About) bool {
	return a.Kind == casework.AboutMeasure || course.Current(a)
}

// aboutWords says in a few words what a job is about.
func (d *Desk) aboutWords(clock words.Clock, cr *caseRecords, a casework.About) string {
	switch a.Kind {
	case casework.AboutAppointment:
		if found := cr.course.Appointment(a.ID); found != nil {
			row := d.appointmentRow(clock, cr, found)
			if row.When == "" {
				return row.What
			}
			return row.What + ", " + row.When
		}
	case casework.AboutOnward:
		if found := cr.course.Referral(a.ID); found != nil {
			return words.Visible(found.Org.Reveal())
		}
	case casework.AboutSignpost:
		if found := cr.course.Signpost(a.ID); found != nil {
			return words.Visible(found.Org.Reveal())
		}
	case casework.AboutMeasure:
		return words.MeasurePoint(casework.MeasurePoint(a.ID))
	case casework.AboutCase, casework.AboutPlan, casework.AboutInvitation, casework.AboutAlert:
	}
	return ""
}

// readCourse reads what has happened to the case since pick-up, and what is
// planned to happen by itself. The course is empty, never nil.
func (cr *caseRecords) readCourse(tx casework.Tx) error {
	course, err := casework.Courses.Find(tx, string(cr.c.ID))
	if err != nil {
		return err
	}
	if cr.course = course; course == nil {
		cr.course = &casework.Course{}
	}
	jobs, _, err := casework.Jobs.Range(tx, casework.Span{Prefix: casework.JobPrefix(cr.c.Conversation), Limit: jobsShown})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.Case == "" || j.Case == cr.c.ID {
			cr.jobs = append(cr.jobs, j)
		}
	}
	return nil
}
