package channeltest

import (
	"context"
	"errors"
	"sync"

	"linkline/conversation"
)

// ErrStoreDown is what an Engine that is down answers.
var ErrStoreDown = errors.New("store down")

// Engine stands in for the engine: it answers each text once, keeps the answer
// for repeats, and remembers what it was given.
type Engine struct {
	mu      sync.Mutex
	down    bool
	texts   []conversation.Inbound
	replies map[string]conversation.Reply
	// Answer makes the reply to a text; without it a text is echoed.
	Answer func(conversation.Inbound) conversation.Reply
}

// Receive answers a text.
func (e *Engine) Receive(ctx context.Context, in conversation.Inbound) (conversation.Reply, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return conversation.Reply{}, err
	}
	if e.down {
		return conversation.Reply{}, ErrStoreDown
	}
	if reply, ok := e.replies[in.ID]; ok {
		reply.Repeat = true
		return reply, nil
	}
	reply := conversation.Reply{Text: "You wrote: " + in.Text.Reveal(), Message: "conversation/" + in.ID}
	if e.Answer != nil {
		reply = e.Answer(in)
	}
	if e.replies == nil {
		e.replies = map[string]conversation.Reply{}
	}
	e.texts, e.replies[in.ID] = append(e.texts, in), reply
	return reply, nil
}

// Texts returns what was received, each text once.
func (e *Engine) Texts() []conversation.Inbound {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]conversation.Inbound(nil), e.texts...)
}

// Down makes every Receive fail, or stops that.
func (e *Engine) Down(down bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.down = down
}
