package service

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
)

// rounds look at what one team has before it on one day. What is the same for
// all its workers is read once.
type rounds struct {
	tx    casework.Tx
	team  *conversation.Team
	today calendar.Date
	now   time.Time

	tasks *load
	cases *load
}

// load counts what is due: for each worker what is hers, and under nobody what
// anybody of the team may take.
type load map[casework.UserID]int

// of is what a worker may do something about: her own, and nobody's.
func (l load) of(u casework.UserID) int { return l[u] + l[""] }

// evening counts the tasks that are due and the appointments of the next working
// day. A worker who has neither is left in peace.
func evening(r *rounds, u *casework.User) (note, error) {
	tasks, err := r.dueTasks()
	if err != nil {
		return note{}, err
	}
	next := r.team.Calendar.WorkingDayOnOrAfter(r.today.AddDays(1))
	diary, err := r.diary(u.ID, next)
	if err != nil || tasks.of(u.ID) == 0 && len(diary) == 0 {
		return note{}, err
	}
	n := note{key: flows.TextDigest, values: map[string]string{
		"tasks": count("tasks", tasks.of(u.ID)), "day": dayWords(r.team, next),
	}}
	if len(diary) > 0 {
		n.key = flows.TextDigestFirst
		n.values["visits"] = count("visits", len(diary))
		n.values["time"] = clock(diary[0].In(r.team.Calendar.Location()))
	}
	return n, nil
}

// morning counts what cannot wait and what is due, and says who is told first of
// an alert. A worker who has nothing of it and is not on duty is left in peace.
func morning(r *rounds, u *casework.User) (note, error) {
	alerts, err := r.openAlerts()
	if err != nil {
		return note{}, err
	}
	tasks, err := r.dueTasks()
	if err != nil {
		return note{}, err
	}
	cases, err := r.dueCases()
	if err != nil {
		return note{}, err
	}
	n := note{key: flows.TextMorningNobody, values: map[string]string{
		"day": dayWords(r.team, r.today), "alerts": count("alerts", alerts),
		"tasks": count("tasks", tasks.of(u.ID)), "waiting": count("waiting", cases.of(u.ID)),
	}}
	if len(r.team.Duty) > 0 {
		first := r.team.Duty[0]
		n.key = flows.TextMorning
		n.values["ending"] = ending(first)
		if first == u.Phone {
			n.key = flows.TextMorningYours
		}
	}
	if alerts+tasks.of(u.ID)+cases.of(u.ID) == 0 && n.key != flows.TextMorningYours {
		return note{}, nil
	}
	return n, nil
}

// openAlerts counts the alerts that nobody has closed, as far as a text says.
func (r *rounds) openAlerts() (int, error) {
	open, _, err := casework.Alerts.Range(r.tx, casework.Span{Index: "open", Limit: 100})
	if err != nil {
		return 0, fmt.Errorf("count alerts: %w", err)
	}
	return len(open), nil
}

// tonight is when the day of the list is over.
func (r *rounds) tonight() time.Time {
	return r.today.AddDays(1).Time(0, 0, r.team.Calendar.Location())
}

// dueTasks counts the open tasks that are due by tonight. A task is the worker's
// who has the case.
func (r *rounds) dueTasks() (load, error) {
	if r.tasks != nil {
		return *r.tasks, nil
	}
	out := load{}
	span := casework.Span{Index: "open", Until: casework.Moment(r.tonight())}
	for {
		tasks, next, err := casework.Tasks.Range(r.tx, span)
		if err != nil {
			return nil, fmt.Errorf("count tasks: %w", err)
		}
		keys := make([]string, len(tasks))
		for i, t := range tasks {
			keys[i] = string(t.Case)
		}
		cases, err := casework.Cases.GetMany(r.tx, keys)
		if err != nil {
			return nil, fmt.Errorf("find whose tasks they are: %w", err)
		}
		for _, c := range cases {
			if c == nil {
				out[""]++
				continue
			}
			out[c.Worker]++
		}
		if next == "" {
			r.tasks = &out
			return out, nil
		}
		span.After = next
	}
}

// dueCases counts the people somebody should be in touch with by tonight: those
// whom nobody has picked up, and those who wrote last.
func (r *rounds) dueCases() (load, error) {
	if r.cases != nil {
		return *r.cases, nil
	}
	out := load{}
	for _, section := range []string{casework.SectionWaiting, casework.SectionReply} {
		span := casework.Span{Index: "queue", Prefix: casework.Join(section, "")}
		for {
			cases, next, err := casework.Cases.Range(r.tx, span)
			if err != nil {
				return nil, fmt.Errorf("count who waits: %w", err)
			}
			for _, c := range cases {
				if c.CannotWait || c.DueAt.Before(r.tonight()) {
					out[c.Worker]++
				}
			}
			if next == "" {
				break
			}
			span.After = next
		}
	}
	r.cases = &out
	return out, nil
}

// diary are the moments of a worker's appointments on a day, in order. A course
// stands in the index once for each of its appointments.
func (r *rounds) diary(worker casework.UserID, day calendar.Date) ([]time.Time, error) {
	location := r.team.Calendar.Location()
	until := day.AddDays(1).Time(0, 0, location)
	seen := map[string]time.Time{}
	span := casework.Span{
		Index: "calendar", Prefix: casework.Join(string(worker), ""),
		Until: casework.Join(string(worker), casework.Moment(until)),
	}
	for {
		courses, next, err := casework.Courses.Range(r.tx, span)
		if err != nil {
			return nil, fmt.Errorf("read the diary: %w", err)
		}
		for _, c := range courses {
			for _, a := range c.Appointments {
				if a.Stands() && a.Worker == worker && r.team.Calendar.On(a.Start) == day {
					seen[string(c.Case)+"/"+a.ID] = a.Start
				}
			}
		}
		if next == "" {
			break
		}
		span.After = next
	}
	out := make([]time.Time, 0, len(seen))
	for _, at := range seen {
		out = append(out, at)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out, nil
}

// count writes a number into a hole that has room for so many digits.
func count(hole string, n int) string {
	most := 1
	for range flows.Room(hole) {
		most *= 10
	}
	return strconv.Itoa(min(n, most-1))
}

// ending are the last digits of a number: enough to know a colleague's phone by.
func ending(number casework.Private) string {
	n := number.Reveal()
	return n[max(len(n)-3, 0):]
}

// clock is a time of day as texts have it: 2pm, 10.30am.
func clock(at time.Time) string {
	if at.Minute() == 0 {
		return at.Format("3pm")
	}
	return at.Format("3.04pm")
}
