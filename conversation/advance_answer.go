package conversation

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/conversation/reading"
	"linkline/flows"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

func (t *turn) today() calendar.Date { return t.facts.Team.Calendar.On(t.now) }

// answered handles a text while a question is open.
func (t *turn) answered(in Texted, asked reading.Asked, gap time.Duration) error {
	f, s, err := t.step(t.top().Place)
	if err != nil {
		return err
	}
	if in.Prompt != "" && in.Prompt != t.c.Prompt.ID {
		return t.tooLate(f, s)
	}
	read := t.read(f, s, in)
	chosen := len(s.Options) > 0 && read.Outcome == reading.Value && read.Rule != ruleOwnWords
	if !chosen {
		if handled, err := t.always(asked); handled || err != nil {
			return err
		}
		if asked.Intent == reading.Deceased && t.herFamily(read) {
			return t.diedSince()
		}
		if gap > recap && t.now.Sub(t.c.Prompt.AskedAt) > recap && read.Outcome != reading.Value {
			return t.recall(f, s)
		}
	}
	switch read.Outcome {
	case reading.Value:
		return t.take(f, s, read)
	case reading.UnderAge:
		return t.underAge()
	case reading.Several, reading.Unclear, reading.Impossible:
	}
	return t.missed(f, s, read)
}

// underAge leaves the questions for the path of a young person. A worker reads
// what she wrote: it may be a slip.
func (t *turn) underAge() error {
	t.last = casework.Answer{Words: t.text}
	t.unread()
	return t.begin(flows.StartUnder18)
}

// ruleOwnWords marks an answer in the person's own words to a question that
// also offers options.
const ruleOwnWords = "own words"

// read understands the reply to a step.
func (t *turn) read(f *flows.Flow, s *flows.Step, in Texted) reading.Reading {
	if in.Option != "" {
		if !slices.ContainsFunc(t.options(f, s), func(o flows.Option) bool { return o.ID == in.Option }) {
			return reading.Reading{Outcome: reading.Unclear}
		}
		return reading.Reading{Outcome: reading.Value, Values: []string{in.Option}, Rule: "button"}
	}
	text, _, _ := t.flows.Words(t.c.Language, f.ID, s.Words)
	q := reading.Question{
		Type: readingType(s.Answer), Strict: s.Strict || s.Kind == flows.KindPermit,
		Min: s.Min, Max: s.Max, Language: t.c.Language, Today: t.today(),
		Enabled: t.facts.Team.Languages, Calendar: t.facts.Team.Calendar,
	}
	options := t.options(f, s)
	if len(options) > 0 {
		q.Options = make([]reading.Option, len(options))
	}
	for i, o := range options {
		words := text.Options[o.ID]
		said := append(make([]string, 0, 1+len(words.Also)), words.Label)
		q.Options[i] = reading.Option{ID: o.ID, Number: o.Number, Words: append(said, words.Also...)}
	}
	if s.Answer == flows.ChoiceOrPhone {
		number := reading.Read(reading.Question{Type: reading.Phone, Language: q.Language, Today: q.Today}, in.Text.Reveal())
		if number.Outcome == reading.Value {
			return number
		}
	}
	read := reading.Read(q, in.Text.Reveal())
	if s.Answer == flows.ChoiceOrText && read.Outcome != reading.Value && strings.TrimSpace(in.Text.Reveal()) != "" {
		return reading.Reading{
			Outcome: reading.Value, Values: []string{flows.OutcomeGiven}, Rule: ruleOwnWords, Echo: in.Text.Reveal(),
		}
	}
	return read
}

// readingType is the reader for an answer type. The names are the same but for
// an option or something else, whose options are read as a choice.
func readingType(a flows.AnswerType) reading.Type {
	if a == flows.ChoiceOrText || a == flows.ChoiceOrPhone {
		return reading.Choice
	}
	return reading.Type(a)
}

// take keeps an answer and goes on.
func (t *turn) take(f *flows.Flow, s *flows.Step, read reading.Reading) error {
	t.last = casework.Answer{Values: read.Values, Words: t.text}
	if t.keepsFirstText(s, read) {
		t.last.Words = t.known[flows.FactFirstText].Words
	}
	outcome := outcomeOf(s, read)
	if s.Kind == flows.KindPermit {
		t.permit(s, read.Values[0])
	}
	t.record(s, t.last)
	t.fireRules()
	t.trail(s)
	if err := t.leaveStep(f, s, outcome); err != nil {
		return err
	}
	return t.run()
}

// keepsFirstText reports whether she chose her first text as what matters to
// her: then that is what is kept, not the "1" she typed.
func (t *turn) keepsFirstText(s *flows.Step, read reading.Reading) bool {
	return s.Answer == flows.ChoiceOrText && s.Save == "what_matters" && read.Rule != ruleOwnWords
}

func outcomeOf(s *flows.Step, read reading.Reading) string {
	outcomes := s.Outcomes()
	if len(read.Values) > 0 && slices.Contains(outcomes, read.Values[0]) {
		return read.Values[0]
	}
	return flows.OutcomeGiven
}

