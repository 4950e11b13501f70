package flows

import "slices"

// steps checks each step of a flow by itself.
func (c *checker) steps(f *Flow) {
	if f.About != "" {
		c.known(place{f.File, 1}, "thing to be about", f.About, names(Abouts()))
	}
	for _, s := range f.Steps {
		c.actions(f, s)
		c.condition(f, s, s.SkipWhen)
		for _, b := range s.Branches {
			c.condition(f, s, b.When)
		}
		if s.Asks() {
			c.question(f, s)
		}
	}
}

func (c *checker) question(f *Flow, s *Step) {
	at := f.at(s)
	if s.Why == "" || len(s.UsedBy) == 0 {
		c.problems.add(RuleNoWhy, at, "question %q does not say why it is asked and who uses the answer", s.ID)
	}
	c.known(at, "answer", string(s.Answer), plain(AnswerTypes()))
	if s.Kind == KindPermit {
		c.known(at, "purpose", s.Purpose, Purposes())
	}
	c.options(f, s)
	outcomes := s.Outcomes()
	for _, outcome := range names(s.On) {
		if !slices.Contains(outcomes, outcome) {
			c.problems.add(RuleUnknownOutcome, at, "%q is not an outcome of step %q, %s", outcome, s.ID, suggest(outcome, outcomes))
		}
	}
}

// options checks that the options fit the kind of answer.
func (c *checker) options(f *Flow, s *Step) {
	at := f.at(s)
	ids, numbers := map[string]bool{}, map[int]bool{}
	for _, o := range s.Options {
		if ids[o.ID] || numbers[o.Number] {
			c.problems.add(RuleDuplicateOption, at, "step %q has option %q or its number %d twice", s.ID, o.ID, o.Number)
		}
		ids[o.ID], numbers[o.Number] = true, true
	}
	switch s.Answer {
	case Choice, Choices, ChoiceOrText, ChoiceOrPhone:
		if len(s.Options) == 0 {
			c.problems.add(RuleOptions, at, "step %q offers nothing to choose", s.ID)
		}
		c.among(f, s)
	case YesNo:
		if len(s.Options) != 2 || !ids["yes"] || !ids["no"] {
			c.problems.add(RuleOptions, at, "step %q must offer yes and no", s.ID)
		}
	default:
		if len(s.Options) > 0 {
			c.problems.add(RuleOptions, at, "step %q has options, which %q does not read", s.ID, s.Answer)
		}
	}
	if s.Answer == Scale && s.Max <= s.Min || s.Max != 0 && s.Max < s.Min || s.Min < 0 {
		c.problems.add(RuleOptions, at, "step %q goes from %d to %d", s.ID, s.Min, s.Max)
	}
}

// among checks that what is offered again was once there to be chosen.
func (c *checker) among(f *Flow, s *Step) {
	if s.Among == "" {
		return
	}
	known := engineFacts()[s.Among]
	if known == nil {
		known = optionsOf(c.saved[s.Among])
	}
	if len(known) == 0 {
		c.problems.add(RuleUnknownFact, f.at(s), "no choice saves %q, among which step %q offers, %s",
			s.Among, s.ID, suggest(s.Among, names(c.saved)))
		return
	}
	for _, o := range s.Options {
		if !slices.Contains(known, o.ID) {
			c.problems.add(RuleUnknownFact, f.at(s), "%q is never %q, so step %q cannot offer it", s.Among, o.ID, s.ID)
		}
	}
}

// optionsOf lists the values a fact can have, where all its questions are
// choices; nil where it can be anything.
func optionsOf(steps []*Step) []string {
	var out []string
	for _, s := range steps {
		if len(s.Options) == 0 || s.Answer.open() {
			return nil
		}
		for _, o := range s.Options {
			out = append(out, o.ID)
		}
	}
	return out
}

func (c *checker) actions(f *Flow, s *Step) {
	known := Actions()
	for _, a := range s.Do {
		argument, ok := known[a.Name]
		switch {
		case !ok:
			c.known(f.at(s), "action", string(a.Name), names(known))
		case argument && a.Arg == "":
			c.problems.add(RuleUnknownName, f.at(s), "action %q says nothing about what", a.Name)
		case !argument && a.Arg != "":
			c.problems.add(RuleUnknownName, f.at(s), "action %q takes nothing after it", a.Name)
		case a.Name == DoMark:
			c.known(f.at(s), "mark", a.Arg, Marks())
		case a.Name == DoTask:
			c.known(f.at(s), "task", a.Arg, TaskKinds())
		case a.Name == DoWithdraw:
			c.known(f.at(s), "purpose", a.Arg, Purposes())
		case a.Name == DoNeed:
			c.fact(f.at(s), FactNeeds, []string{a.Arg})
		case a.Name == DoFire:
			c.event(f, s, a.Arg)
		}
	}
}

// event refuses an event that what the flow is about does not have in its life.
func (c *checker) event(f *Flow, s *Step, name string) {
	events, about := Abouts()[f.About]
	if !about {
		c.problems.add(RuleUnknownName, f.at(s), "step %q fires %q in a flow that does not say what it is about", s.ID, name)
		return
	}
	c.known(f.at(s), "event of "+f.About, name, events)
}

// known refuses a name that is not in a closed set.
func (c *checker) known(at place, what, name string, set []string) {
	if !slices.Contains(set, name) {
		c.problems.add(RuleUnknownName, at, "%q is not a known %s, %s", name, what, suggest(name, set))
	}
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
