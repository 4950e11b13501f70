package conversation

import (
	"fmt"
	"slices"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
)

// act does one action of a step; stop is set when the turn has gone elsewhere.
func (t *turn) act(a flows.Action) (stop bool, err error) {
	switch a.Name {
	case flows.DoOpenCase:
		t.openCase()
	case flows.DoSubmit:
		t.submit()
	case flows.DoForget:
		t.forget()
	case flows.DoAlert:
		return false, t.alertByAnswer(a.Arg)
	case flows.DoTask:
		t.task(casework.TaskKind(a.Arg))
	case flows.DoMark, flows.DoVerified, flows.DoFire, flows.DoNeed:
		t.note(a)
	case flows.DoPause:
		return false, t.pauseUntil(first(t.last.Values))
	case flows.DoWithdraw:
		t.withdraw(casework.Purpose(a.Arg))
	case flows.DoOptOut:
		t.optOut("phrase")
	case flows.DoOptIn:
		t.optIn()
	case flows.DoHandOver:
		t.handOver()
	case flows.DoAppend:
		t.do(Case{Event: CaseAdd})
	case flows.DoAgain:
	case flows.DoLeave:
		t.c.Stack = t.c.Stack[len(t.c.Stack)-1:]
	case flows.DoLanguage:
		t.c.Language = first(t.last.Values)
	case flows.DoRestart:
		t.c.Stack, t.c.Trail = nil, nil
		return true, t.begin(flows.StartFirst)
	default:
		return false, fmt.Errorf("unknown action %q", a.Name)
	}
	return false, nil
}

// note does the actions that write something down and leave the conversation as
// it is.
func (t *turn) note(a flows.Action) {
	switch a.Name {
	case flows.DoMark:
		t.do(Contact{Mark: a.Arg, Times: t.known["safe_times"].Values})
	case flows.DoVerified:
		t.do(Contact{Mark: "verified"})
	case flows.DoFire:
		t.do(Fire{About: t.about(), Event: a.Arg})
	case flows.DoNeed:
		t.need(a.Arg)
	default:
	}
}

// need adds a need that has shown itself to those she named: how to get there,
// say, when that is what kept her from going (K3).
func (t *turn) need(id string) {
	a := t.known[flows.FactNeeds]
	if slices.Contains(a.Values, id) {
		return
	}
	a.Values, a.At = append(slices.Clone(a.Values), id), t.now
	t.known[flows.FactNeeds] = a
	t.do(Record{Fact: flows.FactNeeds, Answer: a})
}

// handOver lets a worker speak; none of them in particular yet.
func (t *turn) handOver() {
	t.c.Holder, t.c.HeldAt = casework.HeldByTeam, t.now
	t.do(Schedule{Kind: casework.JobGiveBack, DueAt: t.now.Add(heldFor)})
	t.do(HandOver{To: casework.HeldByTeam})
}

func (t *turn) openCase() {
	if t.caseState != "none" && t.caseState != "closed" {
		return
	}
	t.do(Case{Event: CaseOpen, Reference: t.facts.Reference, Answers: t.c.Known})
	t.do(Cancel{Kind: casework.JobForget})
	t.caseState, t.promised = "open", ""
	t.c.Known = nil
}

// submit sends the case and promises a date that the queue can keep.
func (t *turn) submit() {
	if t.promised == "" {
		t.promised = t.promise().String()
	}
	day, err := calendar.ParseDate(t.promised)
	if err == nil {
		t.do(Case{Event: CaseSubmit, Promised: day})
	}
	t.caseState = "submitted"
}

// promise is the working day by which a person is in touch: the team's, or
// sooner when a rule says so. Nothing is promised that a bank holiday breaks.
func (t *turn) promise() calendar.Date {
	days := t.facts.Team.FirstContact
	if days == 0 {
		days = standardDays
	}
	for _, r := range rulesOf(t.known) {
		days = min(days, r.Days)
	}
	return t.facts.Team.Calendar.AddWorkingDays(t.now, days)
}

// forget destroys what was said before permission. Once there is a case, a "no"
// takes the permission back instead: what a worker has read is not hers to
// unread.
func (t *turn) forget() {
	if t.caseState != "none" {
		t.withdraw(casework.PurposeKeep)
		return
	}
	t.do(Withdraw{Purpose: casework.PurposeKeep, Reply: t.text, Forget: true})
	t.c.Stack = t.c.Stack[len(t.c.Stack)-1:]
	t.c.Known, t.c.Recent, t.c.Trail = nil, nil, nil
	t.permitted[casework.PurposeKeep] = casework.PermissionNo
}

// task asks a worker for something. What was said only for the task is not
// kept anywhere else before permission (decision 14).
func (t *turn) task(kind casework.TaskKind) {
	task := Task{Kind: kind, Words: t.told("ring_time"), Name: casework.Private(first(t.known[factHelper].Values))}
	if task.Name == "" {
		task.Name = casework.Private(first(t.known["name"].Values))
	}
	if number := first(t.known["ring_number"].Values); number != "" && number != "this" {
		task.Address = casework.Private(number)
	}
	if task.Words == "" {
		task.Words = t.last.Words
	}
	t.do(task)
	for _, fact := range []string{"ring_number", "ring_time", factHelper} {
		delete(t.c.Known, fact)
	}
}

// told is an answer as somebody reads it who did not see the question: the
// label of the option that was chosen, or else her words.
func (t *turn) told(fact string) casework.Private {
	answer := t.known[fact]
	place, err := casework.ParsePlace(answer.Asked)
	if err != nil {
		return answer.Words
	}
	_, s, err := t.step(place)
	if err != nil {
		return answer.Words
	}
	text, _, _ := t.flows.Words(t.c.Language, place.Flow, s.Words)
	if option, ok := text.Options[first(answer.Values)]; ok {
		return casework.Private(option.Label)
	}
	return answer.Words
}

func (t *turn) withdraw(p casework.Purpose) {
	t.do(Withdraw{Purpose: p, Reply: t.text})
	t.permitted[p] = casework.PermissionWithdrawn
	if p != casework.PurposeKeep {
		return
	}
	t.c.Withdrawn = true
	if len(t.c.Stack) > 0 {
		t.c.Stack = t.c.Stack[len(t.c.Stack)-1:]
	}
}

func (t *turn) optOut(from string) {
	t.c.Stopped, t.c.Prompt = true, nil
	t.do(OptOut{From: from})
	t.do(Cancel{Kind: casework.JobUnpause})
}

func (t *turn) optIn() {
	t.c.Stopped = false
	t.do(OptIn{})
}

// pauseUntil stops what is automatic until a civil date.
func (t *turn) pauseUntil(date string) error {
	day, err := calendar.ParseDate(date)
	if err != nil {
		return fmt.Errorf("pause until: %w", err)
	}
	t.c.Pause = day.String()
	t.do(Schedule{Kind: casework.JobUnpause, DueAt: day.Time(9, 0, t.facts.Team.location())})
	t.do(Audit{Action: "paused"})
	return nil
}

// forgetAfter is how long a conversation without permission is kept
// (decision 14).
const forgetAfter = 72 * time.Hour
