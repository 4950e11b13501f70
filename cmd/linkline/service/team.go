package service

import (
	"fmt"

	"linkline/cmd/linkline/config"
	"linkline/conversation"
	"linkline/conversation/calendar"
)

// Teams makes of the settings what the engine and the desk know of a team.
func Teams(settings *config.Config) ([]*conversation.Team, error) {
	out := make([]*conversation.Team, len(settings.Teams))
	for i, t := range settings.Teams {
		days, err := calendar.New(t.Nation, t.Hours)
		if err != nil {
			return nil, fmt.Errorf("calendar of team %s: %w", t.ID, err)
		}
		out[i] = &conversation.Team{
			ID: t.ID, Name: t.Name, Nation: t.Nation, Calendar: days, Phone: t.Phone, LocalLine: t.LocalLine,
			PrivacyURL: t.PrivacyURL, Languages: t.Languages, Duty: t.Duty, Demo: t.Demo, AnyHour: t.Demo,
			TextFrom: t.TextsFrom, TextTo: t.TextsTo,
		}
	}
	return out, nil
}
