package conversation

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"linkline/conversation/casework"
	"linkline/conversation/reading"
	"linkline/conversation/safety"
	"linkline/flows"
)

// Store runs transactions over the records; see store.Store.
type Store interface {
	Update(ctx context.Context, site casework.Site, team casework.TeamID, fn func(casework.Tx) error) error
	View(ctx context.Context, team casework.TeamID, fn func(casework.Tx) error) error
}

// Config is what an Engine is made of. All of it comes in from outside.
type Config struct {
	Store   Store
	Library *flows.Library
	Scanner *safety.Scanner
	// Teams are the teams of this service.
	Teams []*Team
	// Render gives a prompt its form on a channel: channels.Render.
	Render func(*flows.Library, casework.Channel, Prompt) string
	// Now is the clock and Random the source of ids and references. Random is
	// read by one goroutine at a time.
	Now    func() time.Time
	Random io.Reader
	// DeskURL is where the desk is found; an alert's text links to it.
	DeskURL string
	// Plan says which jobs a case asks for: scheduler.Plans.Want. Nil plans none.
	Plan Planner
	// Planned is called after a commit that planned an outbound message, so that
	// delivery need not wait for its next look. It must not block. May be nil.
	Planned func()
	Log     *slog.Logger
}

// Engine plays the flows: it turns texts, acts of workers and due jobs into
// committed turns. It is safe for use by several goroutines.
type Engine struct {
	config Config
	teams  map[casework.TeamID]*Team
	flows  *Flows
	random *lockedReader
	// traced is told of the effects of every turn, by tests; nil otherwise.
	traced func([]Effect)
}

// New checks the configuration and returns an engine.
func New(config Config) (*Engine, error) {
	e := &Engine{config: config, teams: map[casework.TeamID]*Team{}, random: &lockedReader{r: config.Random}}
	for _, t := range config.Teams {
		if t.Calendar == nil {
			return nil, fmt.Errorf("team %s has no calendar", t.ID)
		}
		e.teams[t.ID] = t
	}
	for _, at := range flows.Starts() {
		if _, ok := config.Library.Start(at); !ok {
			return nil, fmt.Errorf("no flow starts at %q", at)
		}
	}
	e.flows = Compile(config.Library)
	reading.Load() // not in the first person's turn
	for _, t := range config.Teams {
		if err := e.rehearse(t); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// rehearse fills every text that a team may say, so that a helpline its nation
// lacks or a value that the engine does not know is found before somebody needs
// it: a text that cannot be filled would be refused for ever.
func (e *Engine) rehearse(team *Team) error {
	extra := map[string]string{
		"lw": "Amy", "time": "14:30", "choices": "1 or 2", "link": "link",
		"tasks": "3", "visits": "2", "alerts": "1", "waiting": "2", "ending": "960", "day": "Tuesday 4 May",
	}
	for _, language := range team.Languages {
		t := newTurn(e.flows, casework.Conversation{Language: language}, Facts{Team: team}, e.config.Now())
		for _, f := range e.flows.All() {
			t.begun = casework.About{Kind: casework.AboutKind(f.About)}
			for _, s := range f.Steps {
				if s.Words == "" {
					continue
				}
				if err := t.rehearse(f.ID, s.Words); err != nil {
					return fmt.Errorf("team %s: %w", team.ID, err)
				}
			}
		}
		t.extra, t.begun = extra, casework.About{}
		for _, key := range flows.ServiceTexts() {
			if err := t.rehearse(flows.ServiceWords, key); err != nil {
				return fmt.Errorf("team %s: %w", team.ID, err)
			}
		}
	}
	return nil
}

// rehearse fills all that is written under one key.
func (t *turn) rehearse(flow, key string) error {
	text, _, _ := t.flows.Words(t.c.Language, flow, key)
	all := []string{text.Say, text.Short, text.Ask, text.Again}
	for _, o := range text.Options {
		all = append(all, o.Label)
	}
	for _, words := range all {
		if _, err := t.fill(words); err != nil {
			return fmt.Errorf("cannot say %s.%s in %s: %w", flow, key, t.c.Language, err)
		}
	}
	return nil
}

// Team returns a team by its id.
func (e *Engine) Team(id casework.TeamID) (*Team, bool) {
	t, ok := e.teams[id]
	return t, ok
}
