package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
	"linkline/store/memory"
)

// advanceTarget is what design.md asks of Advance alone.
const advanceTarget = 20 * time.Microsecond

// advance measures conversation.Advance alone, on every answer of a referral
// as the service would call it.
func (b *bench) advance(ctx context.Context, out io.Writer) error {
	calls, err := recordCalls(ctx, b.library, b.dir, b.texts)
	if err != nil {
		return fmt.Errorf("record a referral: %w", err)
	}
	costs := make([]cost, len(calls))
	for i, c := range calls {
		if costs[i], err = c.measure(b.rounds * 200); err != nil {
			return err
		}
	}
	took, allocs, bytes := make([]time.Duration, len(costs)), make([]float64, len(costs)), make([]float64, len(costs))
	slowest := 0
	for i, c := range costs {
		took[i], allocs[i], bytes[i] = c.took, c.allocs, c.bytes
		if c.took > costs[slowest].took {
			slowest = i
		}
	}
	_, _ = fmt.Fprintf(out, "\nAdvance alone, median over the %d answers of a referral: %v (target %v), %.0f allocations, %.0f bytes.\n"+
		"Its slowest answer is number %d: %v.\n",
		len(calls), short(median(took)), advanceTarget, median(allocs), median(bytes), slowest+1, short(took[slowest]))
	return nil
}

// call is what Advance is given for one answer.
type call struct {
	flows        *conversation.Flows
	conversation casework.Conversation
	facts        conversation.Facts
	input        conversation.Texted
	now          time.Time
}

func (c call) run() error {
	_, _, err := conversation.Advance(c.flows, c.conversation, c.facts, c.input, c.now)
	return err
}

// cost is what one call takes.
type cost struct {
	took          time.Duration
	allocs, bytes float64
}

// measure runs the call n times. The time is the median, so that what else the
// machine does is left out.
func (c call) measure(n int) (cost, error) {
	took := make([]time.Duration, n)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range took {
		start := time.Now()
		if err := c.run(); err != nil {
			return cost{}, err
		}
		took[i] = time.Since(start)
	}
	runtime.ReadMemStats(&after)
	return cost{
		took:   median(took),
		allocs: float64(after.Mallocs-before.Mallocs) / float64(n),
		bytes:  float64(after.TotalAlloc-before.TotalAlloc) / float64(n),
	}, nil
}

// recordCalls plays the texts through the real engine, and notes before each
// what Advance will be given.
func recordCalls(ctx context.Context, library *flows.Library, dir string, words []string) ([]call, error) {
	settings, err := config.Load(config.Given{DataDir: dir})
	if err != nil {
		return nil, err
	}
	teams, err := service.Teams(settings)
	if err != nil {
		return nil, err
	}
	compiled := conversation.Compile(library)
	scanner, err := safety.New()
	if err != nil {
		return nil, err
	}
	h, err := newHouse(memory.New(), world{
		library: library, now: time.Now, random: seeded(1), dir: dir, log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	var calls []call
	for i, w := range words {
		t := newText(h.account, number(0), fmt.Sprintf("SM%032d", i), w)
		c := call{
			flows: compiled, now: time.Now(),
			facts: conversation.Facts{Team: teams[0], Reference: "ABCDEF", Prompt: "prompt"},
			input: conversation.Texted{Text: casework.Private(w), Matches: scanner.Scan(w)},
		}
		err := h.store.View(ctx, teams[0].ID, func(tx casework.Tx) error { return c.read(tx, t.from) })
		if err != nil {
			return nil, err
		}
		calls = append(calls, c)
		if _, err := h.bring(ctx, t); err != nil {
			return nil, err
		}
	}
	if calls[len(calls)-1].conversation.Person == "" {
		return nil, errors.New("the referral gave no permission")
	}
	return calls, nil
}

// read reads what the engine would.
func (c *call) read(tx casework.Tx, from string) error {
	id := casework.NewConversationID(tx, c.facts.Team.ID, casework.SMS, casework.Private(from))
	found, err := casework.Conversations.Find(tx, string(id))
	if err != nil {
		return err
	}
	c.facts.Contact = casework.ContactPoint{
		ID: id, Team: c.facts.Team.ID, Channel: casework.SMS, State: casework.ContactActive,
	}
	if c.facts.New = found == nil; found == nil {
		c.conversation = casework.Conversation{
			ID: id, Team: c.facts.Team.ID, Channel: casework.SMS, DataKey: "c:key",
			Language: c.facts.Team.Languages[0], FirstInAt: c.now,
		}
		return nil
	}
	c.conversation = *found
	contact, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(id))
	if err == nil && contact != nil {
		c.facts.Contact = *contact
	}
	if err != nil || found.Case == "" {
		return err
	}
	c.facts.Permissions = found.Permitted
	c.facts.Case, err = casework.Cases.Find(tx, string(found.Case))
	return err
}
