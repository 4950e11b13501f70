package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"linkline/channels/desk/words"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// calendarBody is one week of appointments, day by day.
type calendarBody struct {
	Week                        string
	Before, Monday, After, This string // the Mondays that the links lead to
	Everybody                   bool
	Unmarked                    []visitRow // over, and nobody has said what became of them
	Days                        []dayRow
	Empty                       string
}

type dayRow struct {
	ID, Name string
	Note     string // a bank holiday, or a day on which the team is closed
	Today    bool
	Past     bool
	Visits   []visitRow
}

// visitRow is one appointment in a calendar.
type visitRow struct {
	appointmentRow
	Hours           string
	Name, Reference string
	Clash           string // whom else it would need at the same time
	Reminder        string // what is sent about it next
	with            casework.UserID
	start, end      time.Time
}

// How many appointments and workers a week shows.
const (
	weekMost    = 200
	workersMost = 50
	daysOfWeek  = 7
)

// calendar shows a week of the visitor's appointments, or everybody's.
func (d *Desk) calendar(w http.ResponseWriter, r *http.Request, v *visit) error {
	monday := mondayOf(v, r.FormValue("week"))
	body := calendarBody{
		Week: "Week of " + monday.WordsWithYear("en"), Everybody: r.FormValue("who") == "team",
		Monday: monday.String(), Before: monday.AddDays(-daysOfWeek).String(), After: monday.AddDays(daysOfWeek).String(),
		This: mondayOf(v, "").String(),
	}
	var visits []visitRow
	err := d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		workers, err := whose(tx, v, body.Everybody)
		if err != nil {
			return err
		}
		visits = nil // may run again
		for _, worker := range workers {
			found, err := d.visits(tx, v, worker, monday)
			if err != nil {
				return err
			}
			visits = append(visits, found...)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read a calendar: %w", err)
	}
	body.fill(v, monday, visits)
	return d.render(w, v, "calendar", page{Title: "Calendar: " + body.Week, Here: "calendar", Body: body})
}

// mondayOf is the Monday of the week that was asked for, or of this one.
func mondayOf(v *visit, asked string) calendar.Date {
	day, err := calendar.ParseDate(asked)
	if err != nil || day.Year < 2000 || day.Year > 2200 {
		day = v.team.Calendar.On(v.now)
	}
	return day.AddDays(-(int(day.Weekday()) + daysOfWeek - 1) % daysOfWeek)
}

// whose are the workers whose appointments are shown.
func whose(tx casework.Tx, v *visit, everybody bool) ([]*casework.User, error) {
	if !everybody {
		return []*casework.User{v.user}, nil
	}
	users, _, err := casework.Users.Range(tx, casework.Span{Index: "all", Limit: workersMost})
	return users, err
}

// visits are the appointments of one worker that still stand, up to the end of a
// week: those of the week, and those before now that nobody has marked.
func (d *Desk) visits(tx casework.Tx, v *visit, worker *casework.User, monday calendar.Date) ([]visitRow, error) {
	end := monday.AddDays(daysOfWeek).Time(0, 0, v.team.Calendar.Location())
	courses, _, err := casework.Courses.Range(tx, casework.Span{
		Index: "calendar", Prefix: casework.Join(string(worker.ID), ""),
		Until: casework.Join(string(worker.ID), casework.Moment(end)), Limit: weekMost, Reverse: true,
	})
	if err != nil {
		return nil, err
	}
	var out []visitRow
	seen := map[casework.CaseID]bool{}
	for _, course := range courses {
		if seen[course.Case] {
			continue // one entry for each of its appointments
		}
		seen[course.Case] = true
		found, err := d.visitsOf(tx, v, worker, course, end)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// visitsOf are the appointments of one course that a worker still has before a
// moment.
func (d *Desk) visitsOf(tx casework.Tx, v *visit, worker *casework.User, course *casework.Course, end time.Time) ([]visitRow, error) {
	cr := &caseRecords{course: course, names: map[casework.UserID]string{worker.ID: worker.Name.Reveal()}}
	var name, reference string
	if err := nameCase(tx, course.Case, &name, &reference); err != nil {
		return nil, err
	}
	jobs, _, err := casework.Jobs.Range(tx, casework.Span{Prefix: casework.JobPrefix(course.Conversation), Limit: jobsShown})
	if err != nil {
		return nil, err
	}
	var out []visitRow
	for _, a := range course.Appointments {
		if a.Worker != worker.ID || !a.Stands() || !a.Start.Before(end) {
			continue
		}
		row := visitRow{
			appointmentRow: d.appointmentRow(v.clock(), cr, a), Name: name, Reference: reference,
			Reminder: nextText(v.clock(), jobs, a), with: worker.ID, start: a.Start, end: a.Start.Add(time.Duration(a.Minutes) * time.Minute),
		}
		if worker.ID == v.user.ID {
			row.Worker = "" // her own need not say so
		}
		row.Hours = words.Hour(a.Start.In(v.team.Calendar.Location()))
		if row.Until != "" {
			row.Hours += " to " + row.Until
		}
		out = append(out, row)
	}
	return out, nil
}

// nextText says what is sent about an appointment next; empty for nothing.
func nextText(clock words.Clock, jobs []*casework.Job, a *casework.Appointment) string {
	var next *casework.Job
	for _, j := range jobs {
		if j.State != casework.JobWaiting || j.Send == "" || j.About != a.Subject() {
			continue
		}
		if next == nil || j.DueAt.Before(next.DueAt) {
			next = j
		}
	}
	if next == nil {
		return ""
	}
	return words.Send(next.Send) + ", " + clock.Coming(next.DueAt)
}

// fill puts the appointments into the days of the week.
func (body *calendarBody) fill(v *visit, monday calendar.Date, visits []visitRow) {
	slices.SortStableFunc(visits, func(a, b visitRow) int {
		return cmp.Or(a.start.Compare(b.start), cmp.Compare(a.ID, b.ID))
	})
	today := v.team.Calendar.On(v.now)
	found := false
	for i := range daysOfWeek {
		day := monday.AddDays(i)
		row := dayRow{ID: day.String(), Name: day.Words("en"), Today: day == today, Past: day.Before(today), Note: closedNote(v.team.Calendar, day)}
		for _, visit := range visits {
			if v.team.Calendar.On(visit.start) == day {
				visit.Clash = clash(visit, visits)
				row.Visits, found = append(row.Visits, visit), true
			}
		}
		if len(row.Visits) > 0 || v.team.Calendar.WorkingDay(day) || row.Note != "" && i < 5 {
			body.Days = append(body.Days, row)
		}
	}
	first := monday.Time(0, 0, v.team.Calendar.Location())
	for _, visit := range visits {
		if visit.Mark && visit.start.Before(first) {
			body.Unmarked = append(body.Unmarked, visit)
		}
	}
	if !found {
		body.Empty = "No appointments in this week."
		body.Days = slices.DeleteFunc(body.Days, func(d dayRow) bool { return d.Note == "" })
	}
}

// closedNote says why a day is not worked.
func closedNote(c *calendar.Calendar, day calendar.Date) string {
	switch {
	case c.BankHoliday(day):
		return "Bank holiday"
	case !c.WorkingDay(day):
		return "The team is closed"
	}
	return ""
}

// clash names whom else a worker would have to be with at the same time. It
// warns and forbids nothing.
func clash(a visitRow, all []visitRow) string {
	for _, b := range all {
		if a.ID != b.ID && a.with == b.with && a.start.Before(b.end) && b.start.Before(a.end) {
			return "At the same time as " + b.Name
		}
	}
	return ""
}
