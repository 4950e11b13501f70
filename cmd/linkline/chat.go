package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/store"
)

// chatCommand plays a patient in the terminal, through the real engine, store
// and renderer.
type chatCommand struct {
	Team   string `help:"The team whose number is texted (default: the first)." placeholder:"ID"`
	From   string `help:"The number that texts." default:"+447700900123" placeholder:"NUMBER"`
	At     string `help:"When the first text arrives (default: now)." placeholder:"2026-03-03T09:00"`
	Record string `help:"Write what was said to a file, as a transcript." placeholder:"FILE"`
}

const chatHelp = `You are texting %s. Type as you would on a phone.
  + 25h          lets time pass
  [photo] words  sends something with a text
  Ctrl-D         ends
`

// Run reads a text a line and prints what is answered. The store is thrown away
// at the end unless --data names one (decision 10).
func (ch *chatCommand) Run(ctx context.Context, p *process, c *commands) (err error) {
	settings, err := c.settings(p)
	if err != nil {
		return err
	}
	s, err := ch.session(ctx, p, settings, c.Data != "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.store.Close()) }()
	p.say(chatHelp, s.team.Name)
	if err := s.play(ctx, typed(ctx, p.in)); err != nil || ch.Record == "" {
		return err
	}
	if err := os.WriteFile(ch.Record, []byte(s.script.String()), 0o600); err != nil {
		return fmt.Errorf("write the transcript: %w", err)
	}
	return nil
}

// typed brings the lines of a reader. A read from a terminal cannot be ended
// from outside, so whoever listens may go away first.
func typed(ctx context.Context, in io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			select {
			case out <- lines.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// session opens a store and puts an engine over it.
func (ch *chatCommand) session(ctx context.Context, p *process, settings *config.Config, keep bool) (*session, error) {
	teams, err := service.Teams(settings)
	if err != nil {
		return nil, err
	}
	team, err := choose(teams, ch.Team)
	if err != nil {
		return nil, err
	}
	at, err := ch.begin(p.now(), team.Calendar.Location())
	if err != nil {
		return nil, err
	}
	db, err := ch.open(ctx, p, settings, keep)
	if err != nil {
		return nil, err
	}
	s, err := newSession(p, db, teams, team, at)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s.from = casework.Private(strings.ReplaceAll(ch.From, " ", ""))
	return s, nil
}

func (ch *chatCommand) open(ctx context.Context, p *process, settings *config.Config, keep bool) (store.Store, error) {
	if keep {
		db, _, err := p.place(settings).Open(ctx)
		return db, err
	}
	return service.MemoryStore(p.random)
}

// begin is when the first text arrives: in the team's own time, to the minute.
func (ch *chatCommand) begin(now time.Time, zone *time.Location) (time.Time, error) {
	if ch.At == "" {
		return now.In(zone).Truncate(time.Minute), nil
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", strings.Replace(ch.At, " ", "T", 1), zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("--at %q is not like 2026-03-03T09:00", ch.At)
	}
	return at, nil
}

func choose(teams []*conversation.Team, id string) (*conversation.Team, error) {
	for _, t := range teams {
		if id == "" || string(t.ID) == id {
			return t, nil
		}
	}
	return nil, fmt.Errorf("no team %q in the settings", id)
}
