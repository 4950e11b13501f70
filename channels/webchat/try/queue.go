package try

import (
	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// readQueue reads what the desk shows of the made-up team, in short.
func (t *Try) readQueue(tx casework.Tx, v *view, clock words.Clock) (err error) {
	if v.Alerts, err = alertRows(tx, clock); err != nil {
		return err
	}
	if v.Tasks, err = taskRows(tx, clock); err != nil {
		return err
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
		rows, err := caseRows(tx, clock, cases)
		if err != nil {
			return err
		}
		v.Cases = append(v.Cases, rows...)
	}
	return nil
}

func alertRows(tx casework.Tx, clock words.Clock) ([]queueRow, error) {
	alerts, _, err := casework.Alerts.Range(tx, casework.Span{Index: "open", Limit: shown})
	if err != nil {
		return nil, err
	}
	var rows []queueRow
	for _, a := range alerts {
		said, err := casework.AlertWords.Find(tx, a.ID)
		if err != nil {
			return nil, err
		}
		row := queueRow{
			Link: "/alert/" + a.ID, Name: words.AlertClass(a.Class), When: clock.At(a.RaisedAt), Status: words.AlertState(a.State),
		}
		if said != nil {
			row.Says = words.Visible(said.Text.Reveal())
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func taskRows(tx casework.Tx, clock words.Clock) ([]queueRow, error) {
	tasks, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open", Limit: shown})
	if err != nil {
		return nil, err
	}
	var rows []queueRow
	for _, task := range tasks {
		rows = append(rows, queueRow{
			Link: "/task/" + task.ID, Name: words.Task(task.Kind), Says: words.Visible(task.Words.Reveal()),
			When: clock.Due(task.DueAt), Status: words.Visible(task.Name.Reveal()),
		})
	}
	return rows, nil
}

func caseRows(tx casework.Tx, clock words.Clock, cases []*casework.Case) ([]queueRow, error) {
	var rows []queueRow
	for _, c := range cases {
		person, err := casework.People.Find(tx, string(c.Person))
		if err != nil {
			return nil, err
		}
		row := queueRow{
			Link: "/case/" + c.Reference, Name: "No name yet", Status: words.Section(c.Section()),
			When: "Waiting " + clock.Since(c.OpenedAt),
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
		rows = append(rows, row)
	}
	return rows, nil
}
