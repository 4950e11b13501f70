package flows

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// amongShown is how many options a question that offers earlier answers again
// is measured with: those with the longest labels.
const amongShown = 6

// lengths measures every turn of a language with the longest plausible values
// and the short variants: whatever leads without a reply from the beginning of
// a flow, or from an answer, to a question or an end (decision 15).
func (c *checker) lengths(language string) {
	m := &meter{c: c, language: language, values: c.longest, memo: map[walk]worst{}, busy: map[walk]bool{}}
	m.parkable()
	for _, f := range c.l.All() {
		if len(f.Starts) > 0 {
			m.turn(m.from(walk{at: spot{f, f.First()}}))
		}
		for _, s := range f.Steps {
			if s.Asks() {
				m.answered(f, s)
			}
			if s.Go != nil && s.Go.Once {
				m.goesOn(f, s.Next)
			}
		}
	}
	m.service()
}

// meter finds the longest turn from each place.
type meter struct {
	c        *checker
	language string
	values   map[string]string
	memo     map[walk]worst
	busy     map[walk]bool
	parked   worst // the longest question that can wait for a detour to end
}

// walk is where a turn has come to. Its way back is not followed further than
// one flow deep: who called is looked up.
type walk struct {
	at    spot
	back  spot // where the flow returns to, if it was entered in this turn
	open  bool // the turn began inside: it may return to any caller
	again bool // a step has asked for the parked question
}

// part is one text of a turn, in its shortest form.
type part struct {
	place
	name string
	text string
}

// chain is the texts of one turn.
type chain struct {
	parts  []part
	permit bool
}

func (ch *chain) text() string {
	texts := make([]string, len(ch.parts))
	for i, p := range ch.parts {
		texts[i] = p.text
	}
	return PlainSMS(strings.Join(texts, " "))
}

// limit is how many parts the turn may have.
func (ch *chain) limit() int {
	if ch.permit {
		return permissionParts
	}
	return turnParts
}

func (ch *chain) fits() bool { return Count(ch.text()).Parts <= ch.limit() }

func (ch *chain) size() int { return utf8.RuneCountInString(ch.text()) }

// worst is the longest turn that ends in a permission, which may be longer, and
// the longest that does not.
type worst struct{ plain, permit *chain }

func (w worst) or(o worst) worst {
	return worst{longer(w.plain, o.plain), longer(w.permit, o.permit)}
}

func (w worst) after(p part) worst {
	return worst{prefixed(p, w.plain), prefixed(p, w.permit)}
}

func longer(a, b *chain) *chain {
	if a == nil || b != nil && b.size() > a.size() {
		return b
	}
	return a
}

func prefixed(p part, ch *chain) *chain {
	if ch == nil || p.text == "" {
		return ch
	}
	return &chain{append([]part{p}, ch.parts...), ch.permit}
}

// from follows the steps until somebody is asked or the flow ends.
func (m *meter) from(w walk) worst {
	if found, ok := m.memo[w]; ok {
		return found
	}
	if m.busy[w] {
		return worst{}
	}
	m.busy[w] = true
	s := w.at.step
	for _, a := range s.Do {
		w.again = w.again || a.Name == DoAgain
	}
	out := m.follow(w)
	if !s.Asks() && s.Words != "" {
		out = out.after(m.said(w.at))
	}
	delete(m.busy, w)
	m.memo[w] = out
	return out
}

func (m *meter) follow(w walk) worst {
	s := w.at.step
	switch {
	case s.Asks():
		out := m.asked(w.at)
		for _, passed := range w.at.silentNext() {
			out = out.or(m.step(w, passed))
		}
		return out
	case s.Kind == KindEnd:
		return m.ended(w)
	case s.Go != nil:
		return m.gone(w)
	}
	var out worst
	for _, to := range s.leadsTo() {
		out = out.or(m.step(w, to))
	}
	return out
}

// step goes on in the same flow.
func (m *meter) step(w walk, id string) worst {
	s, ok := w.at.flow.Step(id)
	if !ok {
		return worst{plain: &chain{}}
	}
	w.at.step = s
	return m.from(w)
}

func (m *meter) gone(w walk) worst {
	s := w.at.step
	var out worst
	if s.SkipWhen != nil && !s.Go.Leave {
		out = m.step(w, s.Next)
	}
	into, ok := m.c.entry(s.Go)
	switch {
	case !ok:
		return out
	case s.Go.Once:
		return out.or(m.asked(into))
	case s.Go.Leave:
		w.at = into
		return out.or(m.from(w))
	}
	next, _ := w.at.flow.Step(s.Next)
	return out.or(m.from(walk{at: into, back: spot{w.at.flow, next}, open: w.open || w.back != spot{}, again: w.again}))
}

// ended is what follows the end of a flow in the same turn.
func (m *meter) ended(w walk) worst {
	if w.back.step != nil {
		return m.from(walk{at: w.back, open: w.open, again: w.again})
	}
	out := worst{plain: &chain{}}
	if w.again {
		out = out.or(m.parked)
	}
	if !w.open {
		return out
	}
	for _, f := range m.c.l.All() {
		for _, s := range f.Steps {
			if s.Go == nil || s.Go.Leave || s.Go.Once || s.Go.Flow != w.at.flow.ID {
				continue
			}
			if next, ok := f.Step(s.Next); ok {
				out = out.or(m.from(walk{at: spot{f, next}, open: true, again: w.again}))
			}
		}
	}
	return out
}

func (m *meter) answered(f *Flow, s *Step) {
	for _, to := range s.leadsTo() {
		m.goesOn(f, to)
	}
}

func (m *meter) goesOn(f *Flow, id string) {
	if s, ok := f.Step(id); ok {
		m.turn(m.from(walk{at: spot{f, s}, open: true}))
	}
}

// turn reports a turn that is too long.
func (m *meter) turn(w worst) {
	m.chain(w.plain)
	m.chain(w.permit)
}

func (m *meter) chain(ch *chain) {
	if ch == nil || len(ch.parts) == 0 {
		return
	}
	if ch.fits() {
		return
	}
	n := Count(ch.text())
	longest := slices.MaxFunc(ch.parts, func(a, b part) int { return cmp.Compare(len(a.text), len(b.text)) })
	named := make([]string, len(ch.parts))
	for i, p := range ch.parts {
		named[i] = p.name
	}
	m.c.problems.add(RuleTooLong, longest.place, "the turn %s has %d parts (%d units of %s) and may have %d",
		strings.Join(named, " + "), n.Parts, n.Units, n.Encoding, ch.limit())
}
