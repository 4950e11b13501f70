package conversation

import (
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// followed does what the plan of a case asks for at this moment: a text to the
// person or a task for a worker. A text that is of no use any more is never
// sent; somebody does by hand what is still to be done.
func (t *turn) followed(w casework.Wanted) error {
	switch {
	case w.Send == "":
		t.do(Task{Kind: w.Task})
		return nil
	case !w.NotAfter.IsZero() && t.now.After(w.NotAfter):
		t.do(Task{Kind: casework.TaskLate})
		return nil
	}
	if w.Send == string(flows.SendWaiting) {
		t.promiseAnew()
	}
	return t.send(flows.Start(w.Send), w.About, w.NotAfter)
}

// promiseAnew gives another date in place of one that cannot be kept, so that she
// is told of it before the first has passed (Q1).
func (t *turn) promiseAnew() {
	day := t.promise()
	t.promised = day.String()
	t.do(Case{Event: CasePromise, Promised: day})
}

// send begins a flow of ours: its words are put together now, but its question
// opens only when the text leaves (decision 20). Until then the conversation
// stays as it is, with whatever question is open in it.
func (t *turn) send(at flows.Start, about casework.About, until time.Time) error {
	if _, ok := t.flows.Start(at); !ok {
		return nil // this library leaves the moment out
	}
	stack, trail, prompt, waiting := t.c.Stack, t.c.Trail, t.c.Prompt, t.c.Waiting
	t.c.Stack, t.c.Trail, t.c.Waiting, t.begun = nil, nil, false, about
	if err := t.begin(at); err != nil {
		return err
	}
	if t.c.Prompt != nil {
		opening := casework.Opening{
			Prompt: t.c.Prompt.ID, Frames: t.c.Stack,
			Wording: t.c.Prompt.Wording, WordingVersion: t.c.Prompt.WordingVersion,
		}
		for i := range opening.Frames {
			opening.Frames[i].Ours, opening.Frames[i].Until = true, until
		}
		t.do(Open{Opening: opening})
	}
	t.c.Stack, t.c.Trail, t.c.Prompt, t.c.Waiting, t.begun = stack, trail, prompt, waiting, casework.About{}
	return nil
}

// opened puts a question of ours over whatever is in progress. One of ours about
// the same thing that was never answered makes room for it.
func (t *turn) opened(in Opened) {
	if len(in.Frames) == 0 || t.c.Prompt != nil && t.c.Prompt.ID == in.Prompt {
		return // it was open before: the attempt is repeated
	}
	first := in.Frames[0]
	for top := t.top(); top != nil && top.Ours && top.About == first.About; top = t.top() {
		t.giveUp()
	}
	frames := append([]casework.Frame(nil), in.Frames...)
	frames[0].Parked = t.c.Prompt
	t.c.Stack = append(t.c.Stack, frames...)
	t.c.Prompt = &casework.OpenPrompt{
		ID: in.Prompt, Place: frames[len(frames)-1].Place, AskedAt: t.now,
		Wording: in.Wording, WordingVersion: in.WordingVersion,
	}
}

// dropped closes a question of ours that never reached her.
func (t *turn) dropped(in Dropped) {
	if t.c.Prompt != nil && t.c.Prompt.ID == in.Prompt {
		t.giveUp()
	}
}

// giveUp ends the flow of ours that speaks, unanswered, and puts back the
// question it parked, as it was.
func (t *turn) giveUp() {
	for top := t.top(); top != nil && top.Ours; top = t.top() {
		t.c.Stack, t.c.Prompt = t.c.Stack[:len(t.c.Stack)-1], top.Parked
		if top.Parked != nil || len(t.c.Stack) == 0 || t.top().About != top.About {
			break
		}
	}
	t.forgetWay()
}

// expire gives up the questions of ours that are of no use any more: their time
// is over, or what they are about has changed (I12). A "1" that comes after
// that answers nothing, and least of all the question that was parked: it is the
// one she read last that she means. The parked one is put again.
func (t *turn) expire() {
	for top := t.top(); top != nil && top.Ours && t.over(top); top = t.top() {
		t.giveUp()
		t.c.Prompt = nil
	}
}

// passOver gives up the questions of ours that were put again once and passed
// over again: nobody is asked the same after every reminder.
func (t *turn) passOver() {
	for top := t.top(); top != nil && top.Ours && top.Recalled; top = t.top() {
		t.giveUp()
		t.c.Prompt = nil
	}
}

// over reports whether a flow of ours is of no use any more.
func (t *turn) over(frame *casework.Frame) bool {
	if !frame.Until.IsZero() && t.now.After(frame.Until) {
		return true
	}
	return frame.About.Kind != "" && frame.About.Kind != casework.AboutInvitation && !t.facts.Course.Current(frame.About)
}

// about is what the flow that speaks is about; zero for the person and her case.
func (t *turn) about() casework.About {
	if frame := t.top(); frame != nil {
		return frame.About
	}
	return t.begun
}
