package flows

import (
	"cmp"
	"slices"
	"strings"
)

// starts checks that each moment begins exactly one flow.
func (c *checker) starts() {
	begins := map[Start][]*Flow{}
	for _, f := range c.l.Flows() {
		for _, at := range f.Starts {
			c.known(place{f.File, 1}, "moment to start", string(at), plain(append(Starts(), Sends()...)))
			begins[at] = append(begins[at], f)
		}
	}
	for _, at := range append(Starts(), Sends()...) {
		switch flows := begins[at]; len(flows) {
		case 0:
			if slices.Contains(Starts(), at) {
				c.problems.add(RuleStarts, place{file: "."}, "no flow starts at %q", at)
			}
		case 1:
		default:
			c.problems.add(RuleStarts, place{flows[1].File, 1}, "flows %q and %q both start at %q", flows[0].ID, flows[1].ID, at)
		}
	}
}

// spot is one step of one version of a flow.
type spot struct {
	flow *Flow
	step *Step
}

// ways refuses circles in which nobody is asked anything: the engine would go
// round for ever. A question that may be passed over counts as not asking.
func (c *checker) ways() {
	var all []spot
	for _, f := range c.l.All() {
		for _, s := range f.Steps {
			all = append(all, spot{f, s})
		}
	}
	said := map[spot]bool{} // circles are told once, at their first step
	for _, from := range all {
		circle := c.circle(from)
		if len(circle) == 0 || slices.ContainsFunc(circle, func(s spot) bool { return said[s] }) {
			continue
		}
		ids := make([]string, len(circle))
		for i, s := range circle {
			said[s] = true
			ids[i] = s.step.ID
		}
		c.problems.add(RuleEndlessLoop, from.flow.at(from.step), "steps %s follow each other for ever without a question", strings.Join(ids, ", "))
	}
}

// circle finds the steps that can be reached from a step without a question,
// if the step itself is one of them; of those, the ones that lead back to it.
func (c *checker) circle(from spot) []spot {
	after := c.silentlyAfter(from)
	if !after[from] {
		return nil
	}
	var out []spot
	for s := range after {
		if c.silentlyAfter(s)[from] {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.flow.File, b.flow.File), cmp.Compare(a.step.Line, b.step.Line))
	})
	return out
}

func (c *checker) silentlyAfter(from spot) map[spot]bool {
	out := map[spot]bool{}
	todo := c.silent(from)
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !out[s] {
			out[s] = true
			todo = append(todo, c.silent(s)...)
		}
	}
	return out
}

// silent lists the steps that may follow without waiting for a reply.
func (c *checker) silent(at spot) []spot {
	var ids []string
	switch g := at.step.Go; {
	case g == nil:
		ids = at.silentNext()
	case at.step.SkipWhen != nil || !g.Once && !g.Leave && c.silentFlow(g):
		ids = []string{at.step.Next}
	}
	var out []spot
	for _, id := range ids {
		if s, ok := at.flow.Step(id); ok {
			out = append(out, spot{at.flow, s})
		}
	}
	if g := at.step.Go; g != nil && !g.Once {
		if into, ok := c.entry(g); ok {
			out = append(out, into)
		}
	}
	return out
}

// silentNext lists the following steps of a step that goes to no other flow. A
// question is passed over where it can be skipped, or where one option is left
// and it answers itself.
func (at spot) silentNext() []string {
	switch {
	case !at.step.Asks() || at.step.Among != "":
		return at.step.leadsTo()
	case at.step.SkipWhen != nil:
		return []string{at.step.Next}
	}
	return nil
}

// entry is where a step that goes to another flow arrives.
func (c *checker) entry(g *Go) (spot, bool) {
	f, ok := c.l.Flow(g.Flow, 0)
	if !ok {
		return spot{}, false
	}
	if g.Step == "" {
		return spot{f, f.First()}, true
	}
	s, ok := f.Step(g.Step)
	return spot{f, s}, ok
}

// silentFlow reports whether a flow can be played to its end without a
// question. A flow inside it counts as asking: its circles are found from
// where they are.
func (c *checker) silentFlow(g *Go) bool {
	into, ok := c.entry(g)
	if !ok {
		return false
	}
	seen := map[string]bool{}
	todo := []*Step{into.step}
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		if s.Kind == KindEnd {
			return true
		}
		if seen[s.ID] || s.Go != nil {
			continue
		}
		seen[s.ID] = true
		for _, next := range c.silent(spot{into.flow, s}) {
			todo = append(todo, next.step)
		}
	}
	return false
}
