package scheduler

import (
	"cmp"
	_ "embed" // the entries are a file
	"errors"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"linkline/flows"
)

//go:embed almanac.yaml
var shippedEntries []byte

// Entry is something that happens by the calendar.
type Entry struct {
	Name string
	// Spec is a cron expression of five fields, or "@every" and a duration.
	Spec string
	// Late is how late a run that was missed is still of use; zero is always.
	Late time.Duration
}

// writtenEntry is an entry as it is written.
type writtenEntry struct {
	Name word `yaml:"name"`
	Spec word `yaml:"spec"`
	Late word `yaml:"late"`
}

// ShippedEntries returns what this program does by the calendar.
func ShippedEntries(zone *time.Location) ([]Entry, error) {
	return LoadEntries("almanac.yaml", shippedEntries, zone)
}

// LoadEntries reads a file of entries. What is wrong with it is told all at once,
// as flows.Problems: with file, line and a fix.
func LoadEntries(file string, data []byte, zone *time.Location) ([]Entry, error) {
	var problems flows.Problems
	c := &checker{file: file, problems: &problems}
	var written []writtenEntry
	if err := yaml.UnmarshalWithOptions(data, &written, yaml.Strict()); err != nil {
		c.unreadable(err)
		return nil, problems
	}
	if len(written) == 0 {
		c.tell(1, ruleFile, "add an entry: name, spec, and late where lateness matters", "there is no entry")
	}
	entries := make([]Entry, 0, len(written))
	for _, w := range written {
		if slices.ContainsFunc(entries, func(e Entry) bool { return e.Name == w.Name.text }) {
			c.tell(w.Name.line, ruleTwice, "give each entry a name of its own", "there is an entry %q already", w.Name.text)
		}
		entries = append(entries, c.entry(w, zone))
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return entries, nil
}

func (c *checker) entry(w writtenEntry, zone *time.Location) Entry {
	e := Entry{Name: w.Name.text, Spec: w.Spec.text}
	if !jobForm.MatchString(e.Name) {
		c.tell(cmp.Or(w.Name.line, w.Spec.line), ruleMissing, "give the entry a name of small letters", "%q is not the name of an entry", e.Name)
	}
	if _, err := parse(e.Spec, zone); err != nil {
		c.tell(cmp.Or(w.Spec.line, w.Name.line), ruleMoment, `write five fields like "30 16 * * 1-5", or "@every 10m"`, "%s", err)
	}
	if w.Late.text == "" {
		return e
	}
	m, err := parseLength(w.Late.text)
	if err != nil || !m.elapses() || m.n == 0 {
		c.tell(w.Late.line, ruleMoment, `write it like "4 hours"`, "%q is not a length of time in minutes or hours", w.Late.text)
		return e
	}
	e.Late = m.passes()
	return e
}

// unreadable tells what the reader of YAML made of a file.
func (c *checker) unreadable(err error) {
	line, message := 1, err.Error()
	var at yaml.Error
	if errors.As(err, &at) {
		message = at.GetMessage()
		if at.GetToken() != nil {
			line = at.GetToken().Position.Line
		}
	}
	c.tell(line, ruleYAML, "write it as the files beside it are written", "%s", message)
}
