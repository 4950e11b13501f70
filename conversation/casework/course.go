package casework

import "time"

// Course is all that happens to one case between pick-up and closing: what was
// booked, tried, agreed and measured. It is one record, so that the plan of what
// should happen next is a function of one thing that is read at once, and a
// change and the jobs that follow from it are one commit (domain 5.1, 5.5).
type Course struct {
	Stamp
	Case         CaseID         `json:"case"`
	Team         TeamID         `json:"team"`
	Conversation ConversationID `json:"conversation"`
	DataKey      KeyID          `json:"data_key"`

	Appointments []*Appointment `json:"appointments,omitempty"`
	Onward       []*Onward      `json:"onward,omitempty"`
	// Plans are the versions of the plan, oldest first; the last is in force.
	Plans     []*Plan     `json:"plans,omitempty"`
	Measures  []*Measure  `json:"measures,omitempty"`
	Signposts []*Signpost `json:"signposts,omitempty"`
	// Contacts are the talks and visits that count towards the twelve (J17), and
	// the attempts that came to nothing.
	Contacts []Contact   `json:"contacts,omitempty"`
	Unmet    []UnmetNeed `json:"unmet,omitempty"`
	// Ending is the civil date on which the worker means to close the case, empty
	// for none (J19).
	Ending   string `json:"ending,omitempty"`
	EndingAt Answer `json:"ending_at,omitzero"` // what she said when she was told (X1)
	// Nudged is what she answered when she had not finished (E3), so that she is
	// not asked again.
	Nudged Answer `json:"nudged,omitzero"`
}

// Courses are found by their case; the calendar finds appointments that are
// still to come, by worker and moment.
var Courses = declare(spec[Course]{
	name: "course",
	key:  func(c *Course) string { return string(c.Case) },
	team: func(c *Course) TeamID { return c.Team },
	seal: func(c *Course) KeyID { return c.DataKey },
	indexes: []index[Course]{
		{name: "calendar", entries: calendarEntries},
	},
})

// calendarEntries are the worker and the start of each appointment that stands.
func calendarEntries(c *Course) []string {
	var out []string
	for _, a := range c.Appointments {
		if a.Stands() && a.Worker != "" {
			out = append(out, Join(string(a.Worker), Moment(a.Start), a.ID))
		}
	}
	return out
}

// AboutKind says what kind of thing a message, a job or a flow is about.
type AboutKind string

// What a flow can be about besides the case itself.
const (
	AboutCase        AboutKind = "case"
	AboutAppointment AboutKind = "appointment"
	AboutOnward      AboutKind = "onward"
	AboutPlan        AboutKind = "plan"
	AboutMeasure     AboutKind = "measure"
	AboutSignpost    AboutKind = "signpost"
	AboutInvitation  AboutKind = "invitation"
	AboutAlert       AboutKind = "alert"
)

// About names one thing in a course, in one version: what is said of a version
// that is no more is not said (I12).
type About struct {
	Kind AboutKind `json:"kind,omitempty"`
	ID   string    `json:"id,omitempty"`
	Rev  int       `json:"rev,omitempty"`
}

// String writes the subject for a key: printable and nothing personal.
func (a About) String() string {
	if a.Kind == "" {
		return ""
	}
	return string(a.Kind) + "." + a.ID + "." + itoa(a.Rev)
}

// Answers are what she said of one thing, by the fact that keeps it. Everything
// in a course that a flow can be about has them.
type Answers map[string]Answer

// subject is a thing in a course that a flow can be about.
type subject interface {
	about() About
	answers() *Answers
	fire(event string, now time.Time) error
}

// find returns the thing that About names, nil where it is gone. The revision
// is not compared: see Current.
func (c *Course) find(a About) subject {
	switch a.Kind {
	case AboutAppointment:
		return pick(c.Appointments, a.ID)
	case AboutOnward:
		return pick(c.Onward, a.ID)
	case AboutPlan:
		return pick(c.Plans, a.ID)
	case AboutMeasure:
		return pick(c.Measures, a.ID)
	case AboutSignpost:
		return pick(c.Signposts, a.ID)
	case AboutCase, AboutInvitation, AboutAlert:
	}
	return nil
}

// pick finds by id; a nil interface where there is none.
func pick[T subject](all []T, id string) subject {
	for _, s := range all {
		if s.about().ID == id {
			return s
		}
	}
	return nil
}

// Current reports whether a thing still stands in the version that was meant. A
// reminder of an appointment that was moved or called off is not current.
func (c *Course) Current(a About) bool {
	if a.Kind == "" || a.Kind == AboutCase {
		return true
	}
	if c == nil {
		return false
	}
	s := c.find(a)
	return s != nil && s.about().Rev == a.Rev
}

// Fire moves a thing along its life. One that is gone is ErrNotFound.
func (c *Course) Fire(a About, event string, now time.Time) error {
	s := c.find(a)
	if s == nil {
		return ErrNotFound
	}
	return s.fire(event, now)
}

// Keep keeps an answer with the thing it is about.
func (c *Course) Keep(a About, fact string, answer Answer) error {
	s := c.find(a)
	if s == nil {
		return ErrNotFound
	}
	kept := s.answers()
	if *kept == nil {
		*kept = Answers{}
	}
	(*kept)[fact] = answer
	return nil
}

// Kept are the answers about a thing; nil where it is gone.
func (c *Course) Kept(a About) Answers {
	if c == nil {
		return nil
	}
	s := c.find(a)
	if s == nil {
		return nil
	}
	return *s.answers()
}

// Appointment returns the appointment with this id, nil where there is none.
func (c *Course) Appointment(id string) *Appointment { return one(c.Appointments, id) }

// Referral returns the onward referral with this id, nil where there is none.
func (c *Course) Referral(id string) *Onward { return one(c.Onward, id) }

// Measure returns the set of measures with this id, nil where there is none.
func (c *Course) Measure(id string) *Measure { return one(c.Measures, id) }

// Signpost returns the signpost with this id, nil where there is none.
func (c *Course) Signpost(id string) *Signpost { return one(c.Signposts, id) }

// Plan returns the version of the plan in force, nil before there is one.
func (c *Course) Plan() *Plan {
	if c == nil || len(c.Plans) == 0 {
		return nil
	}
	return c.Plans[len(c.Plans)-1]
}

func one[T subject](all []T, id string) T {
	for _, s := range all {
		if s.about().ID == id {
			return s
		}
	}
	var none T
	return none
}
