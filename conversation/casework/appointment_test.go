package casework

import "testing"

// A missed visit is remembered when it gets another time, and marking it twice
// is one miss.
func TestMissedIsNotForgotten(t *testing.T) {
	t.Parallel()
	a := &Appointment{ID: "a", Type: Assessment, State: Booked, Start: noon}
	for range 2 {
		if err := a.Fire("miss", noon); err != nil {
			t.Fatal(err)
		}
	}
	if a.Missed != 1 {
		t.Errorf("missed %d times, want 1", a.Missed)
	}
	if err := a.Move(noon.AddDate(0, 0, 7), "", noon); err != nil {
		t.Fatal(err)
	}
	if a.Missed != 1 || a.State != Booked {
		t.Errorf("after a move: %s, missed %d times, want booked, 1", a.State, a.Missed)
	}
	if err := a.Fire("miss", noon.AddDate(0, 0, 7)); err != nil {
		t.Fatal(err)
	}
	if a.Missed != 2 {
		t.Errorf("missed %d times, want 2", a.Missed)
	}
}
