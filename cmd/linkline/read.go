package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/reading"
	"linkline/conversation/safety"
)

// readCommand shows a flow's author how replies are read.
type readCommand struct {
	As      string `help:"What the replies answer (see --list)." placeholder:"TYPE"`
	Lang    string `help:"The language of the person." default:"en" placeholder:"LANG"`
	Options string `help:"What is offered: FLOW.STEP, a YAML file of id, label and also, or needs." placeholder:"OPTIONS"`
	Strict  bool   `help:"Read as permission and safety are: nothing is guessed."`
	Now     string `help:"When the replies come, like 2026-03-02T09:00:00Z (default: now)." placeholder:"TIME"`
	List    bool   `help:"List the types."`
}

// readLine is what is printed for a reply.
type readLine struct {
	Text       string   `json:"text"`
	Outcome    string   `json:"outcome"`
	Value      string   `json:"value"`
	Values     []string `json:"values"`
	Echo       string   `json:"echo"`
	Rule       string   `json:"rule"`
	Candidates []string `json:"candidates"`
}

// safetyLine is what is printed for a text that is scanned.
type safetyLine struct {
	Text    string        `json:"text"`
	Classes []string      `json:"classes"`
	Matches []safetyMatch `json:"matches"`
}

type safetyMatch struct {
	Class      string `json:"class"`
	Rule       string `json:"rule"`
	Words      string `json:"words"`
	Softened   bool   `json:"softened"`
	AboutOther bool   `json:"about_other"`
}

// Run reads the lines of standard input.
func (r *readCommand) Run(p *process) error {
	if r.List {
		for _, t := range readTypes() {
			p.say("%-14s %s", t.name, t.about)
		}
		return nil
	}
	read, err := r.reader(p.now())
	if err != nil {
		return err
	}
	out := json.NewEncoder(p.out)
	out.SetEscapeHTML(false)
	in := bufio.NewReader(p.in)
	for {
		line, failed := in.ReadString('\n')
		if failed != nil && !errors.Is(failed, io.EOF) {
			return fmt.Errorf("standard input: %w", failed)
		}
		if line != "" {
			if err := out.Encode(read(strings.TrimRight(line, "\r\n"))); err != nil {
				return fmt.Errorf("standard output: %w", err)
			}
		}
		if errors.Is(failed, io.EOF) {
			return nil
		}
	}
}

// reader returns what reads one text into the line to print.
func (r *readCommand) reader(now time.Time) (func(text string) any, error) {
	types := readTypes()
	i := slices.IndexFunc(types, func(t readType) bool { return t.name == r.As })
	if i < 0 {
		return nil, fmt.Errorf("--as must be one of %s", strings.Join(typeNames(), ", "))
	}
	if r.Now != "" {
		var err error
		if now, err = time.Parse(time.RFC3339, r.Now); err != nil {
			return nil, fmt.Errorf("--now must be like 2026-03-02T09:00:00Z, not %q", r.Now)
		}
	}
	c, err := calendar.New(calendar.England, calendar.Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		return nil, err
	}
	q := reading.Question{Type: types[i].reads, Strict: r.Strict, Language: r.Lang, Today: c.On(now), Calendar: c}
	if r.Options != "" {
		if err := r.offer(&q); err != nil {
			return nil, err
		}
	}
	switch {
	case r.As == "intent":
		return func(text string) any { return intentLine(text, q) }, nil
	case r.As == "safety":
		return safetyReader()
	case len(q.Options) == 0 && (q.Type == reading.Choice || q.Type == reading.Choices):
		return nil, fmt.Errorf("--as %s needs --options", r.As)
	}
	return func(text string) any { return lineOf(text, reading.Understand(q, text)) }, nil
}

func lineOf(text string, r reading.Reading) readLine {
	l := readLine{
		Text: text, Outcome: outcomeName(string(r.Outcome)), Values: r.Values, Echo: r.Echo, Rule: r.Rule, Candidates: r.Candidates,
	}
	if len(r.Values) == 1 {
		l.Value = r.Values[0]
	}
	return l.filled()
}

// filled writes empty lists where there are none.
func (l readLine) filled() readLine {
	if l.Values == nil {
		l.Values = []string{}
	}
	if l.Candidates == nil {
		l.Candidates = []string{}
	}
	return l
}

// outcomeName writes an outcome or a request for people. The two ways of opting
// out are one to them.
func outcomeName(s string) string {
	switch s {
	case string(reading.OptOutWord), string(reading.OptOutPhrase):
		return "opt-out"
	case string(reading.HelpWord):
		return "help"
	}
	return strings.ReplaceAll(s, "_", "-")
}

func intentLine(text string, q reading.Question) readLine {
	asked := reading.IntentOf(text, q.Language, q.Today)
	l := readLine{Text: text, Outcome: "none", Rule: asked.Rule}
	if asked.Intent != reading.NoIntent {
		l.Outcome = outcomeName(string(asked.Intent))
		l.Value, l.Values = l.Outcome, []string{l.Outcome}
	}
	if asked.Until != "" {
		l.Echo = "until " + asked.Until
	}
	return l.filled()
}

func safetyReader() (func(text string) any, error) {
	scanner, err := safety.New()
	if err != nil {
		return nil, err
	}
	return func(text string) any {
		l := safetyLine{Text: text, Classes: []string{}, Matches: []safetyMatch{}}
		for _, m := range scanner.Scan(text) {
			if !slices.Contains(l.Classes, string(m.Class)) {
				l.Classes = append(l.Classes, string(m.Class))
			}
			l.Matches = append(l.Matches, safetyMatch{
				Class: string(m.Class), Rule: m.Rule, Words: m.Words, Softened: m.Softened, AboutOther: m.AboutOther,
			})
		}
		return l
	}, nil
}
