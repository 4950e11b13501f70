package conversation_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// followed is a person whom Amy has picked up, who lets us remind her, with the
// shipped rules planning. It is Monday morning.
func followed(t *testing.T) (*play, casework.CaseID) {
	t.Helper()
	p := newPlay(t, loadLibrary(t), monday)
	p.planAsShipped(t)
	p.agree(t)
	p.say(t, "Maureen", "to get out on a Thursday again", "1", "3", "1", "2")
	c, k := p.records(t)
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		c, err := casework.Conversations.Get(tx, string(c.ID))
		if err != nil {
			return err
		}
		c.Permitted[casework.PurposeTextMe] = casework.PermissionYes
		c.Stack, c.Prompt = nil, nil
		return casework.Conversations.Put(tx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
	p.changeContact(t, func(cp *casework.ContactPoint) { cp.Neutral = false })
	p.act(t, k.ID, "pick up")
	p.heard()
	return p, k.ID
}

// act is an act of Amy's that succeeds, with what it sends brought to the phone.
func (p *play) act(t testing.TB, id casework.CaseID, act string) {
	t.Helper()
	if err := p.deed(t, id, act); err != nil {
		t.Fatalf("%s: %v", act, err)
	}
	p.deliver(t)
}

// at lets time pass until a moment of March 2026, and forgets what was said.
func (p *play) at(t testing.TB, day, hour, minute int) {
	t.Helper()
	p.pass(t, time.Date(2026, 3, day, hour, minute, 0, 0, p.team.Calendar.Location()))
}

// heard are the texts that have reached the phone since it was last asked.
func (p *play) heard() []string {
	out := p.replies
	p.replies = nil
	return out
}

func (p *play) hears(t testing.TB, want string) {
	t.Helper()
	got := p.heard()
	with := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return !strings.Contains(s, want) })
	if len(with) != 1 {
		t.Errorf("the phone shows %q, want one text with %q", got, want)
	}
}

func (p *play) hearsNothing(t testing.TB) {
	t.Helper()
	if got := p.heard(); len(got) > 0 {
		t.Errorf("the phone shows %q, want nothing", got)
	}
}

// reasons are why messages of a class were not sent.
func (p *play) reasons(t testing.TB, class casework.DeliveryClass) (out []string) {
	t.Helper()
	p.each(t, func(m *casework.Message) {
		if m.Way == casework.Out && m.Delivery.Class == class && m.Delivery.State == casework.Suppressed {
			out = append(out, m.Delivery.Reason)
		}
	})
	return out
}

// I12: an appointment that is called off a second before its reminder.
func TestNoReminderOfWhatIsCalledOff(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.heard()
	p.at(t, 9, 9, 59)
	p.act(t, id, "call off")
	p.hears(t, "cannot")
	p.at(t, 13, 12, 0)
	for _, text := range p.heard() {
		if strings.Contains(text, "12 March") {
			t.Errorf("after it was called off: %q", text)
		}
	}
}

// The reminder stands in the outbox already when the appointment is moved.
func TestAPlannedReminderOfAMovedAppointmentIsSuppressed(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 9, 50)
	p.heard()
	p.clock.to(time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC))
	if _, err := p.jobs.RunDue(t.Context()); err != nil { // planned, not yet on its way
		t.Fatal(err)
	}
	p.act(t, id, "move 2026-03-19 11:00 at the hall")
	p.hears(t, "19 March")
	if got := p.reasons(t, casework.ClassReminder); len(got) != 1 || got[0] != casework.ReasonStale {
		t.Errorf("suppressed: %q, want one that is stale", got)
	}
	if got := p.openTasks(t); len(got) > 1 {
		t.Errorf("a reminder that nobody wants makes a task: %d are open", len(got))
	}
	p.at(t, 16, 10, 1)
	p.hears(t, "19 March")
}

// I1: STOP is committed while a reminder is on its way out.
func TestStopOvertakesAReminder(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 9, 50)
	p.heard()
	p.clock.to(time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC))
	if _, err := p.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.say(t, "STOP")
	p.heard()
	p.at(t, 13, 12, 0)
	p.hearsNothing(t)
	if got := p.reasons(t, casework.ClassReminder); len(got) != 1 || got[0] != casework.ReasonOptedOut {
		t.Errorf("suppressed: %q, want opted out", got)
	}
}

// START opens the door again: what is still to come is planned anew.
func TestStartPlansAnew(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.say(t, "STOP")
	p.at(t, 4, 9, 0)
	p.say(t, "START", "1")
	p.heard()
	p.at(t, 9, 10, 1)
	p.hears(t, "12 March")
}

// Decision 20: a reminder parks the question in progress and hands it back.
func TestAReminderParksTheOpenQuestion(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 9, 30)
	p.heard()
	p.ask(t, "more", "confidence")
	p.at(t, 9, 10, 1)
	p.hears(t, "12 March")
	if got := p.say(t, "1"); !strings.Contains(got, "could you contact it yourself") {
		t.Errorf("after the reminder the question that waited is not asked: %q", got)
	}
	if c, _ := p.records(t); c.Prompt == nil || c.Prompt.Place.Flow != "more" {
		t.Error("the question that waited is not open")
	}
}

// A reminder that is refused leaves the question in progress as it was.
func TestARefusedReminderRestoresTheOpenQuestion(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 9, 30)
	p.heard()
	p.ask(t, "more", "confidence")
	before, _ := p.records(t)
	p.refuse = &channels.SendError{Outcome: channels.Rejected, Code: 30007}
	p.at(t, 9, 10, 1)
	p.hearsNothing(t)
	after, _ := p.records(t)
	if after.Prompt == nil || after.Prompt.ID != before.Prompt.ID || len(after.Stack) != len(before.Stack) {
		t.Errorf("the question that was open is %v, want %v as it was", after.Prompt, before.Prompt)
	}
}

