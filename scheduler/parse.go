package scheduler

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// parse reads a cron expression. Cron's own parser panics on a zone without
// fields, takes a rhythm of nothing for one of a second, and knows no date that
// never comes; each is an error here. So is a time between one and two at
// night, which the change of the clocks skips in spring and repeats in autumn.
func parse(spec string, zone *time.Location) (schedule cron.Schedule, err error) {
	defer func() {
		if recover() != nil {
			schedule, err = nil, fmt.Errorf("unreadable schedule %q", spec)
		}
	}()
	if strings.Contains(spec, "TZ=") {
		return nil, fmt.Errorf("schedule %q names a zone of its own", spec)
	}
	if every, ok := strings.CutPrefix(spec, "@every "); ok {
		d, err := time.ParseDuration(every)
		if err != nil || d < time.Second || d%time.Second != 0 {
			return nil, fmt.Errorf("schedule %q is not a number of seconds", spec)
		}
		return cron.Every(d), nil
	}
	schedule, err = cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("schedule %q: %w", spec, err)
	}
	return schedule, steady(schedule, zone)
}

// steady walks a year of the schedule and refuses what never comes or falls
// into the hour that may come twice or not at all.
func steady(schedule cron.Schedule, zone *time.Location) error {
	from := time.Date(2000, 1, 1, 0, 0, 0, 0, zone)
	at := schedule.Next(from)
	if at.IsZero() {
		return errors.New("the schedule names a date that never comes")
	}
	for i := 0; i < 400 && at.Before(from.AddDate(1, 0, 0)); i++ {
		if at.Hour() == 1 {
			return errors.New("between one and two at night the clocks may change")
		}
		at = schedule.Next(at)
	}
	return nil
}
