package flows

// decodeFlow reads a file of steps.
func decodeFlow(n node, problems *Problems) *Flow {
	d := decoder{problems}
	f := &Flow{File: n.file, byID: map[string]*Step{}}
	seen := d.object(n, fields{
		"flow":    d.text(&f.ID),
		"version": d.number(&f.Version),
		"title":   d.text(&f.Title),
		"starts":  words(d, &f.Starts),
		"about":   d.text(&f.About),
		"steps":   d.each(func(n node) { f.Steps = append(f.Steps, d.step(n)) }),
	})
	d.need(n.place, seen, "flow", "version", "title", "steps")
	if at, ok := seen["version"]; ok && f.Version < 1 {
		problems.add(RuleWrongType, at, "version %d is below 1", f.Version)
	}
	for i, s := range f.Steps {
		if twin, ok := f.byID[s.ID]; ok {
			problems.add(RuleDuplicateStep, place{n.file, s.Line}, "step %q is already on line %d", s.ID, twin.Line)
			continue
		}
		f.byID[s.ID] = s
		f.lead(s, i)
	}
	return f
}

// lead makes the following step the next one where none is written and the step
// goes on at all.
func (f *Flow) lead(s *Step, i int) {
	stays := s.Kind == KindEnd || s.Kind == KindBranch || s.Go != nil && s.Go.Leave
	if s.Next == "" && !stays && i+1 < len(f.Steps) {
		s.Next = f.Steps[i+1].ID
	}
}
