package scheduler

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"linkline/flows"
)

// maxRules bounds a file of rules: each is a page or two.
const maxRules = 64 << 10

// word is one value of a file and where it stands. Words keep the spelling of
// the file, so that 10:00 is no number.
type word struct {
	text string
	line int
}

// UnmarshalYAML takes the value as it is written.
func (w *word) UnmarshalYAML(n ast.Node) error {
	w.line = n.GetToken().Position.Line
	switch n := n.(type) {
	case *ast.StringNode:
		w.text = n.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		w.text = n.GetToken().Value
	default:
		return &yaml.SyntaxError{Message: "one value belongs here", Token: n.GetToken()}
	}
	return nil
}

// writtenBook is a file as it is written.
type writtenBook struct {
	About  word          `yaml:"about"`
	Type   word          `yaml:"type"`
	Spread word          `yaml:"spread"`
	Rules  []writtenRule `yaml:"rules"`
}

// writtenRule is a rule as it is written.
type writtenRule struct {
	Job        word   `yaml:"job"`
	Source     word   `yaml:"source"`
	Send       word   `yaml:"send"`
	Task       word   `yaml:"task"`
	Due        word   `yaml:"due"`
	Until      word   `yaml:"until"`
	Every      word   `yaml:"every"`
	Times      word   `yaml:"times"`
	Rest       word   `yaml:"rest"`
	Booked     word   `yaml:"booked"`
	Anew       word   `yaml:"anew"`
	Point      word   `yaml:"point"`
	While      []word `yaml:"while"`
	Case       []word `yaml:"case"`
	ClosedAs   []word `yaml:"closed_as"`
	If         []word `yaml:"if"`
	Unless     []word `yaml:"unless"`
	With       []word `yaml:"with"`
	UnlessSaid []word `yaml:"unless_said"`
	Permission word   `yaml:"permission"`
	Reminder   word   `yaml:"reminder"`
}

// LoadPlans reads every file of rules in a directory. What is wrong is told all
// at once, as flows.Problems: with file, line and a fix.
func LoadPlans(files fs.FS) (*Plans, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the rules: %w", err)
	}
	var problems flows.Problems
	p := &Plans{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read the rules: %w", err)
		}
		c := &checker{file: name, problems: &problems}
		written, ok := c.decode(data)
		if !ok {
			continue
		}
		if written.Spread.text != "" {
			p.spread = c.spread(written.Spread)
		}
		if b := c.book(written); b != nil {
			c.beside(p.books, b)
			p.books = append(p.books, b)
		}
	}
	if len(p.books) == 0 && len(problems) == 0 {
		problems = append(problems, flows.Problem{
			File: ".", Rule: ruleFile, Message: "there is no file of rules", Fix: "add one, named *.yaml",
		})
	}
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b flows.Problem) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		})
		return nil, problems
	}
	return p, nil
}

// decode reads a file; a key that no rule has is refused.
func (c *checker) decode(data []byte) (writtenBook, bool) {
	var b writtenBook
	if len(data) > maxRules {
		c.tell(1, ruleFile, "split it", "the file has %d bytes and may have %d", len(data), maxRules)
		return b, false
	}
	err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&b)
	if err == nil {
		return b, true
	}
	c.unreadable(err)
	return b, false
}

// spread reads how far apart texts of one moment are moved; "0" is not at all.
func (c *checker) spread(w word) time.Duration {
	if w.text == "0" {
		return 0
	}
	m, err := parseLength(w.text)
	if err != nil || !m.elapses() || m.n == 0 {
		c.tell(w.line, ruleMoment, `write it like "20 minutes", or 0 for none`, "%q is not a length of time", w.text)
		return 0
	}
	return m.passes()
}
