package flows

// decodeWording reads the words of one flow in one language.
func decodeWording(n node, problems *Problems) *Wording {
	d := decoder{problems}
	w := &Wording{File: n.file, Texts: map[string]Text{}}
	seen := d.object(n, fields{
		"language": d.text(&w.Language),
		"flow":     d.text(&w.Flow),
		"version":  d.number(&w.Version),
		"ucs2":     d.flag(&w.UCS2),
		"texts":    d.entries(func(p pair) { w.Texts[p.key] = d.wording(p) }),
	})
	d.need(n.place, seen, "language", "flow", "version", "texts")
	if at, ok := seen["version"]; ok && w.Version < 1 {
		problems.add(RuleWrongType, at, "version %d is below 1", w.Version)
	}
	return w
}

// wording reads one text. A bare word is something that is said.
func (d decoder) wording(p pair) Text {
	t := Text{Line: p.line}
	if p.value.kind == isWord {
		t.Say = p.value.word
		return t
	}
	d.object(p.value, fields{
		"say":    d.text(&t.Say),
		"ask":    d.text(&t.Ask),
		"short":  d.text(&t.Short),
		"again":  d.text(&t.Again),
		"hint":   d.text(&t.Hint),
		"locked": d.text(&t.Locked),
		"draft":  d.text(&t.Draft),
		"exact":  d.text(&t.Exact),
		"options": d.entries(func(p pair) {
			if t.Options == nil {
				t.Options = map[string]OptionText{}
			}
			t.Options[p.key] = d.optionText(p.value)
		}),
	})
	return t
}

// optionText reads the words of an option; a bare word is its label.
func (d decoder) optionText(n node) OptionText {
	if n.kind == isWord {
		return OptionText{Label: n.word}
	}
	var o OptionText
	seen := d.object(n, fields{"label": d.text(&o.Label), "also": words(d, &o.Also)})
	d.need(n.place, seen, "label")
	return o
}

// decodeHelplines reads the list of numbers that may be printed.
func decodeHelplines(n node, problems *Problems) []Helpline {
	d := decoder{problems}
	var out []Helpline
	d.each(func(n node) {
		h := Helpline{File: n.file, Line: n.line}
		if len(n.pairs) > 0 {
			h.Line = n.pairs[0].line
		}
		seen := d.object(n, fields{
			"id": d.text(&h.ID), "nations": words(d, &h.Nations), "say": d.text(&h.Say),
			"verified_on": d.text(&h.VerifiedOn), "source": d.text(&h.Source), "core": d.flag(&h.Core),
		})
		d.need(place{n.file, h.Line}, seen, "id", "nations", "say")
		out = append(out, h)
	})(n)
	return out
}
