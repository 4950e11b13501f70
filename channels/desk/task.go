package desk

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"

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
}

// taskBody is the body of a task's page.
type taskBody struct {
	Task taskRow
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
	return d.showTask(w, r, v, page{})
}

func (d *Desk) showTask(w http.ResponseWriter, r *http.Request, v *visit, p page) error {
	body := taskBody{Note: r.PostForm.Get("note")}
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
		user, err := casework.Users.Find(tx, string(t.DoneBy))
		if user != nil {
			body.Task.DoneBy = user.Name.Reveal()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read a task: %w", err)
	}
	p.Title, p.Here, p.Body = body.Task.What, "task", body
	return d.render(w, v, "task", p)
}

// finishTask says that a task is done, and how.
func (d *Desk) finishTask(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	note := r.PostForm.Get("note")
	if note == "" {
		return d.showTask(w, r, v, page{
			Status: http.StatusUnprocessableEntity, Problems: []problem{{"note", "Say in a few words what was done."}},
		})
	}
	err := d.config.Engine.FinishTask(r.Context(), v.actor(), r.PathValue("id"), conversation.Outcome{Note: note})
	if err == nil {
		http.Redirect(w, r, "/queue?done=task-done", http.StatusSeeOther)
		return nil
	}
	if errors.Is(err, casework.ErrNotFound) {
		return err
	}
	status, say := sentence(err)
	if status == http.StatusInternalServerError {
		d.config.Log.ErrorContext(r.Context(), "desk act failed", d.logArgs(r, v, err)...)
	}
	return d.showTask(w, r, v, page{Status: status, Problems: []problem{{"note", say}}})
}
