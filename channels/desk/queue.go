package desk

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"

	"linkline/conversation/casework"
)

// perPage is how many cases a page of the queue shows, and most how far a
// section is counted: a page costs the same in a queue of any length.
const (
	perPage   = 25
	most      = 99
	openLimit = 20
)

// queuePage is the body of the queue.
type queuePage struct {
	Section  string // which part is shown
	Heading  string
	Sections []sectionTab
	Alerts   []alertRow
	Tasks    []taskRow
	Rows     []caseRow
	Empty    string
	Next     string // the cursor of the next page
	First    bool   // whether this is the first page
	More     bool   // whether there are alerts or tasks beyond those shown
}

// sectionTab is one part of the queue in its navigation.
type sectionTab struct {
	Name, Title, Count string
	Current            bool
}

// sections lists the parts of the queue, in their order.
func sections() []string {
	return []string{
		casework.SectionWaiting, casework.SectionReply, casework.SectionTheirs,
		casework.SectionUnfinished, casework.SectionClosed,
	}
}

// queue shows one part of the queue, what cannot wait above it.
func (d *Desk) queue(w http.ResponseWriter, r *http.Request, v *visit) error {
	section := r.FormValue("section")
	if !slices.Contains(sections(), section) {
		section = casework.SectionWaiting
	}
	after := cursor(r.FormValue("after"))
	body := queuePage{Section: section, Heading: sectionTitle(section), First: after == ""}
	err := d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		body.Sections, body.Rows, body.Alerts, body.Tasks = nil, nil, nil, nil // may run again
		return d.readQueue(tx, v, &body, after)
	})
	if err != nil {
		return fmt.Errorf("read the queue: %w", err)
	}
	if len(body.Rows) == 0 {
		body.Empty = nothing(section)
	}
	p := page{Title: "Queue: " + body.Heading, Here: "queue", Body: body, Notice: notices(r.FormValue("done"))}
	return d.render(w, v, "queue", p)
}

func (d *Desk) readQueue(tx casework.Tx, v *visit, body *queuePage, after string) error {
	for _, name := range sections() {
		tab := sectionTab{Name: name, Title: sectionTitle(name), Current: name == body.Section}
		if name != casework.SectionClosed {
			n, err := countSection(tx, name)
			if err != nil {
				return err
			}
			tab.Count = n
		}
		body.Sections = append(body.Sections, tab)
	}
	cases, next, err := casework.Cases.Range(tx, casework.Span{
		Index: "queue", Prefix: casework.Join(body.Section, ""), After: after, Limit: perPage,
		Reverse: body.Section == casework.SectionClosed,
	})
	if err != nil {
		return err
	}
	body.Next = next
	if body.Rows, err = d.caseRows(tx, v, cases); err != nil {
		return err
	}
	return d.readPinned(tx, v, body)
}

// sooner puts the alerts that nobody deals with first, and of them the one that
// must be seen first: a danger to somebody has less time than an older cry.
func sooner(a, b *casework.Alert) int {
	if a.TakenAt.IsZero() != b.TakenAt.IsZero() {
		if a.TakenAt.IsZero() {
			return -1
		}
		return 1
	}
	return a.DueAt.Compare(b.DueAt)
}

// cursor is a page's cursor as the store gave it out; anything that cannot be
// one is the first page (B75).
func cursor(typed string) string {
	if len(typed) > 512 {
		return ""
	}
	if _, err := base64.RawURLEncoding.DecodeString(typed); err != nil {
		return ""
	}
	return typed
}

// countSection counts the cases of a section, as far as anybody counts.
func countSection(tx casework.Tx, name string) (string, error) {
	cases, _, err := casework.Cases.Range(tx, casework.Span{
		Index: "queue", Prefix: casework.Join(name, ""), Limit: most + 1,
	})
	if err != nil {
		return "", err
	}
	if len(cases) > most {
		return fmt.Sprintf("%d+", most), nil
	}
	return fmt.Sprint(len(cases)), nil
}

// readPinned reads what stands above every part of the queue.
func (d *Desk) readPinned(tx casework.Tx, v *visit, body *queuePage) error {
	alerts, moreAlerts, err := casework.Alerts.Range(tx, casework.Span{Index: "open", Limit: openLimit})
	if err != nil {
		return err
	}
	slices.SortStableFunc(alerts, sooner)
	if body.Alerts, err = d.alertRows(tx, v, alerts); err != nil {
		return err
	}
	tasks, moreTasks, err := casework.Tasks.Range(tx, casework.Span{Index: "open", Limit: openLimit})
	if err != nil {
		return err
	}
	body.More = moreAlerts != "" || moreTasks != ""
	body.Tasks, err = d.taskRows(tx, v, tasks)
	return err
}
