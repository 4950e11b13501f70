package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"linkline/channels/desk"
	"linkline/cmd/linkline/config"
	"linkline/conversation/casework"
	"linkline/store"
)

// The places where users are kept.
const (
	siteAddUser casework.Site = "user.add"
	siteDemo    casework.Site = "user.demo"
	sitePhone   casework.Site = "user.phone"
)

// linkLasts is how long a sign-in link can be used.
const linkLasts = 24 * time.Hour

// NewUser is somebody to be let in.
type NewUser struct {
	Team  casework.TeamID `json:"team"`
	Login string          `json:"login"`
	Name  string          `json:"name"`
	Role  casework.Role   `json:"role"`
	// Phone is her work phone, as it is written; empty for none.
	Phone string `json:"phone,omitempty"`
}

// validate returns what an operator must change.
func (u *NewUser) validate() error {
	u.Login = strings.ToLower(strings.TrimSpace(u.Login))
	u.Name = strings.TrimSpace(u.Name)
	switch {
	case !regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{0,63}$`).MatchString(u.Login):
		return errors.New("a login has small letters, digits and . _ @ - only")
	case u.Name == "" || len(u.Name) > 80:
		return errors.New("give the name that people are told, with --name")
	case u.Role != casework.RoleLinkWorker && u.Role != casework.RoleLead:
		return fmt.Errorf("role is %s or %s", casework.RoleLinkWorker, casework.RoleLead)
	}
	return nil
}

// Users lets people in. It works on an open store, whether the whole service
// runs on it or a command has it for a moment.
type Users struct {
	Store store.Store
	Teams []casework.TeamID
	// MadeUp are the teams of them whose phones are nobody's.
	MadeUp []casework.TeamID
	Now    func() time.Time
	Random io.Reader
}

// NewUsers returns the users of the teams of the settings.
func NewUsers(db store.Store, settings *config.Config, now func() time.Time, random io.Reader) *Users {
	u := &Users{Store: db, Now: now, Random: random}
	for _, t := range settings.Teams {
		u.Teams = append(u.Teams, t.ID)
		if t.Demo {
			u.MadeUp = append(u.MadeUp, t.ID)
		}
	}
	return u
}

// Add keeps a new user and returns the path of her one-time sign-in link. A
// login that is taken by a user who has not chosen a password yet gets a fresh
// link, so that a lost one is no drama, and the work phone that is given now.
func (u *Users) Add(ctx context.Context, n NewUser) (string, error) {
	if err := n.validate(); err != nil {
		return "", err
	}
	if !u.has(n.Team) {
		return "", fmt.Errorf("no team %q in the settings", n.Team)
	}
	if n.Phone != "" {
		phone, err := config.WorkPhone(n.Phone, slices.Contains(u.MadeUp, n.Team))
		if err != nil {
			return "", err
		}
		n.Phone = phone.Reveal()
	}
	return u.invite(ctx, siteAddUser, n)
}

// SetPhone gives somebody who works here another work phone, or none where the
// number is empty.
func (u *Users) SetPhone(ctx context.Context, login, phone string) error {
	err := u.Store.Update(ctx, sitePhone, "", func(tx casework.Tx) error {
		user, err := find(tx, strings.ToLower(strings.TrimSpace(login)))
		if err != nil {
			return err
		}
		if user == nil {
			return errors.New("nobody signs in with that login: linkline user add lets somebody in")
		}
		user.Phone = ""
		if phone != "" {
			if user.Phone, err = config.WorkPhone(phone, slices.Contains(u.MadeUp, user.Team)); err != nil {
				return err
			}
		}
		return casework.Users.Put(tx, user)
	})
	if err != nil {
		return fmt.Errorf("set the work phone: %w", err)
	}
	return nil
}

// invite finds or makes the user and draws a link, in one transaction.
func (u *Users) invite(ctx context.Context, site casework.Site, n NewUser) (string, error) {
	now := u.Now()
	id, err := casework.NewIDs(now, u.Random).Next()
	if err != nil {
		return "", err
	}
	var path string
	err = u.Store.Update(ctx, site, "", func(tx casework.Tx) error {
		user, err := hire(tx, n, casework.User{ID: casework.UserID(id), CreatedAt: now})
		if err != nil {
			return err
		}
		path, err = desk.Invite(tx, user, u.Random, now.Add(linkLasts))
		return err
	})
	return path, err
}

// hire finds the user of a login, or keeps a new one who begins as is. Only what
// has changed is written: she may be choosing her password at this moment.
func hire(tx casework.Tx, n NewUser, begins casework.User) (*casework.User, error) {
	user, err := find(tx, n.Login)
	if err != nil {
		return nil, err
	}
	known, phone := user != nil, casework.Private(n.Phone)
	if !known {
		user = &begins
		user.Team, user.Login, user.Name, user.Role = n.Team, n.Login, casework.Private(n.Name), n.Role
	}
	if user.Team != n.Team || user.Password != "" || user.Disabled {
		return nil, errLoginTaken
	}
	if known && (phone == "" || phone == user.Phone) {
		return user, nil
	}
	user.Phone = phone
	if err := casework.Users.Put(tx, user); err != nil {
		return nil, fmt.Errorf("keep user: %w", err)
	}
	return user, nil
}

// errLoginTaken means that the login is somebody's who can sign in already.
var errLoginTaken = errors.New("that login is taken: choose another")

// find returns the user of a login, or nil.
func find(tx casework.Tx, login string) (*casework.User, error) {
	users, _, err := casework.Users.Range(tx, casework.Span{Index: "login", Prefix: login, Limit: 1})
	if err != nil || len(users) == 0 {
		return nil, err
	}
	return users[0], nil
}

// Demo is the link worker of the made-up team. The path of her sign-in link is
// empty once she has chosen a password.
func (u *Users) Demo(ctx context.Context, team casework.TeamID) (string, error) {
	path, err := u.invite(ctx, siteDemo, NewUser{
		Team: team, Login: "amy", Name: "Amy Reid", Role: casework.RoleLinkWorker,
	})
	if errors.Is(err, errLoginTaken) {
		return "", nil
	}
	return path, err
}

func (u *Users) has(id casework.TeamID) bool {
	return slices.Contains(u.Teams, id)
}
