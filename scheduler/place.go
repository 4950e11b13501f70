package scheduler

import (
	"hash/fnv"
	"slices"
	"time"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// lastSlot is how long before the end of the window a reminder leaves that was
// due after it.
const lastSlot = 30 * time.Minute

// open moves a moment to one at which it may happen. A reminder that comes before
// something moves to the nearest earlier open day (decision 30), because later is
// too late; one that is counted in hours has no such day and is left out. Any
// other text waits for the next window, and a task for somebody to be there. What the person's own safe
// hours and the caps make of it is decided when it leaves.
func (r *rule) open(o conversation.Outlook, due time.Time) (time.Time, bool) {
	c := o.Calendar
	switch {
	case r.send == "":
		return c.NextOpening(due), true
	case !r.reminder || !r.due.before:
		if r.due.at != "" {
			due = onDay(c.WorkingDayOnOrAfter(c.On(due)), r.due.at, due, c)
		}
		return c.NextInWindow(due, calendar.DefaultFrom, calendar.DefaultTo), true
	case r.due.elapses() && !c.WorkingDay(c.On(due)):
		return time.Time{}, false
	}
	day := c.WorkingDayOnOrBefore(c.On(due))
	due = onDay(day, "", due, c)
	if c.InWindow(due, calendar.DefaultFrom, calendar.DefaultTo) {
		return due, true
	}
	opening := onDay(day, calendar.DefaultFrom, due, c)
	if due.Before(opening) {
		return opening, true
	}
	return onDay(day, calendar.DefaultTo, due, c).Add(-lastSlot), true
}

// standing leaves out a reminder where a later one about the same thing leaves
// on that day (decision 30), and with it what counts from a job that is not
// there.
func standing(o conversation.Outlook, jobs []*job) []*job {
	last := map[calendar.Date]*job{}
	for _, j := range jobs {
		if j.Reminder {
			last[o.Calendar.On(j.DueAt)] = j
		}
	}
	gone := map[string]bool{}
	return slices.DeleteFunc(jobs, func(j *job) bool {
		absorbed := j.Reminder && last[o.Calendar.On(j.DueAt)] != j
		absorbed = absorbed || gone[j.rule.due.of] || slices.ContainsFunc(j.rule.needs, func(n string) bool { return gone[n] })
		gone[j.name] = absorbed
		return absorbed
	})
}

// spreadOut moves a text of a clock time a little, by what its key says, so that
// it is the same however often it is asked for. A task and what counts in hours
// stay where they are, and so does what would leave too late.
func (p *Plans) spreadOut(o conversation.Outlook, j *job) casework.Wanted {
	w := j.Wanted
	if p.spread < time.Second || w.Send == "" || j.rule.due.at == "" {
		return w
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(w.Key(o.Case.Conversation, o.Case.ID)))
	seconds := int64(sum.Sum32()) % int64(p.spread/time.Second)
	at := w.DueAt.Add(time.Duration(seconds) * time.Second)
	if at.After(w.NotAfter) || !o.Calendar.InWindow(at, calendar.DefaultFrom, calendar.DefaultTo) {
		return w
	}
	w.DueAt = at
	return w
}
