package main

import (
	"fmt"
	"testing"
	"time"

	"linkline/conversation/casework"
)

// monday is a morning of November in London, an hour before texts may leave.
var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func morningAt(t *testing.T, rate float64, now time.Time) *morning {
	t.Helper()
	m, err := newMorning(shippedOnce(t).library, rate, now)
	if err != nil {
		t.Fatal(err)
	}
	m.step = 10 * time.Second // these senders are slow
	return m
}

func (m *morning) mustBook(t *testing.T, people int, start time.Time) {
	t.Helper()
	if err := m.book(t.Context(), people, start); err != nil {
		t.Fatal(err)
	}
}

func (m *morning) mustPass(t *testing.T, until time.Time) {
	t.Helper()
	if err := m.pass(t.Context(), until); err != nil {
		t.Fatal(err)
	}
	if err := m.count(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// holds checks what is true of every morning: nobody is texted out of hours, when it is of no use any more, twice, or faster than the sender
// bears; and so many have left while each of the others is a task.
func (m *morning) holds(t *testing.T, left int) {
	t.Helper()
	if got := len(m.left); got < left || got > left+1 { // how the first second falls
		t.Errorf("%d have left, want %d", got, left)
	}
	if m.tasks != m.people-len(m.left) {
		t.Errorf("%d tasks for %d people of whom %d were texted", m.tasks, m.people, len(m.left))
	}
	if n := m.outside(); n != 0 {
		t.Errorf("%d left outside their time", n)
	}
	texted := map[casework.ConversationID]bool{}
	for i, d := range m.left {
		if texted[d.who] {
			t.Errorf("number %d was texted before", i)
		}
		texted[d.who] = true
		if i > 1 && d.at.Sub(m.left[i-2].at).Seconds() < 1/m.rate-1 { // two may leave at once, then no more
			t.Errorf("number %d left %v after the last but one", i, d.at.Sub(m.left[i-2].at))
		}
	}
}

// inTurn checks that they left in the order of their moment.
func (m *morning) inTurn(t *testing.T) {
	t.Helper()
	if !m.inOrder() {
		t.Error("they did not leave in the order of their moment")
	}
}

// A slow sender and one that is fast enough: reminders of nine o'clock that are
// of use until half past ten.
func TestRemindersDrain(t *testing.T) {
	t.Parallel()
	for rate, left := range map[float64]int{0.02: 109, 0.5: 150} {
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			t.Parallel()
			m, err := nineOClock(t.Context(), shippedOnce(t).library, 150, rate)
			if err != nil {
				t.Fatal(err)
			}
			m.holds(t, left)
			m.inTurn(t)
			if first := m.left[0].at; first.Before(monday.Add(time.Hour)) {
				t.Errorf("the first left at %v", first)
			}
			if len(m.woke) != 150 || m.each() <= 0 {
				t.Errorf("%d jobs were run, each in %v", len(m.woke), m.each())
			}
			if m.took() > m.ideal()+2*runEvery {
				t.Errorf("it took %v, and a sender that never rests %v", m.took(), m.ideal())
			}
		})
	}
}

// The reminders of five o'clock would be of use until half past six, but texts
// leave until six: what is left then is a task, that evening and not the next
// morning.
func TestTheWindowClosesWhileTheQueueDrains(t *testing.T) {
	t.Parallel()
	m := morningAt(t, 0.02, monday)
	m.mustBook(t, 120, monday.Add(11*time.Hour))
	m.now = monday.Add(9*time.Hour - time.Minute)
	m.mustPass(t, monday.Add(10*time.Hour))
	sent := len(m.left)
	if m.tasks != 0 || sent < 72 || sent > 73 {
		t.Errorf("at six %d have left and %d are tasks, want those of an hour and none", sent, m.tasks)
	}
	m.mustPass(t, monday.Add(10*time.Hour+31*time.Minute))
	m.holds(t, sent)
	m.inTurn(t)
	m.now = monday.Add(25*time.Hour - time.Minute)
	m.mustPass(t, monday.Add(26*time.Hour))
	m.holds(t, sent)
}

// What is still of use the next morning waits for it: the reminders of three days
// before, on a sender that does not get through them in a day. The next morning
// they all have the same moment, that at which texts may leave again.
func TestTheQueueWaitsOvernight(t *testing.T) {
	t.Parallel()
	m := morningAt(t, 0.005, monday.AddDate(0, 0, -4)) // booked on Thursday
	m.mustBook(t, 80, monday.AddDate(0, 0, 3).Add(4*time.Hour))
	m.now = monday.Add(2*time.Hour - time.Minute)
	m.mustPass(t, monday.Add(10*time.Hour))
	first := len(m.left)
	m.inTurn(t)
	if first < 68 || first > 73 {
		t.Errorf("%d left on Monday, want those of nearly eight hours, each of two parts", first)
	}
	m.now = monday.Add(24 * time.Hour)
	m.mustPass(t, monday.Add(24*time.Hour).Add(3*time.Hour))
	m.holds(t, 80)
	if at := m.left[first].at; at.Before(monday.Add(25 * time.Hour)) {
		t.Errorf("the next left at %v, want nine o'clock on Tuesday", at)
	}
}

// Three days without power: what was planned before, and what became due
// meanwhile, is a task for each person and a text for nobody. What is due after
// it leaves at the pace of every day.
func TestThreeDaysWithoutPowerAreNoBurst(t *testing.T) {
	t.Parallel()
	m := morningAt(t, 0.02, monday)
	m.mustBook(t, 60, monday.Add(3*time.Hour)) // due at nine
	m.mustBook(t, 20, monday.Add(6*time.Hour)) // due at twelve
	m.mustPass(t, monday.Add(70*time.Minute))
	before := len(m.left)
	if before < 12 || before > 14 || m.tasks != 0 {
		t.Fatalf("%d have left before the power fails, and there are %d tasks", before, m.tasks)
	}
	m.now = monday.AddDate(0, 0, 3).Add(30 * time.Minute)
	if err := m.start(); err != nil {
		t.Fatal(err)
	}
	m.mustPass(t, m.now.Add(5*time.Minute))
	m.holds(t, before)
	thursday := m.now
	m.mustBook(t, 30, monday.AddDate(0, 0, 3).Add(3*time.Hour))
	m.mustPass(t, thursday.Add(2*time.Hour))
	m.holds(t, before+30)
	m.inTurn(t)
	for _, d := range m.left[before:] {
		if d.at.Before(monday.AddDate(0, 0, 3).Add(time.Hour)) {
			t.Errorf("one left at %v, before nine", d.at)
		}
	}
}
