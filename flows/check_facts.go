package flows

import "slices"

// condition checks that what a condition asks about can ever be known.
func (c *checker) condition(f *Flow, s *Step, when *Condition) {
	if when == nil {
		return
	}
	for _, fact := range []string{when.Known, when.Unknown} {
		if fact != "" {
			c.fact(f.at(s), fact, nil)
		}
	}
	for _, values := range []map[string][]string{when.Is, when.IsNot} {
		for _, fact := range names(values) {
			c.fact(f.at(s), fact, values[fact])
		}
	}
	for _, purpose := range []string{when.Permitted, when.Refused} {
		if purpose != "" {
			c.known(f.at(s), "purpose", purpose, Purposes())
		}
	}
}

// fact checks one fact and the values it is compared with.
func (c *checker) fact(at place, fact string, compared []string) {
	possible, engine := engineFacts()[fact]
	if !engine {
		if len(c.saved[fact]) == 0 {
			known := append(names(c.saved), EngineFacts()...)
			c.problems.add(RuleUnknownFact, at, "nothing saves %q, %s", fact, suggest(fact, known))
			return
		}
		possible = optionsOf(c.saved[fact])
	}
	for _, value := range compared {
		if possible != nil && !slices.Contains(possible, value) {
			c.problems.add(RuleUnknownFact, at, "%q is never %q, %s", fact, value, suggest(value, possible))
		}
	}
}
