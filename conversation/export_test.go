package conversation

import (
	"context"
	"io"

	"linkline/conversation/casework"
	"linkline/flows"
)

// DrawReference draws a reference.
func DrawReference(random io.Reader) (string, error) { return drawReference(random) }

// Watch tells a test of every transition and of the effects of every turn.
func (e *Engine) Watch(walked func(f *flows.Flow, step, outcome string), traced func([]Effect)) {
	e.flows.machines.walked = walked
	e.traced = traced
}

// Target is the step an outcome of a step leads to.
func Target(s *flows.Step, outcome string) string { return target(s, outcome) }

// Begin begins a flow of ours as a due job of the plan does.
func (e *Engine) Begin(ctx context.Context, id casework.ConversationID, send flows.Start, about casework.About) error {
	now := e.config.Now()
	return e.config.Store.Update(ctx, SiteWake, "demo", func(tx casework.Tx) error {
		conv, err := casework.Conversations.Get(tx, string(id))
		if err != nil {
			return err
		}
		b := &books{
			tx: tx, engine: e, team: e.teams["demo"], now: now, ids: casework.NewIDs(now, e.random),
			actor: casework.ByService, address: conv.Address, conv: conv, class: casework.ClassReminder,
			once: string(send) + ":" + casework.Moment(now), about: about,
		}
		facts, err := b.facts()
		if err != nil {
			return err
		}
		if err := b.companions(&facts); err != nil {
			return err
		}
		if err := b.measureFor(about, &facts); err != nil {
			return err
		}
		_, err = e.turn(b, facts, Began{Send: send, About: about})
		return err
	})
}
