package conversation

import (
	"slices"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// safeHours are the hours of the times that W4 offers, within the bounds that
// no text of ours leaves. A weekday's time is no weekend's: what she did not
// say is safe is not.
var safeHours = []struct {
	option   string
	weekend  bool
	from, to int
}{
	{"mornings", false, 9, 12},
	{"afternoons", false, 12, 17},
	{"evenings", false, 17, 20},
	{"weekends", true, 9, 20},
}

// safeMargin is what is kept free before the end of a safe time, for a text
// that is slow on its way.
const safeMargin = 15 * time.Minute

// window is from when and until when a notice may leave: at once and for a day,
// or at the next time that she said is safe (W4, I7). Where she named none that
// we know the zero window keeps it for a person.
func (b *books) window() (from, until time.Time) {
	if b.class != casework.ClassNotice || b.contact.Safe != casework.SafeLimited {
		return b.now, b.now.Add(notAfter)
	}
	today := b.team.Calendar.On(b.now)
	for ahead := range 8 {
		day := today.AddDays(ahead)
		for _, h := range safeHours {
			if !slices.Contains(b.contact.SafeTimes, h.option) || h.weekend != weekend(day) {
				continue
			}
			from, until = day.Time(h.from, 0, b.team.location()), day.Time(h.to, 0, b.team.location()).Add(-safeMargin)
			if until.After(b.now) {
				return later(from, b.now), until
			}
		}
	}
	return b.now, b.now.Add(-time.Minute)
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
