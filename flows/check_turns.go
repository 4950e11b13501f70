package flows

import (
	"cmp"
	"slices"
	"strings"
)

// words is a text of a step in the meter's language; empty where it is missing,
// which another rule tells.
func (m *meter) words(flow, key string) (Text, place) {
	w := m.c.l.wording[m.language][flow]
	if w == nil {
		return Text{}, place{}
	}
	return w.Texts[key], place{w.File, w.Texts[key].Line}
}

// said is what a step says, as short as it can be put.
func (m *meter) said(at spot) part {
	t, where := m.words(at.flow.ID, at.step.Words)
	return part{where, at.step.Words, m.shortest(t.Say, t.Short)}
}

// asked is the question of a step, as short as it can be put.
func (m *meter) asked(at spot) worst {
	t, _ := m.words(at.flow.ID, at.step.Words)
	ch := &chain{[]part{m.put(at, m.shortest(t.Ask, t.Short))}, at.step.Kind == KindPermit}
	if ch.permit {
		return worst{permit: ch}
	}
	return worst{plain: ch}
}

// put writes a question out with its options.
func (m *meter) put(at spot, stem string) part {
	t, where := m.words(at.flow.ID, at.step.Words)
	q := &Question{Hint: m.fill(t.Hint)}
	for _, o := range at.step.Options {
		q.Options = append(q.Options, Choosable{Number: o.Number, Label: m.fill(t.Options[o.ID].Label)})
	}
	if at.step.Among != "" && len(q.Options) > amongShown {
		slices.SortFunc(q.Options, func(a, b Choosable) int { return cmp.Compare(len(b.Label), len(a.Label)) })
		q.Options = q.Options[:amongShown]
	}
	text := strings.TrimSpace(stem + " " + m.c.l.options(m.language, q))
	return part{where, at.step.Words, text}
}

func (m *meter) shortest(long, short string) string {
	long, short = m.fill(long), m.fill(short)
	if short != "" && len(short) < len(long) {
		return short
	}
	return long
}

// fill puts the longest plausible values in; what cannot be filled stays, since
// another rule tells it.
func (m *meter) fill(template string) string {
	text, err := Fill(template, m.values)
	if err != nil {
		return template
	}
	return text
}

// parkable finds the longest question that can wait while a detour is played.
func (m *meter) parkable() {
	for _, f := range m.c.l.All() {
		for _, s := range f.Steps {
			if s.Asks() {
				m.parked = m.parked.or(m.asked(spot{f, s}))
			}
		}
	}
}

// service measures what the engine says by itself: alone, and the longest of it
// before each question that it puts again.
func (m *meter) service() {
	before := map[string]part{}
	longest := func(form string, p part) {
		if len(p.text) > len(before[form].text) {
			before[form] = p
		}
	}
	for _, key := range ServiceTexts() {
		t, at := m.words(ServiceWords, key)
		p := part{at, key, m.shortest(t.Say, t.Short)}
		m.chain(&chain{parts: []part{p}})
		switch key {
		case TextNotUnderstood, TextSeveral, TextDidYouMean, TextImpossible, TextTypedOnly, TextEmpty:
			longest("again", p)
		case TextCannotSkip, TextCannotBack, TextRecap, TextTooOld, TextSafetyI, TextSafetyStill:
			longest("ask", p)
		}
		if key == TextTypedOnly || key == TextSafetyI {
			m.greeted(p)
		}
	}
	for _, f := range m.c.l.All() {
		for _, s := range f.Steps {
			if s.Asks() {
				m.repeats(spot{f, s}, before)
			}
		}
	}
}

// greeted measures the first turn after what is said before it of a first text
// that is a photo, or that cannot wait. A turn that is too long by itself has
// been told of.
func (m *meter) greeted(before part) {
	f, ok := m.c.l.Start(StartFirst)
	if !ok {
		return
	}
	first := m.from(walk{at: spot{f, f.First()}})
	for _, ch := range []*chain{first.plain, first.permit} {
		if ch != nil && ch.fits() {
			m.chain(prefixed(before, ch))
		}
	}
}

func (m *meter) repeats(at spot, before map[string]part) {
	t, _ := m.words(at.flow.ID, at.step.Words)
	stems := map[string]string{"again": m.fill(t.Again), "ask": m.shortest(t.Ask, t.Short)}
	for _, form := range []string{"again", "ask"} {
		q := m.put(at, stems[form])
		if form == "again" {
			q.name += " again"
		}
		m.chain(&chain{[]part{before[form], q}, at.step.Kind == KindPermit})
	}
}
