package try

import (
	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// readQueue reads what the desk shows of the made-up team, in short.
func (t *Try) readQueue(tx casework.Tx, v *view, clock words.Clock) error {
	alerts, _, err := casework.Alerts.Range(tx, casework.Span{Index: "open", Limit: shown})
	if err != nil {
		return err
	}
	for _, a := range alerts {
		row := queueRow{
			Link: "/alert/" + a.ID, Name: words.AlertClass(a.Class), When: clock.At(a.RaisedAt), Status: words.AlertState(a.State),
		}
		said, err := casework.AlertWords.Find(tx, a.ID)
		if err != nil {
			return err
		}
		if said != nil {
			row.Says = words.Visible(said.Text.Reveal())
		}
		v.Alerts = append(v.Alerts, row)
	}
	tasks, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open", Limit: shown})
	if err != nil {
		return err
	}
	for _, task := range tasks {
		v.Tasks = append(v.Tasks, queueRow{
			Link: "/task/" + task.ID, Name: words.Task(task.Kind), Says: words.Visible(task.Words.Reveal()),
			When: clock.Due(task.DueAt), Status: words.Visible(task.Name.Reveal()),
		})
	}
	for _, section := range []string{
		casework.SectionWaiting, casework.SectionReply, casework.SectionTheirs, casework.SectionUnfinished,
	} {
		cases, _, err := casework.Cases.Range(tx, casework.Span{
			Index: "queue", Prefix: casework.Join(section, ""), Limit: shown,
		})
		if err != nil {
			return err
		}
		if err := t.caseRows(tx, v, clock, cases); err != nil {
			return err
		}
	}
	return nil
}

func (t *Try) caseRows(tx casework.Tx, v *view, clock words.Clock, cases []*casework.Case) error {
	for _, c := range cases {
		row := queueRow{
			Link: "/case/" + c.Reference, Name: "No name yet", Status: words.Section(c.Section()),
			When: "Waiting " + clock.Since(c.OpenedAt),
		}
		person, err := casework.People.Find(tx, string(c.Person))
		if err != nil {
			return err
		}
		if person != nil && person.PreferredName != "" {
			row.Name = words.Visible(person.PreferredName.Reveal())
		}
		if n := len(c.WhatMatters); n > 0 {
			row.Says = words.Visible(c.WhatMatters[n-1].Words.Reveal())
		}
		if due := clock.Due(c.DueAt); due != "" && c.Worker == "" {
			row.When += ". " + due
		}
		v.Cases = append(v.Cases, row)
	}
	return nil
}
