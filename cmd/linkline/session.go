package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"linkline/channels"
	"linkline/cmd/linkline/service"
	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/conversation/reading"
	"linkline/flows"
	"linkline/scheduler"
	"linkline/store"
)

// session is one phone in a terminal. It moves its own clock, so that days can
// pass in a line.
type session struct {
	process  *process
	store    store.Store
	team     *conversation.Team
	engine   *conversation.Engine
	delivery *channels.Delivery
	jobs     *scheduler.Runner
	from     casework.Private
	now      time.Time
	texts    int
	script   *flows.Script
}

func newSession(
	p *process, db store.Store, teams []*conversation.Team, team *conversation.Team, at time.Time,
) (*session, error) {
	library, err := service.Library()
	if err != nil {
		return nil, err
	}
	s := &session{process: p, store: db, team: team, now: at, script: &flows.Script{}}
	log := slog.New(slog.DiscardHandler)
	s.engine, err = service.NewEngine(service.Play{
		Store: db, Library: library, Teams: teams, DeskURL: "http://127.0.0.1:8080", Now: s.clock,
		Random: p.random, Log: log,
	})
	if err != nil {
		return nil, err
	}
	s.jobs = service.Due(db, s.engine, s.clock, log)
	s.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: db, Senders: map[channels.Route]channels.Sender{{Team: team.ID, Channel: casework.SMS}: s},
		Gate: s.engine,
		Zone: team.Calendar.Location(), Now: s.clock, Random: p.random, Log: log,
	})
	s.script.Lines = []flows.ScriptLine{
		{Kind: flows.LineNote, Text: "# Recorded with linkline chat."},
		{Kind: flows.LineSetting, Text: "channel: " + string(casework.SMS)},
		{Kind: flows.LineSetting, Text: "at: " + at.Format("2006-01-02T15:04") + " " + at.Location().String()},
		{Kind: flows.LineNote},
	}
	return s, nil
}

// clock is the session's own; each look moves it on by a millisecond, so that
// what is kept lies in the order it was said.
func (s *session) clock() time.Time {
	s.now = s.now.Add(time.Millisecond)
	return s.now
}

// play carries out lines until there are no more, or ctx ends.
func (s *session) play(ctx context.Context, lines <-chan string) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case typed, more := <-lines:
			if !more {
				return nil
			}
			if err := s.line(ctx, typed); err != nil {
				return err
			}
		}
	}
}

// line carries out what was typed.
func (s *session) line(ctx context.Context, typed string) error {
	typed = strings.TrimRight(typed, "\r")
	if rest, ok := strings.CutPrefix(typed, "+"); ok {
		if line, ok := scripted(flows.LineClock, strings.TrimSpace(rest)); ok {
			return s.wait(ctx, line)
		}
	}
	if line, ok := scripted(flows.LinePerson, typed); ok && line.Media != "" {
		return s.text(ctx, line)
	}
	return s.text(ctx, flows.ScriptLine{Kind: flows.LinePerson, Text: typed})
}

// scripted reads what was typed as a transcript would.
func scripted(kind flows.LineKind, typed string) (flows.ScriptLine, bool) {
	script, err := flows.ParseScript("", "at: 2000-01-01T00:00 UTC\n"+string(kind)+" "+typed)
	if err != nil || len(script.Lines) != 2 {
		return flows.ScriptLine{}, false
	}
	return script.Lines[1], true
}

// text sends one text and prints the answer.
func (s *session) text(ctx context.Context, line flows.ScriptLine) error {
	s.script.Lines = append(s.script.Lines, line)
	s.texts++
	media := 0
	if line.Media != "" {
		media = 1
	}
	at := s.clock()
	reply, err := s.engine.Receive(ctx, conversation.Inbound{
		Team: s.team.ID, Channel: casework.SMS, From: s.from, Text: casework.Private(line.Text), Media: media,
		ID: fmt.Sprintf("chat-%d-%d", at.UnixMilli(), s.texts), At: at,
	})
	if err != nil {
		return err
	}
	s.answered(reply.Text)
	return s.due(ctx)
}

// wait lets time pass and does what became due.
func (s *session) wait(ctx context.Context, line flows.ScriptLine) error {
	s.script.Lines = append(s.script.Lines, line)
	s.now = s.now.Add(line.Wait)
	s.process.say("  (%s)", s.now.Format("Mon 2 Jan 2006, 15:04"))
	return s.due(ctx)
}

// due runs the jobs and sends the messages whose time has come.
func (s *session) due(ctx context.Context) error {
	for {
		n, err := s.jobs.RunDue(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	for {
		worked, err := s.delivery.Deliver(ctx)
		if err != nil || !worked {
			return err
		}
	}
}

// Send shows a message that leaves: to this phone, or to somebody on duty.
func (s *session) Send(_ context.Context, out channels.Outgoing) (channels.Sent, error) {
	if out.To == s.from {
		s.answered(out.Text.Reveal())
	} else {
		note := "# to somebody else's phone: " + out.Text.Reveal()
		s.process.say("  (%s)", strings.TrimPrefix(note, "# "))
		s.script.Lines = append(s.script.Lines, flows.ScriptLine{Kind: flows.LineNote, Text: note})
	}
	return channels.Sent{ProviderID: fmt.Sprintf("chat-%s-%d", out.Message, out.Attempt), Carrier: channels.CarrierDelivered}, nil
}

// answered prints and records what the service said; silence too.
func (s *session) answered(text string) {
	line := flows.ScriptLine{Kind: flows.LineService, Text: text}
	s.script.Lines = append(s.script.Lines, line)
	if text == "" {
		s.process.say("  (no answer%s)", unanswered(s.script.Lines))
		return
	}
	s.process.say("< %s\n", strings.ReplaceAll(text, "\n", "\n  "))
}

// unanswered says why nothing was said to the last text, where that is the
// network's to do.
func unanswered(lines []flows.ScriptLine) string {
	for _, line := range slices.Backward(lines) {
		if line.Kind != flows.LinePerson {
			continue
		}
		switch reading.IntentOf(line.Text, "en", calendar.Date{}).Intent {
		case reading.OptOutWord, reading.HelpWord:
			return ": the mobile network answers this word by itself"
		default:
			return ""
		}
	}
	return ""
}
