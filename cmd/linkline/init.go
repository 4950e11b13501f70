package main

import (
	"context"
	"errors"
	"fmt"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/cmd/linkline/service"
	"linkline/store/bolt"
)

// initCommand makes what a service needs before its first start.
type initCommand struct{}

// Run makes what is missing, never writes over what is there, and says what it
// did. The store is made last: where it is, all the rest is.
func (initCommand) Run(ctx context.Context, p *process, c *commands) error {
	settings, err := c.settings(p)
	if err != nil {
		return err
	}
	dir := datadir.At(settings.DataDir)
	made, err := dir.Make(settings.Key == "")
	if err != nil {
		return err
	}
	key, err := dir.Key(settings.Key)
	if err != nil {
		return err
	}
	clear(key) // it is only tried
	if settings.Database != "" {
		if err := p.place(settings).Prepare(ctx); err != nil {
			return err
		}
		p.say("the database has the tables that this version needs")
		p.made(made, dir)
		return nil
	}
	err = bolt.Init(dir.Store(), p.random, p.now())
	switch {
	case errors.Is(err, bolt.ErrExists) && !dir.HasStore():
		return fmt.Errorf("%s is missing, though it was made once: mount its disk or restore it from a backup", dir.Store())
	case err != nil && !errors.Is(err, bolt.ErrExists):
		return fmt.Errorf("make the store: %w", err)
	}
	made = append(made, datadir.Made{File: dir.Store(), New: err == nil, What: "the store, empty"})
	p.made(made, dir)
	return nil
}

// made says what is new.
func (p *process) made(all []datadir.Made, dir datadir.Dir) {
	news := 0
	for _, m := range all {
		if m.New {
			news++
			p.say("made %-28s %s", m.File, m.What)
		}
	}
	if news == 0 {
		p.say("nothing to make: %s has all a service needs", dir.Path())
	}
}

// place is where the store of these settings is.
func (p *process) place(settings *config.Config) service.Place {
	return service.Place{Settings: settings, Random: p.random, Now: p.now}
}
