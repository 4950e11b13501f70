package flows

import "maps"

// person checks that CALL leads to a person on every way through its flow.
// CALL works at every question (decision 17), so nobody who is asked anything
// is then without a way to one.
func (c *checker) person() {
	f, ok := c.l.Start(StartCall)
	if !ok {
		c.problems.add(RuleNoPerson, place{file: "."}, "no flow starts at %q, so nobody can ask for a person", StartCall)
		return
	}
	c.lonely(spot{f, f.First()}, map[spot]bool{}, true)
	for _, f := range c.l.All() {
		for _, s := range f.Steps {
			c.callAnswer(f, s)
		}
	}
}

// lonely follows the ways that reach no person and reports, if told to, where
// they end. It says whether there is one.
func (c *checker) lonely(at spot, seen map[spot]bool, report bool) bool {
	if seen[at] || at.step.asksPerson() {
		return false
	}
	seen[at] = true
	if at.step.Kind == KindEnd {
		if report {
			c.problems.add(RuleNoPerson, at.flow.at(at.step), "CALL can come to step %q without asking a person for anything", at.step.ID)
		}
		return true
	}
	if g := at.step.Go; g != nil && !g.Once {
		into, ok := c.entry(g)
		if ok && g.Leave {
			return c.lonely(into, seen, report)
		}
		if ok && !c.lonely(into, maps.Clone(seen), false) {
			return false
		}
	}
	found := false
	for _, id := range at.step.leadsTo() {
		if s, ok := at.flow.Step(id); ok && c.lonely(spot{at.flow, s}, seen, report) {
			found = true
		}
	}
	return found
}

func (s *Step) asksPerson() bool {
	for _, a := range s.Do {
		if a.Name == DoTask || a.Name == DoHandOver {
			return true
		}
	}
	return false
}

// callAnswer checks an option that CALL itself would choose: there the always-on
// word does not work, so the option must do the same.
func (c *checker) callAnswer(f *Flow, s *Step) {
	t, _, _ := c.l.Words(DefaultLanguage, f.ID, s.Words)
	for _, o := range s.Options {
		label := t.Options[o.ID]
		for _, word := range append([]string{label.Label}, label.Also...) {
			if Normalise(word) != "call" {
				continue
			}
			to, ok := f.Step(s.Target(o.ID))
			if !ok || c.lonely(spot{f, to}, map[spot]bool{}, false) {
				c.problems.add(RuleNoPerson, f.at(s), "CALL answers step %q with %q, which does not always lead to a person", s.ID, o.ID)
			}
		}
	}
}
