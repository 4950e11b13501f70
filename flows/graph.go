package flows

import (
	"fmt"
	"slices"
	"strings"
)

// Graph draws a flow as a Mermaid state diagram. Step names get a prefix,
// because words such as "end" mean something to Mermaid.
func Graph(f *Flow) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	fmt.Fprintf(&b, "    [*] --> s_%s\n", f.First().ID)
	for _, s := range f.Steps {
		if s.Kind == KindBranch {
			fmt.Fprintf(&b, "    state s_%s <<choice>>\n", s.ID)
			continue
		}
		fmt.Fprintf(&b, "    s_%s: %s\n", s.ID, caption(s))
	}
	for _, s := range f.Steps {
		for _, w := range s.waysOn() {
			to := "[*]"
			if w.to != "" {
				to = "s_" + w.to
			}
			fmt.Fprintf(&b, "    s_%s --> %s", s.ID, to)
			if w.when != "" {
				fmt.Fprintf(&b, ": %s", w.when)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// caption is the name of a step in a drawing, with what it waits for or plays.
func caption(s *Step) string {
	switch s.Kind {
	case KindAsk:
		return fmt.Sprintf("%s (%s)", s.ID, strings.ReplaceAll(string(s.Answer), "_", " "))
	case KindPermit:
		return fmt.Sprintf("%s (permission for %s)", s.ID, strings.ReplaceAll(s.Purpose, "_", " "))
	case KindGo:
		return fmt.Sprintf("%s (%s)", s.ID, s.Go)
	case KindSay, KindBranch, KindEnd:
	}
	return s.ID
}

// Outline writes a flow as a nested list, for whoever cannot see a drawing.
func Outline(f *Flow) string {
	var b strings.Builder
	for _, s := range f.Steps {
		fmt.Fprintf(&b, "- **%s** %s\n", s.ID, s.tells())
		for _, w := range s.waysOn() {
			to := "it ends here"
			if w.to != "" {
				to = "on to " + w.to
			}
			if w.when != "" {
				to = w.when + ": " + to
			}
			fmt.Fprintf(&b, "  - %s\n", to)
		}
	}
	return b.String()
}

// tells says in a few words what a step does.
func (s *Step) tells() string {
	var parts []string
	for _, a := range s.Do {
		parts = append(parts, strings.TrimSpace("does "+string(a.Name)+" "+a.Arg))
	}
	switch s.Kind {
	case KindAsk, KindPermit:
		parts = append(parts, s.asksFor())
	case KindGo:
		parts = append(parts, s.Go.String())
	case KindBranch:
		parts = append(parts, "chooses by what is known")
	case KindSay, KindEnd:
		if s.Words != "" {
			parts = append(parts, "says something")
		}
		if s.Kind == KindEnd {
			parts = append(parts, fmt.Sprintf("ends (%s)", s.End))
		}
	}
	return strings.Join(parts, ", ")
}

func (s *Step) asksFor() string {
	text := "asks for " + strings.ReplaceAll(string(s.Answer), "_", " ")
	if s.Kind == KindPermit {
		text = "asks permission for " + strings.ReplaceAll(s.Purpose, "_", " ")
	}
	options := make([]string, len(s.Options))
	for i, o := range s.Options {
		options[i] = fmt.Sprintf("%d %s", o.Number, o.ID)
	}
	if len(options) > 0 {
		text += ": " + strings.Join(options, ", ")
	}
	return text
}

// String says where the step leads.
func (g *Go) String() string {
	text := "plays " + g.Flow
	if g.Leave {
		text = "leaves for " + g.Flow
	}
	if g.Once {
		return fmt.Sprintf("asks %s of %s again", g.Step, g.Flow)
	}
	if g.Step != "" {
		text += " from " + g.Step
	}
	return text
}

// way is one way on from a step; to is empty where the flow ends.
type way struct{ when, to string }

// waysOn lists the ways on, one for each step that can follow.
func (s *Step) waysOn() []way {
	switch {
	case s.Kind == KindEnd, s.Go != nil && s.Go.Leave:
		return []way{{}}
	case s.Kind == KindBranch:
		out := make([]way, len(s.Branches))
		for i, b := range s.Branches {
			out[i] = way{b.When.String(), b.To}
			if b.When == nil {
				out[i].when = "otherwise"
			}
		}
		return out
	}
	var out []way
	for _, outcome := range s.Outcomes() {
		to := s.Target(outcome)
		i := slices.IndexFunc(out, func(w way) bool { return w.to == to })
		if i < 0 {
			out = append(out, way{outcome, to})
			continue
		}
		out[i].when += " or " + outcome
	}
	if len(out) == 1 {
		out[0].when = ""
	}
	if s.SkipWhen != nil {
		out = append(out, way{"passed over when " + s.SkipWhen.String(), s.Next})
	}
	return out
}

// String says the condition in words.
func (c *Condition) String() string {
	if c == nil {
		return ""
	}
	var parts []string
	say := func(format, what string) {
		if what != "" {
			parts = append(parts, fmt.Sprintf(format, what))
		}
	}
	say("%s is known", c.Known)
	say("%s is not known", c.Unknown)
	for _, fact := range names(c.Is) {
		say(fact+" is %s", strings.Join(c.Is[fact], " or "))
	}
	for _, fact := range names(c.IsNot) {
		say(fact+" is not %s", strings.Join(c.IsNot[fact], " or "))
	}
	say("permission for %s is given", c.Permitted)
	say("permission for %s was refused", c.Refused)
	return strings.Join(parts, " and ")
}
