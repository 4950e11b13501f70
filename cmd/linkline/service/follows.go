package service

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"linkline/flows"
	"linkline/scheduler"
)

// Follows reports what is wrong with the rules of what happens between contacts,
// with the entries of the calendar, and between the rules and the flows that
// they begin. The rules are the program's own, so a problem here is a mistake of
// whoever changed a rule or a flow, and is found before anybody is texted twice.
func Follows(l *flows.Library) error {
	_, unreadable := scheduler.ShippedEntries(Zone())
	plans, err := scheduler.ShippedPlans()
	if err != nil {
		return errors.Join(err, unreadable)
	}
	return errors.Join(heeded(plans, l), unreadable)
}

// heeded reports the flows that do not keep the answer which their rule looks
// for: under another name it would not be found, and she would be asked again.
// A library may leave a moment out; then there is nothing to ask.
func heeded(p *scheduler.Plans, l *flows.Library) error {
	var problems []error
	sends := p.Sends()
	for _, send := range slices.SortedFunc(maps.Keys(sends), cmp.Compare) {
		flow, ok := l.Start(send)
		facts := sends[send]
		if !ok || len(facts) == 0 || keeps(l, flow, facts) {
			continue
		}
		problems = append(problems, fmt.Errorf(
			"%s: the rules send flow %q again until it keeps %v, which it never does. Fix: save an answer as one of them",
			flow.File, flow.ID, facts))
	}
	return errors.Join(problems...)
}

// keeps reports whether a flow, or one that it goes on with, keeps one of the
// facts.
func keeps(l *flows.Library, flow *flows.Flow, facts []string) bool {
	return slices.ContainsFunc(flow.Steps, func(s *flows.Step) bool {
		if s.Kind != flows.KindGo {
			return slices.Contains(facts, s.Save)
		}
		other, ok := l.Flow(s.Go.Flow, 0)
		return ok && slices.ContainsFunc(other.Steps, func(s *flows.Step) bool { return slices.Contains(facts, s.Save) })
	})
}
