package flows

import (
	"slices"
	"time"
)

// helplineAge is how long a checked number may be printed (decision 28).
const helplineAge = 365 * 24 * time.Hour

// helplines checks the list itself; whether the numbers are still fresh needs
// a day and is asked by CheckHelplines.
func (c *checker) helplines() {
	core := map[string]bool{}
	for _, h := range c.l.Helplines {
		at := place{h.File, h.Line}
		if h.Source == "" {
			c.problems.add(RuleHelpline, at, "number %q does not say where it was found (source)", h.ID)
		}
		if _, taken := placeholderNamed(h.ID); taken {
			c.problems.add(RuleHelpline, at, "number %q has the name of another placeholder", h.ID)
		}
		for _, nation := range h.Nations {
			c.known(at, "nation", nation, Nations())
			c.twice(at, h, nation)
		}
		if h.Core {
			core[h.ID] = true
		}
	}
	for _, id := range names(core) {
		for _, nation := range Nations() {
			if c.l.HelplinesFor(nation)[id] == "" {
				c.problems.add(RuleHelpline, place{"helplines.yaml", 1}, "there is no checked number %q for %s, and it must be there for each nation", id, nation)
			}
		}
	}
}

// twice refuses two numbers for one placeholder in one nation.
func (c *checker) twice(at place, h Helpline, nation string) {
	for _, other := range c.l.Helplines {
		if other.ID == h.ID && other.Line < h.Line && slices.Contains(other.Nations, nation) {
			c.problems.add(RuleHelpline, at, "number %q for %s is also on line %d", h.ID, nation, other.Line)
		}
	}
}

// CheckHelplines reports the numbers that nobody has checked for a year, seen
// from a civil date such as "2026-11-23". A number that was never checked is
// not printed and so not reported.
func CheckHelplines(l *Library, today string) Problems {
	var out Problems
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		out.add(RuleHelplineOld, place{file: "helplines.yaml"}, "%q is not a date", today)
		return out
	}
	for _, h := range l.Helplines {
		if h.VerifiedOn == "" {
			continue
		}
		at := place{h.File, h.Line}
		checked, err := time.Parse(time.DateOnly, h.VerifiedOn)
		switch {
		case err != nil:
			out.add(RuleHelplineOld, at, "number %q was checked on %q, which is not a date like 2026-11-23", h.ID, h.VerifiedOn)
		case checked.After(day):
			out.add(RuleHelplineOld, at, "number %q was checked on %s, which is still to come", h.ID, h.VerifiedOn)
		case day.Sub(checked) > helplineAge:
			out.add(RuleHelplineOld, at, "number %q was last checked on %s, more than 365 days ago", h.ID, h.VerifiedOn)
		}
	}
	return out.sorted()
}

// CheckNation reports the texts that a team of a nation could not send, because
// they print a number that is not there or was never checked for it.
func CheckNation(l *Library, nation string) Problems {
	var out Problems
	for _, language := range l.Languages {
		for _, flow := range names(l.wording[language]) {
			w := l.wording[language][flow]
			for _, key := range names(w.Texts) {
				for _, id := range l.unserved(w.Texts[key], nation) {
					out.add(RuleHelpline, place{w.File, w.Texts[key].Line}, "%q prints {%s}, for which there is no checked number in %s", key, id, nation)
				}
			}
		}
	}
	return out.sorted()
}

func (l *Library) unserved(t Text, nation string) []string {
	served := l.HelplinesFor(nation)
	var out []string
	for _, p := range t.phrases() {
		found, _ := placeholdersIn(p.text)
		for _, id := range found {
			isLine := slices.ContainsFunc(l.Helplines, func(h Helpline) bool { return h.ID == id })
			if isLine && served[id] == "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
