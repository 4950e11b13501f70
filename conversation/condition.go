package conversation

import (
	"slices"

	"linkline/conversation/casework"
	"linkline/flows"
)

// holds reports whether all that a condition says is so.
func (t *turn) holds(c *flows.Condition) bool {
	switch {
	case c.Known != "" && len(t.fact(c.Known)) == 0:
		return false
	case c.Unknown != "" && len(t.fact(c.Unknown)) > 0:
		return false
	case c.Permitted != "" && t.permitted[casework.Purpose(c.Permitted)] != casework.PermissionYes:
		return false
	case c.Refused != "" && t.permitted[casework.Purpose(c.Refused)] != casework.PermissionNo:
		return false
	}
	for fact, values := range c.Is {
		if !overlaps(t.fact(fact), values) {
			return false
		}
	}
	for fact, values := range c.IsNot {
		if overlaps(t.fact(fact), values) {
			return false
		}
	}
	return true
}

func overlaps(have, want []string) bool {
	return slices.ContainsFunc(have, func(v string) bool { return slices.Contains(want, v) })
}

// fact is what is known by a name: an answer, or what the engine knows itself.
func (t *turn) fact(name string) []string {
	switch name {
	case flows.FactChannel:
		return []string{string(t.c.Channel)}
	case flows.FactInHours:
		return yesNo(t.facts.Team.Calendar.OpenAt(t.now))
	case flows.FactCase:
		return []string{t.caseState}
	case flows.FactOnDuty:
		return yesNo(len(t.facts.Team.Duty) > 0)
	case flows.FactNeutral:
		return yesNo(t.facts.Contact.Neutral)
	}
	if about := t.about(); about.Kind != "" {
		if values, ok := t.factAbout(about, name); ok {
			return values
		}
	}
	return t.known[name].Values
}

func yesNo(b bool) []string {
	if b {
		return []string{"yes"}
	}
	return []string{"no"}
}
