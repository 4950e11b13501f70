package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/store"
)

// siteDigest is where the texts to the workers of a team are planned.
const siteDigest casework.Site = "service.digest"

// digestLasts is how long a worker's list is worth sending. The latest that is
// made up for is made at six in the evening: none leaves after eight.
const digestLasts = 2 * time.Hour

// digests tell the people who work here of their day, on their own work phones:
// how much there is and when, and never about whom (J23). A phone is lost, lent
// and looked at by others.
type digests struct {
	store   store.Store
	library *flows.Library
	teams   []*conversation.Team
	deskURL string
	now     func() time.Time
	random  io.Reader
	planned func() // may be nil
}

// evening tells of what is left to clear and of the diary of the next working
// day.
func (d *digests) evening(ctx context.Context, moment time.Time) error {
	return d.tell(ctx, "evening", moment, evening)
}

// morning tells of what cannot wait, what is due and who is on duty.
func (d *digests) morning(ctx context.Context, moment time.Time) error {
	return d.tell(ctx, "morning", moment, morning)
}

// note is what one worker is told: a text of the service and what stands in its
// holes. One without a key is not worth a text.
type note struct {
	key    string
	values map[string]string
}

// sheet makes the note of one worker.
type sheet func(*rounds, *casework.User) (note, error)

// tell plans the texts of every team that works on the day of the moment, each
// team in a transaction of its own: what is wrong with one keeps nothing from
// another. It may run again for the same moment, after a crash or on another
// replica.
func (d *digests) tell(ctx context.Context, name string, moment time.Time, of sheet) error {
	var problems []error
	for _, team := range d.teams {
		today := team.Calendar.On(moment)
		if !team.Calendar.WorkingDay(today) {
			continue // a holiday of its nation: nobody is there to read it
		}
		err := d.store.Update(ctx, siteDigest, team.ID, func(tx casework.Tx) error {
			r := &rounds{tx: tx, team: team, today: today, now: d.now()}
			return d.tellTeam(r, name, of)
		})
		if err != nil {
			problems = append(problems, fmt.Errorf("tell team %s of the %s: %w", team.ID, name, err))
		}
	}
	if d.planned != nil {
		d.planned()
	}
	return errors.Join(problems...)
}

// tellTeam plans the texts to those of a team who have a work phone.
func (d *digests) tellTeam(r *rounds, name string, of sheet) error {
	ids := casework.NewIDs(r.now, d.random)
	span := casework.Span{Index: "all"}
	for {
		users, next, err := casework.Users.Range(r.tx, span)
		if err != nil {
			return fmt.Errorf("find who works here: %w", err)
		}
		for _, u := range users {
			if u.Disabled || u.Phone == "" {
				continue
			}
			n, err := of(r, u)
			if err != nil {
				return err
			}
			once := "digest:" + name + ":" + string(u.ID) + ":" + r.today.String()
			if err := d.plan(r, u, n, once, ids); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		span.After = next
	}
}

// plan plans one text, unless it was planned before or has nothing to tell.
func (d *digests) plan(r *rounds, u *casework.User, n note, once string, ids *casework.IDs) error {
	if n.key == "" {
		return nil
	}
	told, _, err := casework.Messages.Range(r.tx, casework.Span{Index: "once", Prefix: once, Limit: 1})
	if err != nil || len(told) > 0 {
		return err
	}
	text, err := d.text(r.team, n)
	if err != nil {
		return err
	}
	id, err := ids.Next()
	if err != nil {
		return err
	}
	return casework.Messages.Put(r.tx, &casework.Message{
		ID: id, Conversation: casework.NewConversationID(r.tx, r.team.ID, casework.SMS, u.Phone),
		Team: r.team.ID, Way: casework.Out, By: casework.ByService, At: r.now, Text: casework.Private(text), Once: once,
		Delivery: &casework.Delivery{
			State: casework.Planned, Class: casework.ClassStaff, To: u.Phone,
			NotBefore: r.now, NotAfter: r.now.Add(digestLasts),
		},
	})
}

// text puts a note into the team's own words.
func (d *digests) text(team *conversation.Team, n note) (string, error) {
	language := team.Languages[0]
	words, _, ok := d.library.Words(language, flows.ServiceWords, n.key)
	if !ok {
		return "", fmt.Errorf("no words for %q in %s", n.key, language)
	}
	n.values["link"] = d.deskURL
	said, err := flows.Fill(words.Say, n.values)
	if err != nil {
		return "", fmt.Errorf("fill %q: %w", n.key, err)
	}
	return channels.Render(d.library, casework.SMS, conversation.Prompt{
		Language: language, Said: []flows.Said{{Text: said}},
	}), nil
}

// dayWords writes a day out, in the team's own language.
func dayWords(team *conversation.Team, day calendar.Date) string { return day.Words(team.Languages[0]) }
