package desk

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// taskRow is one task, in words.
type taskRow struct {
	ID              string
	What            string
	Name, Reference string
	Said            string
	Phone           string
	PhoneLink       template.URL
	Due             string
	Overdue         bool
	Since           string
	Done            bool
	DoneBy, DoneAt  string
	Outcome         string
	// Text is the text that a task is about, Why what became of it, and Alert the
	// alert that the duty phone was to be told of.
	Text, Why, Alert string
	// Again offers to send that text again, and AgainNot says why it cannot be.
	Again    *resendRow
	AgainNot string
	// Arrives is set when what became of the text is no bad news any more.
	Arrives bool
}

// taskBody is the body of a task's page.
type taskBody struct {
	Task taskRow
	Lead lead
	Hows []choice
	Note string
}

// taskRows puts tasks into words, with whose case each belongs to.
func (d *Desk) taskRows(tx casework.Tx, v *visit, tasks []*casework.Task) ([]taskRow, error) {
	rows := taskWords(v.clock(), tasks, nil)
	for i, t := range tasks {
		name := ""
		if err := nameCase(tx, t.Case, &name, &rows[i].Reference); err != nil {
			return nil, err
		}
		if rows[i].Name == "" && name != noName {
			rows[i].Name = name
		}
		if err := failedText(tx, t, &rows[i]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// taskWords puts tasks into words.
func taskWords(clock words.Clock, tasks []*casework.Task, names map[casework.UserID]string) []taskRow {
	rows := make([]taskRow, len(tasks))
	for i, t := range tasks {
		rows[i] = taskRow{
			ID: t.ID, What: words.Task(t.Kind), Name: words.Visible(t.Name.Reveal()),
			Said: words.Visible(t.Words.Reveal()), Due: clock.Due(t.DueAt), Overdue: clock.Overdue(t.DueAt),
			Since: clock.Since(t.CreatedAt), Done: !t.DoneAt.IsZero(), DoneBy: names[t.DoneBy],
			DoneAt: clock.At(t.DoneAt), Outcome: words.Visible(t.Outcome),
		}
		rows[i].Phone, rows[i].PhoneLink = ringable(t.Address.Reveal())
	}
	return rows
}

// taskPage shows one task.
func (d *Desk) taskPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	return d.showTask(w, r, v, page{Notice: notices(r.FormValue("done"))})
}

func (d *Desk) showTask(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	body := taskBody{Note: r.PostForm.Get("note"), Hows: choices(hows(), howWords, r.PostForm.Get("how"))}
	err := d.config.Store.View(r.Context(), v.team.ID, func(tx casework.Tx) error {
		t, err := casework.Tasks.Get(tx, r.PathValue("id"))
		if err != nil {
			return err
		}
		rows, err := d.taskRows(tx, v, []*casework.Task{t})
		if err != nil {
			return err
		}
		body.Task = rows[0]
		if err := offerAgain(tx, v, t, &body.Task); err != nil {
			return err
		}
		if body.Task.DoneBy, err = userName(tx, t.DoneBy); err != nil {
			return err
		}
		course, err := casework.Courses.Find(tx, string(t.Case))
		if course == nil {
			course = &casework.Course{}
		}
		if body.Task.Reference != "" {
			body.Lead = leadOf(t.Kind, body.Task.Reference, course)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read a task: %w", err)
	}
	p.Title, p.Here, p.Body = body.Task.What, "task", body
	return d.render(w, v, "task", p)
}

// finishTask says that a task is done, and how. A call that it took counts as a
// contact.
func (d *Desk) finishTask(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	id, how, note := r.PathValue("id"), r.PostForm.Get("how"), strings.TrimSpace(r.PostForm.Get("note"))
	rang := slices.Contains(hows(), how)
	if note == "" && !rang {
		return d.showTask(w, r, v, page{
			Status: http.StatusUnprocessableEntity, Problems: []problem{{"note", "Say in a few words what was done, or choose how the call went."}},
		})
	}
	if rang {
		note = strings.TrimSpace("Rang: " + lowered(howWords(how)) + ". " + note)
	}
	err := d.config.Engine.FinishTask(r.Context(), v.actor(), id, conversation.Outcome{Note: note})
	var c *casework.Case
	if err == nil && rang {
		c, err = d.rang(r, v, func(tx casework.Tx) (casework.CaseID, error) {
			t, err := casework.Tasks.Get(tx, id)
			if err != nil {
				return "", err
			}
			return t.Case, nil
		}, how, "task "+id)
	}
	switch {
	case err == nil && c != nil && how != "reached":
		http.Redirect(w, r, "/case/"+c.Reference+"/again", http.StatusSeeOther)
		return nil
	case err == nil:
		http.Redirect(w, r, "/queue?done=task-done", http.StatusSeeOther)
		return nil
	case errors.Is(err, casework.ErrNotFound):
		return err
	}
	status, say := sentence(err)
	if status == http.StatusInternalServerError {
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, err)...)
	}
	return d.showTask(w, r, v, page{Status: status, Problems: []problem{{"note", say}}})
}
