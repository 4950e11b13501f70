package casework

import (
	"strconv"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// AppointmentType says what an appointment is for (domain 5.1).
type AppointmentType string

// The types of appointment. Each has a file of rules in the scheduler.
const (
	Assessment   AppointmentType = "assessment" // the first talk, 45 minutes
	PlanMeeting  AppointmentType = "plan"
	ReviewVisit  AppointmentType = "review"
	PhoneCheckIn AppointmentType = "phone_checkin"
	// Accompany is a visit to a service that she makes together with the worker.
	Accompany  AppointmentType = "accompany"
	HomeVisit  AppointmentType = "home_visit"
	GroupVisit AppointmentType = "group"
	// OnwardVisit is a visit to a service that she makes by herself.
	OnwardVisit AppointmentType = "onward"
	OtherVisit  AppointmentType = "other"
)

// AppointmentTypes lists every type.
func AppointmentTypes() []AppointmentType {
	return []AppointmentType{
		Assessment, PlanMeeting, ReviewVisit, PhoneCheckIn, Accompany, HomeVisit, GroupVisit, OnwardVisit, OtherVisit,
	}
}

// AppointmentState is where an appointment stands.
type AppointmentState string

// The states of an appointment.
const (
	Offered        AppointmentState = "offered"      // up to three times by text (P1)
	Booked         AppointmentState = "booked"       // a time is agreed (P2)
	Confirmed      AppointmentState = "confirmed"    // she said that she can come (R3)
	ChangeAsked    AppointmentState = "change_asked" // she needs another time
	Declined       AppointmentState = "declined"     // she does not want it now
	Attended       AppointmentState = "attended"
	DidNotAttend   AppointmentState = "dna"
	CancelledByUs  AppointmentState = "cancelled"
	NoneOfTheTimes AppointmentState = "none_fits" // none of the times that were offered
)

// Appointment is a talk or a visit, offered, booked and what became of it. Rev
// grows with every change of its time or place, so that a reminder of what it
// was can never leave (messaging-safety I12).
type Appointment struct {
	ID      string           `json:"id"`
	Rev     int              `json:"rev"`
	Type    AppointmentType  `json:"type"`
	State   AppointmentState `json:"state"`
	Worker  UserID           `json:"worker,omitempty"`
	Start   time.Time        `json:"start,omitzero"`
	Minutes int              `json:"minutes,omitempty"`
	// Title is what a group is called, empty for a talk.
	Title Private `json:"title,omitempty"`
	// Place is where it is and Meet where they meet when they go together.
	Place Private `json:"place,omitempty"`
	Meet  Private `json:"meet,omitempty"`
	// Slots are the times that were offered.
	Slots []time.Time `json:"slots,omitempty"`
	// Onward is the referral that a visit belongs to, empty for none.
	Onward string `json:"onward,omitempty"`
	// Together is set when the worker comes along.
	Together bool `json:"together,omitempty"`
	// MadeAt is when it was offered first, BookedAt when the present time was
	// agreed and SettledAt when it was marked as attended, missed or called off.
	MadeAt    time.Time `json:"made_at"`
	BookedAt  time.Time `json:"booked_at,omitzero"`
	SettledAt time.Time `json:"settled_at,omitzero"`
	// Rebooked counts how often it was moved.
	Rebooked int `json:"rebooked,omitempty"`
	// Once is the token of the form it was made in.
	Once string `json:"once,omitempty"`
	// Missed counts how often she did not come to it: a new time does not make
	// it forgotten, because the next reminder then asks once more (J6).
	Missed int `json:"missed,omitempty"`
	// Said are her answers about it: to the reminders, why she did not come, her
	// homework.
	Said Answers `json:"said,omitempty"`
}

// Stands reports whether the appointment is still to take place.
func (a *Appointment) Stands() bool {
	return a.State == Booked || a.State == Confirmed
}

// Subject names the appointment as it now stands.
func (a *Appointment) Subject() About { return a.about() }

// FactSlot keeps which of the offered times she chose: slot1, slot2, slot3.
const FactSlot = "slot"

// Chosen is the time that she chose of those offered; zero before she has.
func (a *Appointment) Chosen() time.Time { return a.ChosenBy(a.Said[FactSlot]) }

// ChosenBy is the time that an answer to the offer chooses; zero for none.
func (a *Appointment) ChosenBy(answer Answer) time.Time {
	for i, slot := range a.Slots {
		if len(answer.Values) == 1 && answer.Values[0] == "slot"+itoa(i+1) {
			return slot
		}
	}
	return time.Time{}
}

// Move gives the appointment another time or place: it is booked anew, and what
// was said of the time before counts no more.
func (a *Appointment) Move(start time.Time, place Private, now time.Time) error {
	if err := a.fire("book", now); err != nil {
		return err
	}
	a.Rev++
	a.Rebooked++
	a.Start, a.Place, a.BookedAt, a.SettledAt = start, place, now, time.Time{}
	delete(a.Said, "can_come")
	return nil
}

func (a *Appointment) about() About      { return About{Kind: AboutAppointment, ID: a.ID, Rev: a.Rev} }
func (a *Appointment) answers() *Answers { return &a.Said }

// Fire moves the appointment along its life: offer, book, confirm, change,
// decline, attend, miss, cancel, none_fits.
func (a *Appointment) Fire(event string, now time.Time) error { return a.fire(event, now) }

func (a *Appointment) fire(event string, now time.Time) error {
	to, err := appointmentLife.fire(string(a.State), event)
	if err != nil {
		return err
	}
	if event == "book" && a.State == Offered {
		a.BookedAt = now
		if chosen := a.Chosen(); !chosen.IsZero() { // a group has but one time
			a.Start = chosen
		}
	}
	if to != string(a.State) {
		switch event {
		case "attend", "miss", "decline", "none_fits":
			a.SettledAt = now
		case "cancel":
			a.SettledAt = now
			a.Rev++ // what was said of it while it stood is said no more (I12)
		}
		if event == "miss" {
			a.Missed++
		}
	}
	a.State = AppointmentState(to)
	return nil
}
