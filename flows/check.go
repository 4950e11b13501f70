package flows

// Check reports everything in a library that would strand, mislead or silence
// somebody, all of it at once.
func Check(l *Library) Problems {
	c := &checker{l: l, saved: savedBy(l), longest: l.longest()}
	for _, f := range l.All() {
		c.steps(f)
		c.targets(f)
	}
	c.starts()
	c.ways()
	c.person()
	for _, language := range l.Languages {
		c.language(language)
	}
	c.helplines()
	return c.problems.sorted()
}

// checker holds what the families of rules share.
type checker struct {
	l        *Library
	problems Problems
	saved    map[string][]*Step // the questions that save each fact
	longest  map[string]string  // the longest value of each placeholder
}

func (f *Flow) at(s *Step) place { return place{f.File, s.Line} }

// savedBy finds the questions behind each fact, in every version.
func savedBy(l *Library) map[string][]*Step {
	out := map[string][]*Step{}
	for _, f := range l.All() {
		for _, s := range f.Steps {
			if s.Save != "" {
				out[s.Save] = append(out[s.Save], s)
			}
		}
	}
	return out
}
