package flows

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Script is a conversation written down so that a link worker can review it
// and a test can play it (decision 22). Every line of the file is kept, so that
// writing it again changes only what a test has rewritten.
type Script struct {
	File     string
	Channel  string
	Team     string
	Language string
	// Plan lets what the shipped rules plan happen by itself ("plan: shipped"):
	// reminders, nudges, measures. Without it only what the script says happens.
	Plan bool
	// At is when the first text arrives.
	At time.Time
	// After names the script that is played before this one, so that what comes
	// weeks after a request does not repeat how it was made; empty for none.
	After string
	Lines []ScriptLine
}

// LineKind is the sign a line of a script begins with.
type LineKind string

// The kinds of line.
const (
	LineNote    LineKind = "#" // a comment or an empty line
	LineSetting LineKind = ":" // channel, team, language or at
	LinePerson  LineKind = ">" // the person texts; "[photo]" before the words is something sent with them
	LineService LineKind = "<" // the service answers; alone it stays silent
	LineClock   LineKind = "+" // time passes: 72h, 3d, 90m, until 2026-03-10 10:45
	LineState   LineKind = "=" // key: value, of the conversation or its case
	LineEffect  LineKind = "!" // something the engine did beside answering
	LineWorker  LineKind = "*" // a worker acts at the desk
)

// ScriptLine is one line of a script.
type ScriptLine struct {
	Kind LineKind
	Line int
	// Text is what follows the sign, with line breaks where "\n" is written.
	Text string
	// Media is what was sent with a person's text: "photo", "voice note".
	Media string
	// Key and Value are the two halves of a setting or a state.
	Key, Value string
	// Wait is how long a clock line lets pass; Until is to when, where it names a
	// moment, in the civil time of the script.
	Wait  time.Duration
	Until time.Time
}

// AnyReply is written where a script does not care what is answered.
const AnyReply = "..."

// Matches reports whether a service line expects this reply; no reply is "".
func (l ScriptLine) Matches(reply string) bool {
	part, contains := strings.CutPrefix(l.Text, "*")
	if contains {
		part, contains = strings.CutSuffix(part, "*")
	}
	switch {
	case l.Text == AnyReply:
		return reply != ""
	case contains && part != "":
		return strings.Contains(reply, part)
	}
	return reply == l.Text
}

// ParseScript reads a script, or tells every line it cannot read.
func ParseScript(file, text string) (*Script, error) {
	s := &Script{File: file}
	var problems []error
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, raw := range strings.Split(text, "\n") {
		line, err := s.parse(strings.TrimRight(raw, " \t"))
		if err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", file, i+1, err))
			continue
		}
		line.Line = i + 1
		s.Lines = append(s.Lines, line)
	}
	if s.At.IsZero() {
		problems = append(problems, fmt.Errorf("%s:1: no line says when it begins (at: 2026-03-03T09:00 Europe/London)", file))
	}
	return s, errors.Join(problems...)
}

func (s *Script) parse(raw string) (ScriptLine, error) {
	if raw == "" || raw[0] == '#' {
		return ScriptLine{Kind: LineNote, Text: raw}, nil
	}
	line := ScriptLine{Kind: LineKind(raw[:1]), Text: strings.TrimPrefix(raw[1:], " ")}
	switch line.Kind {
	case LinePerson, LineService:
		line.Text = strings.ReplaceAll(line.Text, `\n`, "\n")
		if line.Kind == LinePerson {
			line.attach()
		}
		return line, nil
	case LineEffect, LineWorker:
		return line, nil
	case LineState:
		return line, line.split(line.Text)
	case LineClock:
		if moment, ok := strings.CutPrefix(line.Text, "until "); ok {
			return line, s.until(&line, moment)
		}
		wait, err := parseWait(line.Text)
		line.Wait = wait
		return line, err
	case LineNote, LineSetting:
	}
	line = ScriptLine{Kind: LineSetting, Text: raw}
	if err := line.split(raw); err != nil {
		return line, err
	}
	return line, s.set(line.Key, line.Value)
}

// attach takes what was sent with a text, "[photo] for mum", out of its words.
func (l *ScriptLine) attach() {
	media, words, closed := strings.Cut(l.Text, "]")
	if name, opened := strings.CutPrefix(media, "["); opened && closed {
		l.Media, l.Text = name, strings.TrimPrefix(words, " ")
	}
}

func (l *ScriptLine) split(text string) error {
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		return fmt.Errorf("%q has no sign and no colon", text)
	}
	l.Key, l.Value = strings.TrimSpace(key), strings.TrimSpace(value)
	return nil
}

func (s *Script) set(key, value string) error {
	switch key {
	case "channel":
		s.Channel = value
	case "team":
		s.Team = value
	case "plan":
		s.Plan = value == "shipped"
	case "language":
		s.Language = value
	case "after":
		s.After = value
	case "at":
		return s.begin(value)
	default:
		return fmt.Errorf("%q is not a setting, %s", key, suggest(key, []string{"after", "at", "channel", "language", "plan", "team"}))
	}
	return nil
}

func (s *Script) begin(value string) error {
	clock, zone, _ := strings.Cut(value, " ")
	place, err := time.LoadLocation(zone)
	if err != nil {
		return fmt.Errorf("read time zone: %w", err)
	}
	s.At, err = time.ParseInLocation("2006-01-02T15:04", clock, place)
	if err != nil {
		return fmt.Errorf("read time: %w", err)
	}
	return nil
}

// until reads the moment that a clock line waits for.
func (s *Script) until(line *ScriptLine, moment string) (err error) {
	if s.At.IsZero() {
		return errors.New("say when the script begins (at) before a moment in it")
	}
	line.Until, err = time.ParseInLocation("2006-01-02 15:04", moment, s.At.Location())
	if err != nil {
		return fmt.Errorf("%q is not a moment, such as 2026-03-10 10:45", moment)
	}
	return nil
}

// parseWait reads a duration, which may also be in days of 24 hours.
func parseWait(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 {
			return 0, fmt.Errorf("%q is not a number of days", text)
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	wait, err := time.ParseDuration(text)
	if err != nil || wait <= 0 {
		return 0, fmt.Errorf("%q is not a time to wait, such as 72h or 3d", text)
	}
	return wait, nil
}

// String writes the script down again.
func (s *Script) String() string {
	var b strings.Builder
	for _, l := range s.Lines {
		b.WriteString(l.String() + "\n")
	}
	return b.String()
}

// String writes one line as it stands in a file.
func (l ScriptLine) String() string {
	text := l.Text
	switch l.Kind {
	case LineNote, LineSetting:
		return text
	case LinePerson, LineService:
		text = strings.ReplaceAll(text, "\n", `\n`)
	case LineClock, LineState, LineEffect, LineWorker:
	}
	if l.Media != "" {
		text = strings.TrimSuffix("["+l.Media+"] "+text, " ")
	}
	return strings.TrimSuffix(string(l.Kind)+" "+text, " ")
}
