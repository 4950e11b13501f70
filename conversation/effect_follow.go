package conversation

import (
	"errors"

	"linkline/conversation/casework"
)

// Open puts a question into the text of the turn that opens when the text
// leaves (decision 20).
type Open struct{ casework.Opening }

func (o Open) apply(b *books) error {
	b.opening = &o.Opening
	return nil
}

// Fire moves what a flow is about along its life: she can come, she went, she
// agrees to the plan. What a worker has settled meanwhile stays as it is; her
// words are kept all the same.
type Fire struct {
	About casework.About
	Event string
}

func (f Fire) apply(b *books) error {
	if f.About.Kind == casework.AboutInvitation {
		return f.invitation(b)
	}
	course, err := b.changeCourse()
	if err != nil {
		return err
	}
	err = course.Fire(f.About, f.Event, b.now)
	if errors.Is(err, casework.ErrNotAllowed) || errors.Is(err, casework.ErrNotFound) {
		return b.audit("too late: "+f.Event, f.About.ID, "")
	}
	if err != nil {
		return err
	}
	return b.audit(string(f.About.Kind)+" "+f.Event, f.About.ID, "")
}

// invitation moves an invitation on, before or after she has a case.
func (f Fire) invitation(b *books) error {
	in, err := casework.Invitations.Find(b.tx, f.About.ID)
	if err != nil || in == nil {
		return err
	}
	return b.settleInvitation(in, f.Event)
}
