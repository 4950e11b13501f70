package channels

import (
	"context"
	"sync"
	"time"

	"linkline/conversation/casework"
)

// When filtered texts are more than bad luck: the carriers take our words for
// spam (messaging-safety 1.2, 30007).
const (
	filterTime  = 72 * time.Hour
	filterCount = 3
)

// alarmRest is how long an operator is not told the same again: of a region
// that is not enabled every text to it says so.
const alarmRest = time.Hour

// filtered counts a team's texts that were filtered of late. They are among the
// failures of the outbox, so that a restart forgets none.
func (d *Delivery) filtered(ctx context.Context, f *failure) (n int, err error) {
	span := casework.Span{Index: "outbox", Prefix: casework.Failures(), Reverse: true}
	err = d.config.Store.View(ctx, "", func(tx casework.Tx) error {
		for {
			page, next, err := casework.Messages.Range(tx, span)
			if err != nil {
				return err
			}
			for _, m := range page {
				if m.Delivery.SettledAt.Before(f.now.Add(-filterTime)) {
					return nil
				}
				if m.Team == f.team && m.Delivery.Reason == Filtered.reason() {
					n++
				}
			}
			if next == "" {
				return nil
			}
			span.After = next
		}
	})
	return n, err
}

// alarms remember when an operator was told of what.
type alarms struct {
	mu   sync.Mutex
	told map[alarm]time.Time
}

type alarm struct {
	team casework.TeamID
	what Reaction
}

// due reports whether it is time to tell of it, and notes that it was done.
func (a *alarms) due(x alarm, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if last, ok := a.told[x]; ok && now.Sub(last) < alarmRest {
		return false
	}
	if a.told == nil {
		a.told = map[alarm]time.Time{}
	}
	a.told[x] = now
	return true
}

// note tells of a failure once it is committed: whoever counts, and where the
// service itself is the cause, its operator.
func (d *Delivery) note(ctx context.Context, f *failure) {
	if f.team == "" || f.reaction == NoReaction {
		return
	}
	if d.config.Noted != nil {
		d.config.Noted(f.team, f.reaction)
	}
	if f.reaction == OurAccount {
		d.ways.heard(f.route, Config, 0, f.now)
	}
	operator := f.reaction.remedy().operator
	if f.reaction == Filtered {
		n, err := d.filtered(ctx, f)
		if err != nil {
			d.config.Log.ErrorContext(ctx, "filtered texts were not counted", "team", f.team, "error", err)
		}
		operator = n >= filterCount
	}
	if operator && d.alarms.due(alarm{f.team, f.reaction}, f.now) {
		d.config.Log.ErrorContext(ctx, "the provider does not take our texts: an operator must act",
			"team", f.team, "why", string(f.reaction), "code", f.code)
	}
}
