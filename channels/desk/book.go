package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// bookBody is the page on which an appointment is booked or offered.
type bookBody struct {
	formHead
	Types    []choice
	Slots    []whenField
	Minutes  string
	Place    string
	Together bool
	Meet     string
	Title    string
	Onwards  []choice // the referrals that it may belong to
	More     bool     // whether what is seldom needed is open
}

// How many times an offer can hold, and how long an appointment takes.
const (
	offered       = 3
	usualMinutes  = 30
	firstMinutes  = 45
	fewestMinutes = 5
	mostMinutes   = 480
)

// bookPage asks for the time and the place of an appointment.
func (d *Desk) bookPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	return d.showBook(w, r, v, page{})
}

func (d *Desk) showBook(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "appointment", make: func(cr *caseRecords, head formHead) (string, any, error) {
		form := r.Form // a task leads here with a type
		kind := form.Get("type")
		if kind == "" {
			kind = string(nextType(cr.course))
		}
		body := bookBody{
			formHead: head, Types: choices(casework.AppointmentTypes(), words.Appointment, kind),
			Minutes: form.Get("minutes"), Place: form.Get("place"), Meet: form.Get("meet"), Title: form.Get("title"),
			Together: form.Get("together") != "" || kind == string(casework.Accompany),
			Onwards:  onwardChoices(cr.course, form.Get("onward")),
		}
		body.More = body.Together || body.Meet != "" || body.Title != "" || form.Get("onward") != "" || kind == string(casework.GroupVisit)
		for i := range offered {
			n := strconv.Itoa(i + 1)
			legend, hint := "Day and time", "For example 27 3 at 2:30pm"
			if i > 0 {
				legend, hint = "Or this time", ""
			}
			body.Slots = append(body.Slots, typedWhen(r.PostForm, n).asked(p, legend, hint, true))
		}
		return "Appointment with " + head.Name, body, nil
	}})
}

// nextType is the appointment that most often comes next.
func nextType(course *casework.Course) casework.AppointmentType {
	if len(course.Appointments) == 0 {
		return casework.Assessment
	}
	if course.Plan() == nil {
		return casework.PlanMeeting
	}
	return casework.PhoneCheckIn
}

// onwardChoices are the referrals that are still open.
func onwardChoices(course *casework.Course, chosen string) []choice {
	var out []choice
	for _, o := range course.Onward {
		if o.Open() || o.ID == chosen {
			out = append(out, choice{o.ID, words.Visible(o.Org.Reveal()), o.ID == chosen})
		}
	}
	return out
}

// book books an appointment, or offers up to three times for one.
func (d *Desk) book(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	done := formed{c: c, err: err, at: "next", tells: true}
	var booking conversation.Booking
	if err == nil {
		booking, done.problems = readBooking(r.PostForm, v)
	}
	done.done = "booked"
	if len(booking.Slots) > 1 {
		done.done = "offered"
	}
	if err == nil && len(done.problems) == 0 {
		_, done.err = d.config.Engine.Book(r.Context(), v.actor(), c.ID, booking)
	}
	return d.settleForm(w, r, v, done, d.showBook)
}

// readBooking reads the form of an appointment.
func readBooking(form url.Values, v *visit) (conversation.Booking, []problem) {
	m := conversation.Booking{
		Type: casework.AppointmentType(form.Get("type")), Title: private(form, "title"), Place: private(form, "place"),
		Meet: private(form, "meet"), Onward: form.Get("onward"), Together: form.Get("together") != "", Once: onceOf("book", form),
	}
	problems := append(tooLong(form, longestLine, "place", "meet"), tooLong(form, longestName, "title")...)
	if !slices.Contains(casework.AppointmentTypes(), m.Type) {
		problems = append(problems, problem{"type", "Choose what kind of appointment it is."})
	}
	slots, wrong := readSlots(form, v)
	m.Slots, problems = slots, append(problems, wrong...)
	if m.Type == casework.GroupVisit && m.Title == "" {
		problems = append(problems, problem{"title", "Write what the group is called."})
	}
	minutes, ok := readMinutes(form.Get("minutes"), m.Type)
	if !ok {
		problems = append(problems, problem{"minutes", fmt.Sprintf("Write how many minutes it takes, from %d to %d.", fewestMinutes, mostMinutes)})
	}
	m.Minutes = minutes
	return m, problems
}

// readSlots reads the times that were typed: at least one, none of them twice.
func readSlots(form url.Values, v *visit) (slots []time.Time, problems []problem) {
	for i := range offered {
		typed := typedWhen(form, strconv.Itoa(i+1))
		if typed.Empty() && (i > 0 || laterTyped(form)) {
			continue
		}
		at, wrong := typed.moment(v)
		switch {
		case len(wrong) > 0:
			problems = append(problems, wrong...)
		case slices.ContainsFunc(slots, at.Equal):
			problems = append(problems, problem{"hour" + typed.N, "That time stands here twice. Write another, or leave it empty."})
		default:
			slots = append(slots, at)
		}
	}
	slices.SortFunc(slots, time.Time.Compare)
	return slots, problems
}

// laterTyped reports whether a second or third time was typed.
func laterTyped(form url.Values) bool {
	return !typedWhen(form, "2").Empty() || !typedWhen(form, "3").Empty()
}

// readMinutes reads how long an appointment takes; empty is what is usual.
func readMinutes(typed string, kind casework.AppointmentType) (int, bool) {
	if typed == "" {
		if kind == casework.Assessment {
			return firstMinutes, true
		}
		return usualMinutes, true
	}
	n, err := strconv.Atoi(typed)
	return n, err == nil && n >= fewestMinutes && n <= mostMinutes
}
