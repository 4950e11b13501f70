package main

import (
	"context"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// priya is Amy's colleague.
var priya = conversation.Actor{Team: "demo", User: "priya"}

// followUp is everything that a worker does between pick-up and closing. Each
// form may be sent again and changes nothing the second time.
func followUp() []step {
	at := time.Date(2026, 3, 12, 10, 45, 0, 0, time.UTC)
	return []step{
		acts("books", func(ctx context.Context, w *town, id casework.CaseID) error {
			_, err := w.engine.Book(ctx, amy, id, conversation.Booking{
				Type: casework.Assessment, Slots: []time.Time{at}, Minutes: 45, Place: "the library", Once: "form-book",
			})
			return err
		}),
		acts("moves it", func(ctx context.Context, w *town, id casework.CaseID) error {
			booked, err := w.booked(ctx, id)
			if err != nil {
				return err
			}
			return w.engine.Move(ctx, amy, id, booked, at.AddDate(0, 0, 1), "the hall")
		}),
		acts("says that she came", func(ctx context.Context, w *town, id casework.CaseID) error {
			booked, err := w.booked(ctx, id)
			if err != nil {
				return err
			}
			return w.engine.MarkVisit(ctx, amy, id, booked, true)
		}),
		acts("rang", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.LogContact(ctx, amy, id, casework.Contact{Way: casework.ByPhone, Reached: true}, "form-contact")
		}),
		acts("writes a plan", func(ctx context.Context, w *town, id casework.CaseID) error {
			plan := casework.Plan{Goals: []casework.Goal{{Text: "join the choir"}}, Once: "form-plan"}
			return w.engine.WritePlan(ctx, amy, id, 0, plan)
		}),
		acts("refers onward", func(ctx context.Context, w *town, id casework.CaseID) error {
			_, err := w.engine.Refer(ctx, amy, id, conversation.Referral{Org: "Citizens Advice", Need: "money", Once: "form-refer"})
			return err
		}),
		acts("notes her yes", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.MoveReferral(ctx, amy, id, "form-refer", "permit", "")
		}),
		acts("suggests a service", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.Suggest(ctx, amy, id, casework.Signpost{ID: "form-suggest", Org: "the food club", Phone: "01632 960003"})
		}),
		acts("notes an unmet need", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.NoteUnmet(ctx, amy, id, casework.UnmetNeed{Need: "housing", Reason: "full"}, "form-unmet")
		}),
		acts("plans the ending", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.SayEnding(ctx, amy, id, "2026-08-01")
		}),
		acts("will ring again", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.RingAgain(ctx, amy, id, at.AddDate(0, 0, 2))
		}),
		acts("hands over", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.TakeOver(ctx, priya, id, "colleague_away")
		}),
		acts("takes back", func(ctx context.Context, w *town, id casework.CaseID) error {
			return w.engine.TakeOver(ctx, amy, id, "colleague_asked")
		}),
		{name: "invites", do: func(w *town) error {
			return w.engine.Invite(context.Background(), amy, conversation.Invite{
				Name: "Jo", Phone: casework.Private(number(9)), Referrer: "your housing officer", Once: "form-invite",
			})
		}},
	}
}

// booked is the one appointment of a case.
func (w *town) booked(ctx context.Context, id casework.CaseID) (appointment string, err error) {
	err = w.store.View(ctx, "demo", func(tx casework.Tx) error {
		course, err := casework.Courses.Get(tx, string(id))
		if err == nil {
			appointment = course.Appointments[0].ID
		}
		return err
	})
	return appointment, err
}
