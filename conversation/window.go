package conversation

import (
	"slices"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// safeHours are the hours of the times that W4 offers. A weekday's time is no
// weekend's: what she did not say is safe is not.
var safeHours = []struct {
	option   string
	weekend  bool
	from, to calendar.Clock
}{
	{"mornings", false, "09:00", "12:00"},
	{"afternoons", false, "12:00", "17:00"},
	{"evenings", false, "17:00", "20:00"},
	{"weekends", true, "09:00", "20:00"},
}

// safeMargin is what is kept free before the end of a safe time, for a text
// that is slow on its way.
const safeMargin = 15 * time.Minute

// farthest is how many days ahead a window is looked for: longer than any run
// of bank holidays and weekends.
const farthest = 15

// span is a part of a day in which a text may leave.
type span struct{ from, to time.Time }

// contactWindow is the first part of a day, from at on, in which a text of this
// class may leave for this contact point: the team's hours on its working days
// for what is automatic, the hard bounds for what a worker writes, and of those
// only what she said is safe (W4, I7). ok is false where there is none.
func (t *Team) contactWindow(cp *casework.ContactPoint, class casework.DeliveryClass, at time.Time) (s span, ok bool) {
	today := t.Calendar.On(at)
	for ahead := range farthest {
		for _, s := range t.hoursOn(today.AddDays(ahead), cp, class) {
			if s.to.After(at) {
				return span{later(s.from, at), s.to}, true
			}
		}
	}
	return span{}, false
}

// hoursOn are the parts of a day in which a text may leave, in order.
func (t *Team) hoursOn(day calendar.Date, cp *casework.ContactPoint, class casework.DeliveryClass) []span {
	from, to := t.textHours()
	switch {
	case t.AnyHour:
		from, to = calendar.EarliestFrom, calendar.LatestTo
	case class == casework.ClassWorker:
		from, to = calendar.EarliestFrom, calendar.LatestTo
	case !t.Calendar.WorkingDay(day):
		return nil
	}
	whole := span{t.at(day, from), t.at(day, to)}
	if cp.Safe != casework.SafeLimited {
		if t.AnyHour {
			return []span{{t.at(day, "00:00"), t.at(day.AddDays(1), "00:00")}}
		}
		return []span{whole}
	}
	var out []span
	for _, h := range safeHours {
		if !slices.Contains(cp.SafeTimes, h.option) || h.weekend != weekend(day) {
			continue
		}
		part := span{later(whole.from, t.at(day, h.from)), earlier(whole.to, t.at(day, h.to).Add(-safeMargin))}
		if part.from.Before(part.to) {
			out = append(out, part)
		}
	}
	return out
}

// textHours are the hours in which the team's automatic texts leave, within the
// bounds that nobody widens.
func (t *Team) textHours() (from, to calendar.Clock) {
	from, to = t.TextFrom, t.TextTo
	if from == "" {
		from = calendar.DefaultFrom
	}
	if to == "" {
		to = calendar.DefaultTo
	}
	return max(from, calendar.EarliestFrom), min(to, calendar.LatestTo)
}

func (t *Team) at(day calendar.Date, c calendar.Clock) time.Time {
	minutes, _ := c.Minutes()
	return day.Time(minutes/60, minutes%60, t.location())
}

// window is from when and until when the text of this turn is worth sending. A
// window that is days away does not make it worthless: it is worth sending for
// a day once it may leave. Where she named no time that we know, the empty
// window keeps it for a person.
func (b *books) window() (from, until time.Time) {
	if b.class == casework.ClassSafety || b.class == casework.ClassAnswer {
		return b.now, b.now.Add(notAfter)
	}
	s, ok := b.team.contactWindow(b.contact, b.class, b.now)
	switch {
	case !ok:
		return b.now, b.now.Add(-time.Minute)
	case b.contact.Safe == casework.SafeLimited:
		return s.from, s.to
	}
	return s.from, s.from.Add(notAfter)
}

func weekend(d calendar.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
