package conversation

import (
	"fmt"
	"slices"
	"strings"

	"linkline/conversation/casework"
	"linkline/flows"
)

// ask puts the question of a step, in other words when it was not understood.
func (t *turn) ask(f *flows.Flow, s *flows.Step, again bool) error {
	text, version, ok := t.flows.Words(t.c.Language, f.ID, s.Words)
	if !ok {
		return fmt.Errorf("flow %s has no words for %s", f.ID, s.Words)
	}
	stem := text.Ask
	short := text.Short
	if again && text.Again != "" {
		stem, short = text.Again, ""
	}
	q := flows.Question{Hint: text.Hint, Options: t.offered(f, s, text), Permission: s.Kind == flows.KindPermit}
	var err error
	if q.Text, err = t.fill(stem); err != nil {
		return err
	}
	if q.Short, err = t.fill(short); err != nil {
		return err
	}
	place := casework.Place{Flow: f.ID, Version: f.Version, Step: s.ID}
	t.c.Prompt = &casework.OpenPrompt{ID: t.facts.Prompt, Place: place, AskedAt: t.now, Again: again && text.Again != ""}
	if q.Permission {
		t.c.Prompt.Wording, t.c.Prompt.WordingVersion = q.Text, version
	}
	t.do(Ask{ID: t.facts.Prompt, Place: place, Question: q})
	t.asked = true
	return nil
}

// askOpen asks the open question once more, as it was first put.
func (t *turn) askOpen() error {
	frame := t.top()
	if frame == nil {
		return nil
	}
	f, s, err := t.step(frame.Place)
	if err != nil {
		return err
	}
	if !s.Asks() {
		return t.run()
	}
	return t.ask(f, s, false)
}

// options are the options a step offers this person.
func (t *turn) options(_ *flows.Flow, s *flows.Step) []flows.Option {
	if s.Among == "" {
		return s.Options
	}
	chosen := t.fact(s.Among)
	var out []flows.Option
	for _, o := range s.Options {
		if o.ID != optionMore && slices.Contains(chosen, o.ID) {
			out = append(out, o)
		}
	}
	return out
}

// offered are the options as they are shown.
func (t *turn) offered(f *flows.Flow, s *flows.Step, text flows.Text) []flows.Choosable {
	options := t.options(f, s)
	out := make([]flows.Choosable, len(options))
	for i, o := range options {
		label, err := t.fill(text.Options[o.ID].Label)
		if err != nil {
			label = text.Options[o.ID].Label // rehearse has refused such a label long ago
		}
		out[i] = flows.Choosable{ID: o.ID, Number: o.Number, Label: label}
	}
	return out
}

// record keeps an answer: with the conversation before permission, and as an
// effect for the case.
func (t *turn) record(s *flows.Step, a casework.Answer) {
	if s.Save == "" {
		return
	}
	a.At = t.now
	_, a.Wording, _ = t.flows.Words(t.c.Language, t.top().Flow, s.Words)
	a.Asked = casework.Place{Flow: t.top().Flow, Version: t.top().Version, Step: s.ID}.String()
	a.Values = t.merged(s, a.Values)
	t.keep(s.Save, a)
	if s.Save == "needs" && !slices.Contains(a.Values, first(t.known["first"].Values)) && len(t.known["first"].Values) > 0 {
		t.keep("first", casework.Answer{At: t.now}) // it was about a need she no longer chooses
	}
}

func (t *turn) keep(fact string, a casework.Answer) {
	if about := t.about(); about.Kind != "" && about.Kind != casework.AboutInvitation && !t.gone() {
		t.keepAside(about, fact, a)
		return
	}
	t.known[fact] = a
	if t.gone() && !strings.HasPrefix(fact, ringing) {
		return // nothing more is kept until she gives her permission again
	}
	if t.caseState == "none" || t.caseState == "closed" || t.gone() || t.forHelper(fact) {
		if t.c.Known == nil {
			t.c.Known = map[string]casework.Answer{}
		}
		t.c.Known[fact] = a
		return
	}
	t.do(Record{Fact: fact, Answer: a})
}

// keepAside keeps an answer with what the flow is about.
func (t *turn) keepAside(about casework.About, fact string, a casework.Answer) {
	if t.said == nil {
		t.said = map[casework.About]casework.Answers{}
	}
	if t.said[about] == nil {
		t.said[about] = casework.Answers{}
	}
	t.said[about][fact] = a
	t.do(Record{About: about, Fact: fact, Answer: a})
}

// ringing begins the facts that a call is asked for with. They are for the task
// alone, which takes them along.
const ringing = "ring_"

// forHelper reports whether a fact is about somebody who asks for another
// person: it is none of the case of whoever owns the phone.
func (t *turn) forHelper(fact string) bool {
	return fact == factHelper || strings.HasPrefix(fact, ringing) && len(t.c.Known[factHelper].Values) > 0
}

// factHelper is the name of who asks for somebody else.
const factHelper = "ring_name"

// merged keeps what another page of the same question has chosen: an answer
// replaces only the options of its own page.
func (t *turn) merged(s *flows.Step, values []string) []string {
	if s.Answer != flows.Choices {
		return values
	}
	var out []string
	for _, v := range t.known[s.Save].Values {
		own := slices.ContainsFunc(s.Options, func(o flows.Option) bool { return o.ID == v })
		if !own && v != optionMore {
			out = append(out, v)
		}
	}
	return append(out, values...)
}
