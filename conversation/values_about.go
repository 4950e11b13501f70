package conversation

import (
	"strconv"
	"strings"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// factAbout is what is known of what a flow is about: what the record itself
// says, or what she has said of it.
func (t *turn) factAbout(about casework.About, name string) ([]string, bool) {
	switch name {
	case flows.FactVisit:
		if a := t.appointment(); a != nil {
			return []string{string(a.Type)}, true
		}
		return nil, true
	case flows.FactTogether:
		a := t.appointment()
		return yesNo(a != nil && a.Together), true
	case flows.FactPoint:
		return []string{about.ID}, about.Kind == casework.AboutMeasure
	case flows.FactSlots:
		return t.slots(), true
	}
	if a, ok := t.said[about][name]; ok {
		return a.Values, true
	}
	if a, ok := t.facts.Course.Kept(about)[name]; ok {
		return a.Values, true
	}
	return nil, false
}

// appointment is the one that the flow is about, nil where it is about none. A
// time that she has chosen in this turn is its time already.
func (t *turn) appointment() *casework.Appointment {
	about := t.about()
	if about.Kind != casework.AboutAppointment || t.facts.Course == nil {
		return nil
	}
	a := t.facts.Course.Appointment(about.ID)
	if answer, ok := t.said[about][casework.FactSlot]; ok && a != nil && a.State == casework.Offered {
		chosen := *a
		chosen.Start = a.ChosenBy(answer)
		return &chosen
	}
	return a
}

// referral is the onward referral that the flow is about, or that its
// appointment belongs to.
func (t *turn) referral() *casework.Onward {
	if t.facts.Course == nil {
		return nil
	}
	if a := t.appointment(); a != nil {
		return t.facts.Course.Referral(a.Onward)
	}
	if about := t.about(); about.Kind == casework.AboutOnward {
		return t.facts.Course.Referral(about.ID)
	}
	return nil
}

func (t *turn) signpost() *casework.Signpost {
	if about := t.about(); about.Kind == casework.AboutSignpost && t.facts.Course != nil {
		return t.facts.Course.Signpost(about.ID)
	}
	return nil
}

// slots are the options of the times that are offered and not over yet, and
// "none": an offer may be answered days after it was made.
func (t *turn) slots() []string {
	a := t.appointment()
	if a == nil {
		return nil
	}
	out := make([]string, 0, len(a.Slots)+1)
	for i, at := range a.Slots {
		if at.After(t.now) {
			out = append(out, "slot"+strconv.Itoa(i+1))
		}
	}
	return append(out, "none")
}

// placeholdersAbout say what stands for what in a flow that is about something.
var placeholdersAbout = map[string]func(*turn) string{
	"place": ofAppointment(func(a *casework.Appointment) casework.Private { return a.Place }),
	"meet": ofAppointment(func(a *casework.Appointment) casework.Private {
		if a.Meet == "" {
			return a.Place
		}
		return a.Meet
	}),
	"group": ofAppointment(func(a *casework.Appointment) casework.Private { return a.Title }),
	"time": func(t *turn) string {
		if a := t.appointment(); a != nil {
			return t.clock(a.Start)
		}
		return ""
	},
	"slot1": func(t *turn) string { return t.slot(0) },
	"slot2": func(t *turn) string { return t.slot(1) },
	"slot3": func(t *turn) string { return t.slot(2) },
	"org":   (*turn).organisation,
	"what":  ofSignpost(func(s *casework.Signpost) casework.Private { return s.What }),
	"cost":  ofSignpost(func(s *casework.Signpost) casework.Private { return s.Cost }),
	"tel":   ofSignpost(func(s *casework.Signpost) casework.Private { return s.Phone }),
	"goals": (*turn).goals,
	"referrer": func(t *turn) string {
		if in := t.facts.Invitation; in != nil {
			return in.Referrer.Reveal()
		}
		return ""
	},
	"n": func(t *turn) string {
		return strings.TrimSuffix(t.about().ID, "m") // the point of the measures: 3m, 6m
	},
	"day": func(t *turn) string {
		if a := t.appointment(); a != nil {
			return t.date(t.facts.Team.Calendar.On(a.Start))
		}
		return ""
	},
}

func ofAppointment(value func(*casework.Appointment) casework.Private) func(*turn) string {
	return func(t *turn) string {
		if a := t.appointment(); a != nil {
			return value(a).Reveal()
		}
		return ""
	}
}

func ofSignpost(value func(*casework.Signpost) casework.Private) func(*turn) string {
	return func(t *turn) string {
		if s := t.signpost(); s != nil {
			return value(s).Reveal()
		}
		return ""
	}
}

func (t *turn) organisation() string {
	if o := t.referral(); o != nil {
		return o.Org.Reveal()
	}
	if s := t.signpost(); s != nil {
		return s.Org.Reveal()
	}
	if a := t.appointment(); a != nil {
		return a.Place.Reveal() // a visit that no referral led to
	}
	return ""
}

// clock is a time of day as it is told: 2pm, 10.30am.
func (t *turn) clock(at time.Time) string {
	at = at.In(t.facts.Team.location())
	if at.Minute() == 0 {
		return at.Format("3pm")
	}
	return at.Format("3.04pm")
}

// slot is one of the times that are offered: "Tue 4 May 10am".
func (t *turn) slot(i int) string {
	a := t.appointment()
	if a == nil || i >= len(a.Slots) {
		return ""
	}
	at := a.Slots[i].In(t.facts.Team.location())
	return at.Format("Mon 2 Jan ") + t.clock(at)
}

// goals are the goals of the plan in force, numbered and cut to the room there
// is for them in a text.
func (t *turn) goals() string {
	plan := t.facts.Course.Plan()
	if plan == nil {
		return ""
	}
	parts := make([]string, len(plan.Goals))
	for i, g := range plan.Goals {
		parts[i] = strconv.Itoa(i+1) + " " + g.Text.Reveal()
	}
	return shorten(strings.Join(parts, ". "), flows.Room("goals"))
}
