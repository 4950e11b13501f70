package conversation

import (
	"context"
	"errors"

	"linkline/conversation/casework"
	"linkline/flows"
)

// Errors that tell a worker why an invitation to a group is not sent.
var (
	// ErrNoPermission means that she has said no to such texts.
	ErrNoPermission = errors.New("she has not agreed to that")
	// ErrEnough means that she has had as many as she was told there would be.
	ErrEnough = errors.New("that is enough for this month")
)

// mostGroups is to how many groups somebody is invited in a month (F13).
const mostGroups = 2

// InviteToGroup invites the person to a group session (GR1). Who was never asked
// is asked first whether she would like such texts. It returns the appointment's
// id, which is booked when she joins.
func (e *Engine) InviteToGroup(ctx context.Context, by Actor, id casework.CaseID, m Booking) (string, error) {
	if len(m.Slots) != 1 {
		return "", errors.New("an invitation to a group has one time")
	}
	m.Type = casework.GroupVisit
	var made string
	err := e.course(ctx, SiteBook, by, id, func(b *books, facts Facts, course *casework.Course) error {
		if done := bookedBefore(course, m.Once); done != nil {
			made = done.ID
			return nil // a form sent twice
		}
		permitted, asked := b.conv.Permitted[casework.PurposeGroups]
		switch {
		case m.Slots[0].Before(b.now):
			return ErrPast
		case asked && permitted != casework.PermissionYes:
			return ErrNoPermission
		case b.invitedLately(course) >= mostGroups:
			return ErrEnough
		}
		a, err := b.appointment(by, m)
		if err != nil {
			return err
		}
		a.State, a.BookedAt = casework.Offered, a.SettledAt
		course.Appointments, made = append(course.Appointments, a), a.ID
		if err := b.audit("group invitation", a.ID, ""); err != nil {
			return err
		}
		return e.tell(b, facts, flows.SendGroup, a.Subject(), a.Start)
	})
	return made, err
}

// invitedLately counts the invitations of the last month.
func (b *books) invitedLately(course *casework.Course) int {
	n := 0
	for _, a := range course.Appointments {
		if a.Type == casework.GroupVisit && a.MadeAt.After(b.now.AddDate(0, -1, 0)) {
			n++
		}
	}
	return n
}
