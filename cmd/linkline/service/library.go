package service

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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

// Fits reports what teams write into texts that makes them longer than they were
// measured, and who nobody is told for. The service runs with it all the same:
// a text in three parts is better than none.
func Fits(settings *config.Config) error {
	var problems []error
	tell := func(t config.Team, fix, format string, args ...any) {
		problems = append(problems, fmt.Errorf("%s: team %q: %s. Fix: %s",
			settings.Place(), t.ID, fmt.Sprintf(format, args...), fix))
	}
	for _, t := range settings.Teams {
		for _, v := range []struct{ setting, placeholder, value string }{
			{"name", "service", t.Name},
			{"phone", "phone", t.Phone},
			{"privacy_url", "url", t.PrivacyURL},
			{"local_line", "line", t.LocalLine},
		} {
			if n, room := utf8.RuneCountInString(v.value), flows.Room(v.placeholder); n > room {
				tell(t, "shorten it", "its %s has %d characters, and texts have room for %d", v.setting, n, room)
			}
			if s := flows.Count(flows.PlainSMS(v.value)); s.Encoding != flows.GSM7 {
				tell(t, "write it with plain letters",
					"its %s has a letter that makes every text more than twice as long", v.setting)
			}
		}
		if len(t.Duty) == 0 && !t.Demo {
			tell(t, "add a mobile number under duty:", "nobody is told at once of a text that cannot wait")
		}
	}
	return errors.Join(problems...)
}

// list keeps an empty list from becoming an error that is not nil.
func list(p flows.Problems) error {
	if len(p) == 0 {
		return nil
	}
	return p
}
