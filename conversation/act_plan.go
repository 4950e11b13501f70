package conversation

import (
	"context"
	"errors"
	"strconv"

	"linkline/conversation/casework"
	"linkline/flows"
)

// ErrEmptyPlan means that a plan was written without a goal.
var ErrEmptyPlan = errors.New("a plan has at least one goal")

// WritePlan writes a new version of the plan. The person is asked whether it is
// right an hour later (PL1); only she agrees to it. version is the one the worker
// had before her, zero for none: if there is another by now it is ErrConflict,
// and nothing that a colleague wrote is lost.
func (e *Engine) WritePlan(ctx context.Context, by Actor, id casework.CaseID, version int, p casework.Plan) error {
	if len(p.Goals) == 0 {
		return ErrEmptyPlan
	}
	return e.course(ctx, SitePlan, by, id, func(b *books, _ Facts, course *casework.Course) error {
		current := 0
		if plan := course.Plan(); plan != nil {
			if p.Once != "" && plan.Once == p.Once {
				return nil // a form sent twice
			}
			current = plan.Version
		}
		if current != version {
			return casework.ErrConflict
		}
		next := p
		next.Version, next.ID = current+1, "v"+strconv.Itoa(current+1)
		next.State, next.By, next.MadeAt = casework.PlanProposed, by.User, b.now
		course.Plans = append(course.Plans, &next)
		return b.audit("plan written", string(id), "")
	})
}

// Referral is a referral to a group or a service as a worker makes it.
type Referral struct {
	Org  casework.Private
	Need string
	// Summary is what will be sent, once she has said yes.
	Summary casework.Private
	// Once is the token of the form it was written in.
	Once string
}

// Refer asks the person whether her name, her number and her need may be sent to
// an organisation (C5). Nothing is sent before she says yes. It returns the
// referral's id.
func (e *Engine) Refer(ctx context.Context, by Actor, id casework.CaseID, r Referral) (string, error) {
	err := e.course(ctx, SiteRefer, by, id, func(b *books, facts Facts, course *casework.Course) error {
		if course.Referral(r.Once) != nil {
			return nil // a form sent twice
		}
		o := &casework.Onward{
			ID: r.Once, State: casework.OnwardAsked, Org: r.Org, Need: r.Need, Summary: r.Summary, MadeAt: b.now,
		}
		course.Onward = append(course.Onward, o)
		if err := b.audit("referral onward asked", o.ID, ""); err != nil {
			return err
		}
		return e.tell(b, facts, flows.SendShare, o.Subject(), b.now.AddDate(0, 0, answerWithin))
	})
	return r.Once, err
}

// MoveReferral notes what became of a referral: acknowledge, accept, reject,
// wait, start, complete, give_up, or permit and refuse where she answered the
// worker herself. outcome may say more.
func (e *Engine) MoveReferral(ctx context.Context, by Actor, id casework.CaseID, referral, event string, outcome casework.Private) error {
	return e.course(ctx, SiteRefer, by, id, func(b *books, _ Facts, course *casework.Course) error {
		o := course.Referral(referral)
		if o == nil {
			return casework.ErrNotFound
		}
		before := o.State
		if err := o.Fire(event, b.now); err != nil {
			return err
		}
		if o.State == before && (outcome == "" || outcome == o.Outcome) {
			return nil // a form sent twice
		}
		if outcome != "" {
			o.Outcome = outcome
		}
		return b.audit("referral onward "+event, o.ID, "")
	})
}

// Suggest tells the person of a service that she can ring herself (SP1). The
// signpost's ID is the token of the form.
func (e *Engine) Suggest(ctx context.Context, by Actor, id casework.CaseID, s casework.Signpost) error {
	return e.course(ctx, SiteSuggest, by, id, func(b *books, facts Facts, course *casework.Course) error {
		if course.Signpost(s.ID) != nil {
			return nil // a form sent twice
		}
		s.State, s.GivenAt = casework.SignpostGiven, b.now
		course.Signposts = append(course.Signposts, &s)
		if err := b.audit("signpost given", s.ID, ""); err != nil {
			return err
		}
		return e.tell(b, facts, flows.SendSignpost, s.Subject(), b.now.AddDate(0, 0, answerWithin))
	})
}
