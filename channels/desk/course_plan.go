package desk

import (
	"slices"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// planRow is one version of a plan, in words.
type planRow struct {
	Version                int
	State, At, By          string
	Bad                    bool
	Goals                  []goalRow
	Strengths, Preferences string
	Said                   []answerRow
}

type goalRow struct {
	Text, Why, Who, By string
	Done               bool
}

// planRow puts one version of a plan into words.
func (d *Desk) planRow(clock words.Clock, cr *caseRecords, p *casework.Plan) planRow {
	row := planRow{
		Version: p.Version, State: words.PlanState(p.State), At: clock.At(p.MadeAt), By: cr.names[p.By],
		Bad:       p.State == casework.PlanDisputed,
		Strengths: words.Visible(p.Strengths.Reveal()), Preferences: words.Visible(p.Preferences.Reveal()),
		Said: d.saidRows(p.Said),
	}
	if p.State == casework.PlanAgreed {
		row.State += ", " + clock.Day(p.AgreedAt)
	}
	for _, g := range p.Goals {
		row.Goals = append(row.Goals, goalRow{
			Text: words.Visible(g.Text.Reveal()), Why: words.Visible(g.Why.Reveal()), By: dayWords(g.By), Done: g.Done,
		})
		if g.Who != "" {
			row.Goals[len(row.Goals)-1].Who = words.GoalWho(g.Who)
		}
	}
	return row
}

// addPlans puts the plan in force first and keeps the older versions apart.
func (d *Desk) addPlans(clock words.Clock, cr *caseRecords, body *courseBody) {
	for _, p := range slices.Backward(cr.course.Plans) {
		row := d.planRow(clock, cr, p)
		if body.Plan == nil {
			body.Plan = &row
			continue
		}
		body.Older = append(body.Older, row)
	}
}
