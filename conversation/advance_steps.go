package conversation

import (
	"fmt"
	"slices"

	"linkline/conversation/casework"
	"linkline/flows"
)

// mend brings the stack up to the flows that there are. A flow is played in the
// version it began with; where that is gone, its newest version goes on at the
// step of the same name, and what has no such step is given up. Somebody in the
// middle of an old version must not be refused for ever (B35, I30).
func (t *turn) mend() {
	before := len(t.c.Stack)
	t.c.Stack = slices.DeleteFunc(t.c.Stack, func(frame casework.Frame) bool { return !t.playable(frame.Place) })
	for i := range t.c.Stack {
		frame := &t.c.Stack[i]
		if _, _, err := t.step(frame.Place); err != nil {
			newest, _ := t.flows.Flow(frame.Flow, 0)
			frame.Version = newest.Version
		}
	}
	if len(t.c.Stack) < before {
		t.c.Prompt = nil
	}
}

// playable reports whether a place can be played, if need be in another version
// of its flow.
func (t *turn) playable(p casework.Place) bool {
	if _, _, err := t.step(p); err == nil {
		return true
	}
	_, _, err := t.step(casework.Place{Flow: p.Flow, Version: 0, Step: p.Step})
	return err == nil
}

// longest is how many steps one turn may pass without a question: more is a
// flow that turns in a circle.
const longest = 200

// begin starts the flow of a moment, on top of what is in progress. A flow that
// is already in progress begins again instead: CALL in the middle of CALL does
// not make the person answer it twice.
func (t *turn) begin(at flows.Start) error {
	f, ok := t.flows.Start(at)
	if !ok {
		return fmt.Errorf("no flow starts at %q", at)
	}
	hush := t.dropTo(f)
	t.push(f, f.First().ID, false)
	t.top().Hush = hush
	return t.run()
}

// dropTo takes a flow in progress, and all that was begun over it, from the
// stack, so that it can begin again. It returns whether it was hushed.
func (t *turn) dropTo(f *flows.Flow) (hush bool) {
	at := slices.IndexFunc(t.c.Stack, func(frame casework.Frame) bool { return frame.Flow == f.ID && !frame.Once })
	if at < 0 {
		return false
	}
	hush = t.c.Stack[at].Hush
	t.c.Stack = t.c.Stack[:at]
	return hush
}

// push puts a flow over the one that speaks. What that one is about, a flow that
// says it is about the same kind of thing is about too.
func (t *turn) push(f *flows.Flow, step string, once bool) {
	frame := casework.Frame{
		Place: casework.Place{Flow: f.ID, Version: f.Version, Step: step}, Once: once,
	}
	if about := t.about(); f.About != "" && f.About == string(about.Kind) {
		frame.About = about
		if below := t.top(); below != nil {
			frame.Ours, frame.Until = below.Ours, below.Until
		}
	}
	t.c.Stack = append(t.c.Stack, frame)
}

// run enters steps until one asks, or nothing is left to do.
func (t *turn) run() error {
	t.c.Prompt = nil
	for range longest {
		frame := t.top()
		if frame == nil {
			return nil
		}
		f, s, err := t.step(frame.Place)
		if err != nil {
			return err
		}
		done, err := t.enter(f, s)
		if err != nil || done {
			return err
		}
	}
	return fmt.Errorf("flow %s turns in a circle", t.top().Flow)
}

// enter does what a step says; done is set when the turn must wait.
func (t *turn) enter(f *flows.Flow, s *flows.Step) (done bool, err error) {
	if s.SkipWhen != nil && !t.top().Once && t.holds(s.SkipWhen) {
		return false, t.pass(f, s, skipOutcome(s))
	}
	for _, a := range s.Do {
		if stop, err := t.act(a); err != nil || stop {
			return true, err
		}
	}
	switch s.Kind {
	case flows.KindSay:
		if err := t.sayStep(f, s); err != nil {
			return true, err
		}
		return t.c.Waiting, t.pass(f, s, flows.OutcomeNext)
	case flows.KindAsk, flows.KindPermit:
		return t.askOrPass(f, s)
	case flows.KindGo:
		return false, t.goTo(s.Go)
	case flows.KindBranch:
		return false, t.branch(f, s)
	case flows.KindEnd:
		if err := t.sayStep(f, s); err != nil {
			return true, err
		}
		return t.end()
	}
	return true, fmt.Errorf("step %s of %s has no kind", s.ID, f.ID)
}

// skipOutcome is the way on of a step that is passed over.
func skipOutcome(s *flows.Step) string {
	if !s.Asks() {
		return flows.OutcomeNext
	}
	if !s.Required {
		return flows.OutcomeSkipped
	}
	return s.Outcomes()[0]
}

// pass fires an outcome and moves the frame to where it leads.
func (t *turn) pass(f *flows.Flow, s *flows.Step, outcome string) error {
	to, err := t.flows.machines.fire(f, s.ID, outcome)
	if err != nil {
		return err
	}
	frame := t.top()
	frame.Step, frame.Misses, frame.Recalled = to, 0, false
	return nil
}

