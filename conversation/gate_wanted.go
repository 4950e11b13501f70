package conversation

import (
	"slices"
	"strings"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// died is the reason for closing after which not even a worker's last words
// leave.
const died = "died"

// living suppresses what was planned of a case that was closed meanwhile (I21):
// whatever nobody wrote, and to somebody who has died everything. What the plan
// itself asks for after closing is asked of the plan.
func (g *gate) living() (Hold, error) {
	if g.m.Case == "" || g.m.Job != "" {
		return Hold{}, nil
	}
	k := g.caseOf
	if k == nil || k.ID != g.m.Case {
		var err error
		if k, err = casework.Cases.Find(g.tx, string(g.m.Case)); err != nil {
			return Hold{}, err
		}
	}
	stale := Hold{Reason: casework.ReasonStale}
	switch {
	case k == nil || k.State != casework.CaseClosed:
		return Hold{}, nil
	case k.Close == died:
		return stale, nil
	case !g.class.Automatic():
		return Hold{}, nil
	case g.asksWho() && k == g.caseOf:
		more, err := g.moreToSay()
		if err != nil || more {
			return Hold{}, err // "how are things?" may come four weeks after closing (J20)
		}
	}
	return stale, nil
}

// moreToSay reports whether the plan of the case still asks for a text.
func (g *gate) moreToSay() (bool, error) {
	if g.engine.config.Plan == nil {
		return false, nil
	}
	outlook, err := g.outlook()
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(g.engine.config.Plan(outlook), func(w casework.Wanted) bool {
		return w.Send != "" && w.NotAfter.After(g.now)
	}), nil
}

// wanted suppresses what nobody wants any more: the answer has come, the
// appointment was moved or called off.
func (g *gate) wanted() (Hold, error) {
	stale := Hold{Reason: casework.ReasonStale}
	if g.m.Job != "" {
		job, err := casework.Jobs.Find(g.tx, g.m.Job)
		if err != nil {
			return Hold{}, err
		}
		if job == nil || g.caseOf == nil || g.caseOf.ID != job.Case {
			return stale, nil
		}
		w, ok, err := g.still(job)
		if err != nil || !ok {
			return stale, err
		}
		if late, err := g.overtaken(w); err != nil || late {
			return stale, err
		}
		return Hold{}, nil
	}
	kind := g.m.About.Kind
	switch {
	case kind == "", kind == casework.AboutInvitation:
		return Hold{}, nil
	case kind == casework.AboutCase && g.caseOf != nil && !g.caseOf.PickedUpAt.IsZero():
		return stale, nil // Q1: somebody has her case by now
	}
	course, err := g.theCourse()
	if err != nil || course.Current(g.m.About) {
		return Hold{}, err
	}
	return stale, nil
}

// silentFor is how long a number may be silent before whoever has it is asked
// whether it is still hers: some networks give a number away after three months
// (messaging-safety 1.7, HZ06).
const silentFor = 90 * 24 * time.Hour

// known holds back what is personal from a number that may be somebody else's by
// now, and asks "is this still you?" in words that name nobody (I35).
func (g *gate) known() (Hold, error) {
	silent := !g.conv.LastInAt.IsZero() && g.now.Sub(g.conv.LastInAt) > silentFor
	doubted := !g.contact.DoubtedAt.IsZero() || silent
	switch {
	case g.asksWho() && (!doubted || g.m.Once != g.asksIfSheIsThere()):
		return Hold{Reason: casework.ReasonStale}, nil // she has texted since
	case !doubted, g.asksWho():
		return Hold{}, nil
	}
	return Hold{Until: g.now.Add(whileHeld)}, g.askIfSheIsThere()
}

// asksWho reports whether this is the text that asks whether it is still her.
func (g *gate) asksWho() bool { return strings.HasPrefix(g.m.Once, verifies) }

// verifies begins the names of the texts that ask.
const verifies = "still hers:"

// asksIfSheIsThere names the one text that asks, for this silence or this doubt.
func (g *gate) asksIfSheIsThere() string {
	return verifies + string(g.conv.ID) + ":" + casework.Moment(later(g.contact.DoubtedAt, g.conv.LastInAt))
}

func (g *gate) askIfSheIsThere() error {
	once := g.asksIfSheIsThere()
	asked, _, err := casework.Messages.Range(g.tx, casework.Span{Index: "once", Prefix: once, Limit: 1})
	if err != nil || len(asked) > 0 {
		return err
	}
	b := *g.books
	b.class, b.once = casework.ClassReminder, once
	_, err = g.engine.turn(&b, g.facts, Began{Send: flows.SendVerify})
	return err
}
