package main

import (
	"fmt"
	"strings"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
)

// checkCommand looks for everything that is wrong before the service starts.
type checkCommand struct{}

// Run checks the settings and the flows; it opens no store and no socket. It
// exits 1 when there is a problem.
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
	}
	if problems > 0 {
		p.say("\n%s", counted(problems, "problem"))
		return errTold
	}
	p.say("settings: %s, %s", from(settings), counted(len(settings.Teams), "team"))
	p.say("flows: %s in %s", counted(len(library.Flows()), "flow"), strings.Join(library.Languages, ", "))
	p.say("no problem found")
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
