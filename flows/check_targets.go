package flows

import "slices"

// targets checks that every step leads somewhere that exists and that every
// step can be reached.
func (c *checker) targets(f *Flow) {
	for _, s := range f.Steps {
		for _, to := range s.leadsTo() {
			if _, ok := f.Step(to); !ok && to != "" {
				c.problems.add(RuleUnknownTarget, f.at(s), "step %q leads to %q, which is not here, %s", s.ID, to, suggest(to, names(f.byID)))
			}
		}
		if s.Go != nil {
			c.goes(f, s)
		}
		if s.stops() {
			c.problems.add(RuleDeadEnd, f.at(s), "step %q does not say where to go on", s.ID)
		}
	}
	reached := c.reached(f)
	for _, s := range f.Steps {
		if !reached[s.ID] {
			c.problems.add(RuleUnreachable, f.at(s), "no step leads to %q", s.ID)
		}
	}
	if len(f.Starts) == 0 && !c.entered(f) {
		c.problems.add(RuleUnreachable, place{f.File, 1}, "flow %q starts at no moment and no step goes to it", f.ID)
	}
	c.ends(f, reached)
}

// leadsTo lists the steps of the same flow that can follow, empty where a way
// on is not written.
func (s *Step) leadsTo() []string {
	if s.Kind == KindBranch {
		out := make([]string, len(s.Branches))
		for i, b := range s.Branches {
			out[i] = b.To
		}
		return out
	}
	if s.Go != nil && s.Go.Leave {
		return nil
	}
	var out []string
	for _, outcome := range s.Outcomes() {
		out = append(out, s.Target(outcome))
	}
	for _, outcome := range names(s.On) { // also those that are not outcomes
		out = append(out, s.On[outcome])
	}
	if s.SkipWhen != nil {
		out = append(out, s.Next)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// stops reports whether the step can leave somebody standing.
func (s *Step) stops() bool {
	if s.Kind == KindBranch {
		return len(s.Branches) == 0 || s.Branches[len(s.Branches)-1].When != nil
	}
	return slices.Contains(s.leadsTo(), "")
}

func (c *checker) goes(f *Flow, s *Step) {
	to, ok := c.l.Flow(s.Go.Flow, 0)
	if !ok {
		c.problems.add(RuleUnknownTarget, f.at(s), "step %q goes to flow %q, which is not here, %s", s.ID, s.Go.Flow, suggest(s.Go.Flow, names(c.l.flows)))
		return
	}
	var step *Step
	if s.Go.Step != "" {
		if step, ok = to.Step(s.Go.Step); !ok {
			c.problems.add(RuleUnknownTarget, f.at(s), "step %q goes to step %q of flow %q, which is not there, %s",
				s.ID, s.Go.Step, to.ID, suggest(s.Go.Step, names(to.byID)))
			return
		}
	}
	if s.Go.Once && (step == nil || !step.Asks()) {
		c.problems.add(RuleOnce, f.at(s), "step %q asks once what is not a question", s.ID)
	}
}

// reached finds the steps that can be reached, from the beginning of the flow
// or by a step that goes into its middle. Older versions are entered at the
// place somebody has left, so the way there is the same.
func (c *checker) reached(f *Flow) map[string]bool {
	todo := []string{f.First().ID}
	for _, g := range c.callers(f.ID) {
		if g.Go.Step != "" {
			todo = append(todo, g.Go.Step)
		}
	}
	out := map[string]bool{}
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		s, ok := f.Step(id)
		if !ok || out[id] {
			continue
		}
		out[id] = true
		todo = append(todo, s.leadsTo()...)
	}
	return out
}

// callers lists the steps of all flows that go to a flow.
func (c *checker) callers(flow string) []*Step {
	var out []*Step
	for _, f := range c.l.All() {
		for _, s := range f.Steps {
			if s.Go != nil && s.Go.Flow == flow {
				out = append(out, s)
			}
		}
	}
	return out
}

func (c *checker) entered(f *Flow) bool { return len(c.callers(f.ID)) > 0 }

// ends checks that the flow can be finished from wherever somebody is in it.
func (c *checker) ends(f *Flow, reached map[string]bool) {
	done := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for _, s := range f.Steps {
			if !done[s.ID] && (s.finishes() || slices.ContainsFunc(s.leadsTo(), func(to string) bool { return done[to] })) {
				done[s.ID], changed = true, true
			}
		}
	}
	for _, s := range f.Steps {
		if reached[s.ID] && !done[s.ID] && !s.stops() {
			c.problems.add(RuleDeadEnd, f.at(s), "from step %q no end can be reached", s.ID)
		}
	}
}

func (s *Step) finishes() bool {
	return s.Kind == KindEnd || s.Go != nil && s.Go.Leave
}
