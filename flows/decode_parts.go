package flows

// option reads an option; after is how many stand before it.
func (d decoder) option(n node, after int) Option {
	if n.kind == isWord {
		return Option{ID: n.word, Number: after + 1}
	}
	o := Option{Number: after + 1}
	seen := d.object(n, fields{"id": d.text(&o.ID), "number": d.number(&o.Number), "code": d.text(&o.Code)})
	d.need(n.place, seen, "id")
	return o
}

func (d decoder) leads(n node) *Go {
	if n.kind == isWord {
		return &Go{Flow: n.word}
	}
	g := &Go{}
	seen := d.object(n, fields{
		"flow": d.text(&g.Flow), "step": d.text(&g.Step),
		"once": d.flag(&g.Once), "leave": d.flag(&g.Leave),
	})
	d.need(n.place, seen, "flow")
	return g
}

func (d decoder) action(n node) Action {
	if n.kind == isWord {
		return Action{Name: ActionName(n.word)}
	}
	if n.kind != isMap || len(n.pairs) != 1 {
		d.problems.add(RuleWrongType, n.place, "an action is a word, or one word and its argument")
		return Action{}
	}
	a := Action{Name: ActionName(n.pairs[0].key)}
	d.text(&a.Arg)(n.pairs[0].value)
	return a
}

func (d decoder) branch(n node) Branch {
	var b Branch
	seen := d.object(n, fields{
		"when": func(n node) { b.When = d.condition(n) },
		"to":   d.text(&b.To),
	})
	d.need(n.place, seen, "to")
	return b
}

func (d decoder) condition(n node) *Condition {
	c := &Condition{}
	seen := d.object(n, fields{
		"known": d.text(&c.Known), "unknown": d.text(&c.Unknown),
		"permitted": d.text(&c.Permitted), "refused": d.text(&c.Refused),
		"is": d.values(&c.Is), "is_not": d.values(&c.IsNot),
	})
	if len(seen) == 0 {
		d.problems.add(RuleWrongType, n.place, "a condition says nothing")
	}
	return c
}

func (d decoder) values(to *map[string][]string) func(node) {
	return d.entries(func(p pair) {
		if *to == nil {
			*to = map[string][]string{}
		}
		var list []string
		words(d, &list)(p.value)
		(*to)[p.key] = list
	})
}
