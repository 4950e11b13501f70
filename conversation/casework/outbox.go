package casework

import "time"

// The parts of the outbox index. What is to be sent lies in three lanes, so
// that a reminder never stands before a cry for help, and a team whose sender
// rests never stands before another team.
const (
	// LaneUrgent holds the safety and duty texts of all teams; LaneWorker what
	// people wrote, and LaneNotice what nobody wrote, team by team.
	LaneUrgent = "0"
	LaneWorker = "1"
	LaneNotice = "2"
	// partLook holds what the provider is to be asked about, partHeld what an
	// operator holds back and partFailed what did not arrive.
	partLook   = "look"
	partHeld   = "held"
	partFailed = "failed"
)

// answerLook is when the provider is asked about an answer that it was given in
// TwiML and has not reported on (messaging-safety 3.3).
const answerLook = 3 * time.Minute

// InLane begins the outbox entries of the planned messages of one lane; of one
// team in it where a team is named.
func InLane(lane string, team TeamID) string {
	if team == "" || lane == LaneUrgent {
		return Join(string(Planned), lane, "")
	}
	return Join(string(Planned), lane, string(team), "")
}

// Attempts begins the entries of attempts, by their deadline.
func Attempts() string { return Join(string(Attempting), "") }

// Looks begins the entries of what the provider is to be asked about, by when.
func Looks() string { return Join(partLook, "") }

// HeldBack begins the entries of what an operator holds back, by when it would
// leave.
func HeldBack() string { return Join(partHeld, "") }

// Failures begins the entries of what did not arrive, oldest first.
func Failures() string { return Join(partFailed, "") }

// Lane is the lane a planned message waits in.
func (c DeliveryClass) Lane() string {
	switch c {
	case ClassSafety, ClassDuty:
		return LaneUrgent
	case ClassAnswer, ClassWorker:
		return LaneWorker
	case ClassNotice, ClassReminder, ClassStaff:
		return LaneNotice
	}
	return LaneNotice
}

// Looking is when the provider is to be asked about a message, zero for never.
// An answer is asked about unless a report comes first: Twilio makes that call,
// so we never see its result.
func (m *Message) Looking() time.Time {
	d := m.Delivery
	rides := d.Class == ClassAnswer && d.To == "" && d.Deadline.IsZero()
	if rides && d.State == Attempting && d.LookAt.IsZero() {
		return m.At.Add(answerLook)
	}
	return d.LookAt
}

// Failed reports whether a message is known not to have arrived, or will not be
// asked about any more though nobody knows.
func (d *Delivery) Failed() bool {
	switch d.State {
	case Rejected, Suppressed:
		return true
	case Accepted:
		return d.Carrier == "failed" || d.Carrier == "undelivered"
	case Unknown:
		return d.LookAt.IsZero()
	case Planned, Attempting:
	}
	return false
}

// outboxEntries are where a message stands in the outbox. Most have left it:
// a message that has arrived has no entry.
func outboxEntries(m *Message) []string {
	d := m.Delivery
	if d == nil {
		return nil
	}
	var out []string
	switch {
	case d.State == Planned && d.Held:
		out = append(out, Join(partHeld, Moment(d.NotBefore)))
	case d.State == Planned:
		out = append(out, InLane(d.Class.Lane(), m.Team)+Moment(d.NotBefore))
	case d.State == Attempting && !d.Deadline.IsZero():
		out = append(out, Join(string(Attempting), Moment(d.Deadline)))
	case d.Failed():
		out = append(out, Join(partFailed, Moment(d.SettledAt)))
	}
	if at := m.Looking(); !at.IsZero() {
		out = append(out, Join(partLook, Moment(at)))
	}
	return out
}
