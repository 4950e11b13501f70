package desk

import (
	"slices"
	"strings"
	"time"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// caseRow is one case in the queue.
type caseRow struct {
	Reference  string
	Name       string
	Age        string
	Unread     int
	CannotWait bool
	Why        []string // why it cannot wait
	Waiting    string
	Due        string
	Overdue    bool
	Needs      string
	Channel    string
	Language   string // empty for English
	Worker     string
	Status     string
	Access     []string
	NoTexts    string // why no text can be sent
}

// noName stands for a person who has not said her name.
const noName = "No name yet"

func sectionTitle(section string) string { return words.Section(section) }
func nothing(section string) string      { return words.Nothing(section) }

// caseRows puts a page of cases into words. It reads what the rows need in
// four look-ups, however many rows there are.
func (d *Desk) caseRows(tx casework.Tx, v *visit, cases []*casework.Case) ([]caseRow, error) {
	var people, talks, points, users []string
	for _, c := range cases {
		people = append(people, string(c.Person))
		talks = append(talks, string(c.Conversation))
		points = append(points, casework.ContactPointKey(c.Conversation))
		users = append(users, string(c.Worker))
	}
	persons, err := casework.People.GetMany(tx, people)
	if err != nil {
		return nil, err
	}
	conversations, err := casework.Conversations.GetMany(tx, talks)
	if err != nil {
		return nil, err
	}
	contacts, err := casework.ContactPoints.GetMany(tx, points)
	if err != nil {
		return nil, err
	}
	workers, err := casework.Users.GetMany(tx, users)
	if err != nil {
		return nil, err
	}
	rows := make([]caseRow, len(cases))
	for i, c := range cases {
		rows[i] = d.caseRow(v.clock(), c, persons[i])
		if conversations[i] != nil {
			rows[i].Channel = words.Channel(conversations[i].Channel)
		}
		rows[i].NoTexts, _ = v.clock().Reach(contacts[i], conversations[i])
		if workers[i] != nil {
			rows[i].Worker = workers[i].Name.Reveal()
		}
	}
	return rows, nil
}

func (d *Desk) caseRow(clock words.Clock, c *casework.Case, person *casework.Person) caseRow {
	row := caseRow{
		Reference: c.Reference, Name: nameOf(person), Unread: c.Unread,
		CannotWait: c.CannotWait && c.State != casework.CaseClosed,
		Waiting:    clock.Since(waitingSince(c)), Due: clock.Due(c.DueAt), Overdue: clock.Overdue(c.DueAt),
		Needs: d.needs(c), Status: words.Status(c),
	}
	if c.Worker != "" {
		row.Due, row.Overdue = "", false // the promise was the first contact
	}
	if c.State == casework.CaseClosed {
		row.Waiting, row.Due, row.Overdue = clock.At(c.ClosedAt), "", false
		row.Status = "Closed: " + words.CloseReason(c.Close)
	}
	if row.CannotWait {
		row.Why = why(c)
	}
	if person != nil {
		row.Age = clock.Age(person.DateOfBirth)
		row.Access = d.access(person)
		if person.Language != "" && person.Language != "en" {
			row.Language = words.Language(person.Language)
		}
	}
	return row
}

// waitingSince is when somebody began to wait for what is due next.
func waitingSince(c *casework.Case) time.Time {
	if c.Worker != "" && c.NeedsReply {
		return c.LastInAt
	}
	if c.Worker != "" && !c.LastOutAt.IsZero() {
		return c.LastOutAt
	}
	return c.OpenedAt
}

func nameOf(p *casework.Person) string {
	switch {
	case p == nil:
		return noName
	case p.PreferredName != "":
		return words.Visible(p.PreferredName.Reveal())
	case p.FullName != "":
		return words.Visible(p.FullName.Reveal())
	}
	return noName
}

func (d *Desk) needs(c *casework.Case) string {
	var out []string
	for _, n := range c.Needs {
		if n == morePage {
			continue
		}
		out = append(out, d.catalogue.Need(n))
	}
	return strings.Join(out, ", ")
}

// morePage is the answer that only turns to the second page of the needs.
const morePage = "more"

func (d *Desk) access(p *casework.Person) []string {
	var out []string
	for _, n := range p.AccessNeeds {
		if n != "none" {
			out = append(out, d.catalogue.Option("access_needs", n))
		}
	}
	return out
}

// why says which rules moved a case forward, and the words that did it. It is
// no level and no score (decision 24).
func why(c *casework.Case) []string {
	var out []string
	for _, f := range c.Fired {
		say := words.Rule(f.Rule)
		if f.Words != "" {
			say += ": \u201c" + words.Visible(f.Words.Reveal()) + "\u201d"
		}
		if !slices.Contains(out, say) {
			out = append(out, say)
		}
	}
	return out
}
