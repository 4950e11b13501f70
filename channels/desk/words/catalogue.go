package words

import (
	"maps"
	"slices"
	"strings"

	"linkline/flows"
)

// Catalogue knows the words of the flows: how each answer was asked for and
// what each option says. It does not change after NewCatalogue.
type Catalogue struct {
	order  []string                     // facts in the order the flows ask for them
	asked  map[string]string            // by fact: the question
	labels map[string]map[string]string // by fact, by option: its label
}

// NewCatalogue reads the words of every flow, in English where it is there.
func NewCatalogue(library *flows.Library) *Catalogue {
	c := &Catalogue{asked: map[string]string{}, labels: map[string]map[string]string{}}
	if library == nil {
		return c
	}
	for _, f := range library.All() {
		for _, s := range f.Steps {
			if s.Save == "" || !s.Asks() {
				continue
			}
			c.add(library, f, s)
		}
	}
	return c
}

func (c *Catalogue) add(library *flows.Library, f *flows.Flow, s *flows.Step) {
	key := s.Words
	if key == "" {
		key = s.ID
	}
	text, _, ok := library.Words("en", f.ID, key)
	if !ok {
		return
	}
	if c.labels[s.Save] == nil {
		c.order = append(c.order, s.Save)
		c.labels[s.Save] = map[string]string{}
	}
	if text.Ask != "" {
		c.asked[s.Save] = text.Ask
	}
	for id, option := range text.Options {
		c.labels[s.Save][id] = upperFirst(strings.ReplaceAll(option.Label, linkWorker, "their link worker"))
	}
}

// linkWorker is where a text names the link worker of whom it goes to. A label
// is shown to workers of several people, so it says it in general.
const linkWorker = "{lw}"

// Facts lists the facts the flows ask for, in their order.
func (c *Catalogue) Facts() []string { return c.order }

// Title is the short name of a fact on a page, or else the question as it was
// asked.
func (c *Catalogue) Title(fact string) string {
	if title := titles(fact); title != "" {
		return title
	}
	if asked := c.asked[fact]; asked != "" && !strings.Contains(asked, "{") {
		return asked
	}
	return Plain(fact)
}

// Value puts one value of a fact into words.
func (c *Catalogue) Value(fact, value string) string {
	if label := c.labels[fact][value]; label != "" {
		return label
	}
	switch value {
	case "yes":
		return "Yes"
	case "no":
		return "No"
	}
	return value
}

// Need puts a need into words.
func (c *Catalogue) Need(need string) string { return c.Option("needs", need) }

// Options lists the options of a fact, in the order of the alphabet.
func (c *Catalogue) Options(fact string) []string {
	return slices.Sorted(maps.Keys(c.labels[fact]))
}

// Option puts an option of a fact into words; one that no flow offers is its
// own code in plain words.
func (c *Catalogue) Option(fact, option string) string {
	if label := c.labels[fact][option]; label != "" {
		return label
	}
	return Plain(option)
}