// permit records a permission with the exact words it was asked in.
func (t *turn) permit(s *flows.Step, value string) {
	purpose := casework.Purpose(s.Purpose)
	t.permitted[purpose] = value
	if purpose == casework.PurposeKeep && value == casework.PermissionYes {
		t.c.Withdrawn = false
	}
	t.do(Permit{
		Purpose: purpose, Value: value, Wording: t.c.Prompt.Wording, Version: t.c.Prompt.WordingVersion, Reply: t.text,
		About: t.about(),
	})
}

// fireRules brings the case forward by what the answers say so far.
func (t *turn) fireRules() {
	if t.caseState == "none" || t.caseState == "closed" {
		return
	}
	for _, r := range rulesOf(t.known) {
		t.do(Case{Event: CaseRule, Rule: r})
	}
}

// longestTrail is how many questions BACK can undo.
const longestTrail = 40

func (t *turn) trail(s *flows.Step) {
	frame := t.top()
	t.c.Trail = append(t.c.Trail, casework.Place{Flow: frame.Flow, Version: frame.Version, Step: s.ID})
	if len(t.c.Trail) > longestTrail {
		t.c.Trail = t.c.Trail[1:]
	}
}

// skip passes over a question that may be skipped.
func (t *turn) skip(f *flows.Flow, s *flows.Step) error {
	if s.Required || s.Kind == flows.KindPermit && s.Purpose == string(casework.PurposeKeep) {
		if err := t.say(flows.TextCannotSkip); err != nil {
			return err
		}
		return t.ask(f, s, false)
	}
	t.trail(s)
	if err := t.leaveStep(f, s, flows.OutcomeSkipped); err != nil {
		return err
	}
	return t.run()
}

// tooLate tells that a button belongs to a question that is no longer open.
func (t *turn) tooLate(f *flows.Flow, s *flows.Step) error {
	if err := t.say(flows.TextTooOld); err != nil {
		return err
	}
	return t.ask(f, s, false)
}

// recall puts the open question again, with a word of welcome.
func (t *turn) recall(f *flows.Flow, s *flows.Step) error {
	if err := t.say(flows.TextRecap); err != nil {
		return err
	}
	return t.ask(f, s, false)
}

// missed climbs the ladder for a reply that was not understood: other words,
// then a choice of what to do, then a person (ux 27).
func (t *turn) missed(f *flows.Flow, s *flows.Step, read reading.Reading) error {
	frame := t.top()
	frame.Misses++
	if frame.Misses < 3 && len(strings.Fields(t.text.Reveal())) >= sentence {
		t.unread()
	}
	stuck, _ := t.flows.Start(flows.StartStuck)
	switch {
	case frame.Misses >= 3, frame.Flow == stuck.ID && frame.Misses >= 2:
		return t.struggled()
	case frame.Misses == 2 && frame.Flow != stuck.ID:
		t.c.Stuck++
		return t.begin(flows.StartStuck)
	}
	if err := t.sayMiss(f, s, read); err != nil {
		return err
	}
	return t.ask(f, s, true)
}

// sentence is from how many words on a reply that answers nothing may say
// something that a person must read.
const sentence = 4

// sayMiss says what was wrong with the reply.
func (t *turn) sayMiss(f *flows.Flow, s *flows.Step, read reading.Reading) error {
	switch {
	case strings.TrimSpace(t.text.Reveal()) == "":
		return t.say(flows.TextEmpty)
	case read.Outcome == reading.Impossible:
		return t.say(flows.TextImpossible)
	case read.Outcome == reading.Several:
		return t.say(flows.TextSeveral)
	case len(read.Candidates) > 0 && len(s.Options) > 0:
		text, _, _ := t.flows.Words(t.c.Language, f.ID, s.Words)
		or, _, _ := t.flows.Words(t.c.Language, flows.ServiceWords, flows.TextOr)
		var tied []flows.Choosable
		for _, o := range t.offered(f, s, text) {
			if slices.Contains(read.Candidates, o.ID) {
				tied = append(tied, o)
			}
		}
		fits := len(tied) > 1 || len(tied) == 1 && strings.HasSuffix(read.Rule, "own-words")
		if !fits || len(tied) > 3 {
			return t.say(flows.TextNotUnderstood)
		}
		t.extra = map[string]string{"choices": numbered(tied, or.Say)}
		return t.say(flows.TextDidYouMean)
	}
	return t.say(flows.TextNotUnderstood)
}

// struggled hands the question to a person. Before permission nothing may be
// kept, so the person is asked whether we may ring.
func (t *turn) struggled() error {
	if frame := t.top(); frame.Misses > 3 {
		frame.Misses = 3
	}
	if !t.keeping() {
		call, _ := t.flows.Start(flows.StartCall)
		if t.top().Flow == call.ID {
			t.do(Task{Kind: casework.TaskStruggled})
			return t.sayAndWait()
		}
		return t.begin(flows.StartCall)
	}
	t.do(Case{Event: CaseStruggle})
	t.do(Case{Event: CaseAdd})
	if t.top().Misses == 3 || t.c.Stuck == 1 {
		t.do(Task{Kind: casework.TaskStruggled, Words: t.text})
	}
	return t.sayAndWait()
}

// sayAndWait tells the person that somebody will read her text, and leaves the
// question open for when she wants to go on.
func (t *turn) sayAndWait() error { return t.say(t.workerText()) }
