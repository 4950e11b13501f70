package conversation

import (
	"strings"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/conversation/reading"
	"linkline/flows"
)

// always acts on the words that count on every step, as the whole text
// (decision 17). It reports whether the text was one of them.
func (t *turn) always(asked reading.Asked) (bool, error) {
	switch asked.Intent {
	case reading.Person:
		delete(t.c.Known, factHelper) // what was begun for a helper and not ended
		delete(t.known, factHelper)
		return true, t.begin(flows.StartCall)
	case reading.Menu:
		return true, t.begin(flows.StartMenu)
	case reading.Change:
		return true, t.begin(flows.StartChange)
	case reading.Pause:
		return true, t.pause(asked.Until)
	case reading.Back:
		open := t.c.Prompt != nil
		return open, t.back()
	case reading.Skip:
		open := t.c.Prompt != nil
		return open, t.skipOpen()
	case reading.Hello, reading.OptIn:
		return t.hello()
	case reading.Withdraw:
		return t.takeBack()
	case reading.WrongNumber:
		if t.caseState == "none" {
			t.endInvitation()
			return true, t.begin(flows.StartFirst) // she asks who we are
		}
		return true, t.wrongNumber()
	case reading.DeleteData, reading.HeldData, reading.Complaint:
		return true, t.request()
	case reading.HelpWord:
		return true, t.help()
	case reading.CarrierWord:
		if t.caseState != "none" {
			t.do(Task{Kind: casework.TaskCarrier})
		}
		return true, t.say(flows.TextCarrierWord)
	default: // opting out and URGENT have been seen to before
		return false, nil
	}
}

// help is left to the carrier where the carrier answers HELP and INFO itself: a
// second text would only confuse (decision 17). A worker still reads it. The
// carrier knows the bare word only: "Help!" is ours to answer.
func (t *turn) help() error {
	word := strings.TrimSpace(t.text.Reveal())
	bare := strings.EqualFold(word, "help") || strings.EqualFold(word, "info")
	if t.carrierConfirms() && bare {
		t.unread()
		return nil
	}
	return t.begin(flows.StartMenu)
}

// pause stops texts until a date, asking for it where none was given.
func (t *turn) pause(until string) error {
	if _, err := calendar.ParseDate(until); err != nil {
		return t.begin(flows.StartPause)
	}
	if err := t.pauseUntil(until); err != nil {
		return err
	}
	return t.say(flows.TextPaused)
}

// hello goes on where we were; with an open case and nothing asked it offers to
// add to the request; a new person is greeted by the first flow.
func (t *turn) hello() (bool, error) {
	switch {
	case t.c.Prompt != nil && t.now.Sub(t.c.Prompt.AskedAt) > recap:
		if t.top().Flow != t.flowAt(flows.StartResume) {
			return true, t.begin(flows.StartResume)
		}
		return true, t.askOpen()
	case t.c.Prompt != nil:
		return true, t.askOpen()
	case t.caseState == "open" || t.caseState == "submitted" || t.caseState == "picked_up":
		return true, t.begin(flows.StartAgain)
	}
	return false, nil
}

func (t *turn) flowAt(at flows.Start) string {
	f, ok := t.flows.Start(at)
	if !ok {
		return ""
	}
	return f.ID
}

// back asks the question before this one again. At the first question of a flow
// that was begun on the way it returns to the question that waits; it stops at a
// permission.
func (t *turn) back() error {
	if t.c.Prompt == nil {
		return nil
	}
	switch {
	case t.backWithin(), t.backToParked(), t.backAcross():
		return t.askOpen()
	}
	if err := t.say(flows.TextCannotBack); err != nil {
		return err
	}
	return t.askOpen()
}

// backWithin goes to the question before in the flow that speaks.
func (t *turn) backWithin() bool {
	place, ok := t.previous()
	if !ok || place.Flow != t.top().Flow || place.Version != t.top().Version {
		return false
	}
	t.standAt(place)
	return true
}

// backToParked gives up a flow that was begun over an open question.
func (t *turn) backToParked() bool {
	if len(t.c.Stack) < 2 || t.top().Hush {
		return false
	}
	_, s, err := t.step(t.c.Stack[len(t.c.Stack)-2].Place)
	if err != nil || !s.Asks() {
		return false
	}
	t.c.Stack = t.c.Stack[:len(t.c.Stack)-1]
	t.forgetWay()
	return true
}

// backAcross leaves a flow that another led into, or that took its place.
func (t *turn) backAcross() bool {
	place, ok := t.previous()
	if !ok {
		return false
	}
	t.c.Stack = t.c.Stack[:len(t.c.Stack)-1]
	if below := t.top(); below == nil || below.Flow != place.Flow {
		t.c.Stack = append(t.c.Stack, casework.Frame{})
	}
	t.standAt(place)
	return true
}

func (t *turn) standAt(place casework.Place) {
	frame := t.top()
	frame.Place, frame.Misses = place, 0
	t.c.Trail = t.c.Trail[:len(t.c.Trail)-1]
}

// previous is the question that was answered last, unless it was a permission.
func (t *turn) previous() (casework.Place, bool) {
	if len(t.c.Trail) == 0 || t.top().Once {
		return casework.Place{}, false
	}
	place := t.c.Trail[len(t.c.Trail)-1]
	_, s, err := t.step(place)
	if err != nil || s.Kind == flows.KindPermit {
		return casework.Place{}, false
	}
	return place, true
}

func (t *turn) skipOpen() error {
	if t.c.Prompt == nil {
		return nil
	}
	f, s, err := t.step(t.top().Place)
	if err != nil {
		return err
	}
	return t.skip(f, s)
}

// takeBack withdraws the permission to keep what she told us (decision 17).
func (t *turn) takeBack() (bool, error) {
	if !t.keeping() {
		return false, nil
	}
	t.withdraw(casework.PurposeKeep)
	t.c.Stack, t.c.Prompt = nil, nil
	return true, t.say(flows.TextGone)
}

// wrongNumber stops everything personal at once and asks a worker to look; it
// confirms nothing about anybody (messaging-safety 2.6).
func (t *turn) wrongNumber() error {
	t.do(Contact{Mark: "unsafe"})
	if t.caseState != "none" { // before that nobody is known whom it could be about
		t.do(Task{Kind: casework.TaskWrong, Words: t.text})
	}
	t.c.Stack, t.c.Prompt, t.c.Trail = nil, nil, nil
	t.optOut("phrase")
	return t.say(flows.TextStopped)
}

// answerWithin is how many days a request about her data, or a complaint, may
// wait for an answer at most (messaging-safety 1.7).
const answerWithin = 30

// request asks a worker to see to a request about her data, or a complaint, and
// says by when (B33, decision 39). What was asked stays open.
func (t *turn) request() error {
	day := t.facts.Team.Calendar.WorkingDayOnOrBefore(t.today().AddDays(answerWithin))
	t.do(Task{Kind: casework.TaskRequest, Words: t.text, DueAt: day.Time(17, 0, t.facts.Team.location())})
	t.extra = map[string]string{"date": t.date(day)}
	if err := t.say(flows.TextRequest); err != nil {
		return err
	}
	t.extra = nil
	if t.c.Prompt == nil {
		return nil
	}
	return t.askOpen()
}

// died stops everything that would be sent to somebody who has died, and asks a
// worker to look (B24). Nothing is said of anybody.
func (t *turn) died() error {
	t.do(Contact{Mark: "unsafe"})
	t.do(Task{Kind: casework.TaskDeceased, Words: t.text})
	t.c.Stack, t.c.Prompt, t.c.Trail = nil, nil, nil
	return t.say(flows.TextTold)
}