// While a worker holds the conversation questions of ours wait; one that waits
// too long is somebody's to ask.
func TestQuestionsWaitWhileAWorkerSpeaks(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 9, 55)
	p.heard()
	p.act(t, id, "reply how are you today")
	p.heard()
	p.at(t, 9, 17, 0)
	p.hearsNothing(t)
	p.act(t, id, "give back")
	p.at(t, 9, 17, 45)
	p.hears(t, "12 March")
}

func TestQuestionsWaitWhileACryIsOpen(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 9, 30)
	p.say(t, "i want to kill myself")
	p.heard()
	p.at(t, 9, 12, 0)
	p.hearsNothing(t)
}

// I8: one notice a day, and at most two a week without a word from her.
func TestNoticesAreCapped(t *testing.T) {
	t.Parallel()
	p, _ := followed(t)
	notice := func(name string, at time.Time) casework.Wanted {
		return casework.Wanted{
			Kind: casework.JobKind(name), Send: "measure", DueAt: at, NotAfter: at.AddDate(0, 0, 20),
			About: casework.About{Kind: casework.AboutMeasure, ID: "baseline"},
		}
	}
	day := func(d int) time.Time { return time.Date(2026, 3, d, 11, 0, 0, 0, time.UTC) }
	p.want = plannerOf(notice("a", day(3)), notice("b", day(3)), notice("c", day(3)), notice("d", day(3)))
	_, k := p.records(t)
	p.act(t, k.ID, "ending 2026-12-01") // the plan is made again
	p.at(t, 3, 12, 0)
	if got := len(p.heard()); got != 1 {
		t.Errorf("%d notices on the first day, want 1", got)
	}
	p.at(t, 9, 20, 0)
	if got := len(p.heard()); got != 1 {
		t.Errorf("%d more in the week, want 1: she has not said a word", got)
	}
	p.at(t, 10, 12, 0)
	if got := len(p.heard()); got != 1 {
		t.Errorf("%d a week after the first, want 1", got)
	}
}

func plannerOf(wanted ...casework.Wanted) conversation.Planner {
	return func(conversation.Outlook) []casework.Wanted { return wanted }
}

// HZ06: a number that has been silent for three months may be somebody else's.
func TestASilentNumberIsAskedFirst(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.at(t, 130, 10, 0) // the 8th of July
	p.heard()
	p.act(t, id, "book review 2026-07-16 10:45 at the library")
	got := p.heard()
	if len(got) != 1 || strings.Contains(got[0], "library") || strings.Contains(got[0], "Maureen") {
		t.Fatalf("a number that may be somebody else's is told %q", got)
	}
	p.say(t, "1")
	p.heard()
	p.pass(t, p.clock.shows().Add(time.Hour))
	p.hears(t, "library")
}

func TestADoubtedNumberIsAskedOnce(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.at(t, 3, 10, 0)
	p.changeContact(t, func(cp *casework.ContactPoint) { cp.DoubtedAt = p.clock.shows() })
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 11, 12, 0)
	got := p.heard()
	if len(got) != 1 || strings.Contains(got[0], "library") {
		t.Errorf("a doubted number is told %q, want one question that names nobody", got)
	}
}

// After a stop of three days there is no burst, and nothing stale leaves.
func TestThreeDaysOfSilenceAreNoBurst(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "book assessment 2026-03-05 10:45 at the library")
	p.heard()
	p.clock.to(time.Date(2026, 3, 5, 17, 0, 0, 0, time.UTC)) // nobody ran a thing since Monday
	p.at(t, 6, 17, 0)
	for _, text := range p.heard() {
		if strings.Contains(text, "5 March") {
			t.Errorf("a reminder of what is over leaves: %q", text)
		}
	}
	late := 0
	for _, task := range p.openTasks(t) {
		if task.Kind == casework.TaskLate {
			late++
		}
	}
	if late == 0 {
		t.Error("nobody is told that a reminder could not leave")
	}
}

// Of two reminders that an outage has brought together, the later leaves.
func TestTwoRemindersThatMeetAreOne(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.changeContact(t, func(cp *casework.ContactPoint) { cp.Neutral = true }) // nothing else is asked of her
	p.act(t, id, "book assessment 2026-03-12 15:00 at the library")
	p.heard()
	p.clock.to(time.Date(2026, 3, 11, 10, 30, 0, 0, time.UTC)) // down since Monday: both are due
	p.at(t, 12, 18, 0)
	if got := p.heard(); len(got) != 1 || !strings.Contains(got[0], "nervous") {
		t.Errorf("the phone shows %q, want the later reminder alone", got)
	}
}

// What she answers to a question that has changed since answers nothing.
func TestALateAnswerToAMovedAppointmentAnswersNothing(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.changeContact(t, func(cp *casework.ContactPoint) { cp.Neutral = true }) // nothing else is asked of her
	p.act(t, id, "book assessment 2026-03-12 10:45 at the library")
	p.at(t, 9, 10, 1)
	p.heard()
	p.refuse = &channels.SendError{Outcome: channels.Rejected, Code: 30007}
	p.act(t, id, "move 2026-03-19 11:00 at the hall") // she is not told
	p.refuse = nil
	p.say(t, "1")
	if got := p.theCourse(t, id).Appointments[0].State; got != casework.Booked {
		t.Errorf("her answer to the old time makes the new one %s", got)
	}
	if m := p.lastIn(t); !m.Unread {
		t.Error("nobody reads what she wrote")
	}
}