// sayStep says the words of a step that has any.
func (t *turn) sayStep(f *flows.Flow, s *flows.Step) error {
	if s.Words == "" {
		return nil
	}
	text, _, ok := t.flows.Words(t.c.Language, f.ID, s.Words)
	if !ok {
		return fmt.Errorf("flow %s has no words for %s", f.ID, s.Words)
	}
	return t.sayText(text)
}

// askOrPass asks, unless the question answers itself.
func (t *turn) askOrPass(f *flows.Flow, s *flows.Step) (done bool, err error) {
	if s.Among != "" {
		options := t.options(f, s)
		if len(options) == 0 {
			return false, t.pass(f, s, skipOutcome(s))
		}
		if len(options) == 1 {
			t.record(s, casework.Answer{Values: []string{options[0].ID}})
			return false, t.leaveStep(f, s, options[0].ID)
		}
	}
	return true, t.ask(f, s, false)
}

// leaveStep goes on after an answer: back to where a single step was asked
// from, or along the flow.
func (t *turn) leaveStep(f *flows.Flow, s *flows.Step, outcome string) error {
	if !t.top().Once {
		return t.pass(f, s, outcome)
	}
	to, err := t.flows.machines.fire(f, s.ID, outcome)
	if err != nil {
		return err
	}
	next, err := t.beyond(f, to)
	if err != nil {
		return err
	}
	if continues(s, next) {
		t.top().Step = next.ID
		return nil
	}
	_, err = t.end()
	return err
}

// beyond is the first step from here that is not a branch.
func (t *turn) beyond(f *flows.Flow, to string) (*flows.Step, error) {
	for range longest {
		s, ok := f.Step(to)
		if !ok {
			return nil, fmt.Errorf("flow %s has no step %s", f.ID, to)
		}
		if s.Kind != flows.KindBranch {
			return s, nil
		}
		outcome, err := t.choose(f, s)
		if err != nil {
			return nil, err
		}
		if to, err = t.flows.machines.fire(f, s.ID, outcome); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("flow %s turns in a circle", f.ID)
}

// continues reports whether a step that is asked again alone goes on to the
// next: a second page of the same question, or the words an answer asks for.
func continues(s, next *flows.Step) bool {
	return next.Asks() && next.Save != "" && next.Save == s.Save
}

func (t *turn) goTo(g *flows.Go) error {
	f, ok := t.flows.Flow(g.Flow, 0)
	if !ok {
		return fmt.Errorf("no flow %s", g.Flow)
	}
	step := g.Step
	if step == "" {
		step = f.First().ID
	}
	if g.Leave {
		left := *t.top()
		t.c.Stack = t.c.Stack[:len(t.c.Stack)-1]
		t.dropTo(f) // MENU, CHANGE and MENU again must not pile up
		t.push(f, step, g.Once)
		if f.About != "" && f.About == string(left.About.Kind) {
			t.top().About, t.top().Ours, t.top().Until = left.About, left.Ours, left.Until
		}
		return nil
	}
	t.push(f, step, g.Once)
	return nil
}

func (t *turn) branch(f *flows.Flow, s *flows.Step) error {
	outcome, err := t.choose(f, s)
	if err != nil {
		return err
	}
	return t.pass(f, s, outcome)
}

// choose is the outcome of a branch: its first that holds.
func (t *turn) choose(f *flows.Flow, s *flows.Step) (string, error) {
	for _, b := range s.Branches {
		if b.When == nil || t.holds(b.When) {
			return "to_" + b.To, nil
		}
	}
	return "", fmt.Errorf("no branch of %s.%s holds", f.ID, s.ID)
}

// forgetWay forgets the questions of flows that have ended. BACK into one of
// them would put it in the place of the question that waits.
func (t *turn) forgetWay() {
	t.c.Trail = slices.DeleteFunc(t.c.Trail, func(p casework.Place) bool {
		return !slices.ContainsFunc(t.c.Stack, func(frame casework.Frame) bool { return frame.Flow == p.Flow })
	})
}

// end ends the frame that speaks and wakes the one below: it goes on after the
// step that led away, or its question is asked again.
func (t *turn) end() (done bool, err error) {
	if ended := t.top(); ended != nil {
		t.c.Waiting = t.c.Waiting || ended.Hush
		t.c.Stack = t.c.Stack[:len(t.c.Stack)-1]
		t.forgetWay()
	}
	t.expire() // what was parked may be of no use by now
	t.passOver()
	frame := t.top()
	if frame == nil || t.c.Waiting || t.c.Stopped || t.c.Pause != "" {
		t.c.Prompt = nil
		return true, nil
	}
	f, s, err := t.step(frame.Place)
	if err != nil {
		return true, err
	}
	if s.Kind == flows.KindGo {
		return false, t.pass(f, s, flows.OutcomeNext)
	}
	frame.Recalled = frame.Ours && s.Asks()
	return false, nil
}
