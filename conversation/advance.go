package conversation

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// recap is how long a question may be open before it is recalled with a word of
// welcome (ux 24).
const recap = 12 * time.Hour

// Advance moves a conversation on by one input. It is pure: the same flows,
// conversation, facts, input and moment give the same next conversation and the
// same effects. The conversation passed in is not changed.
func Advance(f *Flows, c casework.Conversation, facts Facts, in Input, now time.Time) (casework.Conversation, []Effect, error) {
	t := newTurn(f, c, facts, now)
	var err error
	switch in := in.(type) {
	case Texted:
		err = t.texted(in)
	case PickedUp:
		err = t.pickedUp(in)
	case Wrote:
		t.wrote(in)
	case GivenBack:
		t.givenBack()
	case Woken:
		err = t.woken(in)
	case Began:
		err = t.send(in.Send, in.About, in.Until)
	case Opened:
		t.opened(in)
	case Dropped:
		t.dropped(in)
	default:
		err = fmt.Errorf("unknown input %T", in)
	}
	if err != nil {
		return c, nil, err
	}
	return t.c, t.effects, nil
}

// turn is the work of one Advance.
type turn struct {
	flows   *Flows
	c       casework.Conversation
	facts   Facts
	now     time.Time
	effects []Effect

	// known are the answers in force as the turn goes on, and caseState and
	// permitted what its own effects make of the case and the permissions.
	known     map[string]casework.Answer
	caseState string
	permitted map[casework.Purpose]string
	promised  string
	// text is the text of the turn, and last the answer it gave.
	text casework.Private
	last casework.Answer
	// extra are values for the placeholders that only this turn knows.
	extra map[string]string
	// asked is set once a question has been put.
	asked bool
	// begun is what a flow of ours is about that begins in this turn, and said
	// what she has said of such things in it.
	begun casework.About
	said  map[casework.About]casework.Answers
}

func newTurn(f *Flows, c casework.Conversation, facts Facts, now time.Time) *turn {
	var answers casework.Answers
	if facts.Case != nil {
		answers = facts.Case.Answers
	}
	t := &turn{
		flows: f, c: c, facts: facts, now: now,
		known: make(casework.Answers, len(answers)+len(c.Known)+1), caseState: facts.caseState(),
		permitted: make(map[casework.Purpose]string, len(facts.Permissions)+1),
	}
	maps.Copy(t.permitted, facts.Permissions)
	maps.Copy(t.known, answers)
	if facts.Case != nil {
		t.promised = facts.Case.Promised
	}
	if t.caseState == "closed" {
		t.promised = ""
		for _, fact := range ofOneCase {
			delete(t.known, fact)
		}
	}
	maps.Copy(t.known, c.Known)
	t.c.Stopped = c.Stopped || facts.stopped()
	t.c.Known = maps.Clone(c.Known)
	t.c.SafetyAt = maps.Clone(c.SafetyAt)
	t.c.Stack = slices.Clone(c.Stack)
	t.c.Trail = slices.Clone(c.Trail)
	t.c.Recent = slices.Clone(c.Recent)
	return t
}

// ofOneCase are the answers that belong to one request: somebody who comes
// back is asked them again.
var ofOneCase = []string{
	"what_matters", "needs", "first", "safe_now", "deadline", "deadline_words", "confidence",
	"supported", "supported_by", "worry", flows.FactFirstText,
	"name", // the number may be somebody else's by now (HZ06)
}

func (t *turn) do(e Effect) { t.effects = append(t.effects, e) }

// said adds a text of the engine's own to the turn.
func (t *turn) say(key string) error {
	text, _, ok := t.flows.Words(t.c.Language, flows.ServiceWords, key)
	if !ok {
		return fmt.Errorf("no words for %q", key)
	}
	return t.sayText(text)
}

func (t *turn) sayText(text flows.Text) error {
	long, err := t.fill(text.Say)
	if err != nil {
		return err
	}
	short, err := t.fill(text.Short)
	if err != nil {
		return err
	}
	t.do(Say{flows.Said{Text: long, Short: short}})
	return nil
}

// top is the frame that speaks; nil when no flow is in progress.
func (t *turn) top() *casework.Frame {
	if len(t.c.Stack) == 0 {
		return nil
	}
	return &t.c.Stack[len(t.c.Stack)-1]
}

// step is the step a place names.
func (t *turn) step(p casework.Place) (*flows.Flow, *flows.Step, error) {
	f, ok := t.flows.Flow(p.Flow, p.Version)
	if !ok {
		return nil, nil, fmt.Errorf("flow %s version %d is gone", p.Flow, p.Version)
	}
	s, ok := f.Step(p.Step)
	if !ok {
		return nil, nil, fmt.Errorf("flow %s version %d has no step %s", p.Flow, p.Version, p.Step)
	}
	return f, s, nil
}

// keeping reports whether permission to keep is in force.
func (t *turn) keeping() bool {
	return t.permitted[casework.PurposeKeep] == casework.PermissionYes
}
