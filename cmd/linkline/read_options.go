package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/goccy/go-yaml"

	"linkline/cmd/linkline/service"
	"linkline/conversation/reading"
)

// readType is a kind of answer by the name people use.
type readType struct {
	name  string
	reads reading.Type
	about string
}

func readTypes() []readType {
	return []readType{
		{"yes-no", reading.YesNo, "yes or no; with --strict only what cannot be meant otherwise"},
		{"choice", reading.Choice, "one of the options: its number, its label or a synonym, as its id"},
		{"choices", reading.Choices, "one of the options or more, as their ids"},
		{"name", reading.Name, "what a person likes to be called"},
		{"date-of-birth", reading.DateOfBirth, "1956-04-03; day first, 18 to 110 years ago"},
		{"date", reading.FutureDate, "2026-03-24; a day to come within two years"},
		{"time", reading.Time, "14:30; a bare hour is one when people visit"},
		{"datetime", reading.DateTime, "2026-03-24T14:30 in London; 2026-03-24 or 2026-03-24 morning where no time was said"},
		{"scale", reading.Scale, "0 to 10"},
		{"number", reading.Number, "a whole number"},
		{"postcode", reading.Postcode, "SW1A 1AA, SW1A or BFPO 1; empty for none given"},
		{"phone", reading.Phone, "+447700900123; the rule tells mobile from landline"},
		{"nhs-number", reading.NHSNumber, "ten figures with their check digit; empty for none given"},
		{"practice", reading.Practice, "a surgery's name, or its id with --options; unknown for none"},
		{"intent", "", "what is wanted of the service itself: opt-out, person, back ..., or none"},
		{"safety", "", "which rules of the safety scan match"},
	}
}

func typeNames() []string {
	types := readTypes()
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = t.name
	}
	return names
}

// optionNeeds stands for the shipped list of needs.
const optionNeeds = "needs"

// offer puts the options asked for into the question.
func (r *readCommand) offer(q *reading.Question) error {
	if r.Options == optionNeeds {
		q.Options = reading.Needs(r.Lang)
		return nil
	}
	data, err := os.ReadFile(r.Options) // #nosec G304 -- the file its author names
	if err == nil {
		q.Options, err = optionsIn(data)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Options, err)
		}
		return nil
	}
	if !os.IsNotExist(err) {
		return err
	}
	return r.offerStep(q)
}

// optionsIn reads a list of id, label and also; the numbers count from 1 where
// none is given.
func optionsIn(data []byte) ([]reading.Option, error) {
	var list []struct {
		ID     string   `yaml:"id"`
		Label  string   `yaml:"label"`
		Also   []string `yaml:"also"`
		Number int      `yaml:"number"`
	}
	if err := yaml.UnmarshalWithOptions(data, &list, yaml.Strict()); err != nil {
		return nil, err
	}
	var options []reading.Option
	for i, o := range list {
		if o.ID == "" || o.Label == "" {
			return nil, fmt.Errorf("option %d has no id or no label", i+1)
		}
		if o.Number == 0 {
			o.Number = i + 1
		}
		options = append(options, reading.Option{ID: o.ID, Number: o.Number, Words: append([]string{o.Label}, o.Also...)})
	}
	return options, nil
}

// offerStep takes the options of a step of the shipped flows, and is as strict
// as it is.
func (r *readCommand) offerStep(q *reading.Question) error {
	library, err := service.Library()
	if err != nil {
		return err
	}
	id, name, _ := strings.Cut(r.Options, ".")
	flow, ok := library.Flow(id, 0)
	if !ok {
		return fmt.Errorf("--options %s is no file and no FLOW.STEP", r.Options)
	}
	step, ok := flow.Step(name)
	if !ok {
		return fmt.Errorf("flow %s has no step %q", id, name)
	}
	text, _, _ := library.Words(r.Lang, id, step.Words)
	for _, o := range step.Options {
		words := text.Options[o.ID]
		q.Options = append(q.Options, reading.Option{ID: o.ID, Number: o.Number, Words: append([]string{words.Label}, words.Also...)})
	}
	q.Strict = q.Strict || step.Strict
	q.Min, q.Max = step.Min, step.Max
	return nil
}
