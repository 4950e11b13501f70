package conversation_test

import (
	"testing"
	"time"

	"linkline/conversation/casework"
)

// Somebody else reads her texts at the other times (W4, I7).
func TestANoticeLeavesOnlyAtASafeTime(t *testing.T) {
	t.Parallel()
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC) }
	cases := map[string]struct {
		times       []string
		now         time.Time // the 2nd is a Monday
		from, until time.Time
	}{
		"later today":       {[]string{"evenings"}, at(2, 10, 0), at(2, 17, 0), at(2, 18, 0)},
		"now":               {[]string{"mornings"}, at(2, 10, 0), at(2, 10, 0), at(2, 11, 45)},
		"too late today":    {[]string{"mornings"}, at(2, 11, 50), at(3, 9, 0), at(3, 11, 45)},
		"the first of two":  {[]string{"evenings", "afternoons"}, at(2, 10, 0), at(2, 12, 0), at(2, 16, 45)},
		"not on a Saturday": {[]string{"evenings"}, at(6, 20, 0), at(9, 17, 0), at(9, 18, 0)},
		// Her wish narrows the team's hours, which are those of working days.
		"only at weekends":   {[]string{"weekends"}, at(2, 10, 0), at(2, 10, 0), at(2, 9, 59)},
		"weekends and more":  {[]string{"weekends", "mornings"}, at(7, 10, 0), at(9, 9, 0), at(9, 11, 45)},
		"none that is known": {nil, at(2, 10, 0), at(2, 10, 0), at(2, 9, 59)},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, id := referred(t)
			p.changeContact(t, func(cp *casework.ContactPoint) { cp.Safe, cp.SafeTimes = casework.SafeLimited, c.times })
			p.clock.advance(c.now.Sub(p.clock.Now()) - time.Millisecond)
			if err := p.deed(t, id, "pick up"); err != nil {
				t.Fatal(err)
			}
			var d *casework.Delivery
			p.each(t, func(m *casework.Message) {
				if m.Way == casework.Out && m.Delivery.Class == casework.ClassReminder {
					d = m.Delivery
				}
			})
			if d == nil {
				t.Fatal("nothing was planned")
			}
			if from, until := d.NotBefore.Truncate(time.Second), d.NotAfter.Truncate(time.Second); !from.Equal(c.from) || !until.Equal(c.until) {
				t.Errorf("it may leave from %s until %s, want %s until %s", from, until, c.from, c.until)
			}
		})
	}
}
