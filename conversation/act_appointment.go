package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// Errors that tell a worker why an appointment cannot be so.
var (
	// ErrPast means that an appointment was to be made for a moment that is over.
	ErrPast = errors.New("that time is over")
	// ErrNotYet means that it is said of an appointment that is still to come
	// that she missed it.
	ErrNotYet = errors.New("that time is still to come")
)

// Booking is an appointment as a worker makes it: with one time it is booked and
// the person is told (P2); with up to three it is offered to her (P1).
type Booking struct {
	Type    casework.AppointmentType
	Slots   []time.Time
	Minutes int
	Title   casework.Private // of a group
	Place   casework.Private
	Meet    casework.Private // where they meet, when they go together
	// Onward is the referral that a visit belongs to; Together that the worker
	// comes along.
	Onward   string
	Together bool
	// Once is the token of the form it was written in.
	Once string
}

// mostSlots is how many times fit into one offer.
const mostSlots = 3

// Book makes an appointment, or offers times for one, and tells the person. It
// returns the appointment's id.
func (e *Engine) Book(ctx context.Context, by Actor, id casework.CaseID, m Booking) (string, error) {
	if len(m.Slots) == 0 || len(m.Slots) > mostSlots {
		return "", fmt.Errorf("an offer has one to %d times, not %d", mostSlots, len(m.Slots))
	}
	var made string
	err := e.course(ctx, SiteBook, by, id, func(b *books, facts Facts, course *casework.Course) error {
		if done := bookedBefore(course, m.Once); done != nil {
			made = done.ID
			return nil // a form sent twice
		}
		for _, slot := range m.Slots {
			if slot.Before(b.now) {
				return ErrPast
			}
		}
		a, err := b.appointment(by, m)
		if err != nil {
			return err
		}
		course.Appointments, made = append(course.Appointments, a), a.ID
		send := flows.SendBooked
		if a.State == casework.Offered {
			send = flows.SendOffer
		}
		if err := b.audit("appointment "+string(a.State), a.ID, ""); err != nil {
			return err
		}
		return e.tell(b, facts, send, a.Subject(), latest(m.Slots))
	})
	return made, err
}

func bookedBefore(course *casework.Course, once string) *casework.Appointment {
	for _, a := range course.Appointments {
		if once != "" && a.Once == once {
			return a
		}
	}
	return nil
}

// appointment is the record of a booking.
func (b *books) appointment(by Actor, m Booking) (*casework.Appointment, error) {
	id, err := b.ids.Next()
	if err != nil {
		return nil, err
	}
	a := &casework.Appointment{
		ID: id, Type: m.Type, State: casework.Offered, Worker: by.User, Minutes: m.Minutes, Title: m.Title,
		Place: m.Place, Meet: m.Meet, Onward: m.Onward, Together: m.Together || m.Type == casework.Accompany,
		MadeAt: b.now, Slots: m.Slots, Once: m.Once,
	}
	if len(m.Slots) == 1 {
		a.State, a.Start, a.BookedAt, a.Slots = casework.Booked, m.Slots[0], b.now, nil
	}
	return a, nil
}

func latest(times []time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		last = later(last, t)
	}
	return last
}

// Move gives an appointment another time or place and tells the person. What was
// planned of the time before can no longer leave (I12).
func (e *Engine) Move(ctx context.Context, by Actor, id casework.CaseID, appointment string, start time.Time, place casework.Private) error {
	return e.course(ctx, SiteBook, by, id, func(b *books, facts Facts, course *casework.Course) error {
		a := course.Appointment(appointment)
		switch {
		case a == nil:
			return casework.ErrNotFound
		case start.Before(b.now):
			return ErrPast
		case a.Start.Equal(start) && a.Place == place && a.Stands():
			return nil // a form sent twice
		}
		if err := a.Move(start, place, b.now); err != nil {
			return err
		}
		if err := b.audit("appointment moved", a.ID, ""); err != nil {
			return err
		}
		return e.tell(b, facts, flows.SendBooked, a.Subject(), start)
	})
}

// CallOff cancels an appointment for our own reasons and tells the person.
func (e *Engine) CallOff(ctx context.Context, by Actor, id casework.CaseID, appointment string) error {
	return e.course(ctx, SiteBook, by, id, func(b *books, facts Facts, course *casework.Course) error {
		a := course.Appointment(appointment)
		if a == nil {
			return casework.ErrNotFound
		}
		if a.State == casework.CancelledByUs {
			return nil // a form sent twice
		}
		stood := a.Stands()
		if err := a.Fire("cancel", b.now); err != nil {
			return err
		}
		if err := b.audit("appointment cancelled", a.ID, ""); err != nil {
			return err
		}
		if !stood {
			return nil // she never had a time that she could keep
		}
		return e.tell(b, facts, flows.SendCalledOff, a.Subject(), a.Start)
	})
}

// MarkVisit says whether the person came. One that took place counts as a
// contact; one that did not is followed by a text half an hour later (P4), never
// by the clock alone.
func (e *Engine) MarkVisit(ctx context.Context, by Actor, id casework.CaseID, appointment string, came bool) error {
	return e.course(ctx, SiteMarkVisit, by, id, func(b *books, _ Facts, course *casework.Course) error {
		a := course.Appointment(appointment)
		if a == nil {
			return casework.ErrNotFound
		}
		event, state := "miss", casework.DidNotAttend
		if came {
			event, state = "attend", casework.Attended
		}
		if a.State == state {
			return nil // a form sent twice
		}
		if !came && b.now.Before(a.Start) {
			return ErrNotYet // half an hour later she would be told that we missed her (P4)
		}
		if err := a.Fire(event, b.now); err != nil {
			return err
		}
		if err := b.audit("appointment "+event, a.ID, ""); err != nil {
			return err
		}
		if a.Type == casework.OnwardVisit {
			return nil // the worker was not there
		}
		return b.contacted(course, casework.Contact{ID: a.ID, Way: wayOf(a.Type), Reached: came, By: by.User, At: b.now})
	})
}

// wayOf is how a worker is in touch at an appointment.
func wayOf(t casework.AppointmentType) casework.ContactWay {
	switch t {
	case casework.PhoneCheckIn:
		return casework.ByPhone
	case casework.HomeVisit:
		return casework.ByHomeCall
	case casework.Assessment, casework.PlanMeeting, casework.ReviewVisit, casework.Accompany, casework.GroupVisit,
		casework.OnwardVisit, casework.OtherVisit:
	}
	return casework.ByMeeting
}
