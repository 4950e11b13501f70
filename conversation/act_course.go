package conversation

import (
	"context"
	"fmt"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// course runs an act of a worker on the course of a case. What the act changes
// is written, and the plan made again, in the same commit. On a colleague's case
// only a contact may be noted: whoever rang says so.
func (e *Engine) course(
	ctx context.Context, site casework.Site, by Actor, id casework.CaseID,
	act func(*books, Facts, *casework.Course) error,
) error {
	return e.work(ctx, site, by, id, func(b *books, facts Facts) error {
		if b.caseOf.State == casework.CaseClosed {
			return fmt.Errorf("%w: the case is closed", casework.ErrNotAllowed)
		}
		if held := b.caseOf.Worker; held != "" && held != by.User && site != SiteContact {
			return casework.ErrClaimed // she takes it over first (decision 33)
		}
		course, err := b.changeCourse()
		if err != nil {
			return err
		}
		if err := b.companions(&facts); err != nil {
			return err
		}
		if err := act(b, facts, course); err != nil || b.settled {
			return err
		}
		return b.write(nil)
	})
}

// tell sends the person a text of ours about what a worker has just done, and
// writes the books of the act. Nothing leaves where she may not be texted: then
// a task asks the worker to ring her.
func (e *Engine) tell(b *books, facts Facts, send flows.Start, about casework.About, until time.Time) error {
	b.settled = true
	b.class, b.about, b.until = casework.ClassReminder, about, until
	b.once = string(send) + ":" + string(b.conv.ID) + ":" + about.String()
	if b.barred() { // in a break from texts too: it would be dropped unseen
		if err := (Task{Kind: casework.TaskRing}).apply(b); err != nil {
			return err
		}
		return b.write(nil)
	}
	_, err := e.turn(b, facts, Began{Send: send, About: about, Until: until})
	return err
}

// contacted notes a contact, or an attempt, with the case.
func (b *books) contacted(course *casework.Course, c casework.Contact) error {
	if course.Contacted(c.ID) {
		return nil // a form sent twice
	}
	course.Contacts = append(course.Contacts, c)
	if c.Reached && b.caseOf.State == casework.CaseAssigned {
		return b.changeCase().Fire("contact")
	}
	return nil
}

// LogContact notes that a worker was in touch with the person, or tried. Once is
// the token of the form.
func (e *Engine) LogContact(ctx context.Context, by Actor, id casework.CaseID, c casework.Contact, once string) error {
	return e.course(ctx, SiteContact, by, id, func(b *books, _ Facts, course *casework.Course) error {
		if course.Contacted(once) {
			return nil // a form sent twice
		}
		c.ID, c.By = once, by.User
		if c.At.IsZero() {
			c.At = b.now
		}
		if err := b.contacted(course, c); err != nil {
			return err
		}
		return b.audit("contact noted", string(id), "")
	})
}

// SayEnding says on which civil date a worker means to close the case: the
// person is told a week before (X1). An empty date takes it back.
func (e *Engine) SayEnding(ctx context.Context, by Actor, id casework.CaseID, day string) error {
	return e.course(ctx, SiteEnding, by, id, func(b *books, _ Facts, course *casework.Course) error {
		if course.Ending == day {
			return nil
		}
		course.Ending = day
		return b.audit("ending planned", string(id), "")
	})
}

// NoteUnmet records that nothing suitable was found for a need.
func (e *Engine) NoteUnmet(ctx context.Context, by Actor, id casework.CaseID, u casework.UnmetNeed, once string) error {
	return e.course(ctx, SiteUnmet, by, id, func(b *books, _ Facts, course *casework.Course) error {
		for _, known := range course.Unmet {
			if known.ID == once {
				return nil
			}
		}
		u.ID, u.By, u.At = once, by.User, b.now
		course.Unmet = append(course.Unmet, u)
		return b.audit("unmet need noted", string(id), "")
	})
}
