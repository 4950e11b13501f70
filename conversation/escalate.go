package conversation

import (
	"fmt"
	"time"

	"linkline/conversation/casework"
	"linkline/conversation/safety"
)

// roundsAtPace is how often the whole rota is told of an alert by the timer of
// its class. An alert that nobody has taken after that stands red at the desk,
// and the rota is told once a working day.
const roundsAtPace = 3

// watchAlert plans that an alert which nobody takes goes to the next duty number
// by the timer of its class (decision 27, I14). n counts the steps so far.
func (b *books) watchAlert(a *casework.Alert, n int, due time.Time) error {
	if len(b.team.Duty) == 0 {
		return nil // nobody is on duty: that is a state of its own
	}
	err := casework.Jobs.Put(b.tx, &casework.Job{
		Team: a.Team, Conversation: a.Conversation, Kind: casework.JobEscalate, State: casework.JobWaiting,
		About: casework.About{Kind: casework.AboutAlert, ID: a.ID, Rev: n}, DueAt: due, PlannedAt: b.now,
	})
	if err != nil {
		return fmt.Errorf("watch an alert: %w", err)
	}
	return nil
}

// escalate tells the next duty number of an alert that nobody has taken. It
// needs nothing of the person: her conversation may be erased by now.
func (e *Engine) escalate(tx casework.Tx, team *Team, job *casework.Job, now time.Time) error {
	if err := done(tx, job, now); err != nil {
		return err
	}
	a, err := casework.Alerts.Find(tx, job.About.ID)
	if err != nil || a == nil || a.State == casework.AlertAcknowledged || a.State == casework.AlertClosed {
		return err
	}
	b := &books{tx: tx, engine: e, team: team, now: now, ids: casework.NewIDs(now, e.random), actor: casework.ByService}
	n := job.About.Rev + 1
	if err := b.watchAlert(a, n, nextLook(team, a, n, now)); err != nil {
		return err
	}
	told, err := b.anotherCry(a)
	if err != nil || told || len(team.Duty) == 0 {
		return err
	}
	if err := b.tellDuty(a.ID, n); err != nil {
		return err
	}
	return b.audit("alert escalated", a.ID, "")
}

// nextLook is when an alert is looked at again.
func nextLook(t *Team, a *casework.Alert, n int, now time.Time) time.Time {
	due := alertDue(t, safety.Class(a.Class), now)
	if n >= roundsAtPace*len(t.Duty) {
		next := t.Calendar.AddWorkingDays(now, 1).Time(0, 0, t.location())
		due = t.Calendar.NextOpening(next)
	}
	return later(due, now.Add(time.Minute))
}

// anotherCry reports whether an earlier cry of the same person waits too: the
// rota is told of a person, not of each of her texts.
func (b *books) anotherCry(a *casework.Alert) (bool, error) {
	all, _, err := casework.Alerts.Range(b.tx, casework.Span{
		Index: "conversation", Prefix: casework.Join(string(a.Conversation), ""),
	})
	if err != nil {
		return false, fmt.Errorf("find earlier alerts: %w", err)
	}
	for _, other := range all {
		waits := other.State == casework.AlertRaised || other.State == casework.AlertSeen
		if waits && other.ID < a.ID {
			return true, nil
		}
	}
	return false, nil
}
