package main

import (
	"errors"
	"fmt"

	"linkline/cmd/linkline/datadir"
	"linkline/store/bolt"
)

// initCommand makes what a service needs before its first start.
type initCommand struct{}

// Run makes what is missing, never writes over what is there, and says what it
// did. The store is made last: where it is, all the rest is.
func (initCommand) Run(p *process, c *commands) error {
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
	err = bolt.Init(dir.Store(), p.random, p.now())
	switch {
	case errors.Is(err, bolt.ErrExists) && !dir.HasStore():
		return fmt.Errorf("%s is missing, though it was made once: mount its disk or restore it from a backup", dir.Store())
	case err != nil && !errors.Is(err, bolt.ErrExists):
		return fmt.Errorf("make the store: %w", err)
	}
	made = append(made, datadir.Made{File: dir.Store(), New: err == nil, What: "the store, empty"})
	news := 0
	for _, m := range made {
		if m.New {
			news++
			p.say("made %-28s %s", m.File, m.What)
		}
	}
	if news == 0 {
		p.say("nothing to make: %s has all a service needs", dir.Path())
	}
	return nil
}
