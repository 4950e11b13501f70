package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"linkline/channels"
	"linkline/cmd/linkline/admin"
	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/cmd/linkline/service"
	"linkline/conversation/casework"
)

// outboxCommand holds what an operator does about texts on their way.
type outboxCommand struct {
	List    outboxListCommand `cmd:"" help:"Tell what will leave and when, and what did not arrive and why."`
	Hold    holdCommand       `cmd:"" help:"Keep a text back until it is released."`
	Release releaseCommand    `cmd:"" help:"Let a text that was held leave at its moment."`
	Retry   retryCommand      `cmd:"" help:"Send a text again that did not arrive. It may then arrive twice."`
}

// outboxListCommand lists the outbox. Nothing in it names anybody.
type outboxListCommand struct {
	Team  string        `help:"Only this team's." placeholder:"ID"`
	Since time.Duration `help:"How far back failures are told." default:"72h"`
	Limit int           `help:"At most so many of each." default:"100"`
}

// hand is what is done to one message: held, released, sent again.
type hand struct {
	Message string `arg:"" help:"The text's key, from the list."`
	Why     string `help:"Why, for the audit: a word, nothing personal." placeholder:"WORD"`
}

type (
	holdCommand    struct{ hand }
	releaseCommand struct{ hand }
	retryCommand   struct{ hand }
)

// jobsCommand holds what an operator asks about jobs.
type jobsCommand struct {
	List jobsListCommand `cmd:"" help:"Tell what will happen by itself in one case, and what was called off."`
}

// jobsListCommand lists the jobs of one case.
type jobsListCommand struct {
	Person string `help:"The number the person was told, such as MKV-482-7." required:"" placeholder:"REF"`
}

// What the commands are called on the admin socket.
const (
	listOutbox = "outbox.list"
	doOutbox   = "outbox.do"
	listJobs   = "jobs.list"
)

// outboxAsked and handAsked are what goes over the socket.
type (
	outboxAsked struct {
		Team  string    `json:"team,omitempty"`
		Since time.Time `json:"since"`
		Limit int       `json:"limit"`
	}
	handAsked struct {
		Hand    string `json:"hand"`
		Message string `json:"message"`
		Why     string `json:"why,omitempty"`
	}
)

// Run lists the outbox.
func (o *outboxListCommand) Run(ctx context.Context, p *process, c *commands) error {
	asked := outboxAsked{Team: o.Team, Since: p.now().Add(-o.Since), Limit: o.Limit}
	var entries []channels.Entry
	err := c.operate(ctx, p, operation{name: listOutbox, args: asked, result: &entries, alone: func(op *service.Operator) error {
		var err error
		entries, err = asked.list(ctx, op)
		return err
	}})
	if err != nil {
		return err
	}
	rows := [][]string{{"WHERE", "WHEN", "NOT AFTER", "TEAM", "CLASS", "STATE", "TRIES", "WHY", "KEY"}}
	for _, e := range entries {
		rows = append(rows, []string{
			string(e.Standing), stamp(e.At), stamp(e.NotAfter), string(e.Team), string(e.Class), string(e.State),
			strconv.Itoa(e.Attempt), why(e), e.Message,
		})
	}
	return p.table(rows)
}

func (a outboxAsked) list(ctx context.Context, op *service.Operator) ([]channels.Entry, error) {
	return op.Delivery.Outbox(ctx, channels.OutboxQuery{Team: casework.TeamID(a.Team), Since: a.Since, Limit: a.Limit})
}

// why says in a few words why a text did not arrive.
func why(e channels.Entry) string {
	switch {
	case e.Code != 0 && e.Reason != "":
		return fmt.Sprintf("%s (%d)", e.Reason, e.Code)
	case e.Code != 0:
		return fmt.Sprintf("code %d", e.Code)
	case e.Reason != "":
		return e.Reason
	}
	return e.Carrier
}

// Run keeps a text back.
func (o *holdCommand) Run(ctx context.Context, p *process, c *commands) error {
	return o.do(ctx, p, c, "hold")
}

// Run lets a text leave that was held.
func (o *releaseCommand) Run(ctx context.Context, p *process, c *commands) error {
	return o.do(ctx, p, c, "release")
}

// Run sends a text again.
func (o *retryCommand) Run(ctx context.Context, p *process, c *commands) error {
	return o.do(ctx, p, c, "retry")
}

func (o *hand) do(ctx context.Context, p *process, c *commands, name string) error {
	asked := handAsked{Hand: name, Message: o.Message, Why: o.Why}
	var done bool
	err := c.operate(ctx, p, operation{name: doOutbox, args: asked, result: &done, alone: func(op *service.Operator) error {
		return op.Do(ctx, asked.Hand, asked.Message, asked.Why)
	}})
	if err != nil {
		return err
	}
	p.say("done: see linkline outbox list")
	return nil
}

// Run lists the jobs of a case.
func (j *jobsListCommand) Run(ctx context.Context, p *process, c *commands) error {
	var jobs []service.DueJob
	err := c.operate(ctx, p, operation{name: listJobs, args: j.Person, result: &jobs, alone: func(op *service.Operator) error {
		var err error
		jobs, err = op.Jobs(ctx, j.Person)
		return err
	}})
	if err != nil {
		return err
	}
	rows := [][]string{{"STATE", "DUE", "NOT AFTER", "WHAT", "JOB", "ABOUT", "WHY"}}
	for _, d := range jobs {
		rows = append(rows, []string{
			string(d.State), stamp(d.DueAt), stamp(d.NotAfter), what(d), d.Job, d.About, d.Reason,
		})
	}
	return p.table(rows)
}

func what(d service.DueJob) string {
	switch {
	case d.Send != "":
		return "text: " + d.Send
	case d.Task != "":
		return "task: " + string(d.Task)
	}
	return "housekeeping"
}

// stamp is a moment in the civil time of the service, "-" for none.
func stamp(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return at.In(service.Zone()).Format("2006-01-02 15:04")
}

// table prints rows in columns.
func (p *process) table(rows [][]string) error {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		if _, err := fmt.Fprintln(w, strings.Join(row, "\t")); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// operation is a command for the running service, and what is done where none
// runs (decision 10).
type operation struct {
	name         string
	args, result any
	alone        func(*service.Operator) error
}

// operate asks the running service, or opens the store where none runs.
func (c *commands) operate(ctx context.Context, p *process, o operation) error {
	settings, err := c.settings(p)
	if err != nil {
		return err
	}
	err = admin.Call(ctx, datadir.At(settings.DataDir).Socket(), o.name, o.args, o.result)
	if !errors.Is(err, admin.ErrNotRunning) {
		return err
	}
	return operateAlone(ctx, p, settings, o)
}

func operateAlone(ctx context.Context, p *process, settings *config.Config, o operation) (err error) {
	db, _, err := p.place(settings).Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return o.alone(service.NewOperator(db, settings, p.now, p.random))
}
