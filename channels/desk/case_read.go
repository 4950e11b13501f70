package desk

import (
	"context"
	"fmt"

	"linkline/conversation/casework"
)

// How much of a long history one page shows.
const (
	messagesShown = 40
	notesShown    = 50
	tasksShown    = 20
	jobsShown     = 200
)

// caseRecords is everything a case page is made of, read at one moment.
type caseRecords struct {
	c           *casework.Case
	person      *casework.Person // nil when erased
	talk        *casework.Conversation
	point       *casework.ContactPoint
	messages    []*casework.Message // newest first
	earlier     string              // the cursor of the messages before these
	permissions []*casework.Permission
	notes       []*casework.Note
	tasks       []*casework.Task
	alerts      []alertRow
	course      *casework.Course // never nil
	jobs        []*casework.Job
	names       map[casework.UserID]string
}

// readCase reads a case of the visitor's team and all that belongs to it.
func (d *Desk) readCase(ctx context.Context, v *visit, reference, before string) (*caseRecords, error) {
	var records *caseRecords
	err := d.config.Store.View(ctx, v.team.ID, func(tx casework.Tx) error {
		records = &caseRecords{}
		var err error
		if records.c, err = findCase(tx, reference); err != nil {
			return err
		}
		for _, read := range []func(casework.Tx) error{
			records.readPerson, records.readTalk(before), records.readWork, records.readCourse,
			func(tx casework.Tx) error { return d.readAlerts(tx, v, records) }, records.readNames,
		} {
			if err := read(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read a case: %w", err)
	}
	return records, nil
}

func (cr *caseRecords) readPerson(tx casework.Tx) (err error) {
	if cr.c.Person == "" {
		return nil
	}
	if cr.person, err = casework.People.Find(tx, string(cr.c.Person)); err != nil {
		return err
	}
	cr.permissions, _, err = casework.Permissions.Range(tx, casework.Span{Prefix: string(cr.c.Person) + "/"})
	return err
}

// readTalk reads the newest messages, or those before a cursor.
func (cr *caseRecords) readTalk(before string) func(casework.Tx) error {
	return func(tx casework.Tx) (err error) {
		id := cr.c.Conversation
		if cr.talk, err = casework.Conversations.Find(tx, string(id)); err != nil {
			return err
		}
		if cr.point, err = casework.ContactPoints.Find(tx, casework.ContactPointKey(id)); err != nil {
			return err
		}
		cr.messages, cr.earlier, err = casework.Messages.Range(tx, casework.Span{
			Prefix: casework.MessagePrefix(id), After: before, Limit: messagesShown, Reverse: true,
		})
		return err
	}
}

func (cr *caseRecords) readWork(tx casework.Tx) (err error) {
	cr.notes, _, err = casework.Notes.Range(tx, casework.Span{
		Prefix: string(cr.c.ID) + "/", Limit: notesShown, Reverse: true,
	})
	if err != nil {
		return err
	}
	cr.tasks, _, err = casework.Tasks.Range(tx, casework.Span{
		Index: "case", Prefix: casework.Join(string(cr.c.ID), ""), Limit: tasksShown, Reverse: true,
	})
	return err
}

// readAlerts reads the alerts of the case that nobody has closed.
func (d *Desk) readAlerts(tx casework.Tx, v *visit, cr *caseRecords) error {
	all, _, err := casework.Alerts.Range(tx, casework.Span{
		Index: "conversation", Prefix: casework.Join(string(cr.c.Conversation), ""), Limit: openLimit, Reverse: true,
	})
	if err != nil {
		return err
	}
	var open []*casework.Alert
	for _, a := range all {
		if a.State != casework.AlertClosed {
			open = append(open, a)
		}
	}
	cr.alerts, err = d.alertRows(tx, v, open)
	return err
}

// readNames reads the names of the workers who appear on the page.
func (cr *caseRecords) readNames(tx casework.Tx) error {
	cr.names = map[casework.UserID]string{}
	want := []casework.UserID{cr.c.Worker}
	if cr.talk != nil {
		want = append(want, cr.talk.Holder)
	}
	for _, m := range cr.messages {
		want = append(want, casework.UserID(m.By))
	}
	for _, n := range cr.notes {
		want = append(want, n.By)
	}
	for _, t := range cr.tasks {
		want = append(want, t.DoneBy)
	}
	want = append(want, workersOf(cr.course)...)
	for _, id := range want {
		if _, known := cr.names[id]; known || id == "" {
			continue
		}
		user, err := casework.Users.Find(tx, string(id))
		if err != nil {
			return err
		}
		cr.names[id] = ""
		if user != nil {
			cr.names[id] = user.Name.Reveal()
		}
	}
	return nil
}

// workersOf are the workers who appear in a course.
func workersOf(course *casework.Course) (out []casework.UserID) {
	for _, a := range course.Appointments {
		out = append(out, a.Worker)
	}
	for _, c := range course.Contacts {
		out = append(out, c.By)
	}
	for _, p := range course.Plans {
		out = append(out, p.By)
	}
	return out
}
