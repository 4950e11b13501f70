package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// planBody is the page on which a plan is written, or a new version of it.
type planBody struct {
	formHead
	Version                int // the one in force, zero for none
	Next                   int // the one that is written now
	Goals                  []goalField
	Strengths, Preferences string
	Full                   bool     // whether no more goals fit
	Theirs                 *planRow // what a colleague wrote meanwhile
}

// goalField is one goal in the form.
type goalField struct {
	N         string
	Text, Why string
	Whos      []choice
	By        whenField
	Done      bool
	Wrong     string
}

// How many goals a plan can have, and how many empty ones are offered.
const (
	mostGoals  = 10
	emptyGoals = 2
)

// planPage shows the plan to be written.
func (d *Desk) planPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showPlan(w, r, v, page{})
}

func (d *Desk) showPlan(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	return d.showForm(w, r, v, p, caseForm{name: "plan", make: func(cr *caseRecords, head formHead) (string, any, error) {
		body := planBody{formHead: head, Strengths: r.PostForm.Get("strengths"), Preferences: r.PostForm.Get("preferences")}
		plan := cr.course.Plan()
		if plan != nil {
			body.Version = plan.Version
		}
		body.Next = body.Version + 1
		if r.Method == http.MethodPost {
			body.Goals = typedGoals(r.PostForm, p)
			if opened, err := strconv.Atoi(r.PostForm.Get("version")); err == nil && opened != body.Version && plan != nil {
				row := d.planRow(v.clock(), cr, plan)
				body.Theirs = &row
			}
		} else if plan != nil {
			body.Goals = keptGoals(plan)
			body.Strengths, body.Preferences = plan.Strengths.Reveal(), plan.Preferences.Reveal()
		}
		body.Goals = withEmpty(body.Goals, r.PostForm.Get("do") == "more")
		body.Full = len(body.Goals) >= mostGoals
		return "Plan of " + head.Name, body, nil
	}})
}

// keptGoals are the goals of a version as they stand in the form of the next.
func keptGoals(plan *casework.Plan) []goalField {
	var out []goalField
	for i, g := range plan.Goals {
		field := goalField{
			N: strconv.Itoa(i + 1), Text: g.Text.Reveal(), Why: g.Why.Reveal(), Done: g.Done,
			Whos: choices(words.GoalWhos(), words.GoalWho, g.Who), By: whenField{N: strconv.Itoa(i + 1)},
		}
		if year, month, day, ok := splitDate(g.By); ok {
			field.By.Year, field.By.Month, field.By.Day = year, month, day
		}
		out = append(out, field)
	}
	return out
}

// splitDate takes a civil date apart, without leading zeros.
func splitDate(date string) (year, month, day string, ok bool) {
	parts := strings.Split(date, "-")
	if len(parts) != 3 {
		return "", "", "", false
	}
	return parts[0], strings.TrimLeft(parts[1], "0"), strings.TrimLeft(parts[2], "0"), true
}

// typedGoals are the goals as they were typed, empty ones left out.
func typedGoals(form url.Values, p page) []goalField {
	var out []goalField
	for i := range mostGoals {
		n := strconv.Itoa(i + 1)
		field := goalField{
			N: n, Text: form.Get("goal" + n), Why: form.Get("why" + n), Done: form.Get("done"+n) != "",
			Whos: choices(words.GoalWhos(), words.GoalWho, form.Get("who"+n)), By: typedWhen(form, n),
			Wrong: p.Problem("goal" + n),
		}
		field.By.Wrong = p.Problem("day" + n)
		if field.Text != "" || field.Why != "" || !field.By.Empty() || field.Wrong != "" {
			out = append(out, field)
		}
	}
	return out
}

// withEmpty adds room for goals that are still to be written.
func withEmpty(goals []goalField, more bool) []goalField {
	room := 1
	if more || len(goals) == 0 {
		room = emptyGoals
	}
	taken := map[string]bool{}
	for _, g := range goals {
		taken[g.N] = true
	}
	for i := 1; i <= mostGoals && room > 0; i++ {
		if n := strconv.Itoa(i); !taken[n] {
			goals = append(goals, goalField{N: n, Whos: choices(words.GoalWhos(), words.GoalWho, ""), By: whenField{N: n}})
			room--
		}
	}
	return goals
}

// writePlan keeps a new version of the plan. A version that a colleague wrote
// meanwhile is shown first, and nothing that was typed is lost.
func (d *Desk) writePlan(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.formOf(r, v)
	if c == nil {
		return err
	}
	if err == nil && r.PostForm.Get("do") == "more" {
		return d.showPlan(w, r, v, page{})
	}
	done := formed{c: c, err: err, done: "planned", at: "plan"}
	if err == nil {
		done.problems, done.err = d.planIt(r, v, c)
	}
	if errors.Is(done.err, casework.ErrConflict) {
		return d.showPlan(w, r, v, page{Status: http.StatusConflict, Problems: []problem{{
			"theirs", "The plan has changed since you opened it. Read what is new. What you typed is below: save it again to put it in place of that version.",
		}}})
	}
	return d.settleForm(w, r, v, done, d.showPlan)
}

func (d *Desk) planIt(r *http.Request, v *visit, c *casework.Case) ([]problem, error) {
	plan, problems := readPlan(r.PostForm, v)
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		version = 0
	}
	if len(problems) > 0 {
		return problems, nil
	}
	err = d.config.Engine.WritePlan(r.Context(), v.actor(), c.ID, version, plan)
	if !errors.Is(err, casework.ErrConflict) {
		return nil, err
	}
	course, read := d.courseOf(r, v, c)
	if read != nil {
		return nil, read
	}
	if now := course.Plan(); now != nil && now.Version == version+1 && now.By == v.user.ID && samePlan(now, plan) {
		return nil, nil // the same form again
	}
	return nil, err
}

// samePlan reports whether a version says what was typed.
func samePlan(kept *casework.Plan, typed casework.Plan) bool {
	return slices.Equal(kept.Goals, typed.Goals) && kept.Strengths == typed.Strengths && kept.Preferences == typed.Preferences
}

// readPlan reads the form of a plan.
func readPlan(form url.Values, v *visit) (casework.Plan, []problem) {
	plan := casework.Plan{Strengths: private(form, "strengths"), Preferences: private(form, "preferences")}
	var problems []problem
	for _, field := range typedGoals(form, page{}) {
		goal := casework.Goal{
			Text: private(form, "goal"+field.N), Why: private(form, "why"+field.N), Done: field.Done,
		}
		if who := form.Get("who" + field.N); slices.Contains(words.GoalWhos(), who) {
			goal.Who = who
		}
		if goal.Text == "" {
			problems = append(problems, problem{"goal" + field.N, fmt.Sprintf("Write goal %s, or empty its other boxes.", field.N)})
		}
		problems = append(problems, tooLong(form, longestGoal, "goal"+field.N)...)
		if !field.By.Empty() {
			day, wrong := goalDay(field.By, v, field.Done)
			goal.By, problems = day, append(problems, wrong...)
		}
		plan.Goals = append(plan.Goals, goal)
	}
	if len(plan.Goals) == 0 {
		problems = append(problems, problem{"goal1", sentenceOf(conversation.ErrEmptyPlan)})
	}
	return plan, problems
}

// goalDay reads by when a goal is to be reached. One that is reached may keep a
// day that has passed.
func goalDay(f whenField, v *visit, done bool) (string, []problem) {
	day, problems := f.date(v)
	if done && day.Valid() {
		problems = nil
	}
	return day.String(), problems
}
