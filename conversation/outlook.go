package conversation

import (
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// Outlook is what the plan of a case is a function of: the records, and nothing
// that passes by itself. The moment is not in it: what is wanted is the same
// whenever it is asked for, and the engine compares it with the jobs there are.
type Outlook struct {
	Case *casework.Case
	// Course is empty, never nil, before anything has happened.
	Course *casework.Course
	// Permitted is the permission in force for each purpose that was asked.
	Permitted map[casework.Purpose]string
	Contact   casework.ContactPoint
	// LastInAt is when she last texted, and Withdrawn that she took back the
	// permission to keep and text.
	LastInAt  time.Time
	Withdrawn bool
	Calendar  *calendar.Calendar
}

// Planner says which jobs there should be for a case; scheduler.Plan is one. It
// is pure. A job that is done is not done again while its key stays the same.
type Planner func(Outlook) []casework.Wanted
