package main

import (
	"fmt"
	"strings"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/conversation/safety"
	"linkline/flows"
)

// checkCommand looks for everything that is wrong before the service starts.
type checkCommand struct{}

// Run checks the settings, the flows, and what happens between contacts and by
// the calendar; it opens no store and no socket. It exits 1 when there is a
// problem.
func (checkCommand) Run(p *process, c *commands) error {
	problems := 0
	tell := func(err error) {
		if err != nil {
			problems += len(strings.Split(err.Error(), "\n"))
			p.say("%s", err)
		}
	}
	settings, err := c.settings(p)
	tell(err)
	library, err := service.Library()
	tell(err)
	if settings != nil && library != nil {
		tell(service.Suits(library, settings))
	}
	if settings != nil {
		tell(service.Fits(settings))
	}
	if library != nil {
		tell(service.Fresh(library, p.now()))
		tell(service.Follows(library))
	}
	if problems > 0 {
		p.say("\n%s", counted(problems, "problem"))
		return errTold
	}
	p.say("settings: %s, %s", from(settings), counted(len(settings.Teams), "team"))
	p.say("flows: %s in %s", counted(len(library.Flows()), "flow"), strings.Join(library.Languages, ", "))
	if err := drafts(p, library); err != nil {
		return err
	}
	p.say("no problem found")
	return nil
}

// drafts says what still waits for somebody's approval: the safety phrases of a
// language that no speaker has checked, and the texts that wait for the clinical
// safety officer (decisions 25 and 28). It stops nothing.
func drafts(p *process, library *flows.Library) error {
	scanner, err := safety.New()
	if err != nil {
		return fmt.Errorf("safety phrases: %w", err)
	}
	var languages []string
	for _, source := range scanner.Sources() {
		if source.Draft {
			languages = append(languages, source.Language)
		}
	}
	if len(languages) > 0 {
		p.say("drafts: safety phrases in %s, until a speaker and their owner have checked them",
			strings.Join(languages, ", "))
	}
	if texts := library.Drafts(); len(texts) > 0 {
		p.say("drafts: %s, until the clinical safety officer has approved them", counted(len(texts), "text"))
	}
	return nil
}

// from says where the settings came from.
func from(settings *config.Config) string {
	if settings.File == "" {
		return "no file, so the demo team"
	}
	return settings.File
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
