package flows

import "slices"

// stepKeys are the keys of a step beside those that every step may have.
func stepKeys(kind StepKind) []string {
	switch kind {
	case KindAsk:
		return []string{
			"ask", "words", "options", "among", "save", "required", "strict", "min", "max",
			"why", "used_by", "skip_when", "on", "next",
		}
	case KindPermit:
		return []string{"permit", "words", "options", "save", "why", "used_by", "skip_when", "on", "next"}
	case KindGo:
		return []string{"go", "skip_when", "next"}
	case KindBranch:
		return []string{"branch"}
	case KindEnd:
		return []string{"end", "say"}
	case KindSay:
	}
	return []string{"say", "skip_when", "next"}
}

func (d decoder) step(n node) *Step {
	s := &Step{Line: n.line}
	if len(n.pairs) > 0 {
		s.Line = n.pairs[0].line
	}
	var say string
	seen := d.object(n, fields{
		"id":        d.text(&s.ID),
		"say":       d.text(&say),
		"ask":       word(d, &s.Answer),
		"permit":    d.text(&s.Purpose),
		"go":        func(n node) { s.Go = d.leads(n) },
		"branch":    d.each(func(n node) { s.Branches = append(s.Branches, d.branch(n)) }),
		"end":       d.text(&s.End),
		"do":        d.each(func(n node) { s.Do = append(s.Do, d.action(n)) }),
		"words":     d.text(&s.Words),
		"options":   d.each(func(n node) { s.Options = append(s.Options, d.option(n, len(s.Options))) }),
		"among":     d.text(&s.Among),
		"save":      d.text(&s.Save),
		"required":  d.flag(&s.Required),
		"strict":    d.flag(&s.Strict),
		"min":       d.number(&s.Min),
		"max":       d.number(&s.Max),
		"why":       d.text(&s.Why),
		"used_by":   words(d, &s.UsedBy),
		"skip_when": func(n node) { s.SkipWhen = d.condition(n) },
		"on":        d.entries(func(p pair) { d.outcome(s, p) }),
		"next":      d.text(&s.Next),
	})
	d.need(place{n.file, s.Line}, seen, "id")
	s.Kind = d.kind(s, n.file, seen)
	s.settle(say)
	return s
}

// kind tells what a step is by the key it has, and refuses keys that such a
// step does not use: they would be silently lost.
func (d decoder) kind(s *Step, file string, seen map[string]place) StepKind {
	var kinds []StepKind
	for _, k := range []StepKind{KindAsk, KindPermit, KindGo, KindBranch, KindEnd} {
		if _, ok := seen[string(k)]; ok {
			kinds = append(kinds, k)
		}
	}
	_, says := seen["say"]
	_, does := seen["do"]
	switch {
	case len(kinds) > 1:
		d.problems.add(RuleStepKind, place{file, s.Line}, "step %q is both %q and %q", s.ID, kinds[0], kinds[1])
		return kinds[0]
	case len(kinds) == 0 && !says && !does:
		d.problems.add(RuleStepKind, place{file, s.Line}, "step %q does nothing", s.ID)
	}
	kind := KindSay
	if len(kinds) == 1 {
		kind = kinds[0]
	}
	allowed := append(stepKeys(kind), "id", "do")
	for _, key := range names(seen) {
		if !slices.Contains(allowed, key) {
			d.problems.add(RuleStepKind, seen[key], "a step that has %q does not use %q", kind, key)
		}
	}
	return kind
}

// settle fills in what need not be written.
func (s *Step) settle(say string) {
	switch {
	case s.Asks() && s.Words == "":
		s.Words = s.ID
	case say == "true":
		s.Words = s.ID
	case say != "":
		s.Words = say
	}
	if s.Kind == KindPermit {
		s.Answer, s.Strict = YesNo, true
		s.Required = s.Purpose == "keep" // the others may be left open (decision 17)
	}
	if s.Answer == YesNo && len(s.Options) == 0 {
		s.Options = []Option{{ID: "yes", Number: 1}, {ID: "no", Number: 2}}
	}
}

func (d decoder) outcome(s *Step, p pair) {
	if s.On == nil {
		s.On = map[string]string{}
	}
	if d.is(p.value, isWord) {
		s.On[p.key] = p.value.word
	}
}
