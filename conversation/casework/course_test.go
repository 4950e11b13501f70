package casework

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A reminder of an appointment that was moved or called off is not current (I12).
func TestMovedAppointmentIsAnotherOne(t *testing.T) {
	t.Parallel()
	a := &Appointment{ID: "a", Type: Assessment, State: Confirmed, Start: noon, Said: Answers{"can_come": {}}}
	c := &Course{Appointments: []*Appointment{a}}
	before := a.Subject()
	if !c.Current(before) {
		t.Fatal("an appointment that stands is not current")
	}
	if err := a.Move(noon.AddDate(0, 0, 2), "the library", noon); err != nil {
		t.Fatal(err)
	}
	if c.Current(before) {
		t.Error("what was said of the time before is still current")
	}
	if got := a.State; got != Booked {
		t.Errorf("after a move it is %s, want booked", got)
	}
	if _, kept := a.Said["can_come"]; kept {
		t.Error("she has not said that she can come at the new time")
	}
	if got := a.Rebooked; got != 1 {
		t.Errorf("moved %d times, want 1", got)
	}
}

func TestCancelledAppointmentCannotBeMoved(t *testing.T) {
	t.Parallel()
	a := &Appointment{State: Booked, Start: noon}
	if err := a.Fire("cancel", noon); err != nil {
		t.Fatal(err)
	}
	if err := a.Move(noon.AddDate(0, 0, 1), "", noon); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("moving it answers %v, want %v", err, ErrNotAllowed)
	}
	if !a.SettledAt.Equal(noon) || a.Rev != 1 {
		t.Errorf("a refused move changed it: settled %v, revision %d", a.SettledAt, a.Rev)
	}
}

func TestCourseFindsWhatAFlowIsAbout(t *testing.T) {
	t.Parallel()
	c := &Course{
		Appointments: []*Appointment{{ID: "1", State: Booked}},
		Onward:       []*Onward{{ID: "2", State: OnwardRequested}},
		Plans:        []*Plan{{ID: "3", Version: 1, State: PlanDisputed}, {ID: "4", Version: 2, State: PlanProposed}},
		Measures:     []*Measure{{ID: "5", State: MeasureDue}},
		Signposts:    []*Signpost{{ID: "6", State: SignpostGiven}},
	}
	for about, event := range map[About]string{
		c.Appointments[0].Subject(): "confirm",
		c.Onward[0].Subject():       "acknowledge",
		c.Plan().Subject():          "agree",
		c.Measures[0].Subject():     "complete",
		c.Signposts[0].Subject():    "reach",
	} {
		if !c.Current(about) {
			t.Errorf("%s is not current", about)
		}
		if err := c.Fire(about, event, noon); err != nil {
			t.Errorf("%s: %v", about, err)
		}
		if err := c.Keep(about, "said", Answer{Words: "yes"}); err != nil {
			t.Errorf("%s: %v", about, err)
		}
		if got := c.Kept(about)["said"].Words; got != "yes" {
			t.Errorf("%s keeps another answer", about)
		}
		if err := c.Fire(about, "dance", noon); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s dances: %v", about, err)
		}
	}
	if got := c.Plan().AgreedAt; !got.Equal(noon) {
		t.Errorf("the plan was agreed at %v", got)
	}
	gone := About{Kind: AboutOnward, ID: "9"}
	if err := c.Fire(gone, "start", noon); !errors.Is(err, ErrNotFound) {
		t.Errorf("what is gone answers %v, want %v", err, ErrNotFound)
	}
	if c.Current(gone) || c.Kept(gone) != nil {
		t.Error("what is gone is current")
	}
}

// Only an appointment that is still to come stands in a worker's calendar.
func TestCalendarEntries(t *testing.T) {
	t.Parallel()
	c := &Course{Appointments: []*Appointment{
		{ID: "booked", Worker: "amy", State: Booked, Start: noon},
		{ID: "gone", Worker: "amy", State: CancelledByUs, Start: noon},
		{ID: "offered", Worker: "amy", State: Offered},
		{ID: "alone", State: Confirmed, Start: noon},
	}}
	want := []string{Join("amy", Moment(noon), "booked")}
	if diff := cmp.Diff(calendarEntries(c), want); diff != "" {
		t.Errorf("calendar (-got +want):\n%s", diff)
	}
}

func TestContactsAreCountedWhenSheWasReached(t *testing.T) {
	t.Parallel()
	c := &Course{Contacts: []Contact{
		{Way: ByPhone, Reached: true, At: noon},
		{Way: ByPhone, At: noon.Add(time.Hour)},
		{Way: ByMeeting, Reached: true, At: noon.Add(2 * time.Hour)},
	}}
	if got := c.ContactCount(); got != 2 {
		t.Errorf("%d contacts, want 2", got)
	}
	if got := c.LastContact(); !got.Equal(noon.Add(2 * time.Hour)) {
		t.Errorf("last contact at %v", got)
	}
}

// The key of a job names what it is about in which version, and nothing else of
// the same conversation.
func TestJobKeys(t *testing.T) {
	t.Parallel()
	about := About{Kind: AboutAppointment, ID: "a", Rev: 1}
	w := Wanted{Kind: "remind_3", About: about}
	j := &Job{Conversation: "c", Case: "k", Kind: "remind_3", About: about}
	if got, want := w.Key("c", "k"), j.Key(); got != want {
		t.Errorf("wanted %s, planned %s", got, want)
	}
	about.Rev = 2
	if w.Key("c", "k") == (Wanted{Kind: "remind_3", About: about}).Key("c", "k") {
		t.Error("a moved appointment has the same reminder")
	}
	if w.Key("c", "k") == w.Key("c", "another") {
		t.Error("two cases of one person share a job")
	}
	if got, want := (&Job{Conversation: "c", Kind: JobForget}).Key(), JobKey("c", JobForget); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
