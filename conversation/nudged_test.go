package conversation_test

import (
	"testing"
	"time"

	"linkline/conversation/casework"
)

// What she answers to a nudge about her case is kept with her other answers, and
// so is what she tells when she carries on: a plan that speaks of the case must
// not set them aside, where nobody would find them.
func TestAnAnswerToANudgeIsKeptWithTheCase(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC))
	p.planAsShipped(t)
	p.say(t, "hello", "1", "1", "2", "1", "1", "Maureen", "I would like to get out more")
	p.pass(t, time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC))
	p.say(t, "1", "1", "2")
	c, k := p.records(t)
	if k == nil {
		t.Fatal("there is no case")
	}
	for _, fact := range []string{"nudged", "safe_now", "needs"} {
		if len(k.Answers[fact].Values) == 0 {
			t.Errorf("%s is not kept with the case", fact)
		}
	}
	if k.NeedsReply {
		t.Error("a worker is asked to read what was an answer")
	}
	p.pass(t, time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC))
	jobs, err := jobsOf(t, p, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		if j.Kind == "finish_again" && j.State == casework.JobDone {
			t.Error("she answered the nudge and is asked once more")
		}
	}
}

func jobsOf(t *testing.T, p *play, id casework.ConversationID) (jobs []*casework.Job, err error) {
	t.Helper()
	err = p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		jobs, _, err = casework.Jobs.Range(tx, casework.Span{Prefix: casework.JobPrefix(id)})
		return err
	})
	return jobs, err
}
