package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"linkline/channels"
	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// Texts is what the desk asks of the delivery: to send a text again that did
// not arrive, or may not have. It is written down who asked. A text that is
// under way, or that arrived, is casework.ErrNotAllowed.
type Texts interface {
	Retry(ctx context.Context, hand channels.Hand) error
}

// errUnderWay means that a text has been sent again since the page was shown:
// by this very form, sent twice, or by a colleague.
var errUnderWay = errors.New("the text is under way already")

// resendRow is what a page offers for a text that failed, or whose fate nobody
// knows.
type resendRow struct {
	ID string
	// Stands is the state in which the page shows the text. The same form sent
	// twice finds another one, and sends nothing a second time.
	Stands string
	// Twice is set where nobody knows: it may have arrived already (decision 7).
	Twice bool
}

// resendOf is the offer to send a text again; nil for one that needs nothing,
// and for one that would be wrong by now or goes to a colleague.
func resendOf(m *casework.Message) *resendRow {
	d := m.Delivery
	if d == nil || m.Way != casework.Out || m.Text == "" || d.Class.ToColleague() {
		return nil
	}
	// What it was about has changed or gone: it would be stopped again.
	over := []string{casework.ReasonErased, casework.ReasonStale, casework.ReasonWithdrawn}
	if _, failed := words.Sent(d); !failed || slices.Contains(over, d.Reason) {
		return nil
	}
	return &resendRow{ID: m.ID, Stands: standsAt(d), Twice: d.State == casework.Unknown}
}

// standsAt names where a text is in its life; what comes first grows with every
// attempt.
func standsAt(d *casework.Delivery) string {
	return fmt.Sprintf("%d-%s-%s", d.Fence, d.State, d.Carrier)
}

// triedSince reports whether a text that stood there has been tried again.
func triedSince(d *casework.Delivery, stood string) bool {
	seen, _, _ := strings.Cut(stood, "-")
	now, _, _ := strings.Cut(standsAt(d), "-")
	return seen != "" && seen != now
}

// sent is a text of ours with all that decides whether it can be sent again.
type sent struct {
	m     *casework.Message
	c     *casework.Case // nil where it belongs to none
	talk  *casework.Conversation
	point *casework.ContactPoint
}

// readSent reads a text of the visitor's team.
func readSent(tx casework.Tx, talk casework.ConversationID, id string) (s sent, err error) {
	if s.m, err = casework.Messages.Get(tx, casework.MessageKey(talk, id)); err != nil {
		return s, err
	}
	if s.m.Way != casework.Out || s.m.Delivery == nil {
		return s, casework.ErrNotFound
	}
	if s.talk, err = casework.Conversations.Find(tx, string(talk)); err != nil {
		return s, err
	}
	s.point, err = casework.ContactPoints.Find(tx, casework.ContactPointKey(talk))
	return s, err
}

// barred says why the visitor cannot send a text again, before anything is
// tried; empty where she can. What was true when the page was shown may have
// changed: the person may have texted STOP since.
func (s sent) barred(v *visit) string {
	switch {
	case s.c != nil && s.c.State == casework.CaseClosed:
		return "This case is closed."
	case s.c != nil && s.c.Worker == "":
		return "Nobody has picked this up yet. Pick it up first."
	case s.c != nil && s.c.Worker != v.user.ID:
		return "A colleague has this case."
	case s.talk == nil:
		return "This person's details have been deleted."
	}
	why, instead := v.clock().Reach(s.point, s.talk)
	if why == "" {
		return ""
	}
	return why + " " + instead
}

// resend sends a text again that stands as the page showed it. It returns why
// not, in words, with the status that goes with it.
func (d *Desk) resend(r *http.Request, v *visit, s sent) (status int, why string, err error) {
	if why := s.barred(v); why != "" {
		return http.StatusConflict, "Nothing was sent. " + why, nil
	}
	offer, stood := resendOf(s.m), r.PostForm.Get("stands")
	_, failed := words.Sent(s.m.Delivery)
	switch {
	case !failed && triedSince(s.m.Delivery, stood):
		return 0, "", errUnderWay
	case offer == nil || offer.Stands != stood:
		return http.StatusConflict, "Nothing was sent. This text has changed since you opened the page: read what became of it, then choose again.", nil
	}
	err = d.config.Texts.Retry(r.Context(), channels.Hand{
		Team: v.team.ID, Message: casework.MessageKey(s.m.Conversation, s.m.ID), By: casework.Author(v.user.ID), Why: "desk",
	})
	switch {
	case errors.Is(err, casework.ErrNotFound):
		return 0, "", err
	case errors.Is(err, casework.ErrNotAllowed):
		return http.StatusConflict, "Nothing was sent. This text is on its way or has arrived, or there is no number to send it to.", nil
	case err != nil:
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, err)...)
		return http.StatusInternalServerError, "We could not be sure that this text is sent again. Look in a minute what became of it before you choose again.", nil
	}
	return 0, "", nil
}

// resendText sends a text of a case again.
func (d *Desk) resendText(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	var s sent
	err = d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		s, err = readSent(tx, c.Conversation, r.PathValue("id"))
		s.c = c
		return err
	})
	if err != nil {
		return fmt.Errorf("read a text: %w", err)
	}
	status, why, err := d.resend(r, v, s)
	switch {
	case err != nil && !errors.Is(err, errUnderWay):
		return err
	case why != "":
		return d.showCase(w, r, v, draft{Status: status, Problems: []problem{{"", why}}})
	}
	http.Redirect(w, r, "/case/"+c.Reference+"?done=sent-again#talk", http.StatusSeeOther)
	return nil
}

// resendTask sends the text again that a task is about. The task stays open:
// whoever sent it looks whether it arrived, and only then says what was done.
func (d *Desk) resendTask(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	id := r.PathValue("id")
	var s sent
	err := d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		t, err := casework.Tasks.Get(tx, id)
		if err != nil {
			return err
		}
		if s, err = readSent(tx, t.Conversation, t.ID); err != nil {
			return err
		}
		s.c, err = caseOfTask(tx, t)
		return err
	})
	if err != nil {
		return fmt.Errorf("read a text: %w", err)
	}
	status, why, err := d.resend(r, v, s)
	switch {
	case err != nil && !errors.Is(err, errUnderWay):
		return err
	case why != "":
		return d.showTask(w, r, v, page{Status: status, Problems: []problem{{"", why}}})
	}
	http.Redirect(w, r, "/task/"+s.m.ID+"?done=sent-again", http.StatusSeeOther)
	return nil
}

// caseOfTask is the case of a task; nil where it belongs to none.
func caseOfTask(tx casework.Tx, t *casework.Task) (*casework.Case, error) {
	if t.Case == "" {
		return nil, nil
	}
	return casework.Cases.Get(tx, string(t.Case))
}

// offerAgain offers on the page of a task to send its text again.
func offerAgain(tx casework.Tx, v *visit, t *casework.Task, row *taskRow) error {
	if row.Done || row.Text == "" {
		return nil // about no text, or about one to a colleague
	}
	s, err := readSent(tx, t.Conversation, t.ID)
	if err != nil {
		return err
	}
	if s.c, err = caseOfTask(tx, t); err != nil {
		return err
	}
	offer := resendOf(s.m)
	if offer == nil {
		return nil
	}
	if row.AgainNot = s.barred(v); row.AgainNot == "" {
		row.Again = offer
	}
	return nil
}
