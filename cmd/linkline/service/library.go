package service

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/conversation/calendar"
	"linkline/flows"
	"linkline/flows/library"
)

// Library loads the flows this program ships with, or tells everything that is
// wrong with them.
func Library() (*flows.Library, error) { return flows.LoadChecked(library.Files()) }

// Suits reports what a library lacks for the teams of the settings: a language
// they speak, or a number that a text prints in their nation.
func Suits(l *flows.Library, settings *config.Config) error {
	var problems []error
	nations := map[calendar.Nation]bool{}
	for _, t := range settings.Teams {
		for _, language := range t.Languages {
			if !slices.Contains(l.Languages, language) {
				problems = append(problems, fmt.Errorf(
					"%s: team %q speaks %q, and the flows are not written in it. Fix: use %s",
					settings.Place(), t.ID, language, strings.Join(l.Languages, " or "),
				))
			}
		}
		if !nations[t.Nation] {
			nations[t.Nation] = true
			problems = append(problems, list(flows.CheckNation(l, string(t.Nation))))
		}
	}
	return errors.Join(problems...)
}

// Fresh reports the helplines that nobody has checked for a year. The service
// runs with them all the same: an old number is better than none (decision 28).
func Fresh(l *flows.Library, now time.Time) error {
	return list(flows.CheckHelplines(l, now.Format(time.DateOnly)))
}

// list keeps an empty list from becoming an error that is not nil.
func list(p flows.Problems) error {
	if len(p) == 0 {
		return nil
	}
	return p
}
