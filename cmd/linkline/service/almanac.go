package service

import (
	"fmt"

	"linkline/conversation"
	"linkline/scheduler"
)

// almanac is what happens by the calendar here. Entries without a chore are left
// out: what the provider has that we have not is looked for more often, by a
// loop of its own, and nobody keeps a directory or a copy of the store yet.
func (s *Service) almanac(teams []*conversation.Team) (*scheduler.Almanac, error) {
	entries, err := scheduler.ShippedEntries(Zone())
	if err != nil {
		return nil, fmt.Errorf("almanac: %w", err)
	}
	c := s.config
	d := &digests{
		store: c.Store, library: c.Library, teams: teams, deskURL: c.DeskURL, now: c.Now, random: c.Random, planned: s.planned.ring,
	}
	almanac, err := scheduler.NewAlmanac(scheduler.AlmanacConfig{
		Store: c.Store, Entries: entries, Zone: Zone(), Now: c.Now, Log: c.Log,
		Chores: map[string]scheduler.Chore{"worker_digest": d.evening, "morning_list": d.morning},
	})
	if err != nil {
		return nil, fmt.Errorf("almanac: %w", err)
	}
	return almanac, nil
}
