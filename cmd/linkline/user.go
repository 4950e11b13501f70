package main

import (
	"context"
	"errors"

	"linkline/cmd/linkline/admin"
	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/cmd/linkline/service"
	"linkline/conversation/casework"
)

// userCommand holds what is done about people who work here.
type userCommand struct {
	Add   userAddCommand   `cmd:"" help:"Let somebody in: prints a link that signs her in once, to choose a password."`
	Phone userPhoneCommand `cmd:"" help:"Give somebody another work phone, or none."`
}

// userAddCommand lets somebody in.
type userAddCommand struct {
	Team  string `help:"Her team's id (default: the only team)." placeholder:"ID"`
	Login string `help:"What she types to sign in." required:"" placeholder:"LOGIN"`
	Name  string `help:"Her name, as people are told it." required:"" placeholder:"NAME"`
	Role  string `help:"What she may do: ${enum}." enum:"link_worker,service_lead" default:"link_worker"`
	Phone string `help:"Her work phone, a mobile: it is texted what there is to do, never about whom." placeholder:"NUMBER"`
}

// userPhoneCommand changes a work phone.
type userPhoneCommand struct {
	Login string `help:"What she types to sign in." required:"" placeholder:"LOGIN"`
	Phone string `help:"Her work phone, a mobile; empty for none." placeholder:"NUMBER"`
}

// What the commands are called on the admin socket.
const (
	addUser  = "user.add"
	setPhone = "user.phone"
)

// Run asks the running service, or opens the store where none runs.
func (u *userPhoneCommand) Run(ctx context.Context, p *process, c *commands) error {
	settings, err := c.settings(p)
	if err != nil {
		return err
	}
	dir, done := datadir.At(settings.DataDir), false
	err = admin.Call(ctx, dir.Socket(), setPhone, u, &done)
	if errors.Is(err, admin.ErrNotRunning) {
		err = u.alone(ctx, p, settings)
	}
	if err != nil {
		return err
	}
	p.say("done")
	return nil
}

// alone changes the phone while no service runs.
func (u *userPhoneCommand) alone(ctx context.Context, p *process, settings *config.Config) (err error) {
	db, _, err := p.place(settings).Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return service.NewUsers(db, settings, p.now, p.random).SetPhone(ctx, u.Login, u.Phone)
}

// invitation is what the running service answers.
type invitation struct {
	Link string `json:"link"`
}

// Run asks the running service, or opens the store where none runs (decision
// 10).
func (u *userAddCommand) Run(ctx context.Context, p *process, c *commands) error {
	settings, err := c.settings(p)
	if err != nil {
		return err
	}
	n := service.NewUser{Team: casework.TeamID(u.Team), Login: u.Login, Name: u.Name, Role: casework.Role(u.Role), Phone: u.Phone}
	if n.Team == "" {
		if len(settings.Teams) > 1 {
			return errors.New("there is more than one team: say which with --team")
		}
		n.Team = settings.Teams[0].ID
	}
	dir := datadir.At(settings.DataDir)
	var made invitation
	err = admin.Call(ctx, dir.Socket(), addUser, n, &made)
	if errors.Is(err, admin.ErrNotRunning) {
		made.Link, err = u.alone(ctx, p, settings, n)
	}
	if err != nil {
		return err
	}
	p.say("%s signs in here, once, within a day:\n%s", n.Login, made.Link)
	return nil
}

// alone adds the user while no service runs.
func (u *userAddCommand) alone(
	ctx context.Context, p *process, settings *config.Config, n service.NewUser,
) (link string, err error) {
	db, _, err := p.place(settings).Open(ctx)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	path, err := service.NewUsers(db, settings, p.now, p.random).Add(ctx, n)
	_, desk := settings.URLs(settings.Listen)
	return desk + path, err
}
