package conversation

import (
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// Team is what a turn needs to know of the team whose number was texted.
type Team struct {
	ID   casework.TeamID
	Name string
	// Nation chooses the helplines and the bank holidays.
	Nation calendar.Nation
	// Calendar holds the working days and hours of the team.
	Calendar *calendar.Calendar
	// Phone is where a person can ring, as it is printed in a text.
	Phone string
	// LocalLine is where urgent local help with food, heat or a home is found,
	// as it is printed; empty where the team has none.
	LocalLine string
	// PrivacyURL says how what people tell us is kept safe.
	PrivacyURL string
	// Languages are those the team speaks, the first its default.
	Languages []string
	// Duty are the numbers told of an alert, in order; none means that nobody
	// is on duty.
	Duty []casework.Private
	// TextFrom and TextTo are between which hours of a working day automatic texts
	// leave; 09:00 and 18:00 where nothing is said.
	TextFrom, TextTo calendar.Clock
	// AnyHour is for a made-up team, which can be tried at any hour of any day:
	// nobody is woken by it.
	AnyHour bool
	// Demo marks a made-up team: nothing of it leaves this machine.
	Demo bool
	// FirstContact is how many working days a person waits for us at most;
	// zero means 5 (domain 5.4).
	FirstContact int
}

// location is where the team's civil dates are counted.
func (t *Team) location() *time.Location { return t.Calendar.Location() }
